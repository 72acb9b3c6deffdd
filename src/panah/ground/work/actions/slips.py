"""It is over, or was a slip: whoever called for help says so, and only a second colleague ends the paging by it.

Whoever is the danger may stand beside her and make her press it.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.work import events
from panah.ground.work.actions.alarms import CALLS_SOMEBODY, open_of_one, stop_paging
from panah.ground.work.models import Alarm
from panah.ground.work.permissions import may_answer

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def say_it_is_over(*, subject: UUID, by: Staff, at: datetime) -> bool:
    """Stop the paging about something; by whoever called, only write it down: who is paged reads it, and answers.

    Where there is nobody else whom an alarm could page, her own word ends it. Returns whether nobody is paged any more.
    """
    still_open = [
        (alarm, may_answer(alarm, staff=by) or not alarm.calls)
        for alarm in open_of_one(by.society_id, subject).annotate(calls=CALLS_SOMEBODY).select_for_update()
    ]
    if all(may_end for _alarm, may_end in still_open):
        stop_paging(subject=subject, by=by, at=at)
    for alarm, may_end in still_open:
        if not may_end and Alarm.objects.filter(pk=alarm.pk, over_said_at=None).update(over_said_at=at):
            audit.record(event=events.SAID_OVER, by=by, at=at, about=alarm.subject)
    return not open_of_one(by.society_id, subject).exists()
