"""When the second person on duty is paged. Plain Python."""

from datetime import datetime, timedelta

SECOND_PAGE_AFTER = timedelta(minutes=5)


def second_is_due(*, raised: datetime, now: datetime) -> bool:
    """Say whether the second person on duty must be paged: five minutes without an answer."""
    return now - raised >= SECOND_PAGE_AFTER
