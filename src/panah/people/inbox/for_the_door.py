"""What a machine of the door's own is told, because it may look neither at colleagues nor at what they may do.

The node posts it every few seconds, as little of it as the door needs; that machine only reads it. Rooms above say
in ``FACTS`` what it is. What is told is codes, ids and public keys: no name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from panah.ground.foundation.registry import Registry
from panah.people.inbox.models import Posted

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# What -> (society, at) -> JSON.
FACTS: Registry[Callable[[UUID, datetime], object]] = Registry("what the door's own machine is told")


@dataclass(frozen=True)
class Whose:
    """To which conversation of which room something belongs, and on whose list it goes."""

    room: str
    subject: UUID
    owner: Staff | None


# arrival -> whose it is, or None: that machine cannot say it.
WHOSE: Registry[Callable[[UUID], Whose | None]] = Registry("whose it is that came by the door's own machine")
# {whom a writer leaves out, or "": {reader: public key in base64}} of those who read what goes past the intake.
READERS = "readers"
# Older than this it is no promise any more that somebody is there.
LASTS = timedelta(minutes=2)


def posted(society: UUID, what: str, *, at: datetime | None = None) -> Any:
    """Return what the node told last; None where it told nothing, or with ``at`` nothing lately."""
    rows = Posted.objects.filter(society=society, what=what)
    if at is not None:
        rows = rows.filter(at__gt=at - LASTS)
    return rows.values_list("said", flat=True).first()
