"""When something is late, soon or later. Plain Python."""

from datetime import datetime, timedelta

SECOND_PAGE_AFTER = timedelta(minutes=5)


def tone(*, due: datetime, now: datetime, end_of_day: datetime) -> str:
    """Return ``urgent`` when late, ``soon`` until the end of the day, else an empty string."""
    if due <= now:
        return "urgent"
    return "soon" if due <= end_of_day else ""


def second_is_due(*, raised: datetime, now: datetime) -> bool:
    """Say whether the second person on duty must be paged: five minutes without an answer."""
    return now - raised >= SECOND_PAGE_AFTER
