"""What intake registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

from panah.inbox import permissions
from panah.inbox import queries as inbox_queries
from panah.inbox.words import ROOM
from panah.kit.nav import MENU, MenuItem
from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject

ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=by_subject("intake:arrival"),
        ends_on=dict.fromkeys(("open", "remind", "go-on", "lost"), by_subject("intake:arrival")),
        focal_points_only=True,
        says={
            "open": _("A sealed message: open it"),
            "remind": _("A sealed message that nobody has opened: see to it"),
            "go-on": _("A message was opened: decide what becomes of it"),
            "lost": _("A message was taken back or ran out: read what is known"),
        },
        may_open=inbox_queries.is_visible,
    ),
)
MENU.register(
    "inbox",
    MenuItem(
        "intake:arrivals",
        _("Sealed inbox"),
        "inbox",
        visible=permissions.finds_inbox,
        count=inbox_queries.waiting_in_menu,
        go="gi",
    ),
    order=25,
)
