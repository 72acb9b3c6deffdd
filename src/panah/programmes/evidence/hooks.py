"""What evidence registers with rooms below it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

import panah.programmes.evidence.events  # noqa: F401  declared while registries are open
from panah.ground.audit.fact_words import FACT_WORDS, FactWords, by_codes
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.rls_tables import EXEMPT
from panah.ground.kit.nav import MENU, MenuItem, Section
from panah.ground.kit.rank import Rank
from panah.ground.vault.actions import REFERENCED_BLOBS, SIGNS_TOO
from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject
from panah.programmes.evidence import permissions, sealed_counts
from panah.programmes.evidence import queries as evidence_queries
from panah.programmes.evidence.actions import sign_anew
from panah.programmes.evidence.words import READ, ROOM, Decision

EXEMPT.register("evidence.PublishedFile", "what of a file that left everybody may verify")
dialled_numbers.ALL.register(ROOM, evidence_queries.published_files)
REFERENCED_BLOBS.register(sealed_counts.KIND, sealed_counts.counts_needed)
FACT_WORDS.register("decision on a release", FactWords("decision", by_codes(Decision)))
SIGNS_TOO.register("columns of releases", sign_anew)

_review = by_subject("evidence:review")
ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        rank=Rank.HOUSEKEEPING,
        address=by_subject("evidence:release"),
        ends_on={READ: _review},
        focal_points_only=True,
        says={READ: _("A release waits for a second person: read what the attacks found, and decide")},
    ),
)
MENU.register(
    ROOM,
    MenuItem(
        "evidence:facts",
        pgettext_lazy("the menu", "Evidence"),
        "chart",
        visible=permissions.counts,
        section=Section.SOCIETY,
        daily=lambda staff: permissions.counts(staff) and not permissions.decides(staff),
    ),
    order=78,
)
