"""How often, and how alike. Plain Python."""

from datetime import timedelta

WINDOW = timedelta(hours=1)
MOST_IN_WINDOW = 20
SHOWN_FROM = 0.35


def too_many(count: int) -> bool:
    """Say whether another question within the hour is refused."""
    return count >= MOST_IN_WINDOW


def alike(score: float) -> str:
    """Return a word for a score: no number is shown as if it were a probability."""
    if score >= 0.85:
        return "very"
    return "perhaps" if score >= 0.6 else "distant"
