"""From whom a table is protected, what each of them knows, and which cells must stay uncertain to her.

Any reader knows that no count is below zero. A contributing society knows its own people beside that. Whoever has the
release of an earlier population within this one knows those people, and looks for who was added; of one around it, for
who is missing. The worst is assumed: that all of the earlier counts are known.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from panah.programmes.release.cells import Counts, Dimension, Mask, Rule, Table, with_totals
from panah.programmes.release.coverage import Relation, relation

ANYONE = ""


@dataclass(frozen=True, eq=False)
class Attacker:
    """All arrays are with totals. ``least`` and ``most``: what she knows of each cell before anything is published."""

    society: str
    least: Counts
    most: Counts | None
    wanted: Mask


def attackers(table: Table, rule: Rule, earlier: Sequence[Table] = ()) -> list[Attacker]:
    """Return everybody from whom a table is protected."""
    found = list(_by_themselves(table, rule))
    for one in earlier:
        found += _with_earlier(table, rule, one)
    return found


def wanted_from(table: Table, rule: Rule, society: str) -> Mask:
    """Which cells must stay uncertain to a society, or to any reader: with totals.

    A small rest, after her own people are taken away; and what another society alone contributed.
    """
    rest = with_totals(table.counts - own_counts(table, society))
    return ((rest > 0) & (rest < rule.threshold)) | ((rest > 0) & fed_by_one(table))


def fed_by_one(table: Table) -> Mask:
    """Which cells hold people of one society only, where several contribute: the count is that society's own."""
    if len(table.by_society) < 2:
        return np.zeros(tuple(one + 1 for one in table.counts.shape), np.bool_)
    feeding = sum((with_totals(one) > 0).astype(np.int64) for one in table.by_society.values())
    return np.asarray(feeding == 1)


def own_counts(table: Table, society: str) -> Counts:
    """What a society contributed; nothing of any reader, nor of one that contributed nothing."""
    return table.by_society.get(society, np.zeros_like(table.counts))


def societies(table: Table) -> list[str]:
    """Those who can attack by subtracting: where one society contributed everything, it learns nothing about others."""
    return sorted(table.by_society) if len(table.by_society) > 1 else []


def _by_themselves(table: Table, rule: Rule) -> Iterator[Attacker]:
    for society in (ANYONE, *societies(table)):
        own = with_totals(own_counts(table, society))
        yield Attacker(society, own, None, wanted_from(table, rule, society))


def _with_earlier(table: Table, rule: Rule, earlier: Table) -> Iterator[Attacker]:
    how = relation(earlier.population, table.population)
    before = reduced(earlier, table.dimensions)
    if before is None or how not in (Relation.WITHIN, Relation.AROUND):
        return
    for society in (ANYONE, *societies(table)):
        own, own_before = own_counts(table, society), own_counts(before, society)
        known = before.counts - own_before + own
        rest = table.counts - known if how is Relation.WITHIN else known - table.counts
        # A correction may have made an earlier count larger than a later one: then the truth bounds.
        least, most = (known, None) if how is Relation.WITHIN else (own, known)
        rest = with_totals(np.maximum(rest, 0))
        yield Attacker(
            society,
            with_totals(np.minimum(least, table.counts)),
            None if most is None else with_totals(np.maximum(most, table.counts)),
            ((rest > 0) & (rest < rule.threshold)) | wanted_from(table, rule, society),
        )


def reduced(table: Table, dimensions: Sequence[Dimension]) -> Table | None:
    """Return the table by these dimensions only, in their order; None where it does not count by all of them."""
    names = [one.name for one in table.dimensions]
    if any(one not in table.dimensions for one in dimensions):
        return None
    order = [names.index(one.name) for one in dimensions]
    others = tuple(at for at in range(len(names)) if at not in order)
    # What is left after summing keeps its order: then it is turned into the order that is asked for.
    kept = sorted(order)
    turn = [kept.index(at) for at in order]
    parts = {who: counts.sum(axis=others).transpose(turn) for who, counts in table.by_society.items()}
    return Table(table.name, table.population, tuple(dimensions), parts)
