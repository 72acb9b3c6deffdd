"""What complaints and requests about own data register with rooms below them."""

from panah.complaints.words import ASK_ROOM, LEFT_ROOM, ROOM
from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_number, by_subject

# What is due is its owner's alone; readers follow each other.
ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=by_number("complaints:matter"),
        ends_on=dict.fromkeys(("acknowledge", "answer"), by_number("complaints:matter")),
        asks_first=frozenset({"follow_up", "keep"}),
        owners_only=True,
    ),
)
ITEM_ROOMS.register(
    ASK_ROOM,
    ItemRoom(
        address=by_subject("complaints:asked"),
        ends_on={"ask": by_subject("complaints:asked")},
        outcome_alone=frozenset({"replied"}),
        owners_only=True,
    ),
)
ITEM_ROOMS.register(
    LEFT_ROOM,
    ItemRoom(
        address=by_subject("complaints:left"),
        ends_on={"left": by_subject("complaints:left")},
        owners_only=True,
    ),
)
