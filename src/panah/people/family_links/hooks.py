"""What family links registers with rooms below it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.exchange import actions as exchange
from panah.ground.exchange.envelope import Envelope
from panah.ground.exchange.words import MessageKind, ReceiptCode
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_number
from panah.people.family_links import actions as family_links
from panah.people.family_links import queries as family_links_queries
from panah.people.family_links.words import ROOM as FAMILY_LINKS
from panah.people.inbox.arrival_rooms import ARRIVAL_ROOMS, ArrivalRoom

if TYPE_CHECKING:
    from panah.ground.exchange.models import Peer

ITEM_ROOMS.register(
    FAMILY_LINKS,
    ItemRoom(
        address=by_number("family_links:request"),
        ends_on=dict.fromkeys(
            ("links_wait", "links_tell", "links_question", "links_erase", "links_erased"),
            by_number("family_links:request"),
        ),
        asks_first=frozenset({"links", "links_answer", "links_until"}),
        focal_points_only=True,
        says={
            "links": _("Restoring family links: begin the search"),
            "links_wait": _("Family links: ask whether there is an answer"),
            "links_tell": _("Family links: tell the one who asks what came"),
            "links_question": _("Family links: they ask something back"),
            "links_answer": _("Family links: another society waits for an answer"),
            "links_until": _("Family links: a consent ends. Ask again, or take it back"),
            "links_erase": _("Family links: it was taken back, decide what is erased"),
            "links_erased": _("Family links: they have not said yet what was erased"),
        },
    ),
)


def _links_closed(*, peer: Peer, envelope: Envelope, at: datetime) -> ReceiptCode | None:
    """What was erased there is said here; after a withdrawal, what is still sealed goes whatever it belongs to."""
    ours = family_links.links_closed_there(peer=peer, envelope=envelope, at=at)
    return ReceiptCode.TAKEN if ours and envelope.header.kind == MessageKind.ERASED else None


exchange.HANDLERS.register(
    FAMILY_LINKS,
    exchange.MessageHandler(
        frozenset({MessageKind.LINKS_ANSWERED, MessageKind.LINKS_MORE_ASKED, MessageKind.LINKS_TOLD}),
        family_links.links_arrived,
    ),
)
exchange.HANDLERS.register(
    "family_links closed",
    exchange.MessageHandler(frozenset({MessageKind.WITHDRAWN, MessageKind.ERASED}), _links_closed),
    order=10,
)


ARRIVAL_ROOMS.register(
    FAMILY_LINKS, ArrivalRoom(subjects=family_links_queries.links_subjects, key=family_links.key_for_links)
)
