"""When a volunteer may be written to, in which part of the day help is asked for, and what a PIN is. Plain Python."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise

# Where a volunteer said nothing: nobody is written to at night.
USUAL_QUIET = (22, 7)
NIGHT = (22, 6)
# Longer than that nobody is asked for at once, and further ahead nothing is planned by call-out.
LONGEST = timedelta(hours=24)
MOST_WANTED = 50
# Wrong PINs, of whoever has the address; after the last only the branch opens the page again.
MOST_WRONG = 5
PIN = re.compile(r"[0-9]{6}")
# A new address must be opened for the first time within so many days.
OPENED_WITHIN = timedelta(days=30)
# How long an opened page stays open, from one press to the next.
OPEN_FOR = timedelta(minutes=30)
# Hours and money are asked for while somebody can still remember.
LOOKING_BACK = timedelta(days=92)
MOST_WAITING = 40


def leaves_at(at: datetime, quiet: tuple[int, int]) -> datetime:
    """Return when a message may leave: now, or at the end of quiet hours that go on. ``at`` in local time."""
    begins, ends = quiet
    if begins == ends or not _within(at.hour, begins, ends):
        return at
    end = at.replace(hour=ends, minute=0, second=0, microsecond=0)
    return end if end > at else end + timedelta(days=1)


def _within(hour: int, begins: int, ends: int) -> bool:
    return begins <= hour < ends if begins < ends else hour >= begins or hour < ends


def part_of_day(at: datetime) -> str:
    """Return in which part of the day something begins (``night``, ``morning``, ``afternoon``, ``evening``)."""
    return ("night", "morning", "afternoon", "evening")[at.hour // 6]


def is_at_night(begins: datetime, ends: datetime) -> bool:
    """Say whether hours, a day of them at most, touch the night: nobody under 18 works then. In local time."""
    first = begins.replace(minute=0, second=0, microsecond=0)
    hours = (first + timedelta(hours=n) for n in range(26))
    return any(one.hour >= NIGHT[0] or one.hour < NIGHT[1] for one in hours if one < ends)


def is_weak(pin: str) -> bool:
    """Say whether a PIN is among those that are tried first: one digit, or a row of digits."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    return len(steps) == 1 and steps <= {0, 1, 9}


def whole_hours(minutes: int) -> Decimal:
    """Return minutes as hours with one half at most: 12, 3.5."""
    return Decimal(round(minutes / 30)) / 2


def is_insured(until: date | None, last: date) -> bool:
    """Say whether an insurance still holds on the last day of something."""
    return until is not None and until >= last
