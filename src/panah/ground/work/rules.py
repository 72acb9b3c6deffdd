"""Who is paged when, and how often somebody is reminded. Plain Python."""

from datetime import date, datetime, timedelta
from enum import IntEnum

from panah.ground.work.words import ALONE_AT_MOST, HER_TIME


class PagingStep(IntEnum):
    """The list of an alarm: each step is taken five minutes after the last one, or as soon as that one fails."""

    FIRST = 0
    SECOND = 1
    NEXT = 2
    FOCAL_POINTS = 3
    # Everybody on the list, every ten minutes until somebody presses.
    AGAIN = 4


NEXT_STEP_AFTER = timedelta(minutes=5)
AGAIN_AFTER = timedelta(minutes=10)
# A flood is one call: what is like another joins its call for so long, then it pages anew. No longer than a step of the
# list, so that somebody is called at least that often whoever writes among it.
JOINED_FOR = NEXT_STEP_AFTER
# Whoever begins her duty so soon can be called before it.
NEXT_ON_DUTY_WITHIN = timedelta(hours=24)

# A person was in danger and nobody has decided: whoever was paged for it has so long, then everybody is paged again.
DECIDE_AFTER_AN_ANSWER = timedelta(minutes=15)
# For longer than one colleague alone lets it wait, a second one has so long to say so.
SECOND_OPINION_WITHIN = timedelta(minutes=5)
# It never waits longer, whoever agrees.
WAITS_AT_MOST = timedelta(days=2)

# So long a slip of the finger can be taken back.
UNDO_WITHIN = timedelta(minutes=1)

# One e-mail says that something waits; for a while it says so of what becomes due after it, too.
QUIET_AFTER_A_REMINDER = timedelta(hours=4)


# Not before colleagues are at work.
MORNING = 7


def week_of(moment: datetime) -> tuple[date, date] | None:
    """Return Monday of this week and of the next one, None before the morning of Monday. ``moment`` is local."""
    monday = moment.date() - timedelta(days=moment.weekday())
    if moment.date() == monday and moment.hour < MORNING:
        return None
    return monday, monday + timedelta(days=7)


def may_wait_alone(*, until: datetime, since: datetime) -> bool:
    """Say whether one colleague alone lets what pages wait until then: an hour in all, however often it is moved."""
    return until - since <= ALONE_AT_MOST


def pages_when_moved(*, due: datetime, was_due: datetime, pages: datetime) -> datetime:
    """When a thing that was moved pages: at its new minute, or ten later where it was the person's own time."""
    return due + HER_TIME if pages - was_due == HER_TIME else due


def can_be_undone(*, ended: datetime, now: datetime) -> bool:
    """Say whether what was marked on a list can still go back there: for one minute."""
    return now - ended <= UNDO_WITHIN


def paging_goes_on(*, step: int, paged: datetime, now: datetime) -> bool:
    """Say whether the next on the list must be called now: nobody has answered since ``paged``.

    A moment that is still to come, further than a clock is off, was written by nobody who paged: it holds nothing up.
    """
    wait = NEXT_STEP_AFTER if step < PagingStep.FOCAL_POINTS else AGAIN_AFTER
    return abs(now - paged) >= wait
