"""How to reach a volunteer, and what only the branch needs: read and written here alone, under the host's key.

What is not known is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, TypedDict, cast
from uuid import UUID

from panah.foundation import host_seal
from panah.volunteers.words import ROOM

if TYPE_CHECKING:
    from panah.volunteers.models import Volunteer

# The end of a number is the same however its beginning is written: +7 701 …, 8 701 ….
TAIL = 9


class Guardian(TypedDict, total=False):
    name: str
    phone: str


class HistoryEntry(TypedDict):
    """What happened on a day (``words.Happened``), and why."""

    on: str
    what: str
    text: str


class Details(TypedDict, total=False):
    """``other``: another way to reach somebody; ``ties``: communities, as the volunteer says.

    ``correction``: what the volunteer says is wrong in the register, until the branch has looked.
    """

    phone: str
    email: str
    address: str
    other: str
    born_on: str
    ties: str
    correction: str
    guardian: Guardian
    history: list[HistoryEntry]


def read(row: Volunteer) -> Details:
    """Return what is sealed; raises ``host_seal.Unreadable`` under the key of another host."""
    if not row.details:
        return {}
    return cast("Details", host_seal.unseal(bytes(row.details), what=_what(row.pk), room=ROOM))


def readable(row: Volunteer) -> Details | None:
    """Return what is sealed; None under the key of another host."""
    try:
        return read(row)
    except host_seal.Unreadable:
        return None


def write(row: Volunteer, **changes: object) -> None:
    """Set what is given, leave the rest; an empty value takes something away. The row is saved by whoever calls."""
    kept = {name: value for name, value in {**read(row), **changes}.items() if value}
    row.details = seal(row.pk, kept)
    row.phone_mark = phone_mark(str(kept.get("phone", "")))


def seal(pk: UUID, kept: Mapping[str, object]) -> bytes:
    """Return what is known of the volunteer with this id, sealed: for rows that are made many at a time."""
    return host_seal.seal(kept, what=_what(pk), room=ROOM)


def note(row: Volunteer, *, on: date, what: str, text: str = "") -> None:
    """Add to the history what happened on a day, and why; ``what`` is one of ``words.Happened``."""
    history = [*read(row).get("history", []), {"on": on.isoformat(), "what": what, "text": text}]
    write(row, history=history)


def phone_mark(phone: str) -> bytes | None:
    """Return what is equal for equal telephones, None for no number."""
    digits = "".join(one for one in phone if one.isdigit())
    return host_seal.mark(digits[-TAIL:], what="phone", room=ROOM) if len(digits) >= TAIL else None


def _what(pk: UUID) -> str:
    return f"volunteer {pk}"
