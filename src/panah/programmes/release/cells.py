"""Tables of counts with their totals: what is counted exactly, and what of it is shown.

An array *with totals* has one place more in every dimension: the last place of each is its total.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from panah.programmes.release.coverage import Coverage
from panah.programmes.release.sentences import Sentence, say

Counts = NDArray[np.int64]
Mask = NDArray[np.bool_]
Place = tuple[int, ...]
# What stands for a total in the name of a cell and in files.
TOTAL = "Total"


@dataclass(frozen=True, slots=True)
class Dimension:
    """A column that a table counts by, with its declared values: whatever the data holds, the shape stays."""

    name: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.values or len(set(self.values)) != len(self.values) or TOTAL in self.values:
            raise ValueError(f"the values of {self.name} are empty, twice there or named like a total")


@dataclass(frozen=True, eq=False)
class Table:
    """Exact counts, as a whole and by the society that contributed them. Never leaves a keyholder's session."""

    name: str
    population: Coverage
    dimensions: tuple[Dimension, ...]
    by_society: Mapping[str, Counts]
    not_asked: Mask | None = None
    counts: Counts = field(init=False)

    def __post_init__(self) -> None:
        shape = tuple(len(one.values) for one in self.dimensions)
        if not shape or not self.by_society:
            raise ValueError("a table needs a dimension and a society")
        if any(one.shape != shape or (one < 0).any() for one in self.by_society.values()):
            raise ValueError("counts do not fit the dimensions")
        counts = sum(self.by_society.values(), np.zeros(shape, np.int64))
        if self.not_asked is not None and (self.not_asked.shape != shape or counts[self.not_asked].any()):
            raise ValueError("somebody was counted where nobody was asked")
        object.__setattr__(self, "counts", counts)

    @property
    def asked_nowhere(self) -> Mask:
        """Where, with totals, nobody was asked."""
        return asked_nowhere(self.not_asked, self.counts.shape)


class State(IntEnum):
    """What a reader finds in a cell."""

    COUNT = 0
    ZERO = 1
    HIDDEN = 2
    NOT_ASKED = 3
    ROUNDED = 4


class Method(StrEnum):
    """How a table is protected."""

    SUPPRESS = "suppress"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Rule:
    """By what a table is protected: stated in the package.

    ``threshold``: the first count that is no small one. ``protection``: how wide, at least, whatever can be worked out
    of a protected cell stays; it slides: zero to five is as good as three to eight. ``base``: what is rounded to.
    """

    threshold: int = 5
    protection: int = 5
    method: Method = Method.SUPPRESS
    base: int = 10
    seed: int = 1

    def __post_init__(self) -> None:
        if self.threshold < 2 or self.protection < 2:
            raise ValueError("a threshold or a protection below two protects nobody")
        if self.method is Method.ROUND and self.base <= self.protection:
            raise ValueError("what is rounded to must be more than the protection")


@dataclass(frozen=True, eq=False)
class ProtectedTable:
    """What is shown. ``states`` and ``values`` are arrays with totals; a value that is not shown is -1."""

    name: str
    population: Coverage
    dimensions: tuple[Dimension, ...]
    states: NDArray[np.int8]
    values: Counts
    rule: Rule
    solver: str

    def places(self) -> Iterator[Place]:
        """Every cell, with totals, in the order of the dimensions."""
        return np.ndindex(*self.states.shape)

    def state(self, place: Place) -> State:
        return State(int(self.states[place]))

    def labels(self, place: Place) -> tuple[str, ...]:
        """The values of a cell, with Total where it is one."""
        return labels(self.dimensions, place)

    def read_aloud(self, place: Place) -> Sentence:
        """Return the cell as a sentence: zero, hidden and not asked never sound alike."""
        cell, state = cell_name(self.dimensions, place), self.state(place)
        if state is State.ROUNDED:
            code = "about" if self.values[place] else "fewer"
            return say(code, cell=cell, count=int(self.values[place]), base=self.rule.base)
        code = {State.COUNT: "count", State.ZERO: "nobody", State.HIDDEN: "hidden"}.get(state, "not-asked")
        return say(code, cell=cell, count=int(self.values[place]))

    def rate(self, place: Place, *, of: str) -> "Rate":
        """Return the share of a cell in its total over the dimension ``of``: hidden with either count."""
        at = [one.name for one in self.dimensions].index(of)
        whole = (*place[:at], len(self.dimensions[at].values), *place[at + 1 :])
        cell, found = cell_name(self.dimensions, place), (self.state(place), self.state(whole))
        if State.NOT_ASKED in found:
            return Rate(None, say("not-asked", cell=cell))
        if State.HIDDEN in found:
            return Rate(None, say("rate-hidden", cell=cell))
        if not self.values[whole]:
            return Rate(None, say("rate-none", cell=cell))
        share = float(self.values[place] / self.values[whole])
        return Rate(share, say("rate", cell=cell, percent=f"{share:.1%}".rstrip("%")))


@dataclass(frozen=True, slots=True)
class Rate:
    """A share from 0 to 1, None where it is not shown; and as a sentence."""

    share: float | None
    sentence: Sentence


def labels(dimensions: Sequence[Dimension], place: Place) -> tuple[str, ...]:
    """The values of a cell, with Total where it is one."""
    return tuple((*one.values, TOTAL)[at] for one, at in zip(dimensions, place, strict=True))


def cell_name(dimensions: Sequence[Dimension], place: Place) -> str:
    """Name a cell for a reader: “country Uzbekistan, age Total”."""
    named = zip(dimensions, labels(dimensions, place), strict=True)
    return ", ".join(f"{one.name} {label}" for one, label in named) or TOTAL


def with_totals(counts: Counts) -> Counts:
    """Return the counts with a total as the last place of every dimension."""
    for axis in range(counts.ndim):
        counts = np.concatenate([counts, counts.sum(axis=axis, keepdims=True)], axis=axis)
    return counts


def asked_nowhere(not_asked: Mask | None, shape: tuple[int, ...]) -> Mask:
    """Where, with totals, nobody was asked: a total of which no part was asked was not asked either."""
    asked = np.ones(shape, np.int64) if not_asked is None else (~not_asked).astype(np.int64)
    return with_totals(asked) == 0


def is_inner(shape: tuple[int, ...]) -> Mask:
    """Which places of an array with totals are no total."""
    inside = np.zeros(shape, np.bool_)
    inside[tuple(slice(-1) for _ in shape)] = True
    return inside


def count_rows(
    name: str,
    population: Coverage,
    dimensions: Sequence[Dimension],
    codes: NDArray[np.integer],
    societies: Sequence[str],
    society_codes: NDArray[np.integer],
    *,
    not_asked: Mask | None = None,
) -> Table:
    """Count people by their codes: ``codes`` has a line a person and a column a dimension."""
    shape = tuple(len(one.values) for one in dimensions)
    where = np.ravel_multi_index(tuple(codes.T.astype(np.intp)), shape)
    by_society = {
        society: np.bincount(where[society_codes == at], minlength=int(np.prod(shape)))
        .reshape(shape)
        .astype(np.int64)
        for at, society in enumerate(societies)
    }
    return Table(name, population, tuple(dimensions), by_society, not_asked)
