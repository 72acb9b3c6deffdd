"""What the exchange registers with rooms below it."""

from panah.exchange.actions.due_items import ROOM
from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject, plain

ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=by_subject("exchange:peer"),
        ends_on={"compare": by_subject("exchange:compare"), "node": plain("exchange:announce")},
        asks_first=frozenset({"head", "waits"}),
    ),
)
