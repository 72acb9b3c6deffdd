"""The same people counted more than once: who was added later, or taken out, is a piece of its own.

A year that was released is counted again after somebody agreed late, or took a yes back. Both counts say that they are
of the same year; what they tell together is who came or went between them. So each count covers the year and, of those
who came later, as many as had come by then: an earlier count lies within a later one as May does within a half-year.
"""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from panah.programmes.release.cells import Table
from panah.programmes.release.coverage import Coverage


def versions(now: Sequence[Table], earlier: Sequence[Sequence[Table]]) -> list[Coverage] | None:
    """Return what each count covers, this one first. None: some came and some went, so none lies within another.

    All are of one coverage, and hold the same tables in one order.
    """
    counts = [_counts(tables) for tables in (now, *earlier)]
    order = sorted(range(len(counts)), key=lambda at: int(counts[at].sum()))
    ranks, rank = [0] * len(counts), 0
    for before, after in itertools.pairwise(order):
        if (counts[after] < counts[before]).any():
            return None
        rank += int((counts[after] > counts[before]).any())
        ranks[after] = rank
    return [_with_later(now[0].population, rank) for rank in ranks]


def _counts(tables: Sequence[Table]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.concatenate([table.counts.ravel() for table in tables])


def _with_later(people: Coverage, rank: int) -> Coverage:
    later = frozenset(f"came later, {number}" for number in range(1, rank + 1))
    return replace(people, places=people.places | later)
