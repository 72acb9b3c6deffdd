"""What counts when: plain Python, without database, clock or request."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from panah.ground.foundation.months import months_after


class DatedLine(Protocol):
    """What the choice between lines needs to know of each."""

    @property
    def own(self) -> bool: ...
    @property
    def anywhere(self) -> bool: ...
    @property
    def valid_from(self) -> date: ...
    @property
    def entered_at(self) -> datetime: ...


def line_that_counts[L: DatedLine](lines: Iterable[L], *, on: date) -> L | None:
    """The society's own line before its country's, before that for any country; then the newest.

    A line dated after `on` does not count yet. Of two lines with one date the later entry counts.
    """
    begun = [line for line in lines if line.valid_from <= on]
    return max(
        begun, key=lambda line: (line.own, not line.anywhere, line.valid_from, line.entered_at), default=None
    )


def reflection_ends(*, began_on: date, days: int) -> date:
    """The last day of recovery and reflection. The day on which it began is not counted:

    the Council of Europe Convention, Art. 13, gives *at least* 30 days from reasonable grounds.
    """
    return began_on + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Retention:
    """The periods of one rule sheet that a file may fall under, in months; None: not known."""

    months: int | None
    child_months: int | None
    claim_months: int | None


def retention_ends(
    periods: Retention,
    *,
    closed_on: date,
    comes_of_age_on: date | None = None,
    claim_open: bool = False,
    claim_ended_on: date | None = None,
) -> date | None:
    """The day after which the file may be erased; None while it must stay or nobody knows.

    The longest period that applies counts, so that nothing a person needs for compensation
    or for not being punished is erased while a claim is open, or because another period is short.
    """
    if claim_open or periods.months is None:
        return None
    ends = [months_after(closed_on, periods.months)]
    if comes_of_age_on is not None:
        if periods.child_months is None:
            return None
        ends.append(months_after(comes_of_age_on, periods.child_months))
    if claim_ended_on is not None:
        if periods.claim_months is None:
            return None
        ends.append(months_after(claim_ended_on, periods.claim_months))
    return max(ends)


def comes_of_age(*, born_on: date, child_age: int) -> date:
    """The birthday on which someone is no longer a child under this rule sheet."""
    return months_after(born_on, child_age * 12)
