"""What intake registers with rooms below it."""

from panah.inbox.words import ROOM
from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject

ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=by_subject("intake:arrival"),
        ends_on=dict.fromkeys(("open", "remind", "go-on", "lost"), by_subject("intake:arrival")),
        focal_points_only=True,
    ),
)
