"""What the hotline registers with rooms below it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from panah.finding.actions.local_search import CLOSED
from panah.hotline import actions as hotline
from panah.hotline import queries as hotline_queries
from panah.hotline.actions.authorities import ROOM as AUTHORITY
from panah.vault.actions.erasure import ON_ERASE
from panah.vault.actions.locking import CALL_OPEN
from panah.work import actions as work
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
    "hotline_debrief", ItemRoom(address=by_subject("hotline:debrief"), outcome_alone=frozenset({"debrief"}))
)
ITEM_ROOMS.register(
    "hotline_keeping", ItemRoom(address=plain("hotline:keeping"), outcome_alone=frozenset({"erase_soon"}))
)
work.NOTIFY.register("hotline", hotline.mail_without_content)
ON_ERASE.register("hotline", hotline.forget_contact, order=10)
CALL_OPEN.register("hotline", hotline_queries.call_elsewhere)


def _call_open(*, staff: Staff, at: datetime) -> bool:
    return hotline_queries.call_open(staff)


CLOSED.register("hotline", _call_open)
