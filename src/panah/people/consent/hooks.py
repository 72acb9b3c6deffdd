"""What consent registers with rooms below it."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from panah.ground.work.item_rooms import ITEM_ROOMS, ItemRoom, by_number
from panah.ground.work.told_parts import SHEETS, in_order
from panah.people.consent import told

ITEM_ROOMS.register(
    "consent",
    ItemRoom(
        address=by_number("consent:answers"),
        outcome_alone=frozenset({"ask_again"}),
        says={"ask_again": _("Ask again before a consent ends")},
    ),
)
for about in ("case", "contact"):
    for name, part, order in in_order(about, told.SHEETS, order=120):
        # What a yes lacks hangs on the age: the room of the cases hands the answers in.
        SHEETS.register(name, replace(part, handed_in=about == "case"), order=order)
