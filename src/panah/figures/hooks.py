"""What the register of figures registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

from panah.figures import actions as figures  # noqa: F401  the journal's events are declared there
from panah.figures import permissions, queries
from panah.figures.citing import CITED_BY
from panah.figures.words import CLEAR, FIGURES, SAY
from panah.foundation.rls_tables import READ_BY_ALL
from panah.kit.nav import MENU, MenuItem, Section
from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_subject

# What a society has cleared for everybody, every society here reads; all else of the register is its own.
READ_BY_ALL.register("figures.Say", '"figures_say"."state" = \'cleared\'')
CITED_BY.register("library", queries.library_cites)
CITED_BY.register("diplomacy", queries.evidence_cites)
_say = by_subject("figures:sentence")
ITEM_ROOMS.register(
    SAY,
    ItemRoom(
        address=_say,
        ends_on={CLEAR: _say},
        focal_points_only=True,
        says={CLEAR: _("A sentence with a figure: decide whether it may be said")},
    ),
)
MENU.register(
    FIGURES,
    MenuItem("figures:list", _("Figures"), "chart", visible=permissions.reads, section=Section.SOCIETY),
    order=89,
)
