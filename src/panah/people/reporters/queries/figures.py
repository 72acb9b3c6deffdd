"""The figures of the door: counts of a month, small ones hidden. Visits are counted by nobody."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from panah.ground.foundation.small_counts import Protected, protected
from panah.people.reporters import rules
from panah.people.reporters.queries.tallies import counted
from panah.people.reporters.words import Counted

WITHIN = (
    Counted.WITHIN_DAY, Counted.WITHIN_THREE_DAYS, Counted.WITHIN_WEEK, Counted.WITHIN_LONGER,
)  # fmt: skip


@dataclass(frozen=True)
class MonthOfDoor:
    """A month in numbers. ``counts``: of reports, answers, returns and chats, None where it is small and hidden.

    ``first_answers``: how many reporters had their first answer within a day, three days, a week, later.
    """

    counts: dict[Counted, int | None]
    first_answers: Protected[Counted]


def month_of(society: UUID, month: date) -> MonthOfDoor:
    """Return the figures of a month (any day of it)."""
    window = rules.month_name(month)
    alone = (Counted.REPORTS, Counted.ANSWERS, Counted.RETURNS, Counted.CHATS)
    counts = {what: protected({what: counted(society, what, window)}).total for what in alone}
    return MonthOfDoor(counts, protected({what: counted(society, what, window) for what in WITHIN}))
