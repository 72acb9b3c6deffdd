"""What the network's report registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, may
from panah.ground.exchange.actions import HANDLERS, MessageHandler
from panah.ground.exchange.words import MessageKind
from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.kit.rank import Rank
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, plain
from panah.programmes.network_report import actions as network_report
from panah.programmes.network_report import permissions
from panah.programmes.network_report.words import QUARTER, ROOM

HANDLERS.register(
    MessageKind.FIGURES, MessageHandler(frozenset({MessageKind.FIGURES}), network_report.take_figures)
)
ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=plain("network_report:overview"),
        ends_on={QUARTER: plain("network_report:overview")},
        focal_points_only=True,
        says={QUARTER: _("Prepare, sign off and send the figures of the last quarter")},
    ),
)
MENU.register(
    ROOM,
    MenuItem(
        "network_report:overview",
        _("Network report"),
        "chart",
        visible=permissions.reads,
        section=Section.SOCIETY,
        daily=lambda staff: may(staff, Permission.REPORT_READ_ALL) and not permissions.signs(staff),
    ),
    order=76,
)
