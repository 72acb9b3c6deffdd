"""Pausing, coming back, leaving, moving to another branch, and what somebody does where. The history stays."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind
from panah.programmes.volunteers import events, permissions, sealed_details
from panah.programmes.volunteers.actions.register import (
    changed_meanwhile,
    kept_branch,
    lock_row,
    mark_home_and_elsewhere,
    must_be_ours,
    must_keep,
    put_on_lists,
)
from panah.programmes.volunteers.models import Membership, Volunteer
from panah.programmes.volunteers.words import Happened, VolunteerRole, VolunteerState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

MOVING = "moving"


@transaction.atomic
def pause(*, by: Staff, row: Volunteer, on: date, why: str, at: datetime) -> None:
    lock_row(row)
    must_keep(by, row)
    row.state = VolunteerState.PAUSED
    _happened(by, row, Happened.PAUSED, on, why, at)


@transaction.atomic
def come_back(*, by: Staff, row: Volunteer, on: date, why: str, at: datetime) -> None:
    """Return after a pause or after having left; whoever had left begins anew in the own branch."""
    lock_row(row)
    must_keep(by, row)
    if row.state == VolunteerState.LEFT:
        _join(row, row.branch_id, VolunteerRole.MEMBER, on)
    row.state, row.left_on = VolunteerState.ACTIVE, None
    _happened(by, row, Happened.RETURNED, on, why, at)


@transaction.atomic
def leave(*, by: Staff, row: Volunteer, on: date, why: str, at: datetime) -> None:
    """Leave: what is done in branches ends on that day; from then on the time runs after which everything is erased."""
    lock_row(row)
    must_keep(by, row)
    Membership.objects.filter(volunteer=row, until=None).update(until=on)
    work.cancel_for(subject=row.pk, at=at)
    row.state, row.left_on, row.moving_to = VolunteerState.LEFT, on, None
    _happened(by, row, Happened.LEFT, on, why, at)


@transaction.atomic
def ask_to_move(*, by: Staff, row: Volunteer, branch: str, why: str, at: datetime) -> None:
    """Ask another branch to take over; until it answers everything stays as it is."""
    lock_row(row)
    must_keep(by, row)
    if UUID(branch) == row.branch_id:
        raise Refusal(
            _("That is the branch already."), next_step=_("Choose another one."), code="same-branch"
        )
    must_be_ours(row.society_id, branch)
    work.cancel_for(subject=row.pk, purpose=MOVING, at=at)
    row.moving_to_id = UUID(branch)
    put_on_lists(row, MOVING, DueKind.DECIDE, branch=UUID(branch), at=at)
    _happened(by, row, Happened.MOVE_ASKED, timezone.localtime(at).date(), why, at)


@transaction.atomic
def answer_move(*, by: Staff, row: Volunteer, answer: str, why: str, at: datetime) -> None:
    """Take over a volunteer (``yes``), or not; whoever asked may take the question back in the same way."""
    asked = row.moving_to_id
    lock_row(row)
    if row.moving_to_id is None or row.moving_to_id != asked:
        raise changed_meanwhile(_("Nobody asks for this any more."))
    if not permissions.receives(by, row) and (answer == "yes" or not permissions.keeps(by, row)):
        raise Refusal(_("The branch that was asked decides."), code="other-branch")
    day, branch = timezone.localtime(at).date(), row.moving_to_id
    row.moving_to = None
    if answer == "yes":
        roles = list(
            Membership.objects.filter(volunteer=row, branch_id=row.branch_id, until=None).values_list(
                "role", flat=True
            )
        )
        Membership.objects.filter(volunteer=row, branch_id=row.branch_id, until=None).update(until=day)
        row.branch_id = branch
        mark_home_and_elsewhere(row)
        for role in roles or [VolunteerRole.MEMBER]:
            _join(row, branch, role, day)
    work.complete_for(subject=row.pk, purpose=MOVING, by=by, at=at)
    _happened(by, row, Happened.MOVED if answer == "yes" else Happened.MOVE_REFUSED, day, why, at)


@transaction.atomic
def add_role(*, by: Staff, row: Volunteer, branch: str, role: str, since: date, at: datetime) -> None:
    """Add what somebody does in a branch: the own one, or one in which she helps too."""
    where = kept_branch(branch, by=by)
    lock_row(row)
    if not permissions.keeps(by, row) and not _helps_in(row, where):
        # Whoever is only asked to take over reads no telephone before the answer: nor by taking her on for something.
        raise Refusal(
            _("The branch of this volunteer has asked you to take over."),
            next_step=_("Answer that first, or ask a focal point."),
            code="answer-the-move-first",
        )
    _join(row, where, role, since)
    audit.record(event=events.ROLE, by=by, at=at, about=row.pk)


def _helps_in(row: Volunteer, branch: UUID) -> bool:
    return Membership.objects.filter(volunteer=row, branch_id=branch, until=None).exists()


def _join(row: Volunteer, branch: UUID, role: VolunteerRole | str, since: date) -> None:
    if Membership.objects.filter(volunteer=row, branch_id=branch, role=role, until=None).exists():
        return
    Membership.objects.create(
        society_id=row.society_id,
        volunteer=row,
        branch_id=branch,
        role=role,
        since=since,
        elsewhere=branch != row.branch_id,
    )


@transaction.atomic
def end_role(*, by: Staff, row: Volunteer, which: str, until: date, at: datetime) -> None:
    """End what somebody does in a branch; the line stays in the history."""
    one = Membership.objects.filter(volunteer=row, pk=UUID(which), until=None).first()
    if one is None or not (permissions.keeps_all_branches(by) or by.branch_id == one.branch_id):
        raise Refusal(_("That has ended already, or another branch keeps it."), code="other-branch")
    one.until = max(until, one.since)
    one.save(update_fields=["until"])
    audit.record(event=events.ROLE, by=by, at=at, about=row.pk)


def _happened(by: Staff, row: Volunteer, what: Happened, on: date, why: str, at: datetime) -> None:
    sealed_details.note(row, on=on, what=what, text=why)
    row.save()
    audit.record(event=events.STATE, by=by, at=at, about=row.pk, facts={"what": what})
