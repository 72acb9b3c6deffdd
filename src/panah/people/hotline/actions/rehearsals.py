"""A call that is practised: its times, and nothing else. It makes no contact, no alarm and nothing due."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.foundation import retention
from panah.people.hotline import events
from panah.people.hotline.models import RehearsedCall

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def begin_rehearsal(*, script: str, by: Staff, at: datetime) -> RehearsedCall:
    """Start the clock of a rehearsal; ``script`` is the key of the story that is played."""
    row: RehearsedCall = RehearsedCall.objects.create(
        society_id=by.society_id, script=script, by=by, began_at=at
    )
    audit.record(event=events.REHEARSED, by=by, at=at)
    return row


@transaction.atomic
def note_rehearsal(
    *, rehearsed: RehearsedCall, at: datetime, asked: bool = False, paged: bool = False, ended: bool = False
) -> RehearsedCall:
    """Keep when something was first done: the four questions answered, *danger now* pressed, the call ended."""
    row: RehearsedCall = RehearsedCall.objects.select_for_update().get(pk=rehearsed.pk)
    if row.ended_at is None:
        row.asked_at = row.asked_at or (at if asked else None)
        row.paged_at = row.paged_at or (at if paged else None)
        row.ended_at = at if ended else None
        row.save(update_fields=["asked_at", "paged_at", "ended_at"])
    return row


@transaction.atomic
def answer_rehearsal(*, rehearsed: RehearsedCall, by: Staff, at: datetime) -> None:
    """Somebody who plays the duty answers the page, while the call still goes on. The first counts."""
    rows = RehearsedCall.objects.filter(pk=rehearsed.pk, ended_at=None, answered_at=None).exclude(by=by)
    rows.exclude(paged_at=None).update(answered_at=at, answered_by=by)


def erase_old_rehearsals(*, at: datetime) -> int:
    """Delete the times of what was rehearsed long ago, ended or not; returns how many. For the worker."""
    return int(RehearsedCall.objects.filter(began_at__lt=at - retention.REHEARSAL.period).delete()[0])
