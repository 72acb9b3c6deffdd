"""The book of a house and what it needs, opened for whoever runs it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from panah.ground.accounts.queries import pseudonyms
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.people.shelter.models import Place
from panah.people.shelter.words import GRAVE, IncidentKind, StayPart, say

SHOWN = 100


@dataclass(frozen=True)
class BookEntry:
    """One incident. ``text`` is empty when it was about a resident whose sheet is erased: ``gone``."""

    kind: str
    grave: bool
    at: datetime
    by: str
    text: str
    told: str
    gone: bool


def book_of(place: Place, *, keys: Keyring | None) -> list[BookEntry]:
    """The newest incidents of a place: as many questions for a hundred as for one."""
    kept = vault_queries.read_all(keys=keys, file=place.book_id, part=StayPart.INCIDENT)[-SHOWN:]
    where = [(UUID(one.value["file"]) if one.value.get("file") else place.book_id, one.ref) for one in kept]
    happened = vault_queries.read_refs(keys=keys, wanted=where, part=StayPart.TOLD)
    names = pseudonyms({one.by for one in kept})
    found = []
    for one in reversed(kept):
        value: dict[str, Any] = happened[one.ref].value if one.ref in happened else {}
        kind = one.value["kind"]
        found.append(
            BookEntry(
                say(IncidentKind, kind),
                kind in GRAVE,
                one.at,
                names.get(one.by, ""),
                value.get("text", ""),
                value.get("told", ""),
                not value,
            )
        )
    return found


@dataclass(frozen=True)
class HouseNeed:
    ref: UUID
    what: str
    how_many: str
    urgent: bool
    at: datetime
    met: datetime | None


def needs_of(place: Place, *, keys: Keyring | None) -> list[HouseNeed]:
    """What a house needs: what is open first, urgent on top, then what was met lately."""
    found = [
        HouseNeed(
            one.ref,
            one.value["what"],
            one.value.get("how_many", ""),
            bool(one.value.get("urgent")),
            one.at,
            datetime.fromisoformat(one.value["met"]) if one.value.get("met") else None,
        )
        for one in reversed(vault_queries.read_all(keys=keys, file=place.book_id, part=StayPart.NEED))
    ]
    return sorted(found, key=lambda one: (one.met is not None, not one.urgent))[:SHOWN]
