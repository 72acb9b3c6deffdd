"""The register of volunteers. How to reach them, and everything else that only their branch needs, lies sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models

from panah.ground.foundation.managers import FocalPointQuerySet, TenantQuerySet
from panah.ground.foundation.models import Model
from panah.programmes.volunteers import words
from panah.programmes.volunteers.visibility import BranchQuerySet

if TYPE_CHECKING:
    from uuid import UUID


class VolunteerQuerySet(BranchQuerySet["Volunteer"]):
    def of_branch(self, branch: UUID) -> Self:
        """Whoever belongs to a branch, helps in it too, or asks to move there."""
        return self.filter(
            models.Q(branch_id=branch) | models.Q(moving_to=branch) | _helps_from_elsewhere(branch)
        )

    def parts_of_branch(self, branch: UUID) -> tuple[Self, Self, Self]:
        """The same people in three parts that share nobody: an index leads into each, and none into an "or"."""
        others, moving = self.exclude(branch_id=branch), models.Q(moving_to=branch)
        return (
            self.filter(branch_id=branch),
            others.filter(moving),
            others.exclude(moving).filter(_helps_from_elsewhere(branch)),
        )


def _helps_from_elsewhere(branch: UUID) -> models.Q:
    helps = Membership.objects.filter(branch_id=branch, until=None, elsewhere=True)
    return models.Q(pk__in=helps.values("volunteer"))


# Vetting, safeguarding or insurance is written down. A query that says so in these very words uses the indexes below.
CHECKED = (
    models.Q(vetted_until__isnull=False)
    | models.Q(safeguarding_until__isnull=False)
    | models.Q(insured_until__isnull=False)
)


class Volunteer(Model):
    """A person who helps. Telephone, e-mail, address, guardian and ties are in ``details`` alone."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    # The name brought to sounds (names.find.fold_key): found in every script.
    name_key = models.CharField(max_length=120)
    sex = models.CharField(max_length=6, choices=words.Sex, blank=True, default="")
    # The year alone: enough for bands of age and for who is grown up, in doubt younger.
    born_year = models.SmallIntegerField(null=True)
    languages = models.JSONField(default=list)
    skills = models.JSONField(default=list)
    availability = models.JSONField(default=list)
    # Sealed under the host's key, bound to the row; read and written by ``sealed_details``.
    details = models.BinaryField(default=b"")
    # Equal for equal telephones, to propose doubles; nobody can make it without the host's key.
    phone_mark = models.BinaryField(null=True)
    may_be_contacted = models.BooleanField(default=False)
    code_signed_on = models.DateField(null=True)
    vetted_until = models.DateField(null=True)
    safeguarding_until = models.DateField(null=True)
    # By which cover, is in ``details``.
    insured_until = models.DateField(null=True)
    # Under 18: a parent or legal guardian agreed; who, is in ``details``.
    guardian_agreed_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=words.VolunteerState, default=words.VolunteerState.ACTIVE)
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    # The branch that was asked to take over and has not answered yet.
    moving_to = models.ForeignKey(
        "network.Branch", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # Where the volunteer signs in as a colleague too.
    staff = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Vetting and incidents, sealed to those who decide; begun with the first of them.
    file = models.OneToOneField("vault.File", on_delete=models.PROTECT, null=True, related_name="+")

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            # The order of the list, of all branches and of one: a page stops at its fiftieth line.
            models.Index(fields=["society", "name_key", "id"], name="volunteers_by_name"),
            models.Index(fields=["society", "branch", "name_key", "id"], name="volunteers_of_a_branch"),
            # The few of whom something can run out: walked instead of all.
            models.Index(
                fields=["society", "name_key", "id"], condition=CHECKED, name="volunteers_with_checks"
            ),
            models.Index(
                fields=["society", "branch", "name_key", "id"],
                condition=CHECKED,
                name="of_a_branch_with_checks",
            ),
            models.Index(
                fields=["moving_to"],
                condition=models.Q(moving_to__isnull=False),
                name="volunteers_asked_to_move",
            ),
            # All that counting by sex and age reads.
            models.Index(
                fields=["society", "branch", "sex", "born_year", "state", "joined_on", "left_on"],
                name="volunteers_counted",
            ),
            models.Index(fields=["society", "phone_mark"], name="volunteers_by_phone"),
        ]

    class Privacy:
        personal = (
            *("name", "name_key", "sex", "born_year", "languages", "skills", "availability", "details"),
            *("phone_mark", "may_be_contacted", "code_signed_on", "vetted_until", "safeguarding_until"),
            *("insured_until", "guardian_agreed_on", "staff"),
        )
        ordinary = ("id", "society", "branch", "state", "joined_on", "left_on", "moving_to", "file")


class Membership(Model):
    """What a volunteer does in which branch, from when until when: the history stays."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="memberships")
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=13, choices=words.VolunteerRole, default=words.VolunteerRole.MEMBER)
    since = models.DateField()
    until = models.DateField(null=True)
    # In another branch than the volunteer's own: by these few a branch finds who helps there too.
    elsewhere = models.BooleanField(default=False)

    objects = TenantQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["branch", "volunteer"],
                condition=models.Q(elsewhere=True, until=None),
                name="helpers_from_elsewhere",
            )
        ]

    class Privacy:
        personal = ("volunteer", "role")
        ordinary = ("id", "society", "branch", "since", "until", "elsewhere")


class IncidentReport(Model):
    """What a branch told the focal points, until one takes it into the volunteer's file; about whom is sealed."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    file = models.OneToOneField("vault.File", on_delete=models.PROTECT, related_name="+")
    reported_on = models.DateField()

    objects = FocalPointQuerySet.as_manager()

    class Privacy:
        ordinary = ("id", "society", "file", "reported_on")


class JoinLink(Model):
    """An address at which somebody without an account asks to join: a branch's own, or an invitation for one person."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=words.LinkKind, default=words.LinkKind.BRANCH)
    # Marked and sealed under the host's key: found by whoever has it, printed again by the branch, of no use in a dump.
    mark = models.BinaryField()
    sealed = models.BinaryField()
    made_on = models.DateField()
    until = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    # How many asked on the last day on which somebody did: no flood.
    used_on = models.DateField(null=True)
    used = models.SmallIntegerField(default=0)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mark"], name="a_link_to_join_is_one_address"),
            models.UniqueConstraint(
                fields=["branch"],
                condition=models.Q(kind="branch", ended_on__isnull=True),
                name="a_branch_has_one_link_to_join",
            ),
        ]

    class Privacy:
        ordinary = (
            *("id", "society", "branch", "kind", "mark", "sealed", "made_on", "until", "ended_on"),
            *("used_on", "used"),
        )
