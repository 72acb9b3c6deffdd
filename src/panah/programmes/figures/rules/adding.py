"""What may be added, and the only place that adds: never across measures, publishers, units or overlapping parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations, pairwise

from panah.programmes.figures.rules.intervals import Interval

# One person has one of these. Kinds of exploitation, countries of transit and of destination overlap: one person may
# have suffered several things in several places, so that they divide nothing.
DIVIDING = ("sex", "age", "citizenship", "country", "origin")
OVERLAPPING = ("exploitation", "transit", "destination")
# What tables write in the row that holds all the others: the only list, for reading tables and for adding.
TOTALS = frozenset(
    (
        *(
            "total",
            "all",
            "overall",
            "grand total",
            "sum",
            "any",
            "both",
            "both sexes",
            "subtotal",
            "total (all)",
        ),
        *("totals", "total, all", "all ages", "all quarters"),
        *("всего", "итого", "все", "оба пола", "все возрасты"),
        *("барлығы", "жиыны", "жалпы", "jami", "ҷамъ"),
    )
)
_BAND = re.compile(
    r"(\d+)\s*(?:-|–|to|до)\s*(\d+)|(?:<|under|below|до)\s*(\d+)|(\d+)\s*(?:\+|and over|и старше)"
)


@dataclass(frozen=True)
class Part:
    """A figure as it is added. ``categories``: what it is split by, a name of ``DIVIDING`` or of the table itself."""

    id: str
    measure: str
    publisher: str
    unit: str
    value: Interval
    kind: str = "number"
    state: str = "stands"
    source: str = ""
    period: tuple[date | None, date | None] = (None, None)
    year: int | None = None
    categories: Mapping[str, str] = field(default_factory=dict)
    overlapping: tuple[str, ...] = ("", "", "")
    breaks: bool = False
    joint: bool = False
    flags: tuple[str, ...] = ()

    @property
    def split_by(self) -> dict[str, str]:
        """The categories that are one: what stands for all of them is none."""
        return {name: value for name, value in self.categories.items() if not is_total(value)}

    @property
    def days(self) -> tuple[int, int] | None:
        """The first and the last day that it is about, None where nobody says."""
        begins, ends = self.period
        if begins and ends:
            return begins.toordinal(), ends.toordinal()
        return (date(self.year, 1, 1).toordinal(), date(self.year, 12, 31).toordinal()) if self.year else None


@dataclass(frozen=True)
class Added:
    """The sum of figures, which they are, and what must be said beside it (codes of ``words.CAUTIONS``)."""

    value: Interval
    of: tuple[str, ...]
    cautions: tuple[str, ...]
    flags: tuple[str, ...]


class NotAddable(Exception):
    """Figures that make no sum, with the code of why (``words.NOT_ADDABLE``)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_total(category: str) -> bool:
    """Whether a table's category holds all the others, or says none."""
    return category.strip().casefold().rstrip(":.") in TOTALS or not category.strip()


def addable(parts: Sequence[Part]) -> str:
    """Return "" where these figures may be added, else the code of why not."""
    if not parts:
        return "nothing"
    for code, values in (
        ("twice", None),
        ("measures", {part.measure for part in parts}),
        ("publishers", {part.publisher.strip().casefold() for part in parts}),
        ("units", {part.unit for part in parts}),
        ("overlap", {part.overlapping for part in parts}),
        ("overlap", {part.joint for part in parts}),
    ):
        if len({part.id for part in parts}) < len(parts) if values is None else len(values) > 1:
            return code
    if any(part.kind != "number" for part in parts):
        return "not-a-count"
    if any(part.state != "stands" for part in parts):
        return "not-standing"
    return _times(parts) or _overlap(parts)


def _times(parts: Sequence[Part]) -> str:
    """Years are added of events alone, within one way of counting: a person may stand in two years."""
    if len({part.days for part in parts}) == 1:
        return ""
    if any(part.breaks for part in parts):
        return "break"
    if parts[0].unit != "event" or any(part.days is None for part in parts):
        return "years"
    known = sorted({part.days for part in parts if part.days})
    return "" if all(before[1] < after[0] for before, after in pairwise(known)) else "overlap"


def _overlap(parts: Sequence[Part]) -> str:
    named = {name for part in parts for name in part.split_by if name not in DIVIDING}
    if named and len({part.source for part in parts}) > 1:
        # Another table's "police" need not be this one's.
        return "sources"
    keys = [(part.days, part.split_by) for part in parts]
    if len({frozenset(split) for _when, split in keys}) == 1:
        if len({(when, *sorted(split.items())) for when, split in keys}) < len(keys):
            return "overlap"
        return "overlap" if any(_bands_overlap(parts, name) for name in named | {"age"}) else ""
    for (when, one), (then, other) in combinations(keys, 2):
        if when == then and not any(_apart(value, other.get(name, "")) for name, value in one.items()):
            return "total-beside-parts"
    return ""


def _bands_overlap(parts: Sequence[Part], name: str) -> bool:
    values = {part.split_by.get(name, "") for part in parts} - {""}
    return any(not _apart(one, other) for one, other in combinations(sorted(values), 2))


def _apart(one: str, other: str) -> bool:
    """Whether nobody is in both of two categories of one list."""
    if not one or not other or one.casefold() == other.casefold():
        return False
    bands = _band(one), _band(other)
    if bands[0] is None or bands[1] is None:
        return True
    return bands[0][1] < bands[1][0] or bands[1][1] < bands[0][0]


def _band(text: str) -> tuple[int, int] | None:
    found = _BAND.search(text.casefold())
    if found is None:
        return None
    low, high, under, over = found.groups()
    if under:
        return 0, int(under) - 1
    return (int(over), 10**6) if over else (int(low), int(high))


def added(parts: Sequence[Part]) -> Added:
    """Add figures as intervals, or raise NotAddable. Nothing else in the house adds figures."""
    if code := addable(parts):
        raise NotAddable(code)
    value = parts[0].value
    for one in parts[1:]:
        value = value.plus(one.value)
    countries = {part.split_by.get("country", "") for part in parts}
    cautions = [
        *(["joint"] if any(part.joint for part in parts) else []),
        *(["countries"] if len(countries) > 1 else []),
        *(["hidden"] if not value.is_exact else []),
    ]
    return Added(value, tuple(part.id for part in parts), tuple(cautions), flags_of(parts))


def flags_of(parts: Iterable[Part]) -> tuple[str, ...]:
    """Return what readers must know of any of these figures, each once."""
    return tuple(dict.fromkeys(flag for part in parts for flag in part.flags))
