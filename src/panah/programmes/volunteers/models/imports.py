"""Tables on their way in, the rows that are known again, and pairs of volunteers who may be one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models

from panah.ground.foundation.leases import Leased
from panah.ground.foundation.managers import TenantQuerySet
from panah.ground.foundation.models import Model
from panah.programmes.volunteers.importing.words import ImportState
from panah.programmes.volunteers.visibility import BranchQuerySet

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.foundation.compiled_queries import Viewer


class TableImportQuerySet(TenantQuerySet["TableImport"]):
    def visible(self, *, to: Staff | Viewer | None) -> Self:
        """The tables that somebody brought herself."""
        rows = super().visible(to=to)
        return rows if to is None else rows.filter(by_id=to.pk)


class TableImport(Leased):
    """A table that somebody brought: how far it is. The table itself and its faults lie sealed in the shred store."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Where rows come to that name no branch.
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, null=True, related_name="+")
    brought_on = models.DateField()
    state = models.CharField(max_length=9, choices=ImportState, default=ImportState.ASKED)
    # Sealed under the host's key: headings, the columns chosen for them, notes, how often which fault.
    about = models.BinaryField(default=b"")
    rows = models.IntegerField(default=0)
    good = models.IntegerField(default=0)
    known = models.IntegerField(default=0)
    faulty = models.IntegerField(default=0)
    came_in = models.IntegerField(default=0)
    # The table is worked off in pieces: so many are read, so many have come in.
    pieces = models.IntegerField(default=0)
    pieces_in = models.IntegerField(default=0)

    objects = TableImportQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["by"], name="volunteers_come_from_one_table_at_a_time")
        ]

    class Privacy:
        personal = ("by", "about")
        ordinary = (
            *("id", "society", "branch", "brought_on", "state", "rows", "good", "known", "faulty", "came_in"),
            *("pieces", "pieces_in", "leased_until", "lease_token"),
        )


class ImportedRow(Model):
    """By which a row of a table is known again, also when the volunteer was erased: nobody comes back by itself."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    # A keyed mark: nobody can make it, or try out names, without the host's key.
    mark = models.BinaryField()
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["society", "mark"], name="a_row_of_volunteers_comes_in_once")
        ]

    class Privacy:
        personal = ("volunteer",)
        ordinary = ("id", "society", "mark")


class DoublePairQuerySet(BranchQuerySet["DoublePair"]):
    """Pairs of which the asker keeps both: of two branches only whoever keeps all."""

    # The pair's own branch leads into the index; where the two are today decides.
    branch_fields = ("branch", "one__branch", "other__branch")


class DoublePair(Model):
    """Two volunteers whose names and years make them look like one person; a person decides."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    one = models.ForeignKey("volunteers.Volunteer", on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey("volunteers.Volunteer", on_delete=models.CASCADE, related_name="+")
    # Of both; None where they are of two.
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, null=True, related_name="+")
    # How alike, of a thousand: the likeliest first.
    likeness = models.SmallIntegerField()
    # Somebody looked: two people. They are not proposed again.
    apart = models.BooleanField(default=False)

    objects = DoublePairQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["one", "other"], name="two_volunteers_are_compared_once")
        ]
        indexes: ClassVar = [
            models.Index(fields=["society", "apart", "likeness", "id"], name="doubles_by_likeness"),
            models.Index(fields=["society", "branch", "apart", "likeness", "id"], name="doubles_of_a_branch"),
        ]

    class Privacy:
        personal = ("one", "other")
        ordinary = ("id", "society", "branch", "likeness", "apart")


class MergedVolunteerQuerySet(BranchQuerySet["MergedVolunteer"]):
    branch_fields = ("kept__branch",)


class MergedVolunteer(Model):
    """What was of a volunteer before she became one with another: sealed, to take it back for thirty days."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    kept = models.ForeignKey("volunteers.Volunteer", on_delete=models.CASCADE, related_name="+")
    merged_on = models.DateField()
    sealed = models.BinaryField()

    objects = MergedVolunteerQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["society", "merged_on"], name="merged_volunteers_by_day")]

    class Privacy:
        personal = ("kept", "sealed")
        ordinary = ("id", "society", "merged_on")
