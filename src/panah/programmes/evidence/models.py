"""Signed columns, populations with their budget, releases, and what left. Nothing here is about one person."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models

from panah.ground.foundation.dialled_numbers import HasDialledNumbers
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.programmes.evidence import words

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

STAFF = settings.AUTH_USER_MODEL


class ColumnsFile(Model):
    """Which columns, values and bins releases have: a file that the society's key signed, older than the data."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    # As it was signed, with what it says of itself.
    text = models.TextField()
    version = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    # By the society's signing key in force; a new key signs it anew.
    signature = models.BinaryField()
    signed_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField()

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-signed_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["society", "sha256"], name="a_columns_file_is_signed_once")
        ]

    class Privacy:
        personal = ("signed_by",)
        ordinary = ("id", "society", "text", "version", "sha256", "signature", "signed_on")


class Population(Model):
    """The people of a society and a year whom releases are about. One ledger for all that is made of them."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=9, choices=words.What)
    year = models.PositiveSmallIntegerField()
    # The same for all releases of them. None: made-up people, by the file that Panah brings.
    columns = models.ForeignKey(ColumnsFile, on_delete=models.PROTECT, null=True, related_name="+")
    # The promise, as it was when the first release of them was begun; and what it may cost, in 10⁻¹² of rho.
    epsilon = models.DecimalField(max_digits=6, decimal_places=3)
    delta = models.DecimalField(max_digits=12, decimal_places=10)
    budget = models.BigIntegerField()
    # Exact figures of them were counted for a release: nothing private can be promised of them any more.
    exact_released = models.BooleanField(default=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-year", "what"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["society", "what", "year"], name="a_population_has_one_ledger_a_year"
            ),
            models.CheckConstraint(name="a_budget_is_an_amount", condition=models.Q(budget__gt=0)),
            models.CheckConstraint(
                name="a_population_is_of_cases_or_made_up", condition=models.Q(what__in=words.What.values)
            ),
        ]

    class Privacy:
        ordinary = (
            *("id", "society", "what", "year", "columns", "epsilon", "delta", "budget", "exact_released"),
        )


class Release(Model):
    """One attempt to publish something of a population, from its beginning to where it ended."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    population = models.ForeignKey(Population, on_delete=models.PROTECT, related_name="releases")
    title = models.CharField(max_length=200)
    # For readers outside: what they should know, and whom they ask.
    about = models.TextField(blank=True)
    contact = models.CharField(max_length=200)
    product = models.CharField(max_length=9, choices=words.Product)
    # Of this release alone; null: exact counts, which no budget describes.
    epsilon = models.DecimalField(max_digits=6, decimal_places=3, null=True)
    state = models.CharField(max_length=9, choices=words.ReleaseState, default=words.ReleaseState.DRAFT)
    begun_on = models.DateField()
    prepared_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, related_name="+")
    # Ids of all who had a hand in it: none of them decides.
    hands = models.JSONField(default=list)
    prepared_at = models.DateTimeField(null=True)
    # What a rehearsal with made-up people showed (``products.Rehearsed``), before anything was spent.
    rehearsed = models.JSONField(null=True)
    # How far the work is while somebody waits for it: a stage, and of it so many per cent. Nothing of the data.
    stage = models.CharField(max_length=10, blank=True)
    percent = models.PositiveSmallIntegerField(default=0)
    # What the attack tool found, line by line; whether all of it held.
    report = models.JSONField(default=list)
    # What may be packed, as it was drawn: ``ReleaseResult.data``, compressed. Nothing exact that is hidden is in it;
    # exact counts lie in the shred store, sealed to the facts key.
    made = models.BinaryField(null=True)
    # Of a joint release: the protected counts that others gave (a list of ``joint.GivenCounts``), compressed.
    given = models.BinaryField(null=True)
    passed = models.BooleanField(null=True)
    read_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    # What was read: the package, its report and all earlier releases, as one hash.
    read_what = models.CharField(max_length=64, blank=True)
    decided_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    decided_on = models.DateField(null=True)
    remark = models.TextField(blank=True)
    withdrawn_by = models.ForeignKey(STAFF, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True)
    reason = models.TextField(blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-begun_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="what_left_withstood_every_attack_and_another_decided",
                condition=~models.Q(state__in=words.OUT)
                | (
                    models.Q(passed=True, decided_by__isnull=False, decided_on__isnull=False)
                    & ~models.Q(decided_by=models.F("prepared_by"))
                ),
            ),
            models.CheckConstraint(
                name="a_withdrawn_release_says_when_and_why",
                condition=models.Q(state="withdrawn", withdrawn_on__isnull=False)
                | (~models.Q(state="withdrawn") & models.Q(withdrawn_on=None)),
            ),
        ]

    class Privacy:
        personal = ("prepared_by", "hands", "read_by", "decided_by", "withdrawn_by")
        ordinary = (
            *("id", "society", "population", "title", "about", "contact", "product", "epsilon", "state"),
            *(
                "begun_on",
                "prepared_at",
                "rehearsed",
                "stage",
                "percent",
                "report",
                "made",
                "given",
                "passed",
                "read_what",
                "decided_on",
                "remark",
            ),
            *("withdrawn_on", "reason"),
        )

    @property
    def is_out(self) -> bool:
        return self.state in words.OUT

    @property
    def tone(self) -> str:
        return words.TONES.get(self.state, "")

    def is_hand_of(self, staff: Staff) -> bool:
        return str(staff.pk) in self.hands


