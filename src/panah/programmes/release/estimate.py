"""Tables to publish: between what the model expects and what was measured, each with an error bar.

Two mixtures are fitted to the noisy counts moved a little to one side and to the other (``shaken``). Where they differ
along the way they were moved, they follow noise: so much of the noise the model has taken for people (``followed``).
With that, the squared miss of the model is known without asking the data again (Stein's estimate of risk, from paid
counts alone): it is the squared distance to the noisy counts, less the noise, plus twice what was followed. The
published count is the best line between the model and the noisy count, and its bar is what that line is expected to
miss by.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from panah.programmes.release.counting import Table
from panah.programmes.release.mixture import Mixture, merged
from panah.programmes.release.noisy_tables import Measured

Floats = npt.NDArray[np.float64]
_EDGES = (3.0, 10.0, 30.0, 100.0, 1_000.0, 10_000.0)
# A table's own cells speak for it; so many cells of all tables of its order speak with them.
_BORROWED = 30
_SHAKEN = 0.5
# 19 in 20. Of a normal error it would be 1.96; cells that expect alike miss by different widths (tried on made-up
# people).
BAR = 2.3


@dataclass(frozen=True, slots=True)
class Estimate:
    """One table. ``counts`` and ``half`` are shaped by its columns: 19 in 20 of the true counts lie within ``half``."""

    table: Table
    counts: Floats
    half: Floats


@dataclass(frozen=True, slots=True)
class Fitted:
    """Two mixtures, what each was fitted to beside the noisy counts, and both as one."""

    one: Mixture
    other: Mixture
    shaken: Mapping[Table, Floats]
    mixture: Mixture


def shake(measured: Measured, rng: np.random.Generator) -> dict[Table, Floats]:
    """Return made-up noise for each table, half the size of its own."""
    return {
        table: rng.normal(0, _SHAKEN * measured.sigma[table], noisy.shape)
        for table, noisy in measured.noisy.items()
    }


def moved(measured: Measured, shaken: Mapping[Table, Floats], sign: int) -> Measured:
    """Return the noisy counts moved to one side."""
    noisy = {
        table: counts + np.rint(sign * shaken[table]).astype(np.int64)
        for table, counts in measured.noisy.items()
    }
    return replace(measured, noisy=noisy)


def fitted(one: Mixture, other: Mixture, shaken: Mapping[Table, Floats]) -> Fitted:
    """Return both mixtures as one; being moved to opposite sides cancels."""
    return Fitted(one, other, shaken, merged([one, other]))


@dataclass(frozen=True, slots=True)
class _Cells:
    """By bins of the expected count: how many cells, their squared distance and what was followed, in noise."""

    number: Floats
    distance: Floats
    followed: Floats

    def __add__(self, other: "_Cells") -> "_Cells":
        return _Cells(
            self.number + other.number, self.distance + other.distance, self.followed + other.followed
        )

    def beside(self, pool: "_Cells") -> tuple[Floats, Floats, Floats]:
        """Return (distance, followed, how unsure the distance is) a cell, with cells of the pool beside the own."""
        of_all = np.maximum(pool.number, 1)
        number = self.number + _BORROWED
        distance = (self.distance + _BORROWED * pool.distance / of_all) / number
        followed = (self.followed + _BORROWED * pool.followed / of_all) / number
        return distance, followed, distance * np.sqrt(2 / of_all)


def _cells(fit: Fitted, measured: Measured, table: Table) -> tuple[Floats, npt.NDArray[np.int64], _Cells]:
    expected, noise = fit.mixture.expected(table), measured.sigma[table] ** 2
    bins = np.digitize(expected, _EDGES)
    apart = fit.one.expected(table) - fit.other.expected(table)
    followed = apart * fit.shaken[table] / (2 * _SHAKEN**2 * noise)
    distance = (measured.noisy[table] - expected) ** 2 / noise
    parts = (np.ones_like(expected), distance, followed)
    sums = [np.bincount(bins.ravel(), part.ravel(), minlength=len(_EDGES) + 1) for part in parts]
    return expected, bins, _Cells(*(one.astype(np.float64) for one in sums))


def estimates(fit: Fitted, measured: Measured) -> Iterator[Estimate]:
    """Yield an estimate of every table that was measured."""
    by_order: dict[int, list[Table]] = {}
    for table in measured.noisy:
        by_order.setdefault(len(table), []).append(table)
    for tables in by_order.values():
        found = {table: _cells(fit, measured, table) for table in tables}
        zero = np.zeros(len(_EDGES) + 1)
        pool = sum((cells for _, _, cells in found.values()), _Cells(zero, zero, zero))
        for table in tables:
            expected, bins, cells = found.pop(table)
            yield _between(table, expected, bins, cells.beside(pool), measured)


def _between(
    table: Table,
    expected: Floats,
    bins: npt.NDArray[np.int64],
    per_cell: tuple[Floats, Floats, Floats],
    measured: Measured,
) -> Estimate:
    distance, followed, unsure = per_cell[0], np.clip(per_cell[1], 0, 1), per_cell[2]
    miss = np.maximum(distance - 1 + 2 * followed, 0)
    # The line that misses least; where the model and the noise go together, less of the count is wanted.
    trust = np.clip(1 - (1 - followed) / np.maximum(distance, 1e-9), 0, 1)
    left = (1 - trust) ** 2 * miss + trust**2 + 2 * trust * (1 - trust) * followed + unsure
    counts = expected + trust[bins] * (measured.noisy[table] - expected)
    half = BAR * measured.sigma[table] * np.sqrt(np.minimum(left, 1))[bins]
    # People are whole: no bar is shorter than one of them.
    return Estimate(table, np.clip(counts, 0, None), np.maximum(half, 1))
