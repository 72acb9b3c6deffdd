"""What this room registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

import panah.people.page_texts.actions  # noqa: F401  what it writes in the journal is registered now
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.rls_tables import EXEMPT
from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.kit.rank import Rank
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject
from panah.people.page_texts import permissions
from panah.people.page_texts import queries as page_texts_queries
from panah.people.page_texts.words import LOOK, ROOM

EXEMPT.register("page_texts", "the public door is one for all societies of a node, and so are its texts")
dialled_numbers.ALL.register(ROOM, page_texts_queries.all_published)
ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("page_texts:draft"),
        # A second person of another society publishes it too, and does not see this society's lists.
        outcome_alone=frozenset({LOOK}),
        says={LOOK: _("Look at a corrected text of the public door, and publish it or throw it away")},
    ),
)
MENU.register(
    ROOM,
    MenuItem(
        "page_texts:start",
        _("Texts of the public door"),
        "book",
        visible=permissions.corrects,
        section=Section.SOCIETY,
    ),
    order=86,
)
