"""What safe places register with rooms below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roster import SHIFTS
from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.kit.rank import Rank
from panah.ground.network.capabilities import CAPABILITIES, OPEN_WORK, Capability
from panah.ground.vault.actions.erasure import ON_ERASE
from panah.ground.vault.actions.offboarding import OFFBOARDING, HeldWork, Offboarding
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject
from panah.ground.work.told_parts import MORE, SHEETS, in_order
from panah.people.cases import actions as cases
from panah.people.cases import queries as cases_queries
from panah.people.cases.queries.bulk import BULK, BulkAction
from panah.people.shelter import actions as shelter
from panah.people.shelter import permissions, told
from panah.people.shelter import queries as shelter_queries
from panah.people.shelter.forms.bulk import BedsForm
from panah.people.shelter.urls import urlpatterns
from panah.people.shelter.words import PLACE_ROOM, ROOM

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


SHELTER_VIEWS = frozenset(f"shelter:{one.name}" for one in urlpatterns)
ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=by_subject("shelter:stay"),
        # *Did not come back* too: the house writes that the person is back, or has left.
        ends_on=dict.fromkeys(("decide", "arrive", "ends", "missed", "second"), by_subject("shelter:stay")),
        asks_first=frozenset({"tell"}),
        of_safety=frozenset({"arrive", "missed"}),
        due_by_quarter=True,
        may_open=shelter_queries.may_open,
        says={
            "decide": _("A bed was asked for, or its hold has ended: decide"),
            "arrive": _("Has the person arrived?"),
            "ends": _("A stay ends: stay longer, or where to?"),
            "second": _("Something about a stay waits for a second person: read it and decide"),
            "missed": _("Somebody did not come back: go through the steps of the house"),
            "tell": _("Something about a stay has changed: read it and tell the person"),
        },
    ),
)
ITEM_ROOMS.register(
    PLACE_ROOM,
    ItemRoom(
        rank=Rank.SAFETY,
        address=by_subject("shelter:place"),
        ends_on={"unrun": by_subject("shelter:people")},
        focal_points_only=True,
        may_open=shelter_queries.may_run_it,
        says={"unrun": _("Nobody runs a safe place any more: name somebody")},
    ),
)
ON_ERASE.register(ROOM, shelter.forget_with_case, order=70)


def _held(*, staff: Staff) -> list[HeldWork]:
    return [HeldWork(_("Safe places"), shelter_queries.runs_by(staff=[staff.pk]).get(staff.pk, 0))]


# Houses are handed over before cases; they are counted after them.
OFFBOARDING.register(
    ROOM, Offboarding(hand_over=shelter.hand_over_all, keeps=shelter_queries.files_of_holder), order=10
)
OFFBOARDING.register("places run by name", Offboarding(held=_held), order=25)
cases_queries.TABS.register(
    "bed", cases_queries.Tab("shelter:case", _("Safe bed"), cases_queries.CaseTab.HELP), order=55
)
cases_queries.STRIP.register(ROOM, shelter_queries.fact, order=20)
cases.OPEN_THINGS.register(ROOM, shelter_queries.still_open, order=20)
cases.EXTRA_FACTS.register(ROOM, shelter_queries.had_bed)
cases.GOES_ALONG.register(ROOM, cases.FilesAlong(shelter_queries.goes_along, shelter.follow))
BULK.register(
    "bed",
    BulkAction(_("Beds for several people"), _("Ask for the beds"), BedsForm, shelter.ask_for_one_of_many),
    order=10,
)
SHIFTS.register(ROOM, shelter_queries.shifts_on_roster)
# Closes houses, rooms and stays of our own; a bed at a partner is a referral and stays open.
CAPABILITIES.register(
    "shelter",
    Capability(
        _("Safe places of our own"),
        _(
            "A bed for tonight comes from a partner: open a case, then “Referrals”; or telephone one of those below."
        ),
        SHELTER_VIEWS,
        need="shelter",
        stays_open=permissions.stays_open,
        levels={"shelter": 3, "data_protection": 2},
    ),
)
OPEN_WORK.register(ROOM, shelter_queries.open_stays)
MENU.register(
    "shelter",
    MenuItem(
        "shelter:places",
        _("Safe places"),
        "bed",
        visible=permissions.may_enter,
        count=shelter_queries.waiting,
        go="gb",
        section=Section.DIRECTORY,
        daily=permissions.keeps_a_house,
    ),
    order=69,
)
for about in ("case", "stay"):
    for name, part, order in in_order(about, told.SHEETS, order=200):
        SHEETS.register(name, part, order=order)
MORE.register("shelter", told.handed_in)
