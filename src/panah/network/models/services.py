"""Organisations, their services and numbers, in the terms of HSDS 3.0, and who verified them.

A shelter's address is in no field of this room: a service that offers a bed has a region,
never an address (rules.may_have_address).
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from panah.foundation.models import Model
from panah.network import words
from panah.network.models.societies import Region, Society


class Organization(Model):
    """HSDS organization. `society` keeps the entry; `is_society` says which society it *is*."""

    # The key of what Panah was delivered with; empty for what people entered.
    reference = models.CharField(_("reference"), max_length=80, blank=True, default="")
    society = models.ForeignKey(
        Society, on_delete=models.PROTECT, null=True, blank=True, related_name="organizations",
        verbose_name=_("entry kept by"),
    )
    is_society = models.ForeignKey(
        Society, on_delete=models.PROTECT, null=True, blank=True, related_name="as_organization",
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
    has_panah = models.BooleanField(_("works with Panah"), default=False)
    edited_at = models.DateTimeField(_("changed by the society at"), null=True, blank=True)

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = ("email",)
        ordinary = (
            "id", "reference", "society", "is_society", "iso2", "kind", "name_en", "name_ru",
            "names", "description_en", "description_ru", "website", "has_panah", "edited_at",
        )

    class Meta:
        ordering: ClassVar = ["name_en"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reference"], name="organization_reference_once",
                condition=~models.Q(reference=""),
            ),
        ]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name_en

    def name_in(self, language: str) -> str:
        return words.name_in(language, en=self.name_en, ru=self.name_ru, others=self.names)


class Agreement(Model):
    """What a society and an organisation have agreed on, and until when."""

    society = models.ForeignKey(
        Society, on_delete=models.PROTECT, related_name="agreements", verbose_name=_("society")
    )
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="agreements",
        verbose_name=_("organisation"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    scope = models.TextField(_("what was agreed"))

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = ()
        ordinary = ("id", "society", "organization", "starts_on", "ends_on", "scope")

    class Meta:
        ordering: ClassVar = ["-starts_on"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="agreement_ends_after_it_starts",
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
            ),
        ]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")

    def __str__(self) -> str:
        return f"{self.starts_on}"


class Service(Model):
    """HSDS service, as far as a call and a referral need it."""

    reference = models.CharField(_("reference"), max_length=80, blank=True, default="")
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="services",
        verbose_name=_("organisation"),
    )
    society = models.ForeignKey(
        Society, on_delete=models.PROTECT, null=True, blank=True, related_name="services",
        verbose_name=_("entry kept by"),
    )
    iso2 = models.CharField(_("country, two letters"), max_length=2)
    # No region means the whole country.
    region = models.ForeignKey(
        Region, on_delete=models.PROTECT, null=True, blank=True, related_name="services",
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
    status = models.CharField(
        _("state"), max_length=20, choices=words.ServiceStatus, default=words.ServiceStatus.ACTIVE
    )
    edited_at = models.DateTimeField(_("changed by the society at"), null=True, blank=True)

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = ()
        ordinary = (
            "id", "reference", "organization", "society", "iso2", "region", "name_en", "name_ru",
            "names", "description_en", "description_ru", "address", "minimum_age", "maximum_age",
            "hours_en", "hours_ru", "hours", "time_zone", "free", "fees", "capacity",
            "how_to_refer", "status", "edited_at",
        )

    class Meta:
        ordering: ClassVar = ["name_en"]
        indexes: ClassVar = [models.Index(fields=["iso2", "status"], name="service_by_country")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reference"], name="service_reference_once",
                condition=~models.Q(reference=""),
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

    def name_in(self, language: str) -> str:
        return words.name_in(language, en=self.name_en, ru=self.name_ru, others=self.names)


class ServiceTerm(Model):
    """A taxonomy term on a service: a need it meets, whom it admits, a language it speaks."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="terms", verbose_name=_("service")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=words.TermKind)
    term = models.CharField(_("term"), max_length=30)

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = ()
        ordinary = ("id", "service", "kind", "term")

    class Meta:
        ordering: ClassVar = ["kind", "term"]
        indexes: ClassVar = [models.Index(fields=["kind", "term"], name="service_term_lookup")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "kind", "term"], name="service_term_once_a_service"
            ),
        ]
        verbose_name = _("term of a service")
        verbose_name_plural = _("terms of services")

    def __str__(self) -> str:
        return f"{self.kind}: {self.term}"


class ServicePhone(Model):
    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="phones", verbose_name=_("service")
    )
    number = models.CharField(_("number"), max_length=40)
    note = models.CharField(_("note"), max_length=120, blank=True, default="")

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = ("number",)
        ordinary = ("id", "service", "note")

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("number of a service")
        verbose_name_plural = _("numbers of services")

    def __str__(self) -> str:
        return self.number


class ServiceContact(Model):
    """Whom to ask for there. A colleague of a partner: protected, but not sealed, data."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("service")
    )
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("what for"), max_length=120, blank=True, default="")
    phone = models.CharField(_("number"), max_length=40, blank=True, default="")
    email = models.EmailField(_("e-mail"), blank=True, default="")

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = ("name", "phone", "email")
        ordinary = ("id", "service", "title")

    class Meta:
        ordering: ClassVar = ["name"]
        verbose_name = _("contact at a service")
        verbose_name_plural = _("contacts at services")

    def __str__(self) -> str:
        return self.name


class HotlineNumber(Model):
    """A number that a person can be told on a call."""

    reference = models.CharField(_("reference"), max_length=80, blank=True, default="")
    society = models.ForeignKey(
        Society, on_delete=models.PROTECT, null=True, blank=True, related_name="hotline_numbers",
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
        identifying = ()
        sensitive = ()
        personal = ()
        ordinary = (
            "id", "reference", "society", "iso2", "kind", "number", "name_en", "name_ru",
            "note_en", "note_ru", "languages", "hours_en", "hours_ru", "hours", "time_zone",
            "free", "source", "ended", "edited_at",
        )

    class Meta:
        ordering: ClassVar = ["iso2", "name_en"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reference"], name="hotline_number_reference_once",
                condition=~models.Q(reference=""),
            ),
        ]
        verbose_name = _("hotline number")
        verbose_name_plural = _("hotline numbers")

    def __str__(self) -> str:
        return self.name_en

    def name_in(self, language: str) -> str:
        return words.name_in(language, en=self.name_en, ru=self.name_ru)


class Verification(Model):
    """Someone tried it: when, who, what came of it, and until when that may be relied on."""

    service = models.ForeignKey(
        Service, on_delete=models.CASCADE, null=True, blank=True, related_name="verifications",
        verbose_name=_("service"),
    )
    hotline_number = models.ForeignKey(
        HotlineNumber, on_delete=models.CASCADE, null=True, blank=True,
        related_name="verifications", verbose_name=_("hotline number"),
    )
    at = models.DateTimeField(_("when"))
    by = models.CharField(_("by"), max_length=120)
    outcome = models.CharField(_("outcome"), max_length=20, choices=words.Outcome)
    note = models.CharField(_("note"), max_length=300, blank=True, default="")
    expires_on = models.DateField(_("counts until"))

    class Privacy:
        identifying = ()
        sensitive = ()
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
            ),
        ]
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.outcome}"
