"""Is a person known to a paired society? Which room keeps the question and its answer, and where they go on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from panah.exchange import actions as exchange
from panah.exchange.words import MessageKind, ReceiptCode
from panah.finding import actions as finding
from panah.finding import queries
from panah.finding.words import ROOM, InquiryAnswer
from panah.inbox import actions as inbox
from panah.inbox import queries as inbox_queries
from panah.inbox import words as inbox_words

if TYPE_CHECKING:
    pass


def fill() -> None:
    """A question waits in the inbox and opens on its own page alone; an answer goes to its case."""
    exchange.HANDLERS[MessageKind.KNOWN_ASKED] = finding.question_arrived
    exchange.HANDLERS[MessageKind.KNOWN_ANSWERED] = finding.answer_arrived
    _also_taken_back()
    inbox.KEYS[ROOM] = finding.key_for
    inbox.CONVERSIONS[MessageKind.KNOWN_ASKED] = []
    inbox_queries.SUBJECTS[ROOM] = queries.subjects
    inbox_queries.RESULT_LINKS[ROOM] = _places
    inbox_queries.ELSEWHERE[MessageKind.KNOWN_ASKED] = "finding:asked"
    inbox_words.CODES["answer"] = dict(InquiryAnswer.choices)


def _also_taken_back() -> None:
    """A withdrawal that came goes to the room that had it before, and to this one."""
    before = exchange.HANDLERS[MessageKind.WITHDRAWN]

    def withdrawn(*, peer: Any, envelope: Any, at: datetime) -> ReceiptCode:
        code = before(peer=peer, envelope=envelope, at=at)
        finding.taken_back(peer=peer, envelope=envelope, at=at)
        return code

    exchange.HANDLERS[MessageKind.WITHDRAWN] = withdrawn


def _places(subjects: Iterable[UUID], *, to: Any) -> dict[UUID, tuple[str, str]]:
    return {
        subject: (reverse("finding:there", args=[number]), str(_("the question in its case")))
        for subject, number in queries.numbers_for(subjects, to=to).items()
    }
