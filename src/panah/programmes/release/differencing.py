"""What two releases tell together: the people who are in the one and not in the other.

A month later, or with a region more, the difference of two shown counts is itself a count: of those who were added. For
the same people it is a correction. Hidden and rounded counts are left to ``attack``, which takes all of them together.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from panah.programmes.release.cells import Method, ProtectedTable, State, cell_name
from panah.programmes.release.coverage import Relation, relation
from panah.programmes.release.sentences import Sentence, say

COMPARED = (Relation.SAME, Relation.WITHIN, Relation.AROUND)


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that both show: how many people the later one counts more."""

    cell: str
    before: int
    after: int
    small: bool
    sentence: Sentence


def differences(later: ProtectedTable, earlier: ProtectedTable) -> Iterator[Difference]:
    """Yield every cell that both tables show and whose count differs; ``small``: by less than the threshold."""
    how = relation(earlier.population, later.population)
    if how not in COMPARED or Method.ROUND in (later.rule.method, earlier.rule.method):
        return
    both = [one for one in later.dimensions if one in earlier.dimensions]
    theirs = tuple(slice(None) if one in both else -1 for one in earlier.dimensions)
    turn = [[one for one in earlier.dimensions if one in both].index(one) for one in both]
    states, values = (array[theirs].transpose(turn) for array in (earlier.states, earlier.values))
    ours = tuple(slice(None) if one in both else -1 for one in later.dimensions)
    shown = (later.states[ours] <= State.ZERO) & (states <= State.ZERO)
    changed = np.atleast_1d(shown & (later.values[ours] != values))
    for found in np.argwhere(changed):
        place = tuple(int(at) for at in found)[: len(both)]
        before, after = int(values[place]), int(later.values[ours][place])
        yield _difference(how, later, earlier, cell_name(both, place), before, after)


def _difference(
    how: Relation, later: ProtectedTable, earlier: ProtectedTable, cell: str, before: int, after: int
) -> Difference:
    where = {"table": later.name, "earlier": period(earlier), "cell": cell}
    many = abs(after - before)
    code = {Relation.SAME: "corrected", Relation.WITHIN: "added-anyone"}.get(how, "left-anyone")
    sentence = (
        say(code, **where, before=before, after=after)
        if how is Relation.SAME
        else say(code, **where, low=many, high=many)
    )
    return Difference(cell, before, after, many < later.rule.threshold, sentence)


def period(table: ProtectedTable) -> str:
    """Name a table by whom it counts."""
    return f"{table.name}, {table.population.since:%Y-%m-%d} – {table.population.until:%Y-%m-%d}"
