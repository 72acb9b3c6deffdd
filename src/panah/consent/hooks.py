"""What consent registers with rooms below it."""

from django.utils.translation import gettext_lazy as _

from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_number

ITEM_ROOMS.register(
    "consent",
    ItemRoom(
        address=by_number("consent:answers"),
        outcome_alone=frozenset({"ask_again"}),
        says={"ask_again": _("Ask again before a consent ends")},
    ),
)
