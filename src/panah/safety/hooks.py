"""What staff safety registers with rooms below it."""

from panah.safety import queries as safety_queries
from panah.safety.words import INTERPRETERS, ROOM
from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject

# What is due about a threat is its readers' alone, its alarm of whoever is paged.
ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=by_subject("safety:threat"),
        ends_on=dict.fromkeys(("look", "review"), by_subject("safety:threat")),
        asks_first=frozenset({"keep"}),
        owners_only=True,
        may_open=safety_queries.may_open,
    ),
)
ITEM_ROOMS.register(
    INTERPRETERS,
    ItemRoom(address=by_subject("safety:interpreter"), ends_on={"vet": by_subject("safety:interpreter")}),
)
