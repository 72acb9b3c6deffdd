"""When the second person on duty is paged, and how often somebody is reminded. Plain Python."""

from datetime import datetime, timedelta

SECOND_PAGE_AFTER = timedelta(minutes=5)


# One e-mail says that something waits; for a while it says so of what becomes due after it, too.
QUIET_AFTER_A_REMINDER = timedelta(hours=4)


def second_is_due(*, raised: datetime, now: datetime) -> bool:
    """Say whether the second person on duty must be paged: five minutes without an answer."""
    return now - raised >= SECOND_PAGE_AFTER
