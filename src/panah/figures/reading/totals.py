"""Totals stand beside their parts and are never added to them. Where the two disagree, it is said row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from panah.figures.reading.periods import Period
from panah.figures.reading.rows import ALL, Claim
from panah.figures.reading.values import Interval, Says, total

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


def disagreements(claims: Iterable[Claim]) -> list[Disagreement]:
    """Compare each total with the sum of its parts, one dimension at a time; intervals that meet agree."""
    rows = [one for one in claims if one.value.says != Says.EMPTY]
    found: list[Disagreement] = []
    for name in sorted({name for one in rows for name, _word in one.by}):
        found += _in(rows, name, _without(name), lambda one, name=name: name in one.totals)
    found += _in(rows, PART, _of_the_year, lambda one: not one.period.part, parted=True)
    return sorted(found, key=lambda one: (one.row, one.column, one.dimension))


def _in(
    rows: list[Claim],
    dimension: str,
    group: Callable[[Claim], Group],
    is_total: Callable[[Claim], bool],
    *,
    parted: bool = False,
) -> list[Disagreement]:
    totals: list[Claim] = []
    parts: dict[Group, list[Claim]] = defaultdict(list)
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


def _without(name: str) -> Callable[[Claim], Group]:
    def group(one: Claim) -> Group:
        others = tuple(pair for pair in one.by if pair[0] != name)
        return (one.measure, one.unit, one.country, one.period, others)

    return group


def _of_the_year(one: Claim) -> Group:
    return (one.measure, one.unit, one.country, Period(one.period.year), one.by)


def may_be_added(claims: list[Claim]) -> bool:
    """Whether adding these counts nobody twice: one measure, one country, one unit, and no total among its parts."""
    if not claims:
        return True
    about = {(one.measure, one.unit, one.country) for one in claims}
    names = {tuple(name for name, _word in one.by) for one in claims}
    if len(about) > 1 or len(names) > 1 or len({(one.period, one.by) for one in claims}) < len(claims):
        return False
    for place in range(len(claims[0].by)):
        words = {one.by[place][1] for one in claims}
        if ALL in words and len(words) > 1:
            return False
    years = {one.period.year: set[str]() for one in claims}
    for one in claims:
        years[one.period.year].add(one.period.part)
    return all("" not in parts or len(parts) == 1 for parts in years.values())
