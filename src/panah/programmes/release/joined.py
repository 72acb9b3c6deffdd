"""All that is published about some people, as equations over counts that nobody has seen.

The unknowns are counts of people by all dimensions together, in each piece of time and place that no population cuts.
What a table shows is a sum of unknowns. Where all dimensions together would make too many unknowns, each table gets its
own, and those of two tables are tied by what both count: then bounds may be wider than they could be, and ``outer``
says so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from panah.programmes.release.cells import Dimension, Place, ProtectedTable, State
from panah.programmes.release.coverage import Coverage, atoms, lies_in

MOST_UNKNOWNS = 200_000
NO_TABLE = -1
Columns = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Frame:
    """Unknowns by some dimensions: ``at`` holds their numbers, pieces of population first."""

    dimensions: tuple[Dimension, ...]
    at: Columns

    def columns(self, dimensions: Sequence[Dimension], place: Place, pieces: Sequence[int]) -> Columns:
        """Return the unknowns that add up to a cell of a table by (some of) these dimensions."""
        asked = dict(zip(dimensions, place, strict=True))
        sizes = [len(one.values) for one in self.dimensions]
        where = [
            slice(None) if asked.get(one, size) == size else asked[one]
            for one, size in zip(self.dimensions, sizes, strict=True)
        ]
        return self.at[(list(pieces), *where)].ravel()


class Joined:
    """What these tables show, as rows: ``low <= sum(coefficient * unknown) <= high``."""

    def __init__(self, tables: Sequence[ProtectedTable]) -> None:
        self.tables = list(tables)
        self.pieces = atoms([table.population for table in tables])
        self.frames = self._frames()
        self.outer = len(self.frames) > 1
        self.n_unknowns = sum(one.at.size for one in self.frames)
        self._columns: list[Columns] = [np.zeros(0, np.intp)]
        self._coefficients: list[NDArray[np.float64]] = [np.zeros(0)]
        self._said: list[tuple[float, float, int, int]] = []
        for number in range(len(tables)):
            self._add_table(number)
        self._tie_frames()
        lengths = np.array([len(column) for column in self._columns[1:]], np.intp)
        self.starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.intp)
        self.columns = np.concatenate(self._columns)
        self.coefficients = np.concatenate(self._coefficients)
        said = np.array(self._said).reshape(-1, 4)
        self.low, self.high = said[:, 0], said[:, 1]
        # Which cell a row is about: what an attacker takes away of it depends on that.
        self.table_of, self.place_of = said[:, 2].astype(np.intp), said[:, 3].astype(np.intp)

    def cell(self, number: int, place: Place, pieces: Sequence[int] | None = None) -> Columns:
        """Return the unknowns of a cell of a table, in its whole population or in some pieces."""
        table = self.tables[number]
        frame = next(one for one in self.frames if set(table.dimensions) <= set(one.dimensions))
        chosen = self.pieces_of(table.population) if pieces is None else pieces
        return frame.columns(table.dimensions, place, chosen)

    def pieces_of(self, population: Coverage) -> list[int]:
        """The numbers of the pieces that make up a population."""
        return [at for at, piece in enumerate(self.pieces) if lies_in(piece, population)]

    def _frames(self) -> list[Frame]:
        every = tuple(dict.fromkeys(one for table in self.tables for one in table.dimensions))
        names = {one.name for one in every}
        joint = len(self.pieces) * prod(len(one.values) for one in every)
        # A dimension that was declared otherwise before is another dimension: joined, it would say nothing.
        sets = [every] if joint <= MOST_UNKNOWNS and len(names) == len(every) else self._own_sets()
        frames, first = [], 0
        for dimensions in sets:
            shape = (len(self.pieces), *(len(one.values) for one in dimensions))
            frames.append(Frame(dimensions, np.arange(first, first + prod(shape)).reshape(shape)))
            first += prod(shape)
        return frames

    def _own_sets(self) -> list[tuple[Dimension, ...]]:
        sets = sorted({table.dimensions for table in self.tables}, key=len, reverse=True)
        kept: list[tuple[Dimension, ...]] = []
        for one in sets:
            if not any(set(one) <= set(other) for other in kept):
                kept.append(one)
        return kept

    def _add_table(self, number: int) -> None:
        table = self.tables[number]
        reach = table.rule.base - 1
        inside = [len(one.values) for one in table.dimensions]
        for flat, place in enumerate(table.places()):
            state, value = table.state(place), int(table.values[place])
            if state is State.HIDDEN:
                continue
            if state is State.ROUNDED:
                # Totals of a rounded table are sums of what is shown inside, and tell nothing more.
                if all(at < size for at, size in zip(place, inside, strict=True)):
                    self._add(self.cell(number, place), value - reach, value + reach, number, flat)
                continue
            exact = 0 if state is State.NOT_ASKED else value
            self._add(self.cell(number, place), exact, exact, number, flat)

    def _tie_frames(self) -> None:
        for at, one in enumerate(self.frames):
            for other in self.frames[at + 1 :]:
                both = [d for d in one.dimensions if d in other.dimensions]
                for piece in range(len(self.pieces)):
                    for place in np.ndindex(*(len(d.values) for d in both)):
                        ours, theirs = (f.columns(both, place, [piece]) for f in (one, other))
                        signs = np.concatenate([np.ones(len(ours)), -np.ones(len(theirs))])
                        self._add(np.concatenate([ours, theirs]), 0, 0, NO_TABLE, 0, signs)

    def _add(
        self,
        columns: Columns,
        low: float,
        high: float,
        table: int,
        place: int,
        coefficients: NDArray[np.float64] | None = None,
    ) -> None:
        self._columns.append(columns)
        self._coefficients.append(np.ones(len(columns)) if coefficients is None else coefficients)
        self._said.append((low, high, table, place))


def flat_targets(targets: Iterable[Columns]) -> tuple[Columns, Columns]:
    """Return the unknowns of several sums one after the other, and where each sum begins."""
    found = list(targets)
    lengths = np.array([len(one) for one in found], np.intp)
    starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.intp)
    return (np.concatenate(found) if found else np.zeros(0, np.intp)), starts
