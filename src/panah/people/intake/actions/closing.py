"""Closing what arrived without a contact or a case; never silently where whoever sent it waits for an answer."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, may
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.keyring import Keyring
from panah.people.inbox import actions as inbox
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.words import ArrivalClosing
from panah.people.intake.queries import places_of
from panah.people.referrals import actions as referrals

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.inbox.models import Arrival


def why_not_closed(arrival: Arrival, *, by: Staff) -> Refusal | None:
    """Return why a colleague cannot close it now, or None."""
    if inbox.is_damaged(arrival):
        return None
    if inbox_queries.waits_for_another(arrival, staff=by):
        return not_read_by_another()
    if arrival.subject is not None and (
        not may(by, Permission.INBOX_LEAD) or places_of([arrival], to=by).get(arrival.pk)
    ):
        return Refusal(
            _("This belongs to a case: closed here, it would be lost to it."),
            next_step=_("Open it on the page of its case, or ask who holds the case or a focal point to."),
            code="belongs-to-a-case",
        )
    if not inbox.closings_of(arrival):
        return Refusal(
            _("Whoever sent this waits for an answer."),
            next_step=_("Answer it on its own page: then it is closed here by itself."),
            code="waits-for-an-answer",
        )
    return None


def not_read_by_another() -> Refusal:
    """The answer to a reader who would end alone what may be about a reader."""
    return Refusal(
        _("Another reader of complaints has not read this yet."),
        next_step=_(
            "It stays on her list until she has. Nobody ends alone what may be about somebody who reads it."
        ),
        code="read-by-one",
    )


@transaction.atomic
def close_arrival(
    *, keys: Keyring, arrival: Arrival, closing: ArrivalClosing | str, by: Staff, at: datetime
) -> None:
    """End what needs no contact and no case, with a reason; its body is destroyed.

    Refuses where an answer is expected. Whoever sent a referral that does not open is told.
    """
    row = inbox.closable(arrival)
    refusal = why_not_closed(row, by=by)
    if refusal is not None:
        raise refusal
    unreadable = inbox.is_damaged(row) and inbox.can_be_answered(row)
    if unreadable and row.kind == MessageKind.OFFERED:
        referrals.decline_unreadable(keys=keys, arrival=row, at=at)
    inbox.close_with(arrival=arrival, closing=closing, by=by, at=at)
