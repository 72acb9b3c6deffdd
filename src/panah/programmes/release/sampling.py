"""Rows of people who do not exist, drawn from a mixture: each component gives as many rows as it weighs.

Within a component every column is drawn in steps: of a hundred rows and a chance of one in four, twenty-five have it,
give or take one. Only which rows they are is chance.
"""

import numpy as np
import numpy.typing as npt

from panah.programmes.release.domain import Codes
from panah.programmes.release.mixture import Mixture

Whole = npt.NDArray[np.int64]


def draw(mixture: Mixture, rows: int, rng: np.random.Generator) -> Codes:
    """Return rows by column, shape (columns, rows), in the order of components (``shuffled`` mixes them)."""
    many = _shared(mixture.weights, rows, rng)
    component = np.repeat(np.arange(len(many)), many)
    place = np.arange(rows) - np.repeat(np.cumsum(many) - many, many)
    drawn = np.empty((len(mixture.sizes), rows), np.uint16)
    for column in range(len(mixture.sizes)):
        # A random order within each component: the whole part of the key is the component.
        order = np.argsort(component + rng.random(rows))
        level = np.empty(rows)
        level[order] = (place + rng.random(len(many))[component]) / many[component]
        drawn[column] = _value(mixture.of(column), component, level)
    return drawn


def shuffled(drawn: Codes, rng: np.random.Generator) -> Codes:
    """Return rows, shape (rows, columns), in an order that tells nothing of how they were made."""
    return np.ascontiguousarray(drawn[:, rng.permutation(drawn.shape[1])].T)


def _shared(weights: npt.NDArray[np.float64], rows: int, rng: np.random.Generator) -> Whole:
    """Return how many rows each component gives: its share, rounded so that they add up."""
    ends = np.floor(np.cumsum(weights) / weights.sum() * rows + rng.random()).astype(np.int64)
    ends[-1] = rows
    return np.diff(np.minimum(ends, rows), prepend=0)


def _value(chances: npt.NDArray[np.float64], component: Whole, level: npt.NDArray[np.float64]) -> Whole:
    """Return the value at each level of its component's chances."""
    size = chances.shape[1]
    if size == 2:
        return (level >= chances[component, 0]).astype(np.int64)
    steps = np.cumsum(chances, axis=1)
    steps = steps / steps[:, -1:] + np.arange(len(chances))[:, None]
    found = np.searchsorted(steps.ravel(), component + np.minimum(level, 1 - 1e-9), side="right")
    return np.minimum(found - component * size, size - 1)
