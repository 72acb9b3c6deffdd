"""Rows moved, one value at a time, until their tables of one and two columns stand where the estimates do.

Drawing leaves whole rows where the model has fractions of them, and the model misses some of what was measured. A
change of one value in one row moves a count in every table of its column; it is made when the squared distance of all
of them falls. Many rows change at once, so the number of changes is capped, and the cap halves when the distance grew:
without it they overshoot together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from panah.programmes.release.counting import Table, count
from panah.programmes.release.domain import Codes
from panah.programmes.release.noisy_tables import Progress

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]
_BLOCKS = 25
_LEAST_BLOCK = 500
_LOOK_EVERY = 5
_CAP, _MOST_CAP = 0.02, 0.2


@dataclass(frozen=True, slots=True)
class Target:
    """Where a table should stand, and how much a count beside it weighs (one over the variance)."""

    counts: Floats
    weight: float


def polish(
    rows: Codes,
    targets: Mapping[Table, Target],
    rng: np.random.Generator,
    *,
    sweeps: int,
    progress: Progress = lambda _stage, _done: None,
) -> None:
    """Change rows (by column, in place) towards the targets of all tables of one and two columns."""
    work = _Polish(rows, targets, rng)
    block = max(_LEAST_BLOCK, -(-rows.shape[1] // _BLOCKS))
    starts = range(0, rows.shape[1], block)
    for sweep in range(sweeps):
        for at, start in enumerate(starts):
            if at % _LOOK_EVERY == 0:
                work.look()
            for column in rng.permutation(len(rows)).tolist():
                work.improve(column, slice(start, min(start + block, rows.shape[1])))
            progress("polish", (sweep + (at + 1) / len(starts)) / sweeps)


class _Polish:
    def __init__(self, rows: Codes, targets: Mapping[Table, Target], rng: np.random.Generator) -> None:
        self.rows, self.rng = rows, rng
        columns = range(len(rows))
        self.sizes = [targets[at,].counts.size for at in columns]
        self.weight = {table: np.float32(target.weight) for table, target in targets.items()}
        self.alone = [
            (count(rows, (at,), self.sizes) - targets[at,].counts).astype(np.float32) for at in columns
        ]
        # What every pair has too much of, both ways round: [one][other] is shaped (values of other, values of one).
        self.over: list[dict[int, Singles]] = [{} for _ in columns]
        for one, other in combinations(columns, 2):
            off = (count(rows, (one, other), self.sizes) - targets[one, other].counts).astype(np.float32)
            self.over[other][one], self.over[one][other] = off, np.ascontiguousarray(off.T)
        self.wanted = [np.cumsum(np.maximum(targets[at,].counts, 1e-9)) for at in columns]
        self.cap, self.last, self.most = _CAP, np.inf, [0] * len(rows)

    def look(self) -> None:
        """Halve the cap when the distance grew, raise it when it fell; set how many changes each column may make."""
        now, columns = 0.0, range(len(self.rows))
        for one, other in combinations(columns, 2):
            off = self.over[one][other]
            now += float(self.weight[one, other]) * float(np.vdot(off, off))
        self.cap = self.cap / 2 if now > self.last else min(self.cap * 1.25, _MOST_CAP)
        self.last = now
        for at in columns:
            away = sum(float(np.abs(off).sum()) for off in self.over[at].values()) / max(1, len(columns) - 1)
            self.most[at] = int(self.cap * away) + 1

    def improve(self, column: int, block: slice) -> None:
        """Offer each row of a block another value of one column, and take the best of what helps."""
        old = self.rows[column, block]
        new = self._offer(column, old)
        worse = self._worse(column, block, old, new)
        better = np.flatnonzero((worse < 0) & (new != old))
        if len(better) > self.most[column]:
            # Drawn by how much each helps, not the best alone: those often help in the same place.
            keys = np.log(self.rng.exponential(size=len(better))) - np.log(-worse[better])
            better = better[np.argpartition(keys, self.most[column])[: self.most[column]]]
        if len(better):
            self._change(
                column, block.start + better, old[better].astype(np.int64), new[better].astype(np.int64)
            )

    def _offer(self, column: int, old: Codes) -> Codes:
        if self.sizes[column] == 2:
            return np.uint16(1) - old
        steps = self.wanted[column]
        found = np.searchsorted(steps, self.rng.random(len(old)) * steps[-1], side="right")
        return np.minimum(found, len(steps) - 1).astype(np.uint16)

    def _worse(self, column: int, block: slice, old: Codes, new: Codes) -> Singles:
        """Return by how much the weighed squared distance (halved) would grow with each change."""
        alone, weight = self.alone[column], self.weight[column,]
        worse = weight * (alone[new] - alone[old] + 1)
        flag, size = self.sizes[column] == 2, self.sizes[column]
        sign = np.where(old == 0, np.float32(1), np.float32(-1)) if flag else None
        for other, off in self.over[column].items():
            weight = self.weight[min(column, other), max(column, other)]
            values = self.rows[other, block]
            if sign is not None:
                worse += sign * ((off[:, 1] - off[:, 0]) * weight)[values] + weight
                continue
            flat, base = (off * weight).ravel(), values.astype(np.int64) * size
            worse += flat[base + new] - flat[base + old] + weight
        return worse

    def _change(self, column: int, rows: Whole, old: Whole, new: Whole) -> None:
        size = self.sizes[column]
        self.alone[column] += np.bincount(new, minlength=size) - np.bincount(old, minlength=size)
        for other, off in self.over[column].items():
            base, cells = self.rows[other, rows].astype(np.int64) * size, off.size
            moved = np.bincount(base + new, minlength=cells) - np.bincount(base + old, minlength=cells)
            shaped = moved.reshape(off.shape)
            off += shaped
            self.over[other][column] += shaped.T
        self.rows[column, rows] = new
