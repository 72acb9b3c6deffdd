"""What a session needs, and what the numbers of a test can carry. No clock, no rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import sqrt

# Such places are entered with a permission only.
NEEDS_ACCESS = frozenset({"school", "detention", "arrival_hall"})
# Fewer tests than this carry no claim, nor do tests of which more than this part did not come back.
FEWEST, MOST_LOST = 30, 0.4
# The normal curve's width for 95 of 100.
Z = 1.959963984540054
# A test is repeated after so many months, between these.
MONTHS = (3, 6, 12)


def needs_access(kind: str) -> bool:
    return kind in NEEDS_ACCESS


def access_holds(state: str, since: date | None, until: date | None, on: date) -> bool:
    """Say whether a permission was granted and holds on a day; without an end it holds on."""
    granted = state == "granted" and since is not None and since <= on
    return granted and (until is None or on <= until)


@dataclass(frozen=True)
class CountedTests:
    """Tests before and after, in counts. Of paired sheets ``gained`` passed only after, ``dropped`` only before."""

    paired: bool
    took_before: int
    took_after: int
    passed_before: int
    passed_after: int
    gained: int = 0
    dropped: int = 0

    def __add__(self, other: CountedTests) -> CountedTests:
        if self.paired != other.paired:
            raise ValueError("tests that were compared in two ways are not added up")
        return CountedTests(
            self.paired,
            self.took_before + other.took_before,
            self.took_after + other.took_after,
            self.passed_before + other.passed_before,
            self.passed_after + other.passed_after,
            self.gained + other.gained,
            self.dropped + other.dropped,
        )

    @property
    def lost(self) -> int:
        """How many took the first test and not the second. Of two heaps it is the least that it can be."""
        return max(0, self.took_before - self.took_after)


class NoClaim(StrEnum):
    """Why numbers carry no claim."""

    NOTHING = "nothing"
    FEW = "few"
    LOST = "lost"
    ZERO = "zero"


@dataclass(frozen=True)
class Change:
    """The change of the part that passed, with its 95 % interval, each from -1 to 1; why it carries no claim."""

    points: float
    low: float
    high: float
    lost: int
    lost_part: float
    why_not: NoClaim | None


def change(tests: CountedTests) -> Change:
    """Return how the part that passed changed, and whether these numbers can carry it."""
    number = tests.took_after if tests.paired else min(tests.took_before, tests.took_after)
    lost_part = tests.lost / tests.took_before if tests.took_before else 0.0
    if not number:
        return Change(0.0, -1.0, 1.0, tests.lost, lost_part, NoClaim.NOTHING)
    points, low, high = _paired(tests) if tests.paired else _apart(tests)
    why_not = None
    if number < FEWEST:
        why_not = NoClaim.FEW
    elif lost_part > MOST_LOST:
        why_not = NoClaim.LOST
    elif low <= 0 <= high:
        why_not = NoClaim.ZERO
    return Change(points, low, high, tests.lost, lost_part, why_not)


def _paired(tests: CountedTests) -> tuple[float, float, float]:
    """Two answers of the same people: the adjusted interval of Bonett and Price."""
    number = tests.took_after
    gained, dropped = (tests.gained + 1) / (number + 2), (tests.dropped + 1) / (number + 2)
    middle = gained - dropped
    width = Z * sqrt(max(0.0, gained + dropped - middle**2) / (number + 2))
    points = (tests.gained - tests.dropped) / number
    return points, max(-1.0, min(middle - width, points)), min(1.0, max(middle + width, points))


def _apart(tests: CountedTests) -> tuple[float, float, float]:
    """Two proportions of two heaps: Newcombe's interval, from Wilson's of each of them."""
    before, after = tests.passed_before / tests.took_before, tests.passed_after / tests.took_after
    low_before, high_before = wilson(tests.passed_before, tests.took_before)
    low_after, high_after = wilson(tests.passed_after, tests.took_after)
    points = after - before
    down = sqrt((after - low_after) ** 2 + (high_before - before) ** 2)
    up = sqrt((high_after - after) ** 2 + (before - low_before) ** 2)
    return points, max(-1.0, points - down), min(1.0, points + up)


def wilson(passed: int, took: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a proportion."""
    part = passed / took
    middle = part + Z**2 / (2 * took)
    width = Z * sqrt(part * (1 - part) / took + Z**2 / (4 * took**2))
    whole = 1 + Z**2 / took
    return max(0.0, min(part, (middle - width) / whole)), min(1.0, max(part, (middle + width) / whole))


def wrong_tests(tests: CountedTests) -> str:
    """Return what cannot be in these counts (a code), or ""."""
    if tests.passed_before > tests.took_before or tests.passed_after > tests.took_after:
        return "passed-more-than-took"
    if not tests.paired:
        return ""
    if tests.took_after > tests.took_before:
        return "more-pairs-than-tests"
    kept = tests.passed_after - tests.gained
    # Of the pairs: passed twice, and passed only before, passed before; not all before came back.
    if kept < 0 or kept + tests.dropped > tests.passed_before:
        return "pairs-do-not-add-up"
    if kept + tests.gained + tests.dropped > tests.took_after:
        return "pairs-do-not-add-up"
    return ""


def next_to_check(answers: dict[str, str]) -> str:
    """Return the first question about stigma that keeps a campaign from being published, or ""."""
    return next((one for one in STIGMA if answers.get(one) != "no"), "")


# Does it blame, frighten without a way out, show a face?
STIGMA = ("blames", "frightens", "face")


def period(text: str) -> tuple[date, date] | None:
    """Return the first and last day of ``2026`` or ``2026-Q4``; None where it names neither."""
    year, _, quarter = text.partition("-Q")
    if not (year.isascii() and year.isdigit() and len(year) == 4 and 2000 <= int(year) <= 2100):
        return None
    if not quarter:
        return (date(int(year), 1, 1), date(int(year), 12, 31)) if "-" not in text else None
    if quarter not in ("1", "2", "3", "4"):
        return None
    first = 3 * int(quarter) - 2
    last = {3: 31, 6: 30, 9: 30, 12: 31}[first + 2]
    return date(int(year), first, 1), date(int(year), first + 2, last)


def quarter_of(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month
