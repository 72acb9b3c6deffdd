"""Secondary suppression: around each cell to protect a box of hidden cells is laid.

A box takes two places in every dimension, and has so many corners: two by two in a table of two dimensions. People can
be moved between its corners, one up, its neighbours down, without changing anything that is shown outside it. So
whoever sees the table cannot tell how many were moved, and the count of each corner may be anything over a known width.
A place of a box may be the total of a dimension: then that total is hidden, and changes too.

The width is checked for everybody who attacks, with what she knows beforehand. So it is a promise and no estimate:
``bounds`` can only find intervals that are as wide or wider.
"""

import itertools
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from panah.programmes.release.attackers import Attacker
from panah.programmes.release.cells import Counts, Mask, Place, Rule, is_inner

Floats = NDArray[np.float32]
Columns = NDArray[np.intp]
# How much dearer it is to hide a total than a count as large.
TOTAL_COSTS = 10
# So many boxes are looked at before all of them are.
FEW = 256


class NoBox(Exception):
    """No box protects this cell."""

    def __init__(self, place: Place) -> None:
        super().__init__(place)
        self.place = place


class Hiding:
    """The cells of one table that are hidden, and for whom each is wide enough. All arrays are with totals."""

    def __init__(
        self,
        counts: Counts,
        attackers: Sequence[Attacker],
        rule: Rule,
        *,
        shown: Mask,
        again: Mask,
        kept: Mask,
    ) -> None:
        """``shown``: cannot be hidden any more. ``again``: was hidden and is protected anew; ``kept``: only hidden."""
        self.rule, self.shown, self.counts = rule, shown, counts
        inner = is_inner(counts.shape)
        down = np.stack([np.where(inner, counts - one.least, np.inf) for one in attackers])
        self.down: Floats = down.astype(np.float32)
        self.up: Floats | None = None
        if any(one.most is not None for one in attackers):
            spare = [np.inf if one.most is None else one.most - counts for one in attackers]
            self.up = np.stack([np.where(inner, one, np.inf) for one in spare]).astype(np.float32)
        wanted = np.stack([one.wanted for one in attackers]) | (again & (down > 0))
        self.open = wanted & ~shown
        self.hidden: Mask = self.open.any(axis=0) | ((again | kept) & ~shown)
        self._price = self._prices(inner)

    def _prices(self, inner: Mask) -> Floats:
        """What hiding costs: people who are no longer shown, totals dearer, a nobody as much as a small count."""
        weight = np.where(inner, 1.0, TOTAL_COSTS)
        prices = weight * (np.where(self.counts > 0, self.counts, self.rule.threshold) + 1.0)
        prices += np.random.default_rng(self.rule.seed).random(self.counts.shape) / 2
        prices[self.hidden] = 0
        prices[self.shown] = np.inf
        return prices.astype(np.float32)

    def run(self) -> Mask:
        """Hide until every wanted cell is wide enough for everybody; returns what is hidden."""
        places = np.argwhere(self.open.any(axis=0))
        # Totals first: their boxes hide the most, which the cells inside then use.
        inside = (places < np.array(self.counts.shape) - 1).sum(axis=1)
        for place in places[np.argsort(inside, kind="stable")]:
            self._protect(tuple(int(at) for at in place))
        return self.hidden

    def _protect(self, place: Place) -> None:
        everybody: tuple[slice | int, ...] = (slice(None), *place)
        needing = np.flatnonzero(self.open[everybody])
        if not len(needing):
            return None
        found = self._cheapest(place, needing)
        if found is not None:
            return self._lay(place, found)
        for one in needing:  # no box is wide enough for all of them: one for each
            if self.open[one, *place]:
                found = self._cheapest(place, np.array([one]))
                if found is None:
                    raise NoBox(place)
                self._lay(place, found)
        return None

    def _cheapest(self, place: Place, needing: Columns) -> Place | None:
        """Return the opposite corner of the cheapest box that is wide enough for those who are named."""
        cost = np.zeros(self.counts.shape, np.float32)
        for corner in itertools.product((False, True), repeat=len(place)):
            cost += self._price[
                tuple(
                    slice(None) if far else slice(at, at + 1) for at, far in zip(place, corner, strict=True)
                )
            ]
        for axis, at in enumerate(place):  # the opposite corner lies elsewhere in every dimension
            cost[tuple(slice(None) if one != axis else at for one in range(len(place)))] = np.inf
        flat = cost.ravel()
        for tried in _cheap_first(flat):
            opposite = np.unravel_index(tried, cost.shape)
            enough = (self._width(place, opposite, needing) >= self.rule.protection).all(axis=0)
            if enough.any():
                best = int(np.argmin(np.where(enough, flat[tried], np.inf)))
                return tuple(int(axis[best]) for axis in opposite)
        return None

    def _width(self, place: Place, opposite: Sequence[Columns], who: Columns) -> Floats:
        """Over how many values people can be moved in some boxes, for each of those who are named."""
        least = most = np.float32(np.inf)
        for corner in itertools.product((False, True), repeat=len(place)):
            at = (
                who[:, None],
                *(far if is_far else near for near, far, is_far in zip(place, opposite, corner, strict=True)),
            )
            fall = self.down[at]
            rise = np.float32(np.inf) if self.up is None else self.up[at]
            if sum(corner) % 2:  # its people go up when those of the place itself go down
                least, most = np.minimum(least, rise), np.minimum(most, fall)
            else:
                least, most = np.minimum(least, fall), np.minimum(most, rise)
        return np.asarray(most + least)

    def _lay(self, place: Place, opposite: Place) -> None:
        """Hide the corners of a box, and note for whom it makes them wide enough."""
        corners = np.ix_(*zip(place, opposite, strict=True))
        self.hidden[corners] = True
        self._price[corners] = 0
        everybody = np.arange(len(self.down))
        width = self._width(place, [np.array([at]) for at in opposite], everybody)[:, 0]
        for one in np.flatnonzero(width >= self.rule.protection):
            self.open[one][corners] = False


def _cheap_first(cost: Floats) -> Iterator[Columns]:
    """Yield the cheapest places, then all: the first are mostly enough. Which they are depends on nothing but cost."""
    if len(cost) > FEW:
        few = np.flatnonzero(cost <= np.partition(cost, FEW)[FEW])[: 4 * FEW]
        yield few[np.isfinite(cost[few])]
    yield np.flatnonzero(np.isfinite(cost))
