"""How long a node waits before it tries to deliver again."""

from datetime import timedelta

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)
LONGEST_WAIT_NOW = timedelta(minutes=5)


def wait_after(attempts: int, *, now: bool, chance: float) -> timedelta:
    """Return how long to wait after so many attempts: doubling from a minute to six hours, a quarter more or less.

    ``now``: something waits that cannot; then five minutes at most. ``chance`` from 0 to 1 spreads the tries of many.
    """
    doubled = FIRST_WAIT * 2 ** min(max(attempts - 1, 0), 10)
    wait = min(doubled, LONGEST_WAIT_NOW if now else LONGEST_WAIT)
    return wait * (0.75 + chance / 2)
