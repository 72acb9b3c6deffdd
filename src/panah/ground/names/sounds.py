"""How far two strings of sounds lie apart: a weighted edit distance with costs for confusions of the region."""

from functools import lru_cache

from rapidfuzz.distance import Indel

from panah.ground.names.costs import (
    CHANGE,
    DROP,
    DROP_IN_ABJAD,
    OTHER_CONSONANT,
    OTHER_VOWEL,
    VOWEL_FOR_CONSONANT,
)
from panah.ground.names.letters import VOWELS

FAR = 9.0
_COARSE = str.maketrans("bvdzcSCgGhk", "pftssjjkkkk", "aeiouAOUIy@WYQ")


@lru_cache(maxsize=400_000)
def frame(sounds: str) -> str:
    """The consonants alone, those that are taken for one another as one sign: what spelling changes least."""
    return sounds.translate(_COARSE)


_SOFT = VOWELS | set("@WYQ")


def change_cost(one: str, other: str) -> float:
    """The cost of one sound standing where the other does, 0 (the same) to about 1.5 (never confused)."""
    if one == other:
        return 0.0
    known = CHANGE.get(one + other)
    if known is not None:
        return known
    if one in _SOFT and other in _SOFT:
        return OTHER_VOWEL
    if one in _SOFT or other in _SOFT:
        return VOWEL_FOR_CONSONANT
    return OTHER_CONSONANT


_CHANGE: dict[str, dict[str, float]] = {}


def _row(sign: str) -> dict[str, float]:
    row = _CHANGE.get(sign)
    if row is None:
        row = _CHANGE[sign] = {}
    return row


@lru_cache(maxsize=400_000)
def distance(one: str, other: str, abjad: bool = False) -> float:
    """The least total cost of turning one string of sounds into the other; 0 when they are the same.

    ``abjad``: one of the two does not write short vowels, so a missing vowel costs next to nothing.
    Once the cost is sure to pass what any two spellings of one name show, ``FAR`` is returned instead.
    """
    if one == other:
        return 0.0
    give_up = 0.8 * max(len(one), len(other), 2) ** 0.7
    if not abjad and _frames_differ(one, other):
        return FAR
    one, other = _where_they_differ(one, other)
    drop = DROP_IN_ABJAD if abjad else DROP
    drops_other = [drop.get(sign, 1.0) for sign in other]
    above = [0.0]
    for cost in drops_other:
        above.append(above[-1] + cost)
    for sign in one:
        costs = _row(sign)
        dropped = drop.get(sign, 1.0)
        row = [above[0] + dropped]
        left = row[0]
        for at, wanted in enumerate(other):
            changed = costs.get(wanted)
            if changed is None:
                changed = costs[wanted] = change_cost(sign, wanted)
            best = above[at] + changed
            removed = above[at + 1] + dropped
            if removed < best:
                best = removed
            inserted = left + drops_other[at]
            if inserted < best:
                best = inserted
            row.append(best)
            left = best
        above = row
        if min(above) > give_up:
            return FAR
    return above[-1]


def _where_they_differ(one: str, other: str) -> tuple[str, str]:
    """The two without the beginning and the end that they share: nothing is gained by changing those."""
    shorter = min(len(one), len(other))
    start = 0
    while start < shorter and one[start] == other[start]:
        start += 1
    end = 0
    while end < shorter - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return one[start : len(one) - end], other[start : len(other) - end]


def _frames_differ(one: str, other: str) -> bool:
    """Whether the consonants, roughly classed, have too little in common to be worth a closer look."""
    frames = frame(one), frame(other)
    return len(frames[0]) + len(frames[1]) > 3 and Indel.normalized_similarity(*frames) < 0.4
