"""Who may answer a call for help: never whoever made it, since a second person is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.vault import queries as vault_queries

if TYPE_CHECKING:
    from panah.accounts.models import Staff
    from panah.work.models import Alarm


def may_answer(alarm: Alarm, *, staff: Staff) -> bool:
    """Say whether a colleague's answer ends the paging: she did not call herself, by this account or a second one."""
    caller = alarm.raised_by_id
    if caller is None:
        return True
    return caller != staff.pk and caller not in vault_queries.known_through_one(staff)
