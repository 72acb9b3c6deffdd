"""What volunteers registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.eligibility import ELIGIBLE
from panah.ground.accounts.roles import Permission, may
from panah.ground.accounts.roster import SHIFTS
from panah.ground.channels.outsiders import OUTSIDERS
from panah.ground.kit.dates import day_of
from panah.ground.kit.jinja import url
from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.kit.rank import Rank
from panah.ground.vault.actions.erasure import ON_ERASE
from panah.ground.work.item_rooms import ITEM_ROOMS, Address, ItemRoom, by_subject
from panah.programmes.volunteers import actions as volunteers
from panah.programmes.volunteers import helping_events as helping_events
from panah.programmes.volunteers import permissions
from panah.programmes.volunteers import queries as volunteers_queries
from panah.programmes.volunteers.helping_words import (
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
from panah.programmes.volunteers.own_data import HELD
from panah.programmes.volunteers.queries import callouts, helping
from panah.programmes.volunteers.words import BRANCH, INCIDENTS, ROOM, VETTING


def _step(name: str) -> Address:
    return lambda subject, number: url(f"volunteers:{name}", subject)


ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=by_subject("volunteers:volunteer"),
        ends_on={"asked": _step("answer"), "moving": _step("move_answer")},
        days=lambda items: {item.subject: day_of(item.made_at) for item in items},
        says={
            "asked": _("Somebody asked on %(day)s to join as a volunteer"),
            "moving": _("A volunteer would move to your branch, asked on %(day)s"),
        },
    ),
)


def _expiring(subject: object, number: str) -> str:
    return url("volunteers:list") + "?state=expiring"


ITEM_ROOMS.register(
    BRANCH,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=_expiring,
        # It goes by itself when nobody there runs out any more.
        ends_on={"expires": _expiring},
        says={"expires": _("Vetting, safeguarding or insurance of volunteers runs out")},
    ),
)
ITEM_ROOMS.register(
    VETTING,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("volunteers:volunteer"),
        ends_on={"vet": _step("vet"), "erase": _step("erase")},
        focal_points_only=True,
        says={
            "vet": _("A volunteer is to be vetted"),
            "erase": _("A volunteer is to be erased, with what is protected"),
        },
    ),
)
ITEM_ROOMS.register(
    INCIDENTS,
    ItemRoom(
        rank=Rank.SAFETY,
        address=by_subject("volunteers:incident"),
        ends_on={"incident": by_subject("volunteers:incident")},
        focal_points_only=True,
        says={"incident": _("A branch tells of an incident with a volunteer")},
    ),
)
ON_ERASE.register(ROOM, volunteers.forget_volunteer, order=82)
HELD.register(ROOM, volunteers_queries.memberships_held, order=10)
HELD.register("volunteers_insurance", volunteers_queries.insurance_held, order=12)
ELIGIBLE.register(ROOM, volunteers_queries.unfit_volunteers, order=30)
MENU.register(
    "volunteers",
    MenuItem(
        "volunteers:list",
        _("Volunteers"),
        "people",
        visible=permissions.keeps_volunteers,
        section=Section.DIRECTORY,
        daily=lambda staff: not may(staff, Permission.VOLUNTEERS_KEEP_ALL),
    ),
    order=72,
)
MENU.register(
    "volunteers_counted",
    MenuItem(
        "volunteers:figures",
        _("Volunteers in numbers"),
        "people",
        visible=lambda staff: permissions.counts(staff) and not permissions.keeps_volunteers(staff),
        section=Section.SOCIETY,
    ),
    order=73,
)

# Call-outs, own pages, hours and money.
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
    ),
    order=71,
)
