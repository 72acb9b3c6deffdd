"""What goes without having been opened: withdrawn, expired; and what nobody opens in time."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.foundation.protected_rows import columns_in, trusted_versions
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, Urgency
from panah.people.inbox import events, rules
from panah.people.inbox.actions.opening import (
    add_item_for,
    as_kept,
    destroy_bodies,
    drop_bodies,
    tell_focal_points,
)
from panah.people.inbox.models import Arrival
from panah.people.inbox.queries import first_to_open, readers_for
from panah.people.inbox.words import LOST, OVER, PILE, REMIND, TAKEN_BACK, WAITING, ArrivalState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

AT_ONCE = 500


@transaction.atomic
def withdraw(
    *, society: UUID, sender: UUID, conversation: UUID, at: datetime, exclude: Collection[str] = ()
) -> list[Arrival]:
    """A consent was withdrawn: what of the conversation is not settled is deleted; returns what was.

    ``exclude``: kinds that stay until they are read. Acts with nobody logged in. Whoever had opened it and not settled
    it yet finds a line on her list.
    """
    rows = list(
        Arrival.objects.select_for_update(of=("self",))
        .filter(society=society, sender=sender, conversation=conversation, state__in=WAITING)
        .exclude(kind__in=exclude)
    )
    return [_withdrawn(row, at) for row in rows]


@transaction.atomic
def withdraw_arrivals(*, society: UUID, arrivals: Collection[UUID], at: datetime) -> int:
    """Whoever left these takes them back: what is not settled is deleted; returns how many were.

    Acts with nobody logged in. Whoever had opened one and not settled it yet finds a line on her list.
    """
    rows = Arrival.objects.select_for_update(of=("self",)).filter(
        society=society, pk__in=list(arrivals), state__in=TAKEN_BACK
    )
    return len([_withdrawn(row, at) for row in rows.order_by("pk")])


def _withdrawn(row: Arrival, at: datetime) -> Arrival:
    _vanish(row, ArrivalState.WITHDRAWN, at)
    audit.record(
        event=events.WITHDRAWN, by=None, society=row.society_id, at=at, about=row.pk,
        facts={"opened": row.opened_at is not None},
    )  # fmt: skip
    work.call_off_alarm(subject=row.pk, society=row.society_id, at=at)
    for one in _told_that_it_went(row, at):
        add_item_for(one, row, purpose=LOST, kind=DueKind.REVIEW, due_at=at, urgency=Urgency.NOW, at=at)
    return row


def _told_that_it_went(row: Arrival, at: datetime) -> list[Staff]:
    """Whoever had opened it; of danger that nobody had, whoever would have: who calls next may be the same person."""
    if row.opened_by is not None:
        return [row.opened_by]
    if row.urgency != Urgency.NOW:
        return []
    return readers_for(row) if row.past_intake else first_to_open(row.society_id, at=at)


def _vanish(row: Arrival, state: ArrivalState, at: datetime) -> None:
    row.state, row.ended_at = state, at
    if row.room == PILE:
        row.room, row.subject, row.ended_by = "", None, None
    row.save(update_fields=["state", "ended_at", "ended_by", "room", "subject"])
    work.cancel_for(subject=row.pk, at=at)
    drop_bodies([row.pk])


@transaction.atomic
def expire(*, at: datetime) -> int:
    """Delete what expired unopened, and say so to the focal points: never silently; returns how many."""
    rows = list(
        Arrival.objects.select_for_update(of=("self",)).filter(state=ArrivalState.SEALED, expires_at__lte=at)[
            :AT_ONCE
        ]
    )
    # What a row alone says has expired is put right, and waits on.
    rows = [
        row
        for row in rows
        if as_kept(row, state=ArrivalState.SEALED) and row.expires_at is not None and row.expires_at <= at
    ]
    for row in rows:
        _vanish(row, ArrivalState.EXPIRED, at)
        audit.record(event=events.EXPIRED, by=None, society=row.society_id, at=at, about=row.pk)
        tell_focal_points(row, purpose=LOST, kind=DueKind.REVIEW, at=at)
    return len(rows)


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Tell the focal points what nobody opened in time, and again every day until somebody does; returns how many."""
    rows = list(
        Arrival.objects.select_for_update(of=("self",)).filter(
            state=ArrivalState.SEALED, later=False, remind_at__lte=at
        )[:AT_ONCE]
    )
    for row in rows:
        row.remind_at = at + rules.AGAIN_AFTER
        row.save(update_fields=["remind_at"])
        audit.record(event=events.OVERDUE, by=None, society=row.society_id, at=at, about=row.pk)
        tell_focal_points(row, purpose=REMIND, kind=DueKind.ANSWER, at=at)
    return len(rows)


@transaction.atomic
def forget_subject(*, room: str, subject: UUID) -> int:
    """What an arrival became is being erased: it is named nowhere, not even by the arrival; returns how many."""
    return int(Arrival.objects.filter(room=room, subject=subject, state__in=OVER).update(subject=None))


def expire_and_remind(*, at: datetime) -> int:
    """The job of every minute: what expired goes, what waits too long is said; returns how many of both."""
    return expire(at=at) + remind(at=at)


def put_arrivals_right(*, at: datetime) -> int:
    """Write arrivals as they were kept, where somebody changed them past Panah; returns for how many societies."""
    return work.put_rows_of_table_right(Arrival, at=at)


def sweep_bodies(*, at: datetime) -> int:
    """Destroy the bodies of what ended just before the node stopped; returns how many rows went."""
    del at
    left = Arrival.objects.filter(state__in=OVER, kept=True).values_list("pk", flat=True)[:AT_ONCE]
    # That it is over is asked beside the database: what a row alone ends is put right, and needs its body.
    kept = {pk: columns_in(Arrival, one) for pk, one in trusted_versions(Arrival, left).items()}
    return destroy_bodies([pk for pk, rows in kept.items() if all(row["state"] in OVER for row in rows)])
