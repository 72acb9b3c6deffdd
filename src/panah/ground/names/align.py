"""Set the parts of two names against each other: how alike each two are, and which belong together."""

from dataclasses import dataclass
from functools import lru_cache
from math import exp

from panah.ground.names.letters import VOWELS
from panah.ground.names.parts import NamePart, Stem, WordRole, joined
from panah.ground.names.sounds import change_cost, distance

_SHARPNESS = 2.2
_LENGTH_POWER = 0.7
_ALIGN_AT_LEAST = 0.3
_ENDING_CHANGED = {
    frozenset(("", "ov")): 0.10,
    frozenset(("", "in")): 0.15,
    frozenset(("", "zoda")): 0.12,
    frozenset(("", "ion")): 0.12,
    frozenset(("", "pur")): 0.12,
    frozenset(("", "sk")): 0.2,
    frozenset(("ov", "zoda")): 0.12,
    frozenset(("ov", "ion")): 0.15,
    frozenset(("", "son")): 0.2,
    frozenset(("ov", "son")): 0.25,
    frozenset(("zoda", "son")): 0.15,
}
_OTHER_ENDING = 0.35
_FINAL_A = 0.6


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two parts set against each other, ``likeness`` in 0..1; ``ending_changed``: the ending is not the same."""

    one: NamePart
    other: NamePart
    likeness: float
    ending_changed: bool = False


@lru_cache(maxsize=200_000)
def weight_of(sounds: str) -> float:
    """How much a string of sounds tells: consonants count one, vowels half."""
    return sum(0.5 if sign in VOWELS or sign in "@WYQy" else 1.0 for sign in sounds)


def _final_a(one: str, other: str) -> float:
    """Салим and Салима are two names: a final -a that only one of them has weighs more than a vowel."""
    shorter, longer = sorted((one, other), key=len)
    if longer[-1:] in ("a", "A", "Q") and shorter and shorter[-1] not in "aAQei@yIh":
        return _FINAL_A
    return 0.0


def _stems_apart(one: Stem, other: Stem, abjad: bool) -> tuple[float, float]:
    """(cost, weight) of the cheapest way to see the two stems as one name."""
    if one.ending == other.ending:
        cost = distance(one.sounds, other.sounds, abjad)
        if not one.ending:
            cost += _final_a(one.sounds, other.sounds)
        return cost, (weight_of(one.sounds) + weight_of(other.sounds)) / 2
    changed = _ENDING_CHANGED.get(frozenset((one.ending, other.ending)), _OTHER_ENDING)
    stems = distance(one.sounds, other.sounds, abjad) + changed
    whole = distance(one.whole, other.whole, abjad) + _final_a(one.whole, other.whole)
    stem_weight = (weight_of(one.sounds) + weight_of(other.sounds)) / 2
    whole_weight = (weight_of(one.whole) + weight_of(other.whole)) / 2
    if stems / max(stem_weight, 1) <= whole / max(whole_weight, 1):
        return stems, stem_weight
    return whole, whole_weight


@lru_cache(maxsize=400_000)
def likeness(one: NamePart, other: NamePart) -> float:
    """How alike two parts sound, 0..1, by their best readings; symmetric."""
    if WordRole.INITIAL in (one.role, other.role):
        return _initial_likeness(one, other)
    if one.text == other.text:
        return 1.0
    abjad = one.abjad or other.abjad
    best = 0.0
    for stem in one.stems:
        for against in other.stems:
            cost, weight = _stems_apart(stem, against, abjad)
            best = max(best, exp(-_SHARPNESS * cost / max(weight, 1.0) ** _LENGTH_POWER))
    return best


def _initial_likeness(one: NamePart, other: NamePart) -> float:
    best = min(change_cost(stem.whole[0], against.whole[0]) for stem in one.stems for against in other.stems)
    return max(0.0, 1.0 - best) if best < 0.3 else 0.0


def _gain(one: NamePart, other: NamePart) -> tuple[float, float]:
    alike = likeness(one, other)
    kept = min(weight_of(one.stems[0].sounds), weight_of(other.stems[0].sounds))
    gain = (alike - _ALIGN_AT_LEAST) * (1.0 + min(kept, 5.0) / 5.0)
    if one.role is not other.role and WordRole.PATRONYMIC in (one.role, other.role):
        gain -= 0.25  # a father's name is set against a given name only when nothing better is there
    elif one.ending != other.ending:
        gain -= 0.02
    return alike, gain


def assign(
    ones: tuple[NamePart, ...], others: tuple[NamePart, ...]
) -> tuple[list[Aligned], list[NamePart], list[NamePart]]:
    """The alignment of greatest total gain, and the parts of either side that stay alone."""
    table = [[_gain(one, other) for other in others] for one in ones]
    best_total, best_choice = _best(table, 0, 0, len(ones), len(others), {})
    del best_total
    aligned = [
        Aligned(ones[i], others[j], table[i][j][0], ones[i].ending != others[j].ending)
        for i, j in best_choice
    ]
    used = {i for i, _ in best_choice}, {j for _, j in best_choice}
    return (
        aligned,
        [part for i, part in enumerate(ones) if i not in used[0]],
        [part for j, part in enumerate(others) if j not in used[1]],
    )


type _Choice = tuple[tuple[int, int], ...]


def _best(
    table: list[list[tuple[float, float]]],
    row: int,
    taken: int,
    rows: int,
    columns: int,
    known: dict[tuple[int, int], tuple[float, _Choice]],
) -> tuple[float, _Choice]:
    if row == rows:
        return 0.0, ()
    if (row, taken) in known:
        return known[row, taken]
    best = _best(table, row + 1, taken, rows, columns, known)
    for column in range(columns):
        gain = table[row][column][1]
        if gain <= 0 or taken >> column & 1:
            continue
        rest, choice = _best(table, row + 1, taken | 1 << column, rows, columns, known)
        if rest + gain > best[0]:
            best = rest + gain, ((row, column), *choice)
    known[row, taken] = best
    return best


def joined_where_it_helps(
    ones: tuple[NamePart, ...], others: tuple[NamePart, ...]
) -> tuple[tuple[NamePart, ...], tuple[NamePart, ...]]:
    """Join neighbouring words of one name that are written as one word in the other: Нур Султан, Нурсултан."""
    return _join(ones, others), _join(others, ones)


def _join(ones: tuple[NamePart, ...], others: tuple[NamePart, ...]) -> tuple[NamePart, ...]:
    if len(ones) < 2 or WordRole.INITIAL in {part.role for part in ones}:
        return ones
    at = 0
    result: list[NamePart] = []
    while at < len(ones):
        both = _as_one(ones[at], ones[at + 1], others) if at + 1 < len(ones) else None
        result.append(both or ones[at])
        at += 2 if both else 1
    return tuple(result)


def _as_one(first: NamePart, second: NamePart, others: tuple[NamePart, ...]) -> NamePart | None:
    """The two words as one, when one word of the other name sounds more like that than like either."""
    long = len(first.stems[0].whole) + len(second.stems[0].whole)
    # Arabic script leaves vowels out, so the lengths say less there.
    fitting = [
        other
        for other in others
        if abs(len(other.stems[0].whole) - long) <= (6 if other.abjad is not first.abjad else 3)
    ]
    if not fitting:
        return None
    both = joined(first, second)
    as_one = max(likeness(both, other) for other in fitting)
    apart = max(likeness(part, other) for part in (first, second) for other in others)
    return both if as_one >= 0.6 and as_one > apart + 0.08 else None
