"""What prevention registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, may
from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.kit.rank import Rank
from panah.ground.network.goals import MORE_GOALS
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject
from panah.programmes.prevention import permissions
from panah.programmes.prevention import queries as prevention_queries
from panah.programmes.prevention.actions.access import ANSWER, RENEW
from panah.programmes.prevention.actions.sessions import COUNT, DEBRIEF, TEST_AGAIN
from panah.programmes.prevention.words import ACCESS, ROOM
from panah.programmes.volunteers.own_data import HELD

MORE_GOALS.register(ROOM, prevention_queries.goals_of)
HELD.register(ROOM, prevention_queries.held_of)
ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("prevention:session"),
        ends_on={COUNT: by_subject("prevention:count"), TEST_AGAIN: by_subject("prevention:tests")},
        outcome_alone=frozenset({DEBRIEF}),
        days=prevention_queries.days_of,
        says={
            COUNT: _("Write down the numbers of the session of %(day)s"),
            TEST_AGAIN: _("Repeat the test of the session of %(day)s"),
            DEBRIEF: _("Debrief those who led the session of %(day)s"),
        },
    ),
)
ITEM_ROOMS.register(
    ACCESS,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("prevention:access"),
        ends_on={
            ANSWER: by_subject("prevention:decide_access"),
            RENEW: by_subject("prevention:decide_access"),
        },
        says={
            ANSWER: _("Access was asked for two weeks ago: ask again, or write down the answer"),
            RENEW: _("A permission to work in a place runs out: ask for a longer one"),
        },
    ),
)
MENU.register(
    ROOM,
    MenuItem(
        "prevention:list",
        _("Prevention"),
        "people",
        visible=permissions.plans,
        section=Section.DIRECTORY,
        daily=lambda staff: permissions.plans(staff) and not may(staff, Permission.VOLUNTEERS_KEEP_ALL),
    ),
    order=73,
)
# Whoever leads or helps may have no account; every colleague can read the card, also on a telephone.
MENU.register(
    "card",
    MenuItem("prevention:card", _("If somebody tells you something"), "people", section=Section.HELP),
    order=62,
)
