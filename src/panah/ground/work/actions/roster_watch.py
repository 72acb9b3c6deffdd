"""Every day the roster of the coming week is looked at: gaps, who does not fit any more, duties given twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from panah.ground.accounts import roster, roster_checks
from panah.ground.accounts.queries import colleagues, with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.foundation import tenancy
from panah.ground.network.queries import hosted_ids
from panah.ground.work.actions.declared import due
from panah.ground.work.actions.due_items import cancel_for
from panah.ground.work.queries import items_of
from panah.ground.work.words import DueKind, DueSubject, DueType

ROSTER = DueType("roster", "roster", DueKind.REVIEW)
# Whoever has ticked it off is left in peace until tomorrow.
QUIET = timedelta(hours=20)


def check_rosters(*, at: datetime) -> int:
    """Put it on the focal points' lists where something is wrong with the coming week; returns for how many."""
    here = tenancy.current_tenant()
    return sum(_check(one, at) for one in ([here] if here is not None else hosted_ids()))


def _check(society: UUID, at: datetime) -> bool:
    leads = with_permission(society, Permission.WORK_LEAD)
    if not leads:
        return False
    lines = roster.roster(to=leads[0], at=at, days=roster_checks.AHEAD.days)
    people = colleagues(to=leads[0]).prefetch_related("roles")
    wrong = any(
        one.unfit or one.too_long or one.little_rest
        for one in roster_checks.checked(lines, staff=people, at=at)
    )
    if not wrong and not roster_checks.gaps(society=society, at=at):
        cancel_for(subject=society, purpose=ROSTER.purpose, at=at)
        return False
    said = items_of(society, purpose=ROSTER.purpose, still_open=False)
    if any(one.done_at is None or (not one.dropped and one.done_at > at - QUIET) for one in said):
        return True
    for focal_point in leads:
        due(ROSTER, DueSubject(society, society), owner=focal_point, at=at)
    return True
