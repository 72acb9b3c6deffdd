"""Organisations and what was agreed with them, in the terms of HSDS 3.0."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panah.ground.directory import words
from panah.ground.foundation.models import Model
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import Protection
from panah.ground.network.words import name_in


class EntrySource(models.Model):
    """Where an entry came from, when it did not begin here: a file, or another node of the network."""

    source = models.CharField(_("told by"), max_length=120, blank=True, default="")
    # The day that what the source says is of, not the day it arrived.
    source_at = models.DateTimeField(_("as of"), null=True, blank=True)
    # A message of another node renews and ends such an entry; a file that somebody brought never does by itself.
    by_node = models.BooleanField(_("came from another node"), default=False)

    class Meta:
        abstract = True


class Organization(EntrySource, ProtectedModel):
    """HSDS organization. `society` keeps the entry; `is_society` says which society it *is*."""

    protection = Protection(
        kind="partners",
        by="",
        society="",
        columns=(
            *("reference", "society", "is_society", "iso2", "kind", "name_en", "name_ru", "names"),
            *("description_en", "description_ru", "website", "email", "mandate_en", "mandate_ru", "funding"),
            *("has_panah", "edited_at", "source", "source_at", "by_node"),
        ),
        why="who offers a service: an embassy, a society of the Movement, or somebody else",
    )

    # The key of what Panah was delivered with; empty for what people entered.
    reference = models.CharField(_("reference"), max_length=80, blank=True, default="")
    society = models.ForeignKey(
        "network.Society",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="organizations",
        verbose_name=_("entry kept by"),
    )
    is_society = models.ForeignKey(
        "network.Society",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="as_organization",
        verbose_name=_("is the society"),
    )
    iso2 = models.CharField(_("country, two letters"), max_length=2)
    kind = models.CharField(_("kind"), max_length=40, choices=words.OrganizationKind)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True, default="")
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    description_en = models.TextField(_("description in English"), blank=True, default="")
    description_ru = models.TextField(_("description in Russian"), blank=True, default="")
    website = models.URLField(_("website"), blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    # What a law, a statute or a state order charges it with; not what it says about itself.
    mandate_en = models.TextField(_("mandate, English"), blank=True, default="")
    mandate_ru = models.TextField(_("mandate, Russian"), blank=True, default="")
    funding = models.CharField(_("who pays for it"), max_length=200, blank=True, default="")
    has_panah = models.BooleanField(_("works with Panah"), default=False)
    edited_at = models.DateTimeField(_("changed by the society at"), null=True, blank=True)

    class Privacy:
        personal = ("email",)
        ordinary = (
            "id",
            "reference",
            "society",
            "is_society",
            "iso2",
            "kind",
            "name_en",
            "name_ru",
            "names",
            "description_en",
            "description_ru",
            "website",
            "mandate_en",
            "mandate_ru",
            "funding",
            "has_panah",
            "edited_at",
            "source",
            "source_at",
            "by_node",
        )

    class Meta:
        ordering: ClassVar = ["name_en"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reference"], name="organization_reference_once", condition=~models.Q(reference="")
            )
        ]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name_en

    def name_in(self, language: str) -> str:
        return name_in(language, en=self.name_en, ru=self.name_ru, others=self.names)


class Agreement(Model):
    """What a society and an organisation have agreed on, and until when."""

    society = models.ForeignKey(
        "network.Society", on_delete=models.PROTECT, related_name="agreements", verbose_name=_("society")
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="agreements", verbose_name=_("organisation")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    scope = models.TextField(_("what was agreed"))
    edited_at = models.DateTimeField(_("changed by the society at"), null=True, blank=True)

    class Privacy:
        ordinary = ("id", "society", "organization", "starts_on", "ends_on", "scope", "edited_at")

    class Meta:
        ordering: ClassVar = ["-starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="agreement_ends_after_it_starts",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            )
        ]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")

    def __str__(self) -> str:
        return f"{self.starts_on}"
