"""Which numbers of a month may be read, and from when until when a month lasts. Plain Python.

A number from one to four points to people. It is hidden, and so is whatever would let a reader work it out: of what
adds up to a sum, so many numbers are hidden that each of them could still be any from one to four; where there are
not enough, the sum is hidden too. Hidden numbers look alike, whether small themselves or hidden with a small one.
"""

import re
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

# The first number that is shown. Nothing is shown as 0.
THRESHOLD = 5
FIRST_YEAR = 2000
MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")


def month_of(text: str, *, latest: date) -> date:
    """The first day of the month that ``2026-11`` names; that of ``latest`` where it names none, or one to come."""
    found = MONTH.fullmatch(text)
    year, month = map(int, found.groups()) if found else (0, 0)
    usual = latest.replace(day=1)
    if year < FIRST_YEAR or not 1 <= month <= 12:
        return usual
    return min(date(year, month, 1), usual)


def next_month(month: date) -> date:
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def month_before(month: date) -> date:
    return date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)


def span_of(month: date, zone: tzinfo) -> tuple[datetime, datetime]:
    """The first moment of a month where the society is, and the first after it."""
    after = next_month(month)
    return datetime(month.year, month.month, 1, tzinfo=zone), datetime(
        after.year, after.month, 1, tzinfo=zone
    )


@dataclass(frozen=True)
class Protected[K: Hashable]:
    """Numbers that add up to ``total``; None where one is hidden."""

    parts: Mapping[K, int | None]
    total: int | None


def protected[K: Hashable](numbers: Mapping[K, int]) -> Protected[K]:
    """Hide what is small, and what would let a reader work it out from the sum."""
    hidden = {key for key, number in numbers.items() if 0 < number < THRESHOLD}
    for key in sorted(numbers, key=lambda one: numbers[one]):
        if _is_safe(numbers, hidden):
            break
        if numbers[key]:
            hidden.add(key)
    if not _is_safe(numbers, hidden):
        return all_hidden(numbers)
    parts = {key: None if key in hidden else number for key, number in numbers.items()}
    return Protected(parts, sum(numbers.values()))


def _is_safe[K: Hashable](numbers: Mapping[K, int], hidden: Collection[K]) -> bool:
    """Each of the hidden may be any from one to four while the others, one at least, take up the rest of their sum."""
    needed = THRESHOLD - 1 + len(hidden) - 1
    return not hidden or (len(hidden) > 1 and sum(numbers[key] for key in hidden) >= needed)


def all_hidden[K: Hashable](numbers: Mapping[K, int]) -> Protected[K]:
    """Hide every number but nothing at all, and their sum."""
    parts = {key: None if number else 0 for key, number in numbers.items()}
    return Protected(parts, None if any(numbers.values()) else 0)


def protected_both[K: Hashable, L: Hashable](
    numbers: Mapping[K, int], others: Mapping[L, int]
) -> tuple[Protected[K], Protected[L]]:
    """The same for two ways of dividing one sum: where one of them must hide it, the other must not tell it."""
    one, other = protected(numbers), protected(others)
    if one.total is None or other.total is None:
        return all_hidden(numbers), all_hidden(others)
    return one, other


def groups[B: Hashable](branches: Mapping[B, Collection[int]]) -> list[tuple[B, ...]]:
    """Put branches together of which no number could be shown; one that counted nothing stands nowhere.

    ``branches``: the numbers of each. What of the group can be shown, ``protected`` decides like that of any branch.
    """
    counted = {branch: max(numbers, default=0) for branch, numbers in branches.items()}
    small = tuple(branch for branch, most in counted.items() if 0 < most < THRESHOLD)
    alone: list[tuple[B, ...]] = [(branch,) for branch, most in counted.items() if most >= THRESHOLD]
    return [*alone, small] if small else alone
