"""Which cards of a society lie where, and their sealed bytes: for whoever unlocks them piece by piece. Needs no key."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from panah.ground.vault import shred_store
from panah.ground.vault.actions import cards


@dataclass(frozen=True)
class CardRows:
    """The segments and the loose cards of a society, and the cards that count no more."""

    segments: list[UUID]
    loose: list[UUID]
    buried: set[UUID]


def rows_of(society: UUID, kind: str) -> CardRows:
    """Return what lies where now. A card that moves meanwhile is seen in one place, or in both, never in none."""
    buried = cards.buried_of(society, kind)
    loose = shred_store.keys_of(cards.row_kind(kind, "loose"), society)
    return CardRows(shred_store.keys_of(cards.row_kind(kind, "segment"), society), loose, buried)


def contents_of(kind: str, what: str, wanted: list[UUID]) -> tuple[Mapping[UUID, bytes], set[UUID]]:
    """Return the sealed bytes of those rows that still lie there, and which of them open in no copy of the store."""
    found = shred_store.get_many(cards.row_kind(kind, what), wanted)
    missing = set(wanted) - found.keys()
    return found, missing & set(shred_store.keys_of(cards.row_kind(kind, what))) if missing else set()


def how_many_in(kind: str, segments: list[UUID]) -> int:
    """Return how many cards these segments hold; needs no key."""
    return sum(len(ids) // 16 for ids in shred_store.get_many(cards.row_kind(kind, "ids"), segments).values())
