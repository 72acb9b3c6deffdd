"""What can be worked out of hidden counts: exact bounds by linear programming (HiGHS).

Everything that is published enters: this table, its totals, other tables of the release, earlier releases; and what one
who attacks takes away of it. Whole numbers are not forced, so the true bounds may be closer by a fraction; they are
never wider.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from highspy._core import _Highs  # the class above it says its name on the output of whoever makes one
from numpy.typing import NDArray

from panah.programmes.release.cells import Counts, Mask
from panah.programmes.release.joined import NO_TABLE, Columns, Joined, flat_targets

Floats = NDArray[np.float64]
# Sums are of whole numbers: what is nearer than this is equal.
NEAR = 1e-6
# So many people at first go into each of many cells that are pushed together; fewer cells are asked one by one.
FEW, MANY = 8, 8
# Says of least and most values seen so far which cells need no closer look.
Settled = Callable[[Floats, Floats], Mask]


class Contradiction(Exception):
    """What was published cannot all be true: data was corrected between releases."""


@dataclass(frozen=True, eq=False)
class Bounds:
    """The least and the most that each sum can be. Where ``exact`` is false it can be so much at least."""

    low: Counts
    high: Counts
    exact: Mask


class Knowledge:
    """What one who attacks knows, ready to be asked. ``own``: her counts with totals in each table, None: not known."""

    def __init__(self, joined: Joined, own: Sequence[Counts | None], *, seed: int = 1) -> None:
        """Take away what is hers and what follows at once. Raises ``Contradiction``."""
        self.rng = np.random.default_rng(seed)
        taken = np.zeros(len(joined.low))
        used = np.ones(len(joined.low), np.bool_)
        for number, counts in enumerate(own):
            rows = joined.table_of == number
            if counts is None:
                used &= ~rows
            else:
                taken[rows] = counts.ravel()[joined.place_of[rows]]
        used |= joined.table_of == NO_TABLE
        self.known = np.full(joined.n_unknowns, np.nan)
        rows = _Rows(joined, joined.low - taken, joined.high - taken, used)
        rows.settle(self.known)
        self._free = np.flatnonzero(np.isnan(self.known))
        self._place = np.full(joined.n_unknowns, -1, np.intp)
        self._place[self._free] = np.arange(len(self._free))
        self.cap = 10_000.0 + 2 * float(np.abs(np.where(used, joined.low, 0)).max(initial=0))
        self._solver = rows.solver(self.known, self._place, len(self._free), self.cap, seed)
        nothing = np.zeros(joined.n_unknowns)
        self._seen = self.push(nothing, nothing)

    def bounds(self, targets: Sequence[Columns], settled: Settled | None = None) -> Bounds:
        """Return the bounds of sums of unknowns. With ``settled``, only as closely as it asks."""
        if not targets:
            none = np.zeros(0, np.int64)
            return Bounds(none, none, none.astype(np.bool_))
        asked = _Asked(self, targets, settled)
        if settled is not None:
            asked.push_many()
        asked.ask_each()
        low, high = np.ceil(asked.low - NEAR), np.floor(asked.high + NEAR)
        return Bounds(low.astype(np.int64), high.astype(np.int64), asked.low_exact & asked.high_exact)

    def push(self, few: Floats, more: Floats) -> Floats:
        """Return unknowns, all of them, that make a weighted sum the largest: ``few`` weighs the first people only.

        Whoever pushes many cells at once wants a few people in each, not all in one of them.
        """
        found = self.known.copy()
        count = len(self._free)
        if count:
            solver, cost = self._solver, -np.concatenate([few[self._free], more[self._free]])
            solver.changeColsCost(2 * count, np.arange(2 * count, dtype=np.int32), cost)
            solver.run()
            if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                raise Contradiction(str(solver.getModelStatus()))
            found[self._free] = np.array(solver.getSolution().col_value).reshape(2, count).sum(axis=0)
        return found


class _Rows:
    """The rows of one who attacks: which say something, and what."""

    def __init__(self, joined: Joined, low: Floats, high: Floats, used: Mask) -> None:
        self.joined, self.low, self.high, self.used = joined, low, high, used
        self.row_of = np.repeat(np.arange(len(low)), np.diff(joined.starts))

    def settle(self, known: Floats) -> None:
        """Find the unknowns that follow one from the other without a solver: shown counts, a last one in a line.

        A sum that is zero leaves nobody in any of its parts.
        """
        columns, coefficients = self.joined.columns, self.joined.coefficients
        plain = np.bincount(self.row_of, coefficients < 0, len(self.low)) == 0
        while True:
            free = np.isnan(known[columns])
            rest = self._sums(known)
            low, high = self.low - rest, self.high - rest
            count = np.bincount(self.row_of, free, len(self.low))
            if (self.used & (count == 0) & ((low > NEAR) | (high < -NEAR))).any():
                raise Contradiction("counts do not add up")
            equal = self.used & (low == high)
            single, nobody = equal & (count == 1), equal & plain & (count > 0) & (low == 0)
            of_single = free & single[self.row_of]
            of_nobody = free & nobody[self.row_of]
            if not (of_single.any() or of_nobody.any()):
                return
            value = low[self.row_of] * coefficients
            known[columns[of_nobody]] = 0
            known[columns[of_single]] = value[of_single]
            if (value[of_single] < -NEAR).any():
                raise Contradiction("fewer than nobody")

    def _sums(self, known: Floats) -> Floats:
        values = np.nan_to_num(known[self.joined.columns]) * self.joined.coefficients
        return np.bincount(self.row_of, values, len(self.low))

    def solver(self, known: Floats, place: Columns, count: int, cap: float, seed: int) -> _Highs:
        """Return a solver that holds what is still open."""
        solver = _Highs()
        # One thread: others would only wait, and spend time on it. Primal: from question to question only costs change.
        chosen: dict[str, bool | int | str] = {"output_flag": False, "threads": 1, "parallel": "off"}
        chosen |= {"presolve": "off", "random_seed": seed, "simplex_strategy": 4}
        for name, value in chosen.items():
            solver.setOptionValue(name, value)
        rest = self._sums(known)
        free = np.isnan(known[self.joined.columns]) & self.used[self.row_of]
        # Each unknown in two parts: its first people, and all others.
        upper = np.repeat([FEW, cap], count)
        solver.addVars(2 * count, np.zeros(2 * count), upper)
        rows, lengths = np.unique(self.row_of[free], return_counts=True)
        starts = np.concatenate([[0], np.cumsum(2 * lengths)[:-1]]) if len(rows) else np.zeros(0)
        columns = place[self.joined.columns[free]]
        solver.addRows(
            len(rows),
            (self.low - rest)[rows],
            (self.high - rest)[rows],
            2 * len(columns),
            starts.astype(np.int32),
            np.stack([columns, columns + count], axis=1).ravel().astype(np.int32),
            np.repeat(self.joined.coefficients[free], 2),
        )
        return solver


class _Asked:
    """Sums that are asked for, and what was seen of each so far."""

    def __init__(self, knowledge: Knowledge, targets: Sequence[Columns], settled: Settled | None) -> None:
        self.knowledge = knowledge
        self.columns, self.starts = flat_targets(targets)
        self.lengths = np.array([len(one) for one in targets])
        first = self._values(knowledge._seen)
        self.low, self.high = first.copy(), first.copy()
        fixed = np.add.reduceat(np.isnan(knowledge.known[self.columns]).astype(int), self.starts) == 0
        self.low_exact, self.high_exact = fixed.copy(), fixed.copy()
        self.settled = settled

    def open(self) -> Columns:
        """The sums that need a closer look."""
        done = self.low_exact & self.high_exact
        if self.settled is not None:
            done |= self.settled(self.low, self.high)
        return np.flatnonzero(~done)

    def push_many(self) -> None:
        """Push all open sums up at once, and down: each answer may settle many. Goes on while it does."""
        knowledge, nothing = self.knowledge, np.zeros(len(self.knowledge.known))
        rows, before = self.open(), np.inf
        while len(rows) > MANY and len(rows) < before * 0.95:
            # Other weights each time: where people are too few for all, others get them.
            weights = self._weights(rows, knowledge.rng.uniform(0.5, 1, len(rows)))
            self._look(knowledge.push(weights, nothing))
            self._look(knowledge.push(-weights, -weights))
            before, rows = len(rows), self.open()

    def ask_each(self) -> None:
        """Ask for the most and the least of every sum that is open still."""
        for row in self.open():
            for sign, exact in ((1.0, self.high_exact), (-1.0, self.low_exact)):
                if exact[row] or row not in self.open():
                    continue
                weights = self._weights(np.array([row]), np.array([sign]))
                self._look(self.knowledge.push(weights, weights))
                exact[row] = True

    def _weights(self, rows: Columns, weights: Floats) -> Floats:
        every = np.zeros(len(self.starts))
        every[rows] = weights
        found = np.bincount(self.columns, np.repeat(every, self.lengths), len(self.knowledge.known))
        return np.asarray(found, np.float64)

    def _look(self, unknowns: Floats) -> None:
        values = self._values(unknowns)
        np.minimum(self.low, values, out=self.low)
        np.maximum(self.high, values, out=self.high)

    def _values(self, unknowns: Floats) -> Floats:
        return np.add.reduceat(unknowns[self.columns], self.starts)
