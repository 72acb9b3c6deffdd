"""Active volunteers by name, in whatever script it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.names.find import fold_key
from panah.volunteers.queries.register import visible
from panah.volunteers.words import VolunteerState

if TYPE_CHECKING:
    from panah.accounts.models import Staff
    from panah.volunteers.models import Volunteer

SUGGESTED = 20


def named(name: str, *, to: Staff) -> list[Volunteer]:
    """Return active volunteers whose name sounds like this, 20 at most."""
    rows = visible(to=to).filter(state=VolunteerState.ACTIVE)
    sounds = [word.split("|")[0] for word in fold_key(name).split()]
    if not sounds:
        return []
    for sound in sounds:
        rows = rows.filter(name_key__contains=sound)
    return list(rows.select_related("branch").order_by("name", "pk")[:SUGGESTED])
