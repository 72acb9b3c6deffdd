"""Finding a person: the cards of a society, opened in the session of someone who holds K, matched in memory.

The opened index lives in this process only as long as the vault that opened it: it is bound to one colleague and
goes when her vault locks or idles out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from panah.names.find import NameCard, NameFinder, fold_key
from panah.vault.actions.cards import SEARCH, cards
from panah.vault.keyring import Keyring

if TYPE_CHECKING:
    from panah.accounts.models import Staff


_KEPT: dict[UUID, OpenedIndex] = {}
LONGEST = timedelta(minutes=20)


@dataclass
class OpenedIndex:
    """An opened index: whose it is, until when it may be used, and how many cards it holds."""

    finder: NameFinder
    until: datetime
    made_at: datetime


@dataclass(frozen=True)
class SearchMatch:
    """A possible match: ``number`` of the case, the score in 0..1, why, and whether year and phone fit."""

    number: str
    score: float
    why: tuple[str, ...]
    year_fits: bool | None
    tail_fits: bool | None


def find(
    *,
    keys: Keyring,
    name: str,
    at: datetime,
    birth_year: int | None = None,
    phone_tail: str = "",
    limit: int = 20,
    fresh: bool = False,
) -> list[SearchMatch]:
    """Return the most likely cards of the society of ``keys``, best first; the caller journals and limits the rate."""
    index = _unlocked(keys, at, fresh=fresh)
    matches = index.finder.find(name, birth_year=birth_year, phone_tail=phone_tail, limit=limit)
    return [
        SearchMatch(
            str(m.ref),
            m.comparison.score,
            tuple(str(w) for w in m.comparison.explanation),
            m.year_fits,
            m.tail_fits,
        )
        for m in matches
    ]


def all_cards(*, keys: Keyring, at: datetime, fresh: bool = False) -> Sequence[NameCard]:
    """Return every card of the society of ``keys``, opened; the caller journals and limits the rate."""
    return _unlocked(keys, at, fresh=fresh).finder.cards


def _unlocked(keys: Keyring, at: datetime, *, fresh: bool) -> OpenedIndex:
    forget_old(at=at)
    kept = _KEPT.get(keys.staff.pk)
    if kept is None or fresh:
        finder = NameFinder(card_of(value) for _, value in cards(keys=keys, kind=SEARCH))
        until = min(keys.open_until or at + LONGEST, at + LONGEST)
        kept = _KEPT[keys.staff.pk] = OpenedIndex(finder, until, at)
    return kept


def forget_old(*, at: datetime) -> None:
    """Drop indexes whose vault has locked by itself."""
    for staff in [s for s, kept in _KEPT.items() if kept.until <= at]:
        del _KEPT[staff]


def forget(staff: Staff) -> None:
    """Drop a colleague's index: her vault was locked."""
    _KEPT.pop(staff.pk, None)


def card_of(value: dict[str, Any]) -> NameCard:
    """Return what the finder needs of a value ``{"n": names, "y": year, "p": tails, "c": number, "k": folds}``."""
    tails = value.get("p") or [""]
    return NameCard(
        ref=value["c"],
        names=tuple(value["n"]),
        birth_year=value.get("y"),
        phone_tail=tails[0],
        keys=tuple(value.get("k", ())),
    )


def card_value(*, names: list[str], birth_year: int | None, phones: list[str], number: str) -> dict[str, Any]:
    """Return the value of a search card: names as written, their folds, birth year, last four digits of phones."""
    tails = ["".join(c for c in p if c.isdigit())[-4:] for p in phones]
    return {
        "n": names,
        "k": [fold_key(n) for n in names],
        "y": birth_year,
        "p": [t for t in tails if t],
        "c": number,
    }
