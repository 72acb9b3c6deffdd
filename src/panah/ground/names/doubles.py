"""Pairs that may be one person: a whole register is looked through without setting everybody against everybody.

Only those are compared who meet at a place; what the places are a room says (``who_meet``). Two cards of a society meet
where they have the same last digits of a phone, or a word with the same consonants and birth years that fit; where
neither year is known, two such words.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, starmap

from panah.ground.names.compare import compare, score
from panah.ground.names.find import NameCard, coarse_words, year_fits


@dataclass(frozen=True, slots=True)
class LikelyPair:
    """Two cards by their ``ref``, the score of the names in 0..1, why, and whether year and phone fit."""

    one: Hashable
    other: Hashable
    score: float
    why: tuple[str, ...]
    year_fits: bool | None
    tail_fits: bool | None


def who_meet[One](
    people: Iterable[One],
    places: Callable[[One], Iterable[Hashable]],
    near: Callable[[Sequence[One]], Iterable[tuple[One, One]]],
) -> Iterator[tuple[One, One]]:
    """Yield who meets anywhere, each pair once. ``near``: who of those at one place may be one person at all."""
    there: dict[Hashable, list[One]] = defaultdict(list)
    for one in people:
        for place in places(one):
            there[place].append(one)
    seen: set[tuple[int, int]] = set()
    for block in there.values():
        for one, other in near(block) if len(block) > 1 else ():
            pair = (id(one), id(other)) if id(one) < id(other) else (id(other), id(one))
            if pair not in seen:
                seen.add(pair)
                yield one, other


def pairs_to_compare(cards: Iterable[NameCard]) -> Iterator[tuple[NameCard, NameCard]]:
    """Return the cards that meet anywhere, each pair once, the earlier card first."""
    return who_meet(cards, _places, _may_be_one)


def _may_be_one(cards: Sequence[NameCard]) -> Iterator[tuple[NameCard, NameCard]]:
    for one, other in combinations(cards, 2):
        if year_fits(one.birth_year, other.birth_year) is not False or _tails_fit(one, other):
            yield one, other


def _places(card: NameCard) -> Iterator[Hashable]:
    if card.phone_tail:
        yield card.phone_tail
    words = sorted(coarse_words(card))
    if card.birth_year:
        for word in words:
            # A year astray is met from the lower one of the two.
            yield word, card.birth_year
            yield word, card.birth_year + 1
    yield from combinations(words, 2)


def _tails_fit(one: NameCard, other: NameCard) -> bool | None:
    return one.phone_tail == other.phone_tail if one.phone_tail and other.phone_tail else None


def compared(one: NameCard, other: NameCard) -> LikelyPair:
    """Set two cards against each other by those of their names that are most alike."""
    _, left, right = max((score(a, b), a, b) for a in one.names for b in other.names)
    comparison = compare(left, right)
    return LikelyPair(
        one.ref,
        other.ref,
        comparison.score,
        tuple(str(reason) for reason in comparison.explanation),
        year_fits(one.birth_year, other.birth_year),
        _tails_fit(one, other),
    )


def likely_pairs(cards: Iterable[NameCard]) -> Iterator[LikelyPair]:
    """Return every pair that meets somewhere, compared; in no order."""
    return starmap(compared, pairs_to_compare(card for card in cards if card.names))
