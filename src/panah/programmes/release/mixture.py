"""A model of the noisy tables: a mixture of products, fitted with numpy alone.

Each component says how likely each value of each column is; within a component columns are independent. What such a
model says of any table is consistent with every other table. It sees noisy counts only, so nothing it does costs any
budget.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sqrt

import numpy as np
import numpy.typing as npt

from panah.programmes.release.counting import Table
from panah.programmes.release.noisy_tables import Measured, Progress

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
_FIRST_MOMENT, _SECOND_MOMENT = 0.9, 0.99
_MOST_RATE = 0.2


@dataclass(frozen=True, slots=True)
class Mixture:
    """``weights``: (components,); ``chances``: (components, all values of all columns), one after the other."""

    weights: Floats
    chances: Floats
    sizes: tuple[int, ...]
    total: float
    misfit: float
    """The squared distance from the noisy counts in units of their noise, a cell: about one when all is explained."""

    def of(self, column: int) -> Floats:
        """Return the chances of one column, (components, values)."""
        start = sum(self.sizes[:column])
        return self.chances[:, start : start + self.sizes[column]]

    def expected(self, table: Table) -> Floats:
        """Return the counts that the model expects, shaped by the sizes of the table's columns."""
        joint = self.weights[:, None] * self.total
        for column in table[:-1]:
            joint = (joint[:, :, None] * self.of(column)[:, None, :]).reshape(len(joint), -1)
        return (joint.T @ self.of(table[-1])).reshape([self.sizes[at] for at in table])


def merged(mixtures: Sequence[Mixture]) -> Mixture:
    """Return one mixture of several: what each got wrong alone weighs less."""
    return Mixture(
        np.concatenate([one.weights for one in mixtures]) / len(mixtures),
        np.concatenate([one.chances for one in mixtures]),
        mixtures[0].sizes,
        mixtures[0].total,
        sum(one.misfit for one in mixtures) / len(mixtures),
    )


def fit(
    measured: Measured,
    components: int,
    steps: int,
    seed: int,
    progress: Progress = lambda _stage, _done: None,
) -> Mixture:
    """Fit a mixture to noisy tables in so many steps. The same seed and tables give the same mixture."""
    work = _Fit(measured, components, np.random.default_rng(seed))
    for at in range(steps):
        work.step(_rate(at, steps))
        progress("fit", at / steps)
    return work.mixture()


def _rate(at: int, steps: int) -> float:
    """Return the rate of a step: from the most to a thirtieth of it, along half a cosine."""
    return _MOST_RATE * (0.03 + 0.97 * (1 + cos(pi * at / steps)) / 2)


class _Fit:
    """Logits and their Adam. All in shares of the total and single precision: the noise is far coarser."""

    def __init__(self, measured: Measured, components: int, rng: np.random.Generator) -> None:
        self.measured, self.sizes = measured, measured.sizes
        self.ends = np.concatenate([[0], np.cumsum(self.sizes)])
        self.starts, self.width = self.ends[:-1], int(self.ends[-1])
        self._aim()
        spread = rng.normal(0, 1, (components, self.width))
        self.logits = (self._base() + spread).astype(np.float32)
        self.mass = rng.normal(0, 0.3, components).astype(np.float32)
        self.moments = [np.zeros_like(x) for x in (self.logits, self.logits, self.mass, self.mass)]
        self.taken, self.loss = 0, 0.0

    def _block(self, column: int) -> slice:
        return slice(int(self.ends[column]), int(self.ends[column + 1]))

    def _aim(self) -> None:
        """Put all tables of one column on the diagonal and of two beside it, as one symmetric matrix."""
        total = self.measured.total
        self.shares = np.zeros((self.width, self.width), np.float32)
        self.pull = np.zeros_like(self.shares)
        for table, noisy in self.measured.noisy.items():
            rows, columns = self._block(table[0]), self._block(table[-1])
            pull = (total / self.measured.sigma[table]) ** 2
            if len(table) == 1:
                at = np.arange(rows.start, rows.stop)
                self.shares[at, at], self.pull[at, at] = noisy / total, pull
                continue
            self.shares[rows, columns], self.shares[columns, rows] = noisy / total, noisy.T / total
            self.pull[rows, columns] = self.pull[columns, rows] = pull
        self.cells = sum(noisy.size for noisy in self.measured.noisy.values())

    def _base(self) -> Floats:
        """Return the logits of independent columns."""
        said = np.clip(np.diag(self.shares).astype(np.float64), 1 / self.measured.total, None)
        return np.log(said / np.repeat(np.add.reduceat(said, self.starts), self.sizes))

    def _chances(self) -> tuple[Singles, Singles]:
        """Return (weights, chances) of the logits."""
        weights = np.exp(self.mass - self.mass.max())
        top = np.maximum.reduceat(self.logits, self.starts, axis=1)
        raw = np.exp(self.logits - np.repeat(top, self.sizes, axis=1))
        raw /= np.repeat(np.add.reduceat(raw, self.starts, axis=1), self.sizes, axis=1)
        return weights / weights.sum(), raw

    def step(self, rate: float) -> None:
        """Go one step of Adam down the squared distance, each cell in units of its noise."""
        weights, chances = self._chances()
        to_chances, to_weights = self._towards_tables(weights, chances)
        inner = np.repeat(np.add.reduceat(to_chances * chances, self.starts, axis=1), self.sizes, axis=1)
        to_logits = chances * (to_chances - inner)
        to_mass = weights * (to_weights - np.float32((weights * to_weights).sum()))
        self.taken += 1
        self._adam(self.logits, to_logits, 0, rate)
        self._adam(self.mass, to_mass, 2, rate)

    def _towards_tables(self, weights: Singles, chances: Singles) -> tuple[Singles, Singles]:
        weighed = chances * weights[:, None]
        off = chances.T @ weighed
        at = np.arange(self.width)
        off[at, at] = weighed.sum(0)
        off -= self.shares
        away = self.pull * off
        alone = away[at, at].copy()
        self.loss = float((np.vdot(away, off) + np.vdot(alone, off[at, at])) / 2)
        away[at, at] = 0
        pulled = chances @ away
        return weights[:, None] * (pulled + alone), (chances * pulled).sum(1) / 2 + chances @ alone

    def _adam(self, logits: Singles, slope: Singles, at: int, rate: float) -> None:
        first, second = self.moments[at], self.moments[at + 1]
        first += (1 - _FIRST_MOMENT) * (slope - first)
        second += (1 - _SECOND_MOMENT) * (slope * slope - second)
        scale = rate / (1 - _FIRST_MOMENT**self.taken) * sqrt(1 - _SECOND_MOMENT**self.taken)
        logits -= np.float32(scale) * first / (np.sqrt(second) + np.float32(1e-12))

    def mixture(self) -> Mixture:
        """Return what was fitted."""
        weights, chances = (x.astype(np.float64) for x in self._chances())
        chances /= np.repeat(np.add.reduceat(chances, self.starts, axis=1), self.sizes, axis=1)
        total, misfit = self.measured.total, self.loss / self.cells
        return Mixture(weights / weights.sum(), chances, self.sizes, total, misfit)
