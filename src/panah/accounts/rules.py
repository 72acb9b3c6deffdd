"""When a duty is too long or too close to the last one. Plain Python.

The limits are common practice in hotline work (check with the society): a duty of more than twelve hours, or
fewer than eleven hours of rest before the next one, is warned about and never forbidden.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

LONG_DUTY = timedelta(hours=12)
LONGEST_DUTY = timedelta(hours=48)
REST = timedelta(hours=11)


def too_long(starts: datetime, ends: datetime) -> bool:
    """Say whether a duty is longer than anyone should listen."""
    return ends - starts > LONG_DUTY


def too_little_rest(starts: datetime, ends: datetime, others: Iterable[tuple[datetime, datetime]]) -> bool:
    """Say whether less than eleven hours lie between this duty and another of the same colleague.

    Duties that overlap count as one: two things can be answered for at the same time.
    """
    for began, ended in others:
        if ended <= starts and starts - ended < REST and (starts, ends) != (began, ended):
            return True
        if ends <= began and began - ends < REST:
            return True
    return False
