"""What safe places register with rooms below them."""

from panah.shelter import queries as shelter_queries
from panah.shelter.words import PLACE_ROOM, ROOM
from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject

ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=by_subject("shelter:stay"),
        # *Did not come back* too: the house writes that the person is back, or has left.
        ends_on=dict.fromkeys(("decide", "arrive", "ends", "missed"), by_subject("shelter:stay")),
        asks_first=frozenset({"tell"}),
        may_open=shelter_queries.may_open,
    ),
)
ITEM_ROOMS.register(
    PLACE_ROOM,
    ItemRoom(
        address=by_subject("shelter:place"),
        ends_on={"unrun": by_subject("shelter:people")},
        may_open=shelter_queries.may_run_it,
    ),
)
