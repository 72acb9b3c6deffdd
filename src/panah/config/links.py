"""Restoring family links across a border: which room keeps what arrives, and where it goes on."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from panah.exchange import actions as exchange
from panah.exchange.envelope import Envelope
from panah.exchange.words import MessageKind, ReceiptCode
from panah.hotline import actions as hotline
from panah.hotline import queries
from panah.hotline.words.links_across import ROOM
from panah.inbox import actions as inbox
from panah.inbox import queries as inbox_queries


def fill() -> None:
    """Answers go to the request they belong to. Comes after what other conversations do with a withdrawal."""
    for kind in (MessageKind.LINKS_ANSWERED, MessageKind.LINKS_MORE_ASKED, MessageKind.LINKS_TOLD):
        exchange.HANDLERS[kind] = hotline.links_arrived
    exchange.HANDLERS[MessageKind.WITHDRAWN] = _withdrawn(exchange.HANDLERS[MessageKind.WITHDRAWN])
    exchange.HANDLERS[MessageKind.ERASED] = _erased(exchange.HANDLERS[MessageKind.ERASED])
    inbox.KEYS[ROOM] = hotline.key_for_links
    inbox_queries.SUBJECTS[ROOM] = queries.links_subjects
    inbox_queries.RESULT_LINKS[ROOM] = _places
    for kind in (MessageKind.LINKS_ASKED, MessageKind.LINKS_MORE_ASKED, MessageKind.LINKS_ANSWERED):
        inbox_queries.PAGES[kind] = "hotline:links_came"
    # It goes to the focal points, who answer it, and nowhere else.
    inbox_queries.ANSWERED_AT[MessageKind.LINKS_ASKED] = "hotline:links_came"
    inbox.CONVERSIONS[MessageKind.LINKS_ASKED] = []


def _withdrawn(others: Callable[..., ReceiptCode]) -> Callable[..., ReceiptCode]:
    """What is still sealed goes whatever it belongs to; a request that was opened is then to be erased."""

    def arrived(*, peer: Any, envelope: Envelope, at: datetime) -> ReceiptCode:
        hotline.links_closed_there(peer=peer, envelope=envelope, at=at)
        return others(peer=peer, envelope=envelope, at=at)

    return arrived


def _erased(others: Callable[..., ReceiptCode]) -> Callable[..., ReceiptCode]:
    def arrived(*, peer: Any, envelope: Envelope, at: datetime) -> ReceiptCode:
        if hotline.links_closed_there(peer=peer, envelope=envelope, at=at):
            return ReceiptCode.TAKEN
        return others(peer=peer, envelope=envelope, at=at)

    return arrived


def _places(subjects: Iterable[UUID], *, to: Any) -> dict[UUID, tuple[str, str]]:
    return {
        subject: (
            reverse("hotline:links_across", args=[number, subject]),
            _("Family links request %(number)s") % {"number": number},
        )
        for subject, number in queries.links_places(subjects, to=to).items()
    }
