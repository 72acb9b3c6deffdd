"""What referrals register with rooms below them."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from panah.referrals import queries as referrals_queries
from panah.referrals.actions.incoming_messages import ROOM
from panah.work.item_rooms import ITEM_ROOMS, ItemRoom


def _address(subject: UUID, number: str) -> str:
    # An alarm knows only the referral; a due item also knows the case.
    return reverse("referrals:one", args=[number or referrals_queries.case_number(subject), subject])


ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=_address,
        ends_on=dict.fromkeys(
            # A meeting too: that they met, or did not, is written there.
            (
                *("answer", "meet", "read", "safe", "feedback", "first", "by_phone", "no_line", "erase"),
                "tell_withdrawn",
            ),
            _address,
        ),
        asks_first=frozenset({"life", "erased", "outcome", "page_answer"}),
    ),
)
