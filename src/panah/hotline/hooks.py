"""What the hotline registers with rooms below it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from panah.exchange import actions as exchange
from panah.exchange.envelope import Envelope
from panah.exchange.words import MessageKind, ReceiptCode
from panah.finding.actions.local_search import CLOSED
from panah.hotline import actions as hotline
from panah.hotline import queries as hotline_queries
from panah.hotline.actions.authorities import ROOM as AUTHORITY
from panah.hotline.actions.from_inbox import MAKE_CONTACT
from panah.hotline.words.links_across import ROOM as FAMILY_LINKS
from panah.inbox.actions import TARGETS
from panah.inbox.arrival_rooms import ARRIVAL_KINDS, ARRIVAL_ROOMS, ArrivalKind, ArrivalRoom
from panah.vault.actions.erasure import ON_ERASE
from panah.vault.actions.locking import CALL_OPEN
from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_number, by_subject, plain

if TYPE_CHECKING:
    from panah.accounts.models import Staff


ITEM_ROOMS.register(
    "hotline",
    ItemRoom(
        address=by_subject("hotline:opened"),
        ends_on={"call_back": by_number("hotline:back"), "decide": by_number("hotline:next")},
        asks_first=frozenset({"came_late", "arrived"}),
    ),
)
ITEM_ROOMS.register(
    AUTHORITY,
    ItemRoom(
        address=by_number("hotline:authority"),
        ends_on=dict.fromkeys(("decide", "answer", "tell_person"), by_number("hotline:authority")),
        focal_points_only=True,
    ),
)
ITEM_ROOMS.register(
    FAMILY_LINKS,
    ItemRoom(
        address=by_number("hotline:links_request"),
        ends_on=dict.fromkeys(
            ("links_wait", "links_tell", "links_question", "links_erase", "links_erased"),
            by_number("hotline:links_request"),
        ),
        asks_first=frozenset({"links", "links_answer", "links_until"}),
        focal_points_only=True,
    ),
)
ITEM_ROOMS.register(
    "hotline_alarm", ItemRoom(address=by_subject("hotline:alarm"), outcome_alone=frozenset({"ended"}))
)
ITEM_ROOMS.register(
    "hotline_debrief", ItemRoom(address=by_subject("hotline:debrief"), outcome_alone=frozenset({"debrief"}))
)
ITEM_ROOMS.register(
    "hotline_keeping", ItemRoom(address=plain("hotline:keeping"), outcome_alone=frozenset({"erase_soon"}))
)
ON_ERASE.register("hotline", hotline.forget_contact, order=10)
CALL_OPEN.register("hotline", hotline_queries.call_elsewhere)


def _links_closed(*, peer: Any, envelope: Envelope, at: datetime) -> ReceiptCode | None:
    """What was erased there is said here; after a withdrawal, what is still sealed goes whatever it belongs to."""
    ours = hotline.links_closed_there(peer=peer, envelope=envelope, at=at)
    return ReceiptCode.TAKEN if ours and envelope.header.kind == MessageKind.ERASED else None


exchange.HANDLERS.register(
    FAMILY_LINKS,
    exchange.MessageHandler(
        frozenset({MessageKind.LINKS_ANSWERED, MessageKind.LINKS_MORE_ASKED, MessageKind.LINKS_TOLD}),
        hotline.links_arrived,
    ),
)
exchange.HANDLERS.register(
    "family_links closed",
    exchange.MessageHandler(frozenset({MessageKind.WITHDRAWN, MessageKind.ERASED}), _links_closed),
    order=10,
)


def _places_of_links(subjects: Iterable[UUID], *, to: Staff) -> dict[UUID, tuple[str, str]]:
    return {
        subject: (
            reverse("hotline:links_across", args=[number, subject]),
            _("Family links request %(number)s") % {"number": number},
        )
        for subject, number in hotline_queries.links_places(subjects, to=to).items()
    }


def _places_of_contacts(subjects: Iterable[UUID], *, to: Staff) -> dict[UUID, tuple[str, str]]:
    rows = hotline_queries.visible(to=to).filter(pk__in=list(subjects))
    return {
        one.pk: (
            reverse("hotline:contact", args=[one.number]),
            _("Contact %(number)s") % {"number": one.number},
        )
        for one in rows
    }


ARRIVAL_ROOMS.register(
    FAMILY_LINKS,
    ArrivalRoom(links=_places_of_links, subjects=hotline_queries.links_subjects, key=hotline.key_for_links),
)
ARRIVAL_ROOMS.register("hotline", ArrivalRoom(links=_places_of_contacts))
# It goes to the focal points, who answer it, and nowhere else.
ARRIVAL_KINDS.register(
    MessageKind.LINKS_ASKED,
    ArrivalKind(page="hotline:links_came", answered_at="hotline:links_came", convertible=False),
)
for _kind in (MessageKind.LINKS_MORE_ASKED, MessageKind.LINKS_ANSWERED):
    ARRIVAL_KINDS.register(_kind, ArrivalKind(page="hotline:links_came"))
TARGETS.register("contact", MAKE_CONTACT, order=20)


def _call_open(*, staff: Staff, at: datetime) -> bool:
    return hotline_queries.call_open(staff)


CLOSED.register("hotline", _call_open)
