"""What the numbers of two tests can carry: the change with its interval, or why nothing is claimed. Plain Python."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

# Fewer tests than this carry no claim, nor do tests of which more than this part did not come back.
FEWEST, MOST_LOST = 30, 0.4
# The normal curve's width for 95 of 100.
Z = 1.959963984540054


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
