"""What training registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, may
from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.kit.rank import Rank
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject, plain
from panah.programmes.training import actions as training
from panah.programmes.training import permissions
from panah.programmes.training import queries as training_queries
from panah.programmes.training.actions.settling import REFRESH, REGISTER
from panah.programmes.training.words import DRAFTS, LOOK, REFRESHERS, ROOM
from panah.programmes.volunteers.own_data import HELD, PUBLIC, PublicPages
from panah.programmes.volunteers.trained import TRAINED, Trainings

HELD.register(ROOM, training_queries.held_for_export, order=20)
TRAINED.register(ROOM, Trainings(training_queries.trained, training_queries.who_hold))
HELD.register("certificates", training_queries.told_of, order=21)
PUBLIC.register("certificates", PublicPages(training_queries.public_pages_of, training.switch_by_holder))
ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("training:course"),
        ends_on={REGISTER: by_subject("training:course")},
        says={REGISTER: _("Write down who was at a course that is over")},
    ),
)
ITEM_ROOMS.register(
    REFRESHERS,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=plain("training:gaps"),
        outcome_alone=frozenset({REFRESH}),
        says={REFRESH: _("Trainings run out soon: plan refreshers")},
    ),
)
ITEM_ROOMS.register(
    DRAFTS,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("training:draft"),
        ends_on={LOOK: by_subject("training:draft")},
        says={LOOK: _("Look at a module that somebody wrote, and publish it or send it back")},
    ),
)
MENU.register(
    ROOM,
    MenuItem(
        "training:list",
        _("Courses"),
        "people",
        section=Section.DIRECTORY,
        daily=lambda staff: (
            permissions.plans_courses(staff) and not may(staff, Permission.VOLUNTEERS_KEEP_ALL)
        ),
    ),
    order=72,
)
