"""Compare two full names: a score and the reasons for it."""

from dataclasses import dataclass, replace
from math import exp, log

from panah.ground.names.align import Aligned, assign, joined_where_it_helps, weight_of
from panah.ground.names.explain import MatchReason, of_leftovers, of_pair
from panah.ground.names.fold import words
from panah.ground.names.parts import GrammaticalSex, NamePart, WordRole, parts, sex_shown


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for and against two names being one person's, before it is weighed."""

    agreement: float  # mean log likeness of aligned parts, 0 is perfect
    worst: float  # log likeness of the least alike aligned part
    support: float  # how much agreeing sound there is, in consonants
    conflicts: float  # parts that both names have and that are different
    missing_fathers: int  # patronymics only one name has
    missing_others: int  # other parts only one name has
    sexes_differ: bool
    crossed: bool  # the given name of one is the surname of the other
    initials: int
    only_one: bool  # a single part could be compared, and one of the names has more


@dataclass(frozen=True, slots=True)
class Comparison:
    """``score`` in 0..1; ``explanation``: plain sentences; ``pairs``: the parts set against each other."""

    score: float
    explanation: tuple[MatchReason, ...]
    pairs: tuple[Aligned, ...]
    signs: Signs | None = None


_FLOOR = 0.05
_MOST_PARTS = 7  # a longer "name" is a sentence; its first words are compared


def _is_father(part: NamePart) -> bool:
    return part.role is WordRole.PATRONYMIC


def _conflicts(aligned: list[Aligned], left: list[NamePart], right: list[NamePart]) -> float:
    """How many parts stand against a different one of the same kind in the other name.

    When two parts agree already, whatever is left on both sides stands for the same thing. When only
    one agrees, a patronymic on one side and a surname on the other may both be true: half a conflict.
    A father's name set against the given name of someone who has another given name is one too: Иван Маркович, Марк.
    """
    fathers = min(sum(map(_is_father, left)), sum(map(_is_father, right)))
    rest = min(len(left) - sum(map(_is_father, left)), len(right) - sum(map(_is_father, right)))
    found = float(fathers + rest)
    unlike = min(len(left), len(right)) - found
    found += unlike if len(aligned) > 1 else unlike / 2
    for pair in aligned:
        if _is_father(pair.one) is not _is_father(pair.other):
            side = left if _is_father(pair.one) else right
            found += any(not _is_father(part) for part in side)
    return found


def _crossed(aligned: list[Aligned]) -> bool:
    ways = {
        (pair.one.role is WordRole.SURNAME) - (pair.other.role is WordRole.SURNAME)
        for pair in aligned
        if WordRole.INITIAL not in (pair.one.role, pair.other.role)
    }
    return {1, -1} <= ways


def _by_text(part: NamePart) -> str:
    return part.text


def _assign_in_any_order(
    ones: tuple[NamePart, ...], others: tuple[NamePart, ...]
) -> tuple[list[Aligned], list[NamePart], list[NamePart]]:
    """The alignment, the same whichever name comes first and in whatever order the words stand, ties included."""
    ones, others = tuple(sorted(ones, key=_by_text)), tuple(sorted(others, key=_by_text))
    if [part.text for part in ones] <= [part.text for part in others]:
        return assign(ones, others)
    aligned, right, left = assign(others, ones)
    turned = [replace(pair, one=pair.other, other=pair.one) for pair in aligned]
    return turned, left, right


def signs_of(a: str, b: str) -> tuple[Signs, list[Aligned], list[NamePart], list[NamePart]] | None:
    """The signs of two names, the aligned parts and what is left on each side; nothing when a name is empty."""
    ones, others = parts(a)[:_MOST_PARTS], parts(b)[:_MOST_PARTS]
    if not ones or not others:
        return None
    ones, others = joined_where_it_helps(ones, others)
    aligned, left, right = _assign_in_any_order(ones, others)
    logs = [(log(max(pair.likeness, _FLOOR)), _weight(pair)) for pair in aligned]
    total = sum(weight for _, weight in logs)
    alone = left if len(left) > len(right) else right
    missing = abs(len(left) - len(right))
    fathers = min(missing, sum(map(_is_father, alone)))
    conflicts = _conflicts(aligned, left, right)
    sexes = {sex_shown(ones), sex_shown(others)}
    signs = Signs(
        agreement=sum(value * weight for value, weight in logs) / total if total else log(_FLOOR),
        worst=min((value for value, _ in logs), default=log(_FLOOR)),
        support=total,
        conflicts=conflicts,
        missing_fathers=fathers,
        missing_others=missing - fathers,
        sexes_differ=sexes == {GrammaticalSex.FEMALE, GrammaticalSex.MALE},
        crossed=_crossed(aligned),
        only_one=len(aligned) == 1 and missing > 0,
        initials=sum(WordRole.INITIAL in (pair.one.role, pair.other.role) for pair in aligned),
    )
    return signs, aligned, left, right


def _weight(pair: Aligned) -> float:
    if WordRole.INITIAL in (pair.one.role, pair.other.role):
        return 0.5
    return min(weight_of(pair.one.stems[0].sounds), weight_of(pair.other.stems[0].sounds), 5.0)


def weigh(signs: Signs) -> float:
    """The score of the signs, 0..1."""
    odds = (
        3.0
        + 2.0 * signs.agreement
        + 6.0 * signs.worst
        + 0.2 * min(signs.support, 12.0)
        - 9.0 * signs.conflicts
        - 0.15 * signs.missing_fathers
        - 0.8 * signs.missing_others
        - 2.0 * signs.sexes_differ
        - 6.0 * signs.crossed
        - 1.5 * signs.initials
        - 3.0 * signs.only_one
    )
    return 1.0 / (1.0 + exp(-odds / 2.0))


def compare(a: str, b: str) -> Comparison:
    """How likely two written names are one person's, with the reasons. Symmetric; never raises."""
    found = signs_of(a, b)
    if found is None:
        return Comparison(0.0, (MatchReason("no-words"),), ())
    signs, aligned, left, right = found
    reasons = [of_pair(pair) for pair in aligned] + of_leftovers(left, right)
    if signs.sexes_differ:
        reasons.append(MatchReason("sexes-differ"))
    if signs.only_one:
        reasons.append(MatchReason("only-one"))
    if signs.crossed:
        reasons.append(MatchReason("crossed"))
    if sorted(words(a)) == sorted(words(b)):
        return Comparison(1.0, (MatchReason("same-words"),), tuple(aligned), signs)
    return Comparison(weigh(signs), tuple(reasons), tuple(aligned), signs)


def score(a: str, b: str) -> float:
    """The score of ``compare`` alone."""
    found = signs_of(a, b)
    if found is None:
        return 0.0
    return 1.0 if sorted(words(a)) == sorted(words(b)) else weigh(found[0])
