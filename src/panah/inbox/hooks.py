"""What the inbox registers with rooms below it."""

from panah.inbox import queries as inbox_queries
from panah.inbox.words import BODY, ROOM
from panah.vault.actions.maintenance import REFERENCED_BLOBS
from panah.work import queries as work_queries
from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject

ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=by_subject("inbox:arrival"),
        ends_on=dict.fromkeys(("open", "remind", "go-on", "lost"), by_subject("inbox:arrival")),
        focal_points_only=True,
    ),
)
work_queries.SHARED_QUEUES.register(ROOM, inbox_queries.pool)
REFERENCED_BLOBS.register(BODY, inbox_queries.bodies_needed)
