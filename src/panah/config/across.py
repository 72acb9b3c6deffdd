"""What crosses a border and comes back: which room keeps which message, and where an opened one goes on."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from panah.exchange import actions as exchange
from panah.exchange.words import Kind
from panah.inbox import actions as inbox
from panah.inbox import queries as arrivals
from panah.referrals import actions as referrals
from panah.referrals import queries
from panah.referrals.words import THE_REFERRAL

ROOM = "referrals"
# Of a conversation that may have a case here. An offer always begins one, and waits in the inbox.
OF_A_CONVERSATION = (
    Kind.ACCEPTED,
    Kind.DECLINED,
    Kind.MORE_ASKED,
    Kind.TOLD,
    Kind.MEETING,
    Kind.TRAVEL,
    Kind.MET,
    Kind.NOT_MET,
    Kind.OUTCOME,
    Kind.WITHDRAWN,
    Kind.ERASED,
)


def fill() -> None:
    """Answers go to the case they belong to; an offer goes on at the page that accepts or declines it."""
    for kind in OF_A_CONVERSATION:
        exchange.ARRIVES[kind] = referrals.arrived
    inbox.KEYS[ROOM] = referrals.key_for
    arrivals.SUBJECTS[ROOM] = queries.subjects
    arrivals.PLACES[ROOM] = _place
    arrivals.PAGES[Kind.OFFERED] = "referrals:offer"


def _place(subject: UUID, *, to: Any) -> tuple[str, str] | None:
    number = queries.number_for(subject, to=to)
    return (reverse("referrals:one", args=[number, subject]), str(THE_REFERRAL)) if number else None
