"""Whoever answered a call for help hears when that call has ended."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueSubject, DueType

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.hotline.models import Contact

ROOM, ENDED = "hotline_alarm", "ended"
CALL_ENDED = DueType(ROOM, ENDED, DueKind.REVIEW)


def tell_who_answered(*, contact: Contact, by: Staff | None, at: datetime) -> None:
    """Put it on her list that the call has ended, unless she ended it herself or nobody else was called in."""
    alarm = work_queries.own_alarm_of(contact.pk)
    if alarm is None or alarm.answered_by is None or alarm.answered_by_id == alarm.raised_by_id:
        return
    if by is not None and alarm.answered_by.pk == by.pk:
        return
    if work_queries.items_of(alarm.pk, purpose=ENDED, still_open=False):
        return
    work.due(CALL_ENDED, DueSubject(contact.society_id, alarm.pk), owner=alarm.answered_by, at=at)
    work.send_word(to=alarm.answered_by, kind="due", at=at)
