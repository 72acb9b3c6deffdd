"""Which branches are counted together, and from when until when a month lasts. Plain Python."""

import re
from collections.abc import Collection, Hashable, Mapping
from datetime import date, datetime, tzinfo

from panah.ground.foundation.small_counts import THRESHOLD

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


def groups[B: Hashable](branches: Mapping[B, Collection[int]]) -> list[tuple[B, ...]]:
    """Put branches together of which no number could be shown; one that counted nothing stands nowhere.

    ``branches``: the numbers of each. What of the group can be shown, ``protected`` decides like that of any branch.
    """
    counted = {branch: max(numbers, default=0) for branch, numbers in branches.items()}
    small = tuple(branch for branch, most in counted.items() if 0 < most < THRESHOLD)
    alone: list[tuple[B, ...]] = [(branch,) for branch, most in counted.items() if most >= THRESHOLD]
    return [*alone, small] if small else alone


def half_of[T](bands: Mapping[T, int | None]) -> T | None:
    """Return the band in which the middle one lies, of bands in order; None for nothing, or where one is hidden."""
    numbers = list(bands.values())
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers) or not sum(known):
        return None
    seen = 0
    for band, number in zip(bands, known, strict=True):
        seen += number
        if 2 * seen >= sum(known):
            return band
    return None
