"""When a duty is too long or too close to the last one; where a colleague is reached. Plain Python.

The limits come from the society's rule sheet; what stands here is common practice in hotline work and counts where the
sheet says nothing. A duty beyond them is warned about and never forbidden.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

LONGEST_DUTY = timedelta(hours=48)

# What people write between the digits of a number.
BETWEEN_DIGITS = re.compile(r"[\s().\-\u2010-\u2015/]")
DIALLED_FROM_ANYWHERE = re.compile(r"\+[1-9][0-9]{5,14}")


def international_number(typed: str) -> str | None:
    """Return a number as it is dialled from anywhere, ``+996555010203``; "" for none, None for no such number."""
    number = BETWEEN_DIGITS.sub("", typed)
    return number if not number or DIALLED_FROM_ANYWHERE.fullmatch(number) else None


@dataclass(frozen=True)
class Limits:
    """Hours that a society keeps to: the longest duty, and the rest before the next one."""

    duty: int = 12
    rest: int = 11


USUAL = Limits()


Span = tuple[datetime, datetime]


def uncovered(spans: Iterable[Span], *, within: Span) -> list[Span]:
    """Return the times within which none of these spans lies, soonest first."""
    gaps, covered = [], within[0]
    for starts, ends in sorted(spans):
        if starts > covered:
            gaps.append((covered, min(starts, within[1])))
        covered = max(covered, ends)
        if covered >= within[1]:
            break
    if covered < within[1]:
        gaps.append((covered, within[1]))
    return gaps


def overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def too_long(starts: datetime, ends: datetime, *, limits: Limits = USUAL) -> bool:
    """Say whether a duty is longer than anyone should listen."""
    return ends - starts > timedelta(hours=limits.duty)


def too_little_rest(
    starts: datetime, ends: datetime, others: Iterable[tuple[datetime, datetime]], *, limits: Limits = USUAL
) -> bool:
    """Say whether less than the hours of rest lie between this duty and another of the same colleague.

    Duties that overlap count as one: two things can be answered for at the same time.
    """
    rest = timedelta(hours=limits.rest)
    for began, ended in others:
        if ended <= starts and starts - ended < rest:
            return True
        if ends <= began and began - ends < rest:
            return True
    return False


@dataclass(frozen=True)
class Addresses:
    """Where a colleague is reached, and where she was until some weeks ago; "" where she has written nothing."""

    email: str
    email_before: str
    duty_phone: str
    duty_phone_before: str

    @property
    def written_to(self) -> list[str]:
        """The addresses for what must reach her: the one she has, and the one before for some weeks."""
        return [one for one in dict.fromkeys((self.email, self.email_before)) if one]

    @property
    def rung_at(self) -> list[str]:
        """The same for her duty telephone, where she is told that it was changed."""
        return [one for one in dict.fromkeys((self.duty_phone, self.duty_phone_before)) if one]
