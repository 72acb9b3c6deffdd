"""When the second person on duty is paged, and how often somebody is reminded. Plain Python."""

from datetime import datetime, timedelta

SECOND_PAGE_AFTER = timedelta(minutes=5)

# So long a slip of the finger can be taken back.
UNDO_WITHIN = timedelta(minutes=1)

# One e-mail says that something waits; for a while it says so of what becomes due after it, too.
QUIET_AFTER_A_REMINDER = timedelta(hours=4)


def can_be_undone(*, ended: datetime, now: datetime) -> bool:
    """Say whether what was marked on a list can still go back there: for one minute."""
    return now - ended <= UNDO_WITHIN


def second_is_due(*, raised: datetime, now: datetime) -> bool:
    """Say whether the second person on duty must be paged: five minutes without an answer."""
    return now - raised >= SECOND_PAGE_AFTER
