"""What call-outs, own pages and hours register with rooms below."""

from django.utils.translation import gettext_lazy as _

from panah.accounts.roster import SHIFTS
from panah.channels.outsiders import OUTSIDERS
from panah.kit.nav import MENU, MenuItem, Section
from panah.volunteers import helping_events as helping_events
from panah.volunteers import permissions
from panah.volunteers.helping_words import (
    ANSWERED,
    CALL_OUTS,
    CORRECT,
    DEBRIEF,
    HELPING,
    HOURS,
    MONEY,
    PIN,
    REOPENED,
    TELL,
)
from panah.volunteers.own_data import HELD
from panah.volunteers.queries import callouts, helping
from panah.volunteers.words import ROOM
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
_helped = by_subject("volunteers:helped")
ITEM_ROOMS.register(
    HELPING,
    ItemRoom(
        address=_helped,
        ends_on=dict.fromkeys((TELL, DEBRIEF, CORRECT, HOURS, MONEY, PIN), _helped),
        says={
            TELL: _("A volunteer wants to tell the branch something: ring now"),
            DEBRIEF: _("A volunteer would like to talk something over"),
            CORRECT: _("A volunteer says that something in the register is wrong"),
            HOURS: _("A volunteer wrote down hours: confirm them"),
            MONEY: _("A volunteer asks a fare or phone credit back"),
            PIN: _("A volunteer’s own page closed after wrong PINs"),
        },
    ),
)
HELD.register(HELPING, helping.held, order=15)
SHIFTS.register(ROOM, callouts.roster_shifts, order=30)
OUTSIDERS.register(ROOM, callouts.written_to, order=10)
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
