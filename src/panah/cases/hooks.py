"""What cases register with rooms below them."""

from __future__ import annotations

from uuid import UUID

from panah.cases import actions as cases
from panah.cases import queries as cases_queries
from panah.cases.actions.due_items import ROOM
from panah.kit.jinja import url
from panah.work import actions as work
from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_number


def _address(subject: UUID, number: str) -> str:
    # An alarm knows only the case, and is about its safety.
    return url("cases:case", number) if number else url("cases:safety", cases_queries.number_of(subject))


ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=_address,
        ends_on={
            "review": by_number("cases:risk"),
            "approve": by_number("cases:plan"),
            "decide": by_number("cases:stage"),
            **dict.fromkeys(("tonight", "assess", "guardian"), by_number("cases:child")),
            **dict.fromkeys(("deadline", "follow"), by_number("cases:dates")),
            "sign": by_number("cases:means"),
            **dict.fromkeys(("close", "keep"), by_number("cases:close")),
        },
        # A call-back that a line promised goes along into the case.
        asks_first=frozenset({"call_back", "match", "danger"}),
        outcome_alone=frozenset({"first", "plan", "waiting", "extra"}),
        may_open=cases_queries.may_open,
        holders=cases_queries.holders_by_id,
    ),
)
work.ON_CHANGE.register(ROOM, cases.refresh_item)
