"""What consent registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_number
from panah.consent import told
from panah.work.telling import declare

ITEM_ROOMS.register(
    "consent",
    ItemRoom(
        address=by_number("consent:answers"),
        outcome_alone=frozenset({"ask_again"}),
        says={"ask_again": _("Ask again before a consent ends")},
    ),
)
for about in ("case", "contact"):
    declare(about, told.SHEETS, order=120)
