"""What earlier releases, and other tables of this one, leave to a table that is to be protected now."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from panah.programmes.release.attackers import reduced
from panah.programmes.release.cells import Counts, Mask, Method, ProtectedTable, Rule, State, Table, is_inner
from panah.programmes.release.coverage import Relation, relation

SHARING = (Relation.WITHIN, Relation.AROUND, Relation.OVERLAPS)


@dataclass(frozen=True, eq=False)
class ShownBefore:
    """All are with totals.

    ``shown``: the same count of the same people is shown elsewhere, no secret any more; ``hidden``: it is hidden there,
    so it is protected here anew. ``kept``: hidden in a release of some of these people, and hidden still.
    """

    shown: Mask
    hidden: Mask
    kept: Mask


def shown_before(
    table: Table, published: Sequence[ProtectedTable], earlier: Sequence[Table], rule: Rule
) -> ShownBefore:
    """Look through everything that was published."""
    shape = tuple(len(one.values) + 1 for one in table.dimensions)
    shown, hidden, kept = (np.zeros(shape, np.bool_) for _ in range(3))
    for one in published:
        how = relation(one.population, table.population)
        if one.rule.method is Method.ROUND:
            continue
        if how in SHARING and set(one.dimensions) == set(table.dimensions):
            kept |= _kept(table, one, earlier, rule)
        if how is Relation.SAME:
            # The cells that both have: by the dimensions of both, with a total in each of the others.
            where = tuple(slice(None) if d in one.dimensions else -1 for d in table.dimensions)
            theirs = _turned(table, one)
            shown[where] |= (theirs == State.COUNT) | (theirs == State.ZERO)
            hidden[where] |= theirs == State.HIDDEN
    return ShownBefore(shown, hidden & ~shown, kept)


def _turned(table: Table, other: ProtectedTable) -> Counts:
    """The states of the other table by the dimensions of both, in the order of this one."""
    both = [one for one in other.dimensions if one in table.dimensions]
    states = other.states[tuple(slice(None) if one in both else -1 for one in other.dimensions)]
    return states.transpose([both.index(one) for one in table.dimensions if one in both]).astype(np.int64)


def _kept(table: Table, one: ProtectedTable, earlier: Sequence[Table], rule: Rule) -> Mask:
    """Which cells, hidden for some of these people, must stay hidden.

    There, people were moved between hidden cells that hang together by their lines. They can still be moved if all of
    these stay hidden; or if in each of them so many others were added, or are missing, that the difference takes it up.
    """
    hidden = np.asarray(_turned(table, one) == State.HIDDEN)
    before = next((reduced(e, table.dimensions) for e in earlier if e.population == one.population), None)
    if before is None or relation(one.population, table.population) is Relation.OVERLAPS:
        return hidden
    spare = _spare(table, before)
    inner = is_inner(hidden.shape)
    tight = hidden & inner
    tight[tuple(slice(-1) for _ in hidden.shape)] &= spare < rule.protection
    groups = _groups(hidden)
    return hidden & np.isin(groups, np.unique(groups[tight]))


def _spare(table: Table, before: Table) -> Counts:
    """How many people of others are in one of the two only, for the society that knows the most of them."""
    apart = np.abs(table.counts - before.counts)
    zero = np.zeros_like(apart)
    own = [
        np.abs(table.by_society.get(who, zero) - before.by_society.get(who, zero))
        for who in {*table.by_society, *before.by_society}
    ]
    alone = len(own) < 2
    return apart if alone else apart - np.max(own, axis=0)


def _groups(hidden: Mask) -> Counts:
    """Number the hidden cells so that those with the same number hang together by lines of the table."""
    none = hidden.size
    groups = np.where(hidden, np.arange(none).reshape(hidden.shape), none)
    while True:
        before = groups
        for axis in range(hidden.ndim):
            groups = np.where(hidden, groups.min(axis=axis, keepdims=True), none)
        if (groups == before).all():
            return groups
