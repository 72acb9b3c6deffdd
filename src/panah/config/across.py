"""What crosses a border and comes back: which room keeps which message, and where an opened one goes on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse

from panah.exchange import actions as exchange
from panah.exchange.words import MessageKind
from panah.inbox import actions as inbox
from panah.inbox import queries as inbox_queries
from panah.referrals import actions as referrals
from panah.referrals import queries
from panah.referrals.words import THE_REFERRAL

if TYPE_CHECKING:
    pass


ROOM = "referrals"
# Of a conversation that may have a case here. An offer always begins one, and waits in the inbox.
OF_A_CONVERSATION = (
    MessageKind.ACCEPTED,
    MessageKind.DECLINED,
    MessageKind.MORE_ASKED,
    MessageKind.TOLD,
    MessageKind.MEETING,
    MessageKind.TRAVEL,
    MessageKind.MET,
    MessageKind.NOT_MET,
    MessageKind.OUTCOME,
    MessageKind.WITHDRAWN,
    MessageKind.ERASED,
    MessageKind.NOT_NEEDED,
    MessageKind.SAFETY_ASKED,
)


def fill() -> None:
    """Answers go to the case they belong to; an offer goes on at the page that accepts or declines it."""
    for kind in OF_A_CONVERSATION:
        exchange.HANDLERS[kind] = referrals.arrived
    inbox.KEYS[ROOM] = referrals.key_for
    inbox_queries.SUBJECTS[ROOM] = queries.subjects
    inbox_queries.RESULT_LINKS[ROOM] = _places
    inbox_queries.PAGES[MessageKind.OFFERED] = "referrals:offer"
    inbox_queries.ANSWERED_AT[MessageKind.OFFERED] = "referrals:offer"
    inbox.DAMAGED[MessageKind.OFFERED] = referrals.decline_unreadable
    # It becomes a case there, by being accepted: its sender is told.
    inbox.CONVERSIONS[MessageKind.OFFERED] = []


def _places(subjects: Iterable[UUID], *, to: Any) -> dict[UUID, tuple[str, str]]:
    return {
        subject: (reverse("referrals:one", args=[number, subject]), str(THE_REFERRAL))
        for subject, number in queries.numbers_for(subjects, to=to).items()
    }
