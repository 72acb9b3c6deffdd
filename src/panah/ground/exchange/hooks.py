"""What the exchange registers with rooms below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.directory import queries as directory_queries
from panah.ground.exchange import permissions
from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange.actions import HANDLERS, MessageHandler, directory_sync, key_announcements, pairing
from panah.ground.exchange.actions.due_items import ROOM
from panah.ground.exchange.actions.stuck_messages import bodies_needed
from panah.ground.exchange.words import MessageKind
from panah.ground.kit.jinja import url
from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.kit.rank import Rank
from panah.ground.network.capabilities import HELPERS, Helper, HelperPhone
from panah.ground.vault.actions import REFERENCED_BLOBS, SIGNS_TOO
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject, plain

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.directory.queries.cards import HotlineCard

ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("exchange:peer"),
        ends_on={"compare": by_subject("exchange:compare"), "node": plain("exchange:announce")},
        asks_first=frozenset({"head", "waits"}),
        says={
            "compare": _("The words of a paired society run out: compare them again"),
            "head": _("The journal of a paired society does not fit what it showed before: ask them"),
            "node": _("The keys of this node are to be renewed: announce them"),
            "waits": _("Messages to a paired society wait: call them"),
        },
    ),
)
SIGNS_TOO.register("paired societies", pairing.sign_anew)
SIGNS_TOO.register("next signing key", key_announcements.announce_signing, order=1)
REFERENCED_BLOBS.register("sent", bodies_needed)
for _kind, _take in (
    (MessageKind.KEY, key_announcements.take_key),
    (MessageKind.HEAD, key_announcements.take_head),
    (MessageKind.DIRECTORY, directory_sync.take_entry),
):
    HANDLERS.register(_kind, MessageHandler(frozenset({_kind}), _take))
# Others find them beside the partners.
MENU.register(
    "exchange",
    MenuItem(
        "exchange:peers",
        _("Paired societies"),
        "across",
        visible=permissions.pairs,
        section=Section.DIRECTORY,
    ),
    order=72,
)


def _paired(staff: Staff, need: str) -> list[Helper]:
    """Paired societies, whatever is needed: they are asked by a referral or by telephone."""
    del need
    found, at = exchange_queries.reachable_societies(to=staff), timezone.now()
    numbers = directory_queries.own_numbers_of([one.society for one in found], at=at) if found else {}
    return [
        Helper(
            one.name,
            url("network:society", one.slug),
            tuple(_phone(line) for line in numbers.get(one.society, ())),
        )
        for one in found
    ]


def _phone(line: HotlineCard) -> HelperPhone:
    """A number without its country's would ring somebody else here: it is shown, and not dialled."""
    if not line.dial or line.dial.startswith("+"):
        return HelperPhone(line.number, line.dial)
    return HelperPhone(line.number, "", str(_("without the country’s number: it rings there only")))


HELPERS.register("exchange", _paired, order=20)
