"""Who in a register may be one person: names that sound alike, with years of birth that fit.

Families share a telephone: it begins no pair, and only moves one up. A pair begins with two words of the
names that sound alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from panah.ground.names.compare import score
from panah.ground.names.doubles import who_meet
from panah.ground.names.sounds import frame

# Of a thousand. Below it two names are no two spellings of one.
LIKELY = 0.85
MOST_IN_BLOCK = 2000
YEARS_ASTRAY = 1
# So many words of a name, all alike, are enough between branches: a name and surname many have.
WHOLE_NAME = 3


@dataclass(frozen=True, slots=True)
class Registered:
    """What is compared of one volunteer."""

    pk: UUID
    branch: UUID
    name: str
    key: str
    year: int | None
    sex: str
    phone: bytes | None


@dataclass(frozen=True, slots=True)
class RegisteredPair:
    """Who may be one person; the smaller id first. ``likeness``: of a thousand; ``branch``: of both, or None."""

    one: UUID
    other: UUID
    likeness: int
    branch: UUID | None


def likely_pairs(people: Iterable[Registered]) -> Iterator[RegisteredPair]:
    """Yield who may be one person, each pair once."""
    for one, other in who_meet(people, _words_that_sound_alike, _near):
        if found := _likeness(one, other):
            first, second = sorted((one.pk, other.pk))
            yield RegisteredPair(first, second, found, one.branch if one.branch == other.branch else None)


def _words_that_sound_alike(person: Registered) -> Iterator[tuple[str, str]]:
    """Any two words by their consonants, which spellings in any script share."""
    words = {frame(word.removeprefix("*").split("|")[0]) or word for word in person.key.split()}
    return combinations(sorted(words), 2)


def _near(block: Sequence[Registered]) -> Iterator[tuple[Registered, Registered]]:
    """Those of a block whose years fit; one whose year is not known, with those of the same branch."""
    known = sorted((one for one in block if one.year), key=lambda one: one.year or 0)
    # A name that thousands have proposes nobody a year astray: nobody would look through that.
    astray = YEARS_ASTRAY if len(block) <= MOST_IN_BLOCK else 0
    for at, one in enumerate(known):
        for other in known[at + 1 :]:
            if (other.year or 0) - (one.year or 0) > astray:
                break
            yield one, other
    unknown = [one for one in block if not one.year]
    if len(block) <= MOST_IN_BLOCK:
        for at, one in enumerate(unknown):
            yield from ((one, other) for other in (*known, *unknown[at + 1 :]) if one.branch == other.branch)


def _likeness(one: Registered, other: Registered) -> int:
    same_phone = one.phone is not None and one.phone == other.phone
    same_year = bool(one.year) and one.year == other.year
    whole = min(len(one.key.split()), len(other.key.split())) >= WHOLE_NAME
    if one.branch != other.branch and not (same_year and (whole or same_phone)):
        return 0
    alike = 1.0 if one.name == other.name else score(one.name, other.name)
    if alike < LIKELY:
        return 0
    differ = bool(one.sex and other.sex and one.sex != other.sex)
    return max(1, round(700 * alike) + 150 * same_year + 150 * same_phone - 300 * differ)
