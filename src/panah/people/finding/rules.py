"""How often, how alike, and when an answer leaves. Plain Python."""

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta

WINDOW = timedelta(hours=1)
MOST_IN_WINDOW = 20
SHOWN_FROM = 0.35

# Between two societies: so many questions within 24 hours, held to by whoever asks and by whoever is asked.
DAY = timedelta(days=1)
MOST_A_DAY = 10
# About one person, at one society.
AGAIN_AFTER = timedelta(days=90)
# Long enough for a holder to think, the same for every question, and at one hour of the day.
ANSWERED_AFTER = timedelta(days=3)
LEAVES_AT = time(6, 0, tzinfo=UTC)
CALL_AFTER = timedelta(days=10)
MOST_NAMES, MOST_PASSED = 5, 5


def too_many(count: int) -> bool:
    """Say whether another question within the hour is refused."""
    return count >= MOST_IN_WINDOW


def likeness(score: float) -> str:
    """Return a word for a score: no number is shown as if it were a probability."""
    if score >= 0.85:
        return "very"
    return "perhaps" if score >= 0.6 else "distant"


def too_many_between(count: int) -> bool:
    """Say whether another question between two societies is too much for 24 hours."""
    return count >= MOST_A_DAY


def may_be_shown_to_holder(score: float, *, year_fits: bool | None, tail_fits: bool | None) -> bool:
    """Say whether a match is shown to whoever holds that case: a name there is read by a person only then."""
    if tail_fits:
        return score >= SHOWN_FROM
    return score >= 0.5 and year_fits is not False


def leaves_at(compared: datetime) -> datetime:
    """Return when the answer leaves: at the first 06:00 UTC that is three days away, whatever it says."""
    earliest = compared.astimezone(UTC) + ANSWERED_AFTER
    same_day = datetime.combine(earliest.date(), LEAVES_AT)
    return same_day if same_day >= earliest else same_day + DAY


# Cards of one society that are set beside each other for a person to judge.
MOST_PAIRS = 30


def is_likely_double(score: float, *, year_fits: bool | None, tail_fits: bool | None) -> bool:
    """Say whether two cards of one society are shown as perhaps one person's: a name alone never is enough."""
    if tail_fits:
        return score >= 0.6 and year_fits is not False
    return score >= 0.85 and year_fits is True


def said_same(answers: Iterable[str]) -> str:
    """What two holders say together: ``same``, ``episode``, or "" where they do not both know the person.

    In doubt two episodes: that leaves both files as they are.
    """
    said = list(answers)
    if len(said) < 2 or not set(said) <= {"same", "episode"}:
        return ""
    return "same" if set(said) == {"same"} else "episode"
