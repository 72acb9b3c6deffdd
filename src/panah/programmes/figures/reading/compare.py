"""What a new file changes: claims are known again by what they are about, and nothing is written over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from panah.programmes.figures.reading.rows import TableClaim
from panah.programmes.figures.reading.values import Says, Value


class Outcome(StrEnum):
    """What becomes of a claim."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    GONE = "gone"


@dataclass(frozen=True)
class NumberOfTable:
    """A number of a table: its value, and the year that it is about."""

    value: Value
    year: int


@dataclass
class Difference:
    """Keys by outcome. ``other_years``: how many are of years that the new file says nothing of; they stay."""

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    other_years: int = 0


def compare(register: Mapping[str, NumberOfTable], file: Mapping[str, NumberOfTable]) -> Difference:
    """Compare what the register has of a table with what its next file says."""
    found = Difference()
    years = {one.year for one in file.values()}
    for key, claim in file.items():
        before = register.get(key)
        if before is None:
            # What was never a number and is none now is nothing new.
            if claim.value.is_counted:
                found.new.append(key)
            else:
                found.unchanged.append(key)
        elif before.value.means_the_same_as(claim.value):
            found.unchanged.append(key)
        elif claim.value.is_counted:
            found.changed.append(key)
        else:
            found.gone.append(key)
    for key, before in register.items():
        if key in file:
            continue
        if before.year in years:
            found.gone.append(key)
        else:
            found.other_years += 1
    return found


def twice(claims: Iterable[TableClaim]) -> dict[str, list[TableClaim]]:
    """Return claims that a file makes more than once, by key: nobody knows which one counts."""
    seen: dict[str, list[TableClaim]] = defaultdict(list)
    for one in claims:
        if one.value.says != Says.EMPTY:
            seen[one.key].append(one)
    return {key: rows for key, rows in seen.items() if len(rows) > 1}
