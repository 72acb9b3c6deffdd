"""Ending what arrived without a contact or a case; never silently where whoever sent it waits for an answer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.exchange import queries as exchange_queries
from panah.ground.foundation.errors import Refusal
from panah.people.inbox import events
from panah.people.inbox.actions.opening import end_arrival, locked_row, not_opened
from panah.people.inbox.models import Arrival
from panah.people.inbox.words import AWAITS_ANSWER, OPENED_ELSEWHERE, ArrivalClosing, ArrivalState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


# Said by whoever read it and found that it needs nothing.
USUAL = (ArrivalClosing.ANSWERED, ArrivalClosing.KNOWN, ArrivalClosing.NOT_OURS, ArrivalClosing.EMPTY)


def is_damaged(arrival: Arrival) -> bool:
    return arrival.state == ArrivalState.SEALED and arrival.damaged_at is not None


def closings_of(arrival: Arrival) -> tuple[ArrivalClosing, ...]:
    """Return the reasons with which it may be closed; none where only an answer ends it."""
    if is_damaged(arrival):
        return (ArrivalClosing.DAMAGED,)
    if arrival.kind in AWAITS_ANSWER:
        return () if can_be_answered(arrival) else (ArrivalClosing.TOLD,)
    if arrival.kind in OPENED_ELSEWHERE:
        # Nobody reads it in the inbox: it is closed only when it cannot be answered at all.
        return (ArrivalClosing.TOLD,)
    return USUAL


def can_be_answered(arrival: Arrival) -> bool:
    """Say whether an answer can be sealed to whoever sent it."""
    return arrival.sender is not None and (
        exchange_queries.paired_with(society=arrival.society_id, theirs=arrival.sender.pk) is not None
    )


@transaction.atomic
def close_answered(*, arrival: Arrival, by: Staff, at: datetime) -> None:
    """End what a room above has just answered, in its transaction."""
    _close(closable(arrival), ArrivalClosing.ANSWERED, by, at)
    arrival.refresh_from_db()


@transaction.atomic
def close_with(*, arrival: Arrival, closing: ArrivalClosing | str, by: Staff, at: datetime) -> None:
    """End it with one of the reasons that are open to it; its body is destroyed."""
    row = closable(arrival)
    if ArrivalClosing(closing) not in closings_of(row):
        raise Refusal(
            _("It cannot be closed with this reason."),
            next_step=_("Choose one of the reasons that its page offers."),
            code="not-this-reason",
        )
    _close(row, ArrivalClosing(closing), by, at)
    arrival.refresh_from_db()


def closable(arrival: Arrival) -> Arrival:
    """Return its row, locked until the end of the transaction; refuses what nobody has opened."""
    row = locked_row(arrival)
    if row.state == ArrivalState.SEALED and row.damaged_at is None:
        raise not_opened()
    return row


def _close(row: Arrival, closing: ArrivalClosing, by: Staff, at: datetime) -> None:
    row.closing = closing
    end_arrival(row, ArrivalState.SETTLED, by, at)
    audit.record(event=events.CLOSED, by=by, at=at, about=row.pk, facts={"closing": row.closing})
