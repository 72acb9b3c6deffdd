"""What finding registers with rooms below it."""

from panah.finding.words import ROOM
from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_number, by_subject

ITEM_ROOMS.register(
    "finding",
    ItemRoom(address=by_subject("finding:question"), ends_on={"question": by_subject("finding:question")}),
)
ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=by_number("finding:there"),
        ends_on=dict.fromkeys(("known_wait", "known_decide"), by_number("finding:there")),
        asks_first=frozenset({"known_phone"}),
    ),
)
