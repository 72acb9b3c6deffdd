"""What the inbox registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

from panah.exchange import actions as exchange
from panah.exchange.words import PERSONAL, MessageKind
from panah.inbox import actions as inbox
from panah.inbox import permissions
from panah.inbox import queries as inbox_queries
from panah.inbox.words import BODY, ROOM
from panah.kit.nav import MENU, MenuItem
from panah.vault.actions.maintenance import REFERENCED_BLOBS
from panah.work import queries as work_queries
from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject

ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=by_subject("inbox:arrival"),
        ends_on=dict.fromkeys(("open", "remind", "go-on", "lost"), by_subject("inbox:arrival")),
        focal_points_only=True,
        says={
            "open": _("A sealed message: open it"),
            "remind": _("A sealed message that nobody has opened: see to it"),
            "go-on": _("A message was opened: decide what becomes of it"),
            "lost": _("A message was taken back or ran out: read what is known"),
        },
    ),
)
work_queries.SHARED_QUEUES.register(ROOM, inbox_queries.pool)
REFERENCED_BLOBS.register(BODY, inbox_queries.bodies_needed)
# Every personal kind that no room above takes for itself is kept until somebody on duty opens it.
exchange.HANDLERS.register(
    ROOM,
    exchange.MessageHandler(
        PERSONAL - {MessageKind.WITHDRAWN}, inbox.keep_envelope, handle_many=inbox.keep_envelopes
    ),
    order=100,
)
MENU.register(
    "inbox",
    MenuItem(
        "inbox:arrivals",
        _("Sealed inbox"),
        "inbox",
        visible=permissions.finds_inbox,
        count=inbox_queries.waiting_in_menu,
        go="gi",
    ),
    order=25,
)
