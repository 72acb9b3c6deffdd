"""Pairs of cards that may be one person: compared only where they share a sound and a year, or a phone.

Two cards meet where they have the same last digits of a phone, or a word with the same consonants and birth years that
fit; where neither year is known, two such words. So a society's whole index is looked through without setting everybody
against everybody.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

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


def pairs_to_compare(cards: Sequence[NameCard]) -> set[tuple[int, int]]:
    """Return the positions of cards that meet anywhere, each pair once, the lower position first."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for position, card in enumerate(cards):
        for place in _places(card):
            places[place].append(position)
    return {
        pair
        for there in places.values()
        for pair in combinations(there, 2)
        if year_fits(cards[pair[0]].birth_year, cards[pair[1]].birth_year) is not False
        or _tails_fit(cards[pair[0]], cards[pair[1]])
    }


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
    kept = [card for card in cards if card.names]
    for one, other in pairs_to_compare(kept):
        yield compared(kept[one], kept[other])
