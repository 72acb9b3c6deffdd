"""Totals stand beside their parts and are never added to them. Where the two disagree, it is said row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from panah.programmes.figures.reading.periods import Period
from panah.programmes.figures.reading.rows import TableClaim
from panah.programmes.figures.reading.values import Interval, Says, total

PART = "part"
QUARTERS = frozenset(("Q1", "Q2", "Q3", "Q4"))
ALL_PARTS = (QUARTERS, frozenset(f"{number:02}" for number in range(1, 13)))
type Group = tuple[object, ...]


@dataclass(frozen=True)
class Disagreement:
    """A total that cannot be the sum of its parts. ``dimension`` is "part" where quarters or months are added."""

    row: int
    column: str
    dimension: str
    printed: str
    parts: Interval
    many: int


def disagreements(claims: Iterable[TableClaim]) -> list[Disagreement]:
    """Compare each total with the sum of its parts, one dimension at a time; intervals that meet agree."""
    rows = [one for one in claims if one.value.says != Says.EMPTY]
    found: list[Disagreement] = []
    for name in sorted({name for row in rows for name, _word in row.by}):
        found += _in(rows, name, _without(name), _total_of(name))
    found += _in(rows, PART, _of_the_year, lambda one: not one.period.part, parted=True)
    return sorted(found, key=lambda one: (one.row, one.column, one.dimension))


def _in(
    rows: list[TableClaim],
    dimension: str,
    group: Callable[[TableClaim], Group],
    is_total: Callable[[TableClaim], bool],
    *,
    parted: bool = False,
) -> list[Disagreement]:
    totals: list[TableClaim] = []
    parts: dict[Group, list[TableClaim]] = defaultdict(list)
    for one in rows:
        if is_total(one):
            totals.append(one)
        else:
            parts[group(one)].append(one)
    found = []
    for one in totals:
        beside = parts.get(group(one), [])
        told = one.value.interval
        # A year of which two quarters have passed is no sum of them yet.
        if not beside or told is None or (parted and {part.period.part for part in beside} not in ALL_PARTS):
            continue
        added = total(part.value for part in beside)
        if not told.meets(added):
            found.append(Disagreement(one.row, one.column, dimension, one.value.printed, added, len(beside)))
    return found


def _total_of(name: str) -> Callable[[TableClaim], bool]:
    return lambda one: name in one.totals


def _without(name: str) -> Callable[[TableClaim], Group]:
    def group(one: TableClaim) -> Group:
        others = tuple(pair for pair in one.by if pair[0] != name)
        return (one.measure, one.unit, one.country, one.period, others)

    return group


def _of_the_year(one: TableClaim) -> Group:
    return (one.measure, one.unit, one.country, Period(one.period.year), one.by)
