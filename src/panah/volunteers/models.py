"""The register of volunteers. How to reach them, and everything else that only their branch needs, lies sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Self

from django.conf import settings
from django.db import models

from panah.accounts.words import Role
from panah.foundation.managers import TenantQuerySet
from panah.foundation.models import Model
from panah.volunteers import words

if TYPE_CHECKING:
    from panah.accounts.models import Staff
    from panah.foundation.compiled_queries import Viewer


class VolunteerQuerySet(TenantQuerySet):
    def visible(self, *, to: Staff | Viewer | None) -> Self:
        """The volunteers of the asker's branch; of all branches for focal points."""
        rows = super().visible(to=to)
        if to is None or not to.has_role(Role.FOCAL_POINT, Role.BRANCH_COORDINATOR):
            return rows.none()
        # A coordinator whom no branch was given works at headquarters.
        return rows if to.is_focal_point or to.branch_id is None else rows.filter(branch_id=to.branch_id)


class Volunteer(Model):
    """A person who helps. Telephone, e-mail, address, birth date, guardian and ties are in ``details`` alone."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    # The name brought to sounds (names.find.fold_key): found in every script.
    name_key = models.CharField(max_length=120)
    sex = models.CharField(max_length=6, choices=words.Sex, blank=True, default="")
    # The year is enough for bands of age and for who is grown up: in doubt younger.
    born_year = models.SmallIntegerField(null=True)
    languages = models.JSONField(default=list)
    skills = models.JSONField(default=list)
    availability = models.JSONField(default=list)
    # Sealed under the host's key, bound to the row: {"phone", "email", "address", "born_on", "guardian", "ties"}.
    details = models.BinaryField(default=b"")
    # Equal for equal telephones, to propose doubles; nobody can make it without the host's key.
    phone_mark = models.BinaryField(null=True)
    may_be_contacted = models.BooleanField(default=False)
    code_signed_on = models.DateField(null=True)
    vetted_until = models.DateField(null=True)
    safeguarding_until = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=words.VolunteerState, default=words.VolunteerState.ACTIVE)
    joined_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    # Where the volunteer signs in as a colleague too.
    staff = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Vetting and incidents, sealed to those who decide; begun with the first of them.
    file = models.OneToOneField("vault.File", on_delete=models.PROTECT, null=True, related_name="+")

    objects = VolunteerQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["society", "branch", "name_key"], name="volunteers_by_name"),
            models.Index(fields=["society", "phone_mark"], name="volunteers_by_phone"),
        ]

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = (
            *("name", "name_key", "sex", "born_year", "languages", "skills", "availability", "details"),
            *(
                "phone_mark",
                "may_be_contacted",
                "code_signed_on",
                "vetted_until",
                "safeguarding_until",
                "staff",
            ),
        )
        ordinary = ("id", "society", "branch", "state", "joined_on", "left_on", "file")


class Membership(Model):
    """What a volunteer does in which branch, from when until when: the history stays."""

    society = models.ForeignKey("network.Society", on_delete=models.PROTECT, related_name="+")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.CASCADE, related_name="memberships")
    branch = models.ForeignKey("network.Branch", on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=13, choices=words.VolunteerRole, default=words.VolunteerRole.MEMBER)
    since = models.DateField()
    until = models.DateField(null=True)

    objects = TenantQuerySet.as_manager()

    class Privacy:
        identifying = ()
        sensitive = ()
        personal = ("volunteer", "role")
        ordinary = ("id", "society", "branch", "since", "until")
