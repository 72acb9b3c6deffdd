"""Finding a person: the cards of a society, opened in the session of someone who holds K, matched in memory.

On a node that `./panah serve` runs, a process of its own holds them unlocked (``search_process``). Where there is none,
or it is away, the opened index lives in this process, as long as the vault that opened it: it is bound to one colleague
and goes when her vault locks or idles out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.names.find import Match, NameCard, NameFinder, explained
from panah.ground.vault import search_client
from panah.ground.vault.actions.cards import SEARCH, cards
from panah.ground.vault.card_opening import CardValue
from panah.ground.vault.card_values import card_of
from panah.ground.vault.card_values import card_value as card_value
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import KeyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


_KEPT: dict[UUID, OpenedIndex] = {}
LONGEST = timedelta(minutes=20)
# When the process was last told that a vault is open, and which opening of it that was.
_TOLD: dict[UUID, tuple[int, float]] = {}
TOLD_EVERY = 60.0


@dataclass
class OpenedIndex:
    """An opened index, until when it may be used, and whether some cards do not open."""

    finder: NameFinder
    damaged: bool
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


@dataclass(frozen=True)
class Progress:
    """How many cards of how many are unlocked; ``whole``: all that lie there; ``damaged``: some do not open."""

    whole: bool
    opened: int
    total: int
    damaged: bool


def find(
    *,
    keys: Keyring,
    name: str,
    at: datetime,
    birth_year: int | None = None,
    phone_tail: str = "",
    limit: int = 20,
    fresh: bool = False,
) -> tuple[list[SearchMatch], bool]:
    """Return the most likely cards of the society of ``keys``, best first, and whether some cards do not open.

    The caller journals and limits the rate.
    """
    index = _unlocked(keys, at, fresh=fresh)
    matches = index.finder.find(name, birth_year=birth_year, phone_tail=phone_tail, limit=limit)
    return [as_match(match) for match in matches], index.damaged


def as_match(one: Match) -> SearchMatch:
    """Return what is shown of a match, with its reasons in the reader's language."""
    why = tuple(str(word) for word in one.comparison.explanation)
    return SearchMatch(str(one.ref), one.comparison.score, why, one.year_fits, one.tail_fits)


def find_unlocked(
    *, keys: Keyring, name: str, at: datetime, birth_year: int | None, phone_tail: str, patience: float
) -> tuple[list[SearchMatch], Progress] | None:
    """Ask the process that holds the cards unlocked; None where there is none, or it cannot answer.

    It looks through all of them if that takes no longer than ``patience`` in seconds, else through what is unlocked.
    """
    given = {"name": name, "year": birth_year, "tail": phone_tail, "patience": patience}
    told = _asked(keys, at, {"do": "find", **given}, patience=patience)
    if told is None:
        return None
    found = [
        (place, NameCard(ref, tuple(names), year, tail)) for place, ref, names, year, tail in told["found"]
    ]
    best = explained(name, found, birth_year=birth_year, phone_tail=phone_tail)
    return [as_match(one) for one in best], _progress(told)


def progress(*, keys: Keyring, at: datetime) -> Progress | None:
    """Return how far unlocking is; it is begun if it was not. None without such a process."""
    told = _asked(keys, at, {"do": "progress"})
    return None if told is None else _progress(told)


def _progress(told: search_client.Message) -> Progress:
    return Progress(told["whole"], told["opened"], told["total"], told["damaged"])


def begin(*, keys: Keyring, opening: int, at: datetime) -> None:
    """Let the cards be unlocked while she reads another page, and say once a minute that her vault is still open.

    ``opening`` tells one opening of the vault from the next. Whoever does not hold the key any more has them dropped.
    """
    last, when = _TOLD.get(keys.staff.pk, (0, 0.0))
    if not search_client.is_served() or (last == opening and monotonic() - when < TOLD_EVERY):
        return
    _TOLD[keys.staff.pk] = opening, monotonic()
    if keys.holds(KeyKind.SEARCH):
        _asked(keys, at, {"do": "warm"}, waits=False)
    else:
        # Her page does not wait for it: it asks the same once a minute.
        search_client.forget(keys.staff.pk, waits=False)


def _asked(
    keys: Keyring, at: datetime, message: search_client.Message, *, patience: float = 0.0, waits: bool = True
) -> search_client.Message | None:
    seeds = {str(one.generation): one.seed.hex() for one in keys.held() if one.kind == KeyKind.SEARCH}
    if not seeds or not search_client.is_served():
        return None
    hers = {
        "staff": str(keys.staff.pk),
        "society": str(keys.staff.society_id),
        "made": keys.made,
        "seconds": ((keys.open_until or at) - at).total_seconds(),
        "seeds": seeds,
    }
    return search_client.ask({**hers, **message}, patience=patience, waits=waits)


def all_cards(*, keys: Keyring, at: datetime, fresh: bool = False) -> Sequence[NameCard]:
    """Return every card of the society of ``keys``, opened; the caller journals and limits the rate."""
    return _unlocked(keys, at, fresh=fresh).finder.cards


def _unlocked(keys: Keyring, at: datetime, *, fresh: bool) -> OpenedIndex:
    forget_old(at=at)
    kept = _KEPT.get(keys.staff.pk)
    if kept is None or fresh:
        damaged = set[UUID]()
        finder = finder_of(value for _, value in cards(keys=keys, kind=SEARCH, damaged=damaged))
        until = min(keys.open_until or at + LONGEST, at + LONGEST)
        kept = OpenedIndex(finder, bool(damaged), until, at)
        if not search_client.is_served():
            # Several web processes may answer her: a lock in one would not reach what another keeps.
            _KEPT[keys.staff.pk] = kept
    return kept


def finder_of(values: Iterable[CardValue]) -> NameFinder:
    """Return what finds by name among these cards; what is none is left out."""
    return NameFinder(one for one in map(card_of, values) if one is not None)


def forget_old(*, at: datetime) -> None:
    """Drop indexes whose vault has locked by itself."""
    for staff in [s for s, kept in _KEPT.items() if kept.until <= at]:
        del _KEPT[staff]


def forget(staff: Staff) -> None:
    """Drop a colleague's index, wherever it is: her vault was locked."""
    forget_here(staff)
    search_client.forget(staff.pk)


def forget_here(staff: Staff) -> None:
    """Drop the one that this process keeps."""
    _KEPT.pop(staff.pk, None)
