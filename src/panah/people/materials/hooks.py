"""What this room registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

import panah.people.materials.actions  # noqa: F401  what it writes in the journal is registered now
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.rls_tables import EXEMPT
from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.kit.rank import Rank
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject
from panah.people.materials import permissions
from panah.people.materials import queries as materials_queries
from panah.people.materials.words import LOOK, ROOM

EXEMPT.register("materials.Version", "what a society published for everybody to take along")
EXEMPT.register("materials.Piece", "the files of what was published")
dialled_numbers.ALL.register(ROOM, materials_queries.all_versions)
ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("materials:draft"),
        ends_on={LOOK: by_subject("materials:draft")},
        says={LOOK: _("Look at a file that is to be published, and publish it or throw it away")},
    ),
)
MENU.register(
    ROOM,
    MenuItem("materials:list", _("Materials"), "book", visible=permissions.writes, section=Section.DIRECTORY),
    order=75,
)
