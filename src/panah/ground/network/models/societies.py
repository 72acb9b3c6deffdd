"""Societies, branches, and the regions that they work in."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.models import Model
from panah.ground.foundation.protected_models import ProtectedModel
from panah.ground.foundation.protection import Protection
from panah.ground.network import words


class Society(ProtectedModel):
    """A National Society of the Movement, or one of the two practice societies."""

    protection = Protection(
        kind=words.SOCIETIES,
        by="pk",
        society="pk",
        columns=(
            *("hosted", "closed", "closed_from", "closed_before", "closed_since"),
            *("closed_receiver", "closed_decided_by"),
        ),
        only=models.Q(hosted=True),
        taken_out=False,
        why="which societies work on this node, and what each of them leaves to others from when on",
    )

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    iso2 = models.CharField(_("country, two letters"), max_length=2)
    iso3 = models.CharField(_("country, three letters"), max_length=3)
    fdrs = models.CharField(_("FDRS code"), max_length=10, blank=True, default="")
    name_en = models.CharField(_("name in English"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True, default="")
    # Language tag -> name. English and Russian have their own columns, so lists can be sorted.
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    # Tags of the names that nobody of the society has checked yet.
    names_unchecked = models.JSONField(_("names not yet checked"), default=list, blank=True)
    website = models.URLField(_("website"), blank=True, default="")
    central_asian = models.BooleanField(_("of the Central Asian network"), default=False)
    practice = models.BooleanField(_("invented, for practice"), default=False)
    hosted = models.BooleanField(_("works on this node"), default=False)
    time_zone = models.CharField(_("time zone"), max_length=50, default="UTC")
    languages = models.JSONField(_("working languages"), default=list, blank=True)
    # Set once the society has changed what Panah was delivered with: a later load keeps off.
    edited_at = models.DateTimeField(_("changed by the society at"), null=True, blank=True)
    # What it leaves to others from a day on (names of capabilities), and what it leaves to them until that day.
    closed = models.JSONField(_("closed here"), default=list, blank=True)
    closed_from = models.DateField(_("decided to begin on"), null=True, blank=True)
    closed_before = models.JSONField(_("closed here until then"), default=list, blank=True)
    # Capability -> the day on which it was closed: what began before stays open until it ends.
    closed_since = models.JSONField(_("closed since"), default=dict, blank=True)
    # Who has accepted what is not begun here any more: {"name", "by", "on"}.
    closed_receiver = models.JSONField(_("taken on by"), default=dict, blank=True)
    closed_decided_by = models.CharField(_("decided by"), max_length=200, blank=True, default="")

    class Privacy:
        personal = ("closed_decided_by", "closed_receiver")
        ordinary = (
            "id",
            "closed",
            "closed_from",
            "closed_before",
            "closed_since",
            "slug",
            "iso2",
            "iso3",
            "fdrs",
            "name_en",
            "name_ru",
            "names",
            "names_unchecked",
            "website",
            "central_asian",
            "practice",
            "hosted",
            "time_zone",
            "languages",
            "edited_at",
        )

    class Meta:
        ordering: ClassVar = ["name_en"]
        verbose_name = _("society")
        verbose_name_plural = _("societies")

    def __str__(self) -> str:
        return self.name_en

    def name_in(self, language: str) -> str:
        """The name in this language (a tag such as "ru" or "uz-Cyrl"); English where none is known."""
        return words.name_in(language, en=self.name_en, ru=self.name_ru, others=self.names)


class Region(Model):
    """A subdivision of a country, as ISO 3166-2 has it today."""

    iso2 = models.CharField(_("country, two letters"), max_length=2)
    code = models.CharField(_("ISO 3166-2 code"), max_length=8, unique=True)
    names = models.JSONField(_("names by language"), default=dict)
    kind = models.CharField(_("kind"), max_length=20, choices=words.RegionKind)
    # Degrees of its main town, to a tenth: enough to say which region is nearer, nothing more.
    latitude = models.FloatField(_("latitude of the main town"), null=True, blank=True)
    longitude = models.FloatField(_("longitude of the main town"), null=True, blank=True)

    class Privacy:
        ordinary = ("id", "iso2", "code", "names", "kind", "latitude", "longitude")

    class Meta:
        ordering: ClassVar = ["code"]
        verbose_name = _("region")
        verbose_name_plural = _("regions")

    def __str__(self) -> str:
        return self.name_in("en")

    def name_in(self, language: str) -> str:
        names = self.names
        return words.name_in(language, en=names.get("en", self.code), ru=names.get("ru", ""), others=names)


class FormerRegion(Model):
    """The concordance: one line for each region of today that an older code covers.

    South Kazakhstan before 2018 has two lines, Turkistan and Shymkent, both *part*:
    a figure for it can be shown under either, but not split between them.
    """

    scheme = models.CharField(_("list of codes"), max_length=20, choices=words.RegionScheme)
    code = models.CharField(_("code in that list"), max_length=16)
    name = models.CharField(_("name in that list"), max_length=120)
    region = models.ForeignKey(
        Region, on_delete=models.CASCADE, related_name="former", verbose_name=_("region today")
    )
    # True where the old unit and today's region are the same ground.
    whole = models.BooleanField(_("the same ground"), default=True)
    changed_on = models.DateField(_("changed on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=20, choices=words.FormerNote, blank=True, default="")

    class Privacy:
        ordinary = ("id", "scheme", "code", "name", "region", "whole", "changed_on", "note")

    class Meta:
        ordering: ClassVar = ["scheme", "code"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["scheme", "code", "region"], name="former_region_named_once_a_region"
            )
        ]
        verbose_name = _("former region")
        verbose_name_plural = _("former regions")

    def __str__(self) -> str:
        return f"{self.scheme} {self.code}"


class Branch(Model):
    """A branch of a society. Starts unconfirmed: no source says which branches there are."""

    society = models.ForeignKey(
        Society, on_delete=models.PROTECT, related_name="branches", verbose_name=_("society")
    )
    slug = models.SlugField(_("short name"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True, default="")
    names = models.JSONField(_("names in other languages"), default=dict, blank=True)
    region = models.ForeignKey(
        Region,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="branches",
        verbose_name=_("region"),
    )
    note = models.CharField(_("note"), max_length=20, choices=words.BranchNote, blank=True, default="")
    confirmed = models.BooleanField(_("confirmed by the society"), default=False)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    confirmed_by = models.CharField(_("confirmed by"), max_length=120, blank=True, default="")
    closed = models.BooleanField(_("closed"), default=False)
    edited_at = models.DateTimeField(_("changed by the society at"), null=True, blank=True)

    class Privacy:
        personal = ("confirmed_by",)
        ordinary = (
            "id",
            "society",
            "slug",
            "name_en",
            "name_ru",
            "names",
            "region",
            "note",
            "confirmed",
            "confirmed_at",
            "closed",
            "edited_at",
        )

    class Meta:
        ordering: ClassVar = ["name_en"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["society", "slug"], name="branch_slug_once_a_society"),
            models.CheckConstraint(
                name="branch_confirmed_at_and_by_go_together",
                condition=(
                    models.Q(confirmed=False, confirmed_at=None, confirmed_by="")
                    | (models.Q(confirmed=True, confirmed_at__isnull=False) & ~models.Q(confirmed_by=""))
                ),
            ),
        ]
        verbose_name = _("branch")
        verbose_name_plural = _("branches")

    def __str__(self) -> str:
        return self.name_en

    def name_in(self, language: str) -> str:
        """The name in this language; English where none is known."""
        return words.name_in(language, en=self.name_en, ru=self.name_ru, others=self.names)
