"""How to reach a volunteer, and what only the branch needs: read and written here alone, under the host's key.

What is not known is not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, TypedDict, cast
from uuid import UUID

from panah.ground.foundation import host_seal
from panah.programmes.volunteers.words import ROOM

if TYPE_CHECKING:
    from panah.programmes.volunteers.models import Volunteer

# The end of a number is the same however its beginning is written: +7 701 …, 8 701 ….
TAIL = 9
# What decides about what somebody may do: in columns, to be listed, and in the seal, which says whether it is true.
STANDING = (
    *("born_year", "vetted_until", "safeguarding_until", "insured_until", "code_signed_on"),
    "guardian_agreed_on",
)


class Guardian(TypedDict, total=False):
    name: str
    phone: str


class HistoryEntry(TypedDict):
    """What happened on a day (``words.Happened``), and why."""

    on: str
    what: str
    text: str


class Details(TypedDict, total=False):
    """``other``: another way to reach somebody; ``ties``: communities, as the volunteer says; ``insurance``: which.

    ``correction``: what the volunteer says is wrong in the register, until the branch has looked.
    """

    phone: str
    email: str
    address: str
    other: str
    ties: str
    insurance: str
    correction: str
    guardian: Guardian
    history: list[HistoryEntry]
    standing: dict[str, str]


@dataclass(frozen=True)
class Standing:
    """The columns that decide, as far as they were written here; what was changed past Panah is as if not known."""

    born_year: int | None
    vetted_until: date | None
    safeguarding_until: date | None
    insured_until: date | None
    code_signed_on: date | None
    guardian_agreed_on: date | None


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


def keep_standing(row: Volunteer, names: Iterable[str]) -> None:
    """Seal columns of ``STANDING`` that were just set. The row is saved by whoever calls."""
    said = as_standing({name: getattr(row, name) for name in names if name in STANDING})
    write(row, standing={**read(row).get("standing", {}), **said})


def as_standing(values: Mapping[str, int | date | None]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in values.items()}


def standing(row: Volunteer) -> Standing:
    """Return what counts of the columns that decide; nothing where another host sealed them."""
    try:
        kept = read(row).get("standing", {})
    except host_seal.Unreadable:
        kept = {}

    def known[T](name: str, value: T | None) -> T | None:
        return value if kept.get(name) == str(value) else None

    return Standing(
        known("born_year", row.born_year),
        known("vetted_until", row.vetted_until),
        known("safeguarding_until", row.safeguarding_until),
        known("insured_until", row.insured_until),
        known("code_signed_on", row.code_signed_on),
        known("guardian_agreed_on", row.guardian_agreed_on),
    )


def changed_outside(row: Volunteer) -> bool:
    """Say whether a column that decides is not as it was written here."""
    kept = standing(row)
    return any(getattr(row, name) != getattr(kept, name) for name in STANDING)


def phone_mark(phone: str) -> bytes | None:
    """Return what is equal for equal telephones, None for no number."""
    digits = "".join(one for one in phone if one.isdigit())
    return host_seal.mark(digits[-TAIL:], what="phone", room=ROOM) if len(digits) >= TAIL else None


def _what(pk: UUID) -> str:
    return f"volunteer {pk}"
