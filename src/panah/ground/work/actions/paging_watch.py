"""A society that no channel can call says so to its focal points, until one works."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.channels import queries as channels_queries
from panah.ground.foundation import tenancy
from panah.ground.network.queries import hosted_ids
from panah.ground.work.actions.declared import due
from panah.ground.work.actions.due_items import cancel_for
from panah.ground.work.queries import items_of
from panah.ground.work.words import DueKind, DueSubject, DueType

NO_CHANNEL = DueType("channels", "channels", DueKind.ANSWER)
# Whoever has ticked it off is left in peace for so long.
QUIET = timedelta(days=7)


def watch_channels(*, at: datetime) -> int:
    """Put it on the focal points' lists where no way of paging works, and take it off where one does; for how many."""
    here = tenancy.current_tenant()
    return sum(_watch(one, at) for one in ([here] if here is not None else hosted_ids()))


def _watch(society: UUID, at: datetime) -> bool:
    if channels_queries.a_way_works(society):
        cancel_for(subject=society, purpose=NO_CHANNEL.purpose, at=at)
        return False
    said = items_of(society, purpose=NO_CHANNEL.purpose, still_open=False)
    if any(one.done_at is None or (not one.dropped and one.done_at > at - QUIET) for one in said):
        return True
    for focal_point in with_permission(society, Permission.WORK_LEAD):
        due(NO_CHANNEL, DueSubject(society, society), owner=focal_point, at=at)
    return True
