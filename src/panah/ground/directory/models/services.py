"""Services, in the terms of HSDS 3.0, as far as a call and a referral need them.

A shelter's address is in no field of this room: a service that offers a bed has a region,
never an address (rules.may_have_address).
"""

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panah.ground.directory import words
from panah.ground.directory.models.organizations import EntrySource, Organization
from panah.ground.foundation.dialled_numbers import HasDialledNumbers
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import Protection
from panah.ground.network.words import name_in


class Service(HasDialledNumbers, EntrySource, ProtectedModel):
    """HSDS service, as far as a call and a referral need it."""

    protection = Protection(
        kind="services",
        by="",
        society="",
        columns=(
            *("reference", "organization", "society", "iso2", "region", "name_en", "name_ru", "names"),
            *(
                "description_en",
                "description_ru",
                "address",
                "minimum_age",
                "maximum_age",
                "hours_en",
                "hours_ru",
            ),
            *("hours", "time_zone", "free", "fees", "capacity", "how_to_refer", "eligibility", "documents"),
            *("website", "told_verified_on", "status", "edited_at", "source", "source_at", "by_node"),
        ),
        why="which services are shown, of whom, where and for whom, whether they have ended",
    )

    # What questions of the directory add to a row: its last attempt.
    last_at: datetime | None
    last_by: str
    last_outcome: str
    last_expires_on: date | None

    reference = models.CharField(_("reference"), max_length=80, blank=True, default="")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="services", verbose_name=_("organisation")
    )
    society = models.ForeignKey(
        "network.Society",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name=_("entry kept by"),
    )
    iso2 = models.CharField(_("country, two letters"), max_length=2)
    # No region means the whole country.
    region = models.ForeignKey(
        "network.Region",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name=_("region"),
    )
    name_en = models.CharField(_("name in English"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True, default="")
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    description_en = models.TextField(_("description in English"), blank=True, default="")
    description_ru = models.TextField(_("description in Russian"), blank=True, default="")
    address = models.CharField(_("where to come"), max_length=300, blank=True, default="")
    minimum_age = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(_("up to age"), null=True, blank=True)
    hours_en = models.CharField(_("hours in words, English"), max_length=200, blank=True, default="")
    hours_ru = models.CharField(_("hours in words, Russian"), max_length=200, blank=True, default="")
    # HSDS schedules in short: [{"byday": ["MO", "TU"], "opens": "09:00", "closes": "17:00"}],
    # local to time_zone; 00:00 to 24:00 on all days for one that never closes; [] for not known.
    hours = models.JSONField(_("hours"), default=list, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, default="UTC")
    free = models.BooleanField(_("free of charge"), null=True, blank=True)
    fees = models.CharField(_("what it costs"), max_length=200, blank=True, default="")
    capacity = models.CharField(_("how many it can take"), max_length=200, blank=True, default="")
    how_to_refer = models.TextField(_("how to refer someone"), blank=True, default="")
    eligibility = models.TextField(_("for whom, in words"), blank=True, default="")
    documents = models.TextField(_("papers to bring, one a line"), blank=True, default="")
    website = models.URLField(_("website"), max_length=300, blank=True, default="")
    # When the source of an entry that came from elsewhere last verified it: its word, not an attempt of ours.
    told_verified_on = models.DateField(_("verified by its source on"), null=True, blank=True)
    status = models.CharField(
        _("state"), max_length=20, choices=words.ServiceStatus, default=words.ServiceStatus.ACTIVE
    )
    edited_at = models.DateTimeField(_("changed by the society at"), null=True, blank=True)

    class Privacy:
        ordinary = (
            "id",
            "reference",
            "organization",
            "society",
            "iso2",
            "region",
            "name_en",
            "name_ru",
            "names",
            "description_en",
            "description_ru",
            "address",
            "minimum_age",
            "maximum_age",
            "hours_en",
            "hours_ru",
            "hours",
            "time_zone",
            "free",
            "fees",
            "capacity",
            "how_to_refer",
            "eligibility",
            "documents",
            "website",
            "told_verified_on",
            "status",
            "edited_at",
            "source",
            "source_at",
            "by_node",
        )

    class Meta:
        ordering: ClassVar = ["name_en"]
        indexes: ClassVar = [models.Index(fields=["iso2", "status"], name="service_by_country")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reference"], name="service_reference_once", condition=~models.Q(reference="")
            ),
            models.CheckConstraint(
                name="service_ages_in_order",
                condition=(
                    models.Q(minimum_age=None)
                    | models.Q(maximum_age=None)
                    | models.Q(maximum_age__gte=models.F("minimum_age"))
                ),
            ),
        ]
        verbose_name = _("service")
        verbose_name_plural = _("services")

    def __str__(self) -> str:
        return self.name_en

    def dialled(self) -> tuple[object, ...] | None:
        phones = sorted([one.number, one.note] for one in self.phones.all())
        return (self.name_en, self.name_ru, self.organization_id, phones) if phones else None

    def name_in(self, language: str) -> str:
        return name_in(language, en=self.name_en, ru=self.name_ru, others=self.names)


class ServiceTerm(ProtectedModel):
    """A taxonomy term on a service: a need it meets, whom it admits, a language it speaks."""

    protection = Protection(
        kind="serviceterms",
        by="",
        society="",
        columns=("service", "kind", "term"),
        why="what a service offers to whom, and whether people sleep there: then its address is told to nobody",
    )

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="terms", verbose_name=_("service")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=words.TermKind)
    term = models.CharField(_("term"), max_length=30)

    class Privacy:
        ordinary = ("id", "service", "kind", "term")

    class Meta:
        ordering: ClassVar = ["kind", "term"]
        indexes: ClassVar = [models.Index(fields=["kind", "term"], name="service_term_lookup")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "kind", "term"], name="service_term_once_a_service")
        ]
        verbose_name = _("term of a service")
        verbose_name_plural = _("terms of services")

    def __str__(self) -> str:
        return f"{self.kind}: {self.term}"


class ServicePhone(ProtectedModel):
    protection = Protection(
        kind="phones",
        by="",
        society="",
        columns=("service", "number", "note"),
        why="which number of a service is dialled",
    )

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="phones", verbose_name=_("service")
    )
    number = models.CharField(_("number"), max_length=40)
    note = models.CharField(_("note"), max_length=120, blank=True, default="")

    class Privacy:
        personal = ("number",)
        ordinary = ("id", "service", "note")

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("number of a service")
        verbose_name_plural = _("numbers of services")

    def __str__(self) -> str:
        return self.number


class ServiceContact(HasDialledNumbers, ProtectedModel):
    """Whom to ask for there. A colleague of a partner: protected, but not sealed, data."""

    protection = Protection(
        kind="contacts",
        by="",
        society="",
        columns=("service", "name", "title", "phone", "email", "may_be_shared"),
        why="whom to ask for at a service, and whether that may leave in a file",
    )

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("service")
    )
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("what for"), max_length=120, blank=True, default="")
    phone = models.CharField(_("number"), max_length=40, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")
    # Only a contact who agreed to it stands in a file of the directory that leaves.
    may_be_shared = models.BooleanField(_("may leave with the directory"), default=False)

    class Privacy:
        personal = ("name", "phone", "email")
        ordinary = ("id", "service", "title", "may_be_shared")

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("contact at a service")
        verbose_name_plural = _("contacts at services")

    def __str__(self) -> str:
        return self.name

    def dialled(self) -> tuple[object, ...] | None:
        if not self.phone and not self.email:
            return None
        return self.service_id, self.name, self.title, self.phone, self.email
