"""What call-outs, own pages and hours register with rooms below."""

from django.utils.translation import gettext_lazy as _

from panah.accounts.roster import SHIFTS
from panah.channels.outsiders import OUTSIDERS
from panah.kit.nav import MENU, MenuItem, Section
from panah.volunteers import helping_events as helping_events
from panah.volunteers import permissions
from panah.volunteers.helping_words import ANSWERED, CALL_OUTS, REOPENED
from panah.volunteers.queries import callouts
from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject

ITEM_ROOMS.register(
    CALL_OUTS,
    ItemRoom(
        address=by_subject("volunteers:call_out"),
        ends_on={ANSWERED: by_subject("volunteers:call_out"), REOPENED: by_subject("volunteers:call_out")},
        says={
            ANSWERED: _("Volunteers answered: somebody is to be chosen"),
            REOPENED: _("A volunteer had to cancel: the place is open again"),
        },
    ),
)
SHIFTS.register("volunteers", callouts.roster_shifts, order=30)
OUTSIDERS.register("volunteers", callouts.written_to, order=10)
MENU.register(
    "call_outs",
    MenuItem(
        "volunteers:call_outs",
        _("Who can help?"),
        "people",
        visible=permissions.keeps_volunteers,
        section=Section.DIRECTORY,
        daily=lambda staff: not staff.is_focal_point,
    ),
    order=71,
)
