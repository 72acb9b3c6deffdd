"""Quarters, what a message of figures may hold, and which sums can be told. No clock, no rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from panah.ground.foundation.small_counts import THRESHOLD
from panah.programmes.network_report.words import DIVISIONS, KEYS, OF_PEOPLE, Measure, key_of

VERSION = 1
# So many days after a quarter's end its figures are late.
DAYS = 15
LARGEST, LATEST_VERSION = 10_000_000, 99
FIELDS = frozenset({"v", "year", "quarter", "version", "signed", "figures"})
Figures = dict[str, int]


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year; it reads 2026-Q4."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> Quarter:
        return Quarter(self.year + 1, 1) if self.number == 4 else Quarter(self.year, self.number + 1)

    @property
    def before(self) -> Quarter:
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)

    @property
    def due_on(self) -> date:
        return self.last + timedelta(days=DAYS)


def quarter_named(text: str) -> Quarter | None:
    """Return the quarter that an address names, None where it names none."""
    year, _, number = text.partition("-Q")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and number in ("1", "2", "3", "4")):
        return None
    return Quarter(int(year), int(number)) if 2000 <= int(year) <= 2100 else None


def last_ended(today: date) -> Quarter:
    return Quarter(today.year, (today.month + 2) // 3).before


def is_expected(quarter: Quarter, *, paired_on: date | None) -> bool:
    """Say whether a quarter is to be told: not one that was over before there was anybody to tell."""
    return paired_on is not None and paired_on <= quarter.last


def is_late(quarter: Quarter, *, paired_on: date | None, today: date) -> bool:
    return is_expected(quarter, paired_on=paired_on) and today > quarter.due_on


def ended_quarters(today: date, many: int) -> list[Quarter]:
    """Return the last quarters that are over, the newest first."""
    found = [last_ended(today)]
    while len(found) < many:
        found.append(found[-1].before)
    return found


# -- what travels ------------------------------------------------------------------------------


@dataclass(frozen=True)
class Told:
    """What a society tells of a quarter. A number that is missing in ``figures`` is not told."""

    quarter: Quarter
    version: int
    signed_on: date
    figures: Figures

    def packed(self) -> dict[str, object]:
        return {
            "v": VERSION,
            "year": self.quarter.year,
            "quarter": self.quarter.number,
            "version": self.version,
            "signed": self.signed_on.toordinal(),
            "figures": self.figures,
        }


def read(content: Mapping[str, object], *, today: date) -> Told | None:
    """Return what a message says, or None where anything in it is not a number that may stand there."""
    numbers = {name: content.get(name) for name in FIELDS - {"figures"}}
    figures = content.get("figures")
    if (
        content.keys() != FIELDS
        or not isinstance(figures, dict)
        or not all(map(_is_number, numbers.values()))
    ):
        return None
    said = {name: number for name, number in numbers.items() if isinstance(number, int)}
    quarter = quarter_named(f"{said['year']}-Q{said['quarter']}")
    if said["v"] != VERSION or not 0 < said["version"] <= LATEST_VERSION or quarter is None:
        return None
    # Nobody signs a quarter before it is over; a day more for another time zone.
    if not quarter.last.toordinal() < said["signed"] <= today.toordinal() + 1 or not may_leave(figures):
        return None
    return Told(quarter, said["version"], date.fromordinal(said["signed"]), figures)


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST


def may_leave(figures: Mapping[str, object]) -> bool:
    """Say whether these are bounded numbers under known keys that tell no small count of people."""
    if not figures.keys() <= KEYS or not all(map(_is_number, figures.values())):
        return False
    found = {key: value for key, value in figures.items() if isinstance(value, int)}
    small = [key for key, value in found.items() if 0 < value < THRESHOLD and _measure(key) in OF_PEOPLE]
    return not small and all(_adds_up(found, *one, parts) for one, parts in DIVISIONS.items())


def _measure(key: str) -> str:
    return key.partition(":")[0]


def _adds_up(figures: Figures, measure: str, division: str, parts: Iterable[str]) -> bool:
    """The parts fit their sum, and those that are not told are no small count when taken together."""
    told = [figures.get(key_of(measure, division, part)) for part in parts]
    shown = sum(number for number in told if number is not None)
    if measure not in figures:
        # A sum that is not told must not be told by its parts.
        return None in told
    rest = figures[measure] - shown
    if None not in told:
        return rest == 0
    return rest >= (THRESHOLD if measure in OF_PEOPLE else 0)


def without_small_changes(figures: Figures, *, earlier: Iterable[Figures]) -> Figures:
    """Leave out what, beside an earlier version, would tell a change by one to four people: that one stays readable."""
    found = dict(figures)
    for before in earlier:
        for (measure, division), parts in DIVISIONS.items():
            keys = [key_of(measure, division, part) for part in parts]
            if measure in OF_PEOPLE and any(map(_is_small, _changes(before, found, measure, keys))):
                found = {key: number for key, number in found.items() if key not in keys}
        for measure in OF_PEOPLE:
            if measure in before and measure in found and _is_small(found[measure] - before[measure]):
                found = {key: number for key, number in found.items() if _measure(key) != measure}
    return found


def _changes(before: Figures, after: Figures, measure: str, keys: list[str]) -> list[int]:
    """The changes that both together tell: of each part told twice, and of all others in one."""
    twice = [key for key in keys if key in before and key in after]
    found = [after[key] - before[key] for key in twice]
    if measure in before and measure in after and len(twice) < len(keys):
        found.append(after[measure] - before[measure] - sum(found))
    return found


def _is_small(change: int) -> bool:
    return 0 < abs(change) < THRESHOLD


# -- sums --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Total:
    """The sum over societies; None where a part is not known. Then who has told nothing yet, and who hides it."""

    number: int | None
    missing: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


def totals(told: Mapping[str, Figures | None]) -> dict[Measure, Total]:
    """Add up what societies (by name) told; None: nothing yet. A sum is told only where every part is known."""
    missing = tuple(name for name, figures in told.items() if figures is None)
    known = {name: figures for name, figures in told.items() if figures is not None}
    found = {}
    for measure in Measure:
        hidden = tuple(name for name, figures in known.items() if measure not in figures)
        whole = None if missing or hidden or not known else sum(one[measure] for one in known.values())
        found[measure] = Total(whole, missing, hidden)
    return found
