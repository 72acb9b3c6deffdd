"""How good a release is: told within the budget, and, of made-up people only, compared with the truth.

A *combination* is a cell of values that all say something: nothing known is no value of anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from panah.programmes.release.counting import Table, count, tables_of
from panah.programmes.release.domain import Codes
from panah.programmes.release.estimate import BAR, Estimate

LEAST = 10
"""Errors are told of combinations with at least so many people: below, rounding is all there is."""
_NORMAL = BAR / np.sqrt(2 / np.pi)


@dataclass(frozen=True, slots=True)
class Quality:
    """Of tables over so many columns. ``tables``, ``rows``: the mean absolute error expected of either, in people.

    ``lost``: of combinations that are surely there, the share that no row has. ``fabricated``: of combinations in the
    rows, the share that the tables say nobody has. All of it from noisy counts: it cost nothing more.
    """

    order: int
    combinations: int
    tables: float
    rows: float
    lost: float
    fabricated: float


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows against the truth, over so many columns: for made-up people, whose truth may be looked at."""

    order: int
    combinations: int
    error: float
    lost: float
    fabricated: float


def positive[Number: (np.int64, np.float64)](counts: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """Return the part of a table in which every column says something."""
    return counts[(slice(1, None),) * counts.ndim].ravel()


def within_budget(rows: Codes, sizes: Sequence[int], published: Mapping[Table, Estimate]) -> list[Quality]:
    """Return the quality of rows (by column) and tables by order, as far as tables were measured."""
    return [
        _quality(order, rows, sizes, [one for table, one in published.items() if len(table) == order])
        for order in sorted({len(table) for table in published})
    ]


def _quality(order: int, rows: Codes, sizes: Sequence[int], published: Sequence[Estimate]) -> Quality:
    told = tables = of_rows = surely = lost = there = fabricated = 0.0
    for one in published:
        made, said, half = positive(count(rows, one.table, sizes)), positive(one.counts), positive(one.half)
        enough, sure, some = said >= LEAST, said - half >= 1, made > 0
        error = half[enough] / _NORMAL
        told += int(enough.sum())
        tables += float(error.sum())
        # What the rows add to the error of the tables is known exactly; the two are as good as independent.
        of_rows += float(np.hypot(error, (made - said)[enough]).sum())
        surely += int(sure.sum())
        lost += int((sure & ~some).sum())
        there += int(some.sum())
        fabricated += int((some & (said + half < 1)).sum())
    return Quality(
        order=order,
        combinations=int(told),
        tables=tables / max(told, 1),
        rows=of_rows / max(told, 1),
        lost=lost / max(surely, 1),
        fabricated=fabricated / max(there, 1),
    )


def compare(truth: Codes, rows: Codes, sizes: Sequence[int], order: int) -> Difference:
    """Compare rows with made-up people whose truth is no secret, both by column."""
    error, found, lost, there, fabricated = 0.0, 0, 0, 0, 0
    for table in tables_of(len(sizes), order):
        true, made = positive(count(truth, table, sizes)), positive(count(rows, table, sizes))
        told = true >= LEAST
        error += float(np.abs(made[told] - true[told]).sum())
        found += int(told.sum())
        lost += int((told & (made == 0)).sum())
        there += int((made > 0).sum())
        fabricated += int(((made > 0) & (true == 0)).sum())
    return Difference(order, found, error / max(found, 1), lost / max(found, 1), fabricated / max(there, 1))


def least_noise(truth: Codes, sizes: Sequence[int], order: int, rho: float) -> float:
    """Return the mean absolute error of unbiased noise when the whole budget goes to this order, shared at its best.

    The best shares need the truth (how many combinations each table has): no release could know them.
    """
    cells = [
        float((positive(count(truth, table, sizes)) >= LEAST).sum())
        for table in combinations(range(len(sizes)), order)
    ]
    weights = np.asarray([cell for cell in cells if cell > 0])
    scales = weights ** (-1 / 3)
    scales *= np.sqrt((1 / scales**2).sum() / (2 * rho))
    return float(np.sqrt(2 / np.pi) * (scales * weights).sum() / weights.sum())
