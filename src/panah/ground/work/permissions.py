"""Who may answer a call for help: never whoever made it, since a second person is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.vault import queries as vault_queries

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.work.models import Alarm


def may_answer(alarm: Alarm, *, staff: Staff) -> bool:
    """Say whether a colleague's answer ends the paging: she did not call herself, by this account or a second one."""
    callers = {*called_for_by(alarm), *({alarm.raised_by_id} - {None})}
    if not callers:
        return True
    return staff.pk not in callers and not callers & set(vault_queries.known_through_one(staff))


def called_for_help(alarm: Alarm, *, staff: Staff) -> bool:
    """Say whether a colleague called for help herself, here or for the same person elsewhere."""
    return alarm.raised_by_id == staff.pk or staff.pk in called_for_by(alarm)


def called_for_by(alarm: Alarm) -> set[UUID]:
    """Return who called for the same person elsewhere; whatever else was written into the row breaks no page."""
    return (
        set(filter(None, map(_uuid, alarm.called_for_by))) if isinstance(alarm.called_for_by, list) else set()
    )


def _uuid(written: object) -> UUID | None:
    try:
        return UUID(str(written))
    except ValueError:
        return None
