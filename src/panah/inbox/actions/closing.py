"""Ending what arrived without a contact or a case; never silently where whoever sent it waits for an answer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.audit import actions as audit
from panah.exchange import queries as exchange_queries
from panah.foundation.errors import Refusal
from panah.inbox import events
from panah.inbox.actions.opening import end, locked_row, not_opened
from panah.inbox.arrival_rooms import kind_of
from panah.inbox.models import Arrival
from panah.inbox.queries import places_of
from panah.inbox.words import ArrivalClosing, ArrivalState
from panah.vault.keyring import Keyring

if TYPE_CHECKING:
    from panah.accounts.models import Staff


# Said by whoever read it and found that it needs nothing.
USUAL = (ArrivalClosing.ANSWERED, ArrivalClosing.KNOWN, ArrivalClosing.NOT_OURS, ArrivalClosing.EMPTY)


def is_damaged(arrival: Arrival) -> bool:
    return arrival.state == ArrivalState.SEALED and arrival.damaged_at is not None


def closings_of(arrival: Arrival) -> tuple[ArrivalClosing, ...]:
    """Return the reasons with which it may be closed; none where only an answer ends it."""
    if is_damaged(arrival):
        return (ArrivalClosing.DAMAGED,)
    if kind_of(arrival).answered_at:
        return () if _can_be_answered(arrival) else (ArrivalClosing.TOLD,)
    if kind_of(arrival).opened_at:
        # Nobody reads it in the inbox: it is closed only when it cannot be answered at all.
        return (ArrivalClosing.TOLD,)
    return USUAL


def _can_be_answered(arrival: Arrival) -> bool:
    return arrival.sender is not None and (
        exchange_queries.paired_with(society=arrival.society_id, theirs=arrival.sender.pk) is not None
    )


def why_not_closed(arrival: Arrival, *, by: Staff) -> Refusal | None:
    """Return why a colleague cannot close it now, or None."""
    if is_damaged(arrival):
        return None
    if arrival.subject is not None and (not by.is_focal_point or places_of([arrival], to=by).get(arrival.pk)):
        return Refusal(
            _("This belongs to a case: closed here, it would be lost to it."),
            next_step=_("Open it on the page of its case, or ask who holds the case or a focal point to."),
            code="belongs-to-a-case",
        )
    if not closings_of(arrival):
        return Refusal(
            _("Whoever sent this waits for an answer."),
            next_step=_("Answer it on its own page: then it is closed here by itself."),
            code="waits-for-an-answer",
        )
    return None


@transaction.atomic
def close_arrival(
    *, keys: Keyring, arrival: Arrival, closing: ArrivalClosing | str, by: Staff, at: datetime
) -> None:
    """End what needs no contact and no case, with a reason; its body is destroyed.

    Refuses where an answer is expected. Of what does not open its sender is told, where a room above can.
    """
    row = _closable(arrival)
    refusal = why_not_closed(row, by=by)
    if refusal is None and ArrivalClosing(closing) not in closings_of(row):
        refusal = Refusal(
            _("It cannot be closed with this reason."),
            next_step=_("Choose one of the reasons that its page offers."),
            code="not-this-reason",
        )
    if refusal is not None:
        raise refusal
    tell_sender = kind_of(row).damaged
    if is_damaged(row) and tell_sender and _can_be_answered(row):
        tell_sender(keys=keys, arrival=row, at=at)
    _close(row, ArrivalClosing(closing), by, at)
    arrival.refresh_from_db()


@transaction.atomic
def close_answered(*, arrival: Arrival, by: Staff, at: datetime) -> None:
    """End what a room above has just answered, in its transaction."""
    _close(_closable(arrival), ArrivalClosing.ANSWERED, by, at)
    arrival.refresh_from_db()


def _closable(arrival: Arrival) -> Arrival:
    row = locked_row(arrival)
    if row.state == ArrivalState.SEALED and row.damaged_at is None:
        raise not_opened()
    return row


def _close(row: Arrival, closing: ArrivalClosing, by: Staff, at: datetime) -> None:
    row.closing = closing
    end(row, ArrivalState.SETTLED, by, at)
    audit.record(event=events.CLOSED, by=by, at=at, about=row.pk, facts={"closing": row.closing})
