"""Counts of coded rows, after each person's share in them was bounded: by numpy, in one pass a table, none on disk."""

from collections.abc import Sequence
from itertools import combinations
from math import prod

import numpy as np
import numpy.typing as npt

from panah.programmes.release.domain import Codes

Counts = npt.NDArray[np.int64]
Table = tuple[int, ...]
"""Which columns a table is over, by their places in the domain, rising."""


def tables_of(columns: int, order: int) -> list[Table]:
    """Return every table of so many columns."""
    return list(combinations(range(columns), order))


def bounded(codes: Codes, people: Sequence[str], *, at_most: int = 1) -> Codes:
    """Return the rows that count: of each person at most so many, the first ones.

    ``people`` names whose each row is. Which rows stay depends on this person's rows alone, so nobody else's counts
    change when she is left out. What is not known to be one person counts as two.
    """
    if len(people) != len(codes):
        raise ValueError("A person for each row.")
    seen: dict[str, int] = {}
    kept = np.zeros(len(codes), bool)
    for at, person in enumerate(people):
        times = seen[person] = seen.get(person, 0) + 1
        kept[at] = times <= at_most
    return codes[kept]


def by_column(codes: Codes) -> Codes:
    """Return the rows turned, shape (columns, rows), each column in one piece of memory."""
    return np.ascontiguousarray(codes.T)


def count(columns: Codes, table: Table, sizes: Sequence[int]) -> Counts:
    """Return the counts of a table, shaped by the sizes of its columns. ``columns``: from ``by_column``."""
    shape = tuple(sizes[at] for at in table)
    place = columns[table[0]].astype(np.int64)
    for at in table[1:]:
        place *= sizes[at]
        place += columns[at]
    return np.bincount(place, minlength=prod(shape)).reshape(shape)
