"""What finding registers with rooms below it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.cases import queries as cases_queries
from panah.consent.withdrawal_effects import EFFECTS, WithdrawalEffect
from panah.finding import actions as finding
from panah.finding.actions.incoming_inquiries import BODY
from panah.finding.words import ROOM
from panah.vault.actions.erasure import ON_ERASE
from panah.vault.actions.maintenance import REFERENCED_BLOBS
from panah.vault.keyring import Keyring
from panah.work.item_rooms import ITEM_ROOMS, ItemRoom, by_number, by_subject

ITEM_ROOMS.register(
    "finding",
    ItemRoom(
        address=by_subject("finding:question"),
        ends_on={"question": by_subject("finding:question")},
        focal_points_only=True,
    ),
)
ITEM_ROOMS.register(
    ROOM,
    ItemRoom(
        address=by_number("finding:there"),
        ends_on=dict.fromkeys(("known_wait", "known_decide"), by_number("finding:there")),
        asks_first=frozenset({"known_phone"}),
    ),
)
REFERENCED_BLOBS.register(BODY, finding.bodies_needed)


def _forget(*, keys: Keyring, file: UUID, at: datetime) -> None:
    finding.forget(file=file, at=at)


ON_ERASE.register(ROOM, _forget, order=40)
cases_queries.TABS.register(ROOM, cases_queries.Tab("finding:there", _("Known elsewhere")), order=53)
EFFECTS.register("finding", WithdrawalEffect(finding.preview_stop, finding.stop), order=20)
