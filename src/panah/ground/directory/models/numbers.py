"""Hotline numbers, and the attempts to reach a number or a service."""

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panah.ground.directory import words
from panah.ground.directory.models.services import Service
from panah.ground.foundation.dialled_numbers import HasDialledNumbers
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import Protection
from panah.ground.network.words import name_in


class HotlineNumber(HasDialledNumbers, ProtectedModel):
    """A number that a person can be told on a call."""

    protection = Protection(
        kind="hotlines",
        by="",
        society="",
        columns=(
            *("reference", "society", "iso2", "kind", "number", "name_en", "name_ru", "note_en", "note_ru"),
            *(
                "languages",
                "hours_en",
                "hours_ru",
                "hours",
                "time_zone",
                "free",
                "source",
                "ended",
                "edited_at",
            ),
        ),
        why="which numbers strangers are told, of which country, for whom, whether they have ended",
    )

    # What questions of the directory add to a row: its last attempt.
    last_at: datetime | None
    last_by: str
    last_outcome: str
    last_expires_on: date | None

    reference = models.CharField(_("reference"), max_length=80, blank=True, default="")
    society = models.ForeignKey(
        "network.Society",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hotline_numbers",
        verbose_name=_("entry kept by"),
    )
    iso2 = models.CharField(_("country, two letters"), max_length=2)
    kind = models.CharField(_("kind"), max_length=12, choices=words.LineKind)
    # Empty where a line is known to exist and its number is not: the list then says so.
    number = models.CharField(_("number"), max_length=40, blank=True, default="")
    name_en = models.CharField(_("name in English"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True, default="")
    note_en = models.TextField(_("note in English"), blank=True, default="")
    note_ru = models.TextField(_("note in Russian"), blank=True, default="")
    languages = models.JSONField(_("languages"), default=list, blank=True)
    hours_en = models.CharField(_("hours in words, English"), max_length=200, blank=True, default="")
    hours_ru = models.CharField(_("hours in words, Russian"), max_length=200, blank=True, default="")
    hours = models.JSONField(_("hours"), default=list, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=50, default="UTC")
    free = models.BooleanField(_("free of charge"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True, default="")
    ended = models.BooleanField(_("has ended"), default=False)
    edited_at = models.DateTimeField(_("changed by the society at"), null=True, blank=True)

    class Privacy:
        ordinary = (
            "id",
            "reference",
            "society",
            "iso2",
            "kind",
            "number",
            "name_en",
            "name_ru",
            "note_en",
            "note_ru",
            "languages",
            "hours_en",
            "hours_ru",
            "hours",
            "time_zone",
            "free",
            "source",
            "ended",
            "edited_at",
        )

    class Meta:
        ordering: ClassVar = ["iso2", "name_en"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reference"], name="hotline_number_reference_once", condition=~models.Q(reference="")
            )
        ]
        verbose_name = _("hotline number")
        verbose_name_plural = _("hotline numbers")

    def __str__(self) -> str:
        return self.name_en

    def dialled(self) -> tuple[object, ...] | None:
        if not self.number:
            return None
        said = (self.note_en, self.note_ru, self.hours_en, self.hours_ru)
        return self.number, self.name_en, self.name_ru, self.iso2, self.kind, self.society_id, *said

    def name_in(self, language: str) -> str:
        return name_in(language, en=self.name_en, ru=self.name_ru)


class Verification(ProtectedModel):
    """Someone tried it: when, who, what came of it, and until when that may be relied on."""

    protection = Protection(
        kind="tries",
        by="",
        society="",
        columns=("service", "hotline_number", "at", "by", "outcome", "note", "expires_on"),
        why="whether a number or a service answered, by which it is shown, or not, and comes first",
    )

    service = models.ForeignKey(
        Service,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="verifications",
        verbose_name=_("service"),
    )
    hotline_number = models.ForeignKey(
        HotlineNumber,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="verifications",
        verbose_name=_("hotline number"),
    )
    at = models.DateTimeField(_("when"))
    by = models.CharField(_("by"), max_length=120)
    outcome = models.CharField(_("outcome"), max_length=20, choices=words.ContactAttemptOutcome)
    note = models.CharField(_("note"), max_length=300, blank=True, default="")
    expires_on = models.DateField(_("counts until"))

    class Privacy:
        personal = ("by",)
        ordinary = ("id", "service", "hotline_number", "at", "outcome", "note", "expires_on")

    class Meta:
        ordering: ClassVar = ["-at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="verification_of_one_thing",
                condition=(
                    models.Q(service__isnull=False, hotline_number=None)
                    | models.Q(service=None, hotline_number__isnull=False)
                ),
            )
        ]
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.outcome}"