class BudgetSpend(Model):
    """What was paid of a population's budget, before anything was looked at. Only ever added."""

    population = models.ForeignKey(Population, on_delete=models.PROTECT, related_name="spends")
    # What it paid for: the id of a release, once.
    ref = models.UUIDField(unique=True)
    # In 10⁻¹² of rho.
    rho = models.BigIntegerField()
    spent_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["spent_on", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(name="a_spend_is_an_amount", condition=models.Q(rho__gt=0))
        ]

    class Privacy:
        ordinary = ("id", "population", "ref", "rho", "spent_on")

    def save(self, *args: object, **kwargs: object) -> None:
        """Write it down once."""
        if not self._state.adding:
            raise TypeError("what was spent is not changed")
        super().save()

    def delete(self, *args: object, **kwargs: object) -> tuple[int, dict[str, int]]:
        """Never."""
        raise TypeError("what was spent stays spent")


class Package(Model):
    """The bytes of a release, as they were written. Another text makes another package, with the next number."""

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="packages")
    number = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    body = models.BinaryField()
    made_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "number"], name="a_package_is_written_once")
        ]

    class Privacy:
        ordinary = ("id", "release", "number", "sha256", "body", "made_on")

    def save(self, *args: object, **kwargs: object) -> None:
        """Write it down once."""
        if not self._state.adding:
            raise TypeError("a package is not changed")
        super().save()

    @property
    def is_whole(self) -> bool:
        """Say whether these are the bytes that were written."""
        return hashlib.sha256(bytes(self.body)).hexdigest() == self.sha256


class PublishedFile(HasDialledNumbers, Model):
    """What everybody may know of a file that left: whoever has it asks the public door about it by its hash.

    What it says is kept outside the database too: a withdrawal is not undone by whoever writes here.
    """

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    # The id of its release, whose row a stranger's page never reads.
    release = models.UUIDField(unique=True)
    sha256 = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=200)
    contact = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    made_up = models.BooleanField()
    published_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-published_on", "pk"]

    class Privacy:
        ordinary = (
            *("id", "society", "release", "sha256", "title", "contact", "year", "made_up", "published_on"),
            *("withdrawn_on", "reason"),
        )

    def dialled(self) -> tuple[object, ...]:
        """Return what is kept of it elsewhere: all that the door says."""
        return (
            *(self.society_id, self.release, self.sha256, self.title, self.contact, self.year, self.made_up),
            *(self.published_on, self.withdrawn_on, self.reason),
        )
