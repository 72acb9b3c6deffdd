"""What the network's space registers with rooms below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.guests import GUEST_PAGES, GuestPages
from panah.ground.exchange.actions import HANDLERS, MessageHandler
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation import dialled_numbers
from panah.ground.kit.beside import Beside
from panah.ground.kit.jinja import url
from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.kit.rank import Rank
from panah.ground.vault.actions.offboarding import OFFBOARDING, Offboarding
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation import permissions
from panah.programmes.cooperation import queries as cooperation_queries
from panah.programmes.cooperation.words import (
    DECISIONS,
    FOLLOW,
    POINTS,
    PRACTICES,
    PUBLISH,
    QUESTIONS,
    REPLY,
    REVIEW,
    REVIEWS,
    TRY,
)
from panah.programmes.diplomacy.beside import BESIDE_PROVISIONS, ROUTES, TOLD
from panah.programmes.model.beside import BESIDE_ELEMENTS

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.cooperation.queries import PracticeLine

ROOM = "cooperation"
_practice, _told = by_subject("cooperation:practice"), by_subject("cooperation:told")
ITEM_ROOMS.register(
    POINTS,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("cooperation:point"),
        ends_on={TRY: by_subject("cooperation:try_point")},
        focal_points_only=True,
        says={TRY: _("Call a duty number and write down who answered")},
    ),
)
ITEM_ROOMS.register(
    PRACTICES,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=_practice,
        ends_on={PUBLISH: _practice},
        focal_points_only=True,
        says={PUBLISH: _("The review of a good practice has come: look at it")},
    ),
)
ITEM_ROOMS.register(
    REVIEWS,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=_told,
        ends_on={REVIEW: by_subject("cooperation:review")},
        focal_points_only=True,
        says={REVIEW: _("Another society asks you to review a good practice")},
    ),
)
_decision, _question = by_subject("cooperation:decision"), by_subject("cooperation:question")
ITEM_ROOMS.register(
    DECISIONS,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=_decision,
        ends_on={FOLLOW: _decision},
        says={FOLLOW: _("A decision of a meeting: say what came of it")},
    ),
)
ITEM_ROOMS.register(
    QUESTIONS,
    ItemRoom(
        address=_question, ends_on={REPLY: _question}, says={REPLY: _("A guest asks for details: answer her")}
    ),
)
# Before the directory, which takes what is left: a service has no key of this room.
HANDLERS.register(ROOM, MessageHandler(frozenset({MessageKind.DIRECTORY}), cooperation.take), order=-1)
dialled_numbers.ALL.register(ROOM, cooperation_queries.rows_with_numbers)
# Before what is due itself is given on.
OFFBOARDING.register(ROOM, Offboarding(hand_over=cooperation.hand_over_all), order=6)
GUEST_PAGES.register(
    ROOM, GuestPages(frozenset({"cooperation:guest", "cooperation:guest_entry"}), home="cooperation:guest")
)
MENU.register(
    ROOM,
    MenuItem(
        "cooperation:start", _("Together"), "across", visible=permissions.reads, section=Section.DIRECTORY
    ),
    order=73,
)


def _beside(staff: Staff, keys: str) -> dict[str, list[Beside]]:
    found: dict[str, list[Beside]] = {}
    for one in cooperation_queries.published(to=staff):
        for key in getattr(one, keys):
            found.setdefault(key, []).append(_link(one))
    return found


def _link(one: PracticeLine) -> Beside:
    said = ", ".join(text for text in (one.by, one.language_label) if text)
    return Beside(one.title, url("cooperation:told" if one.told else "cooperation:practice", one.pk), said)


BESIDE_ELEMENTS.register(ROOM, lambda staff: _beside(staff, "elements"))
BESIDE_PROVISIONS.register(ROOM, lambda staff: _beside(staff, "provisions"))
TOLD.register(ROOM, lambda staff: cooperation_queries.told_statuses(to=staff))
ROUTES.register(
    ROOM, lambda staff: [(way.origin, way.destination) for way in cooperation_queries.ways(to=staff)]
)
