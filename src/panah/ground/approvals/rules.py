"""Whose vote counts, and when an act that needs two people may be carried out. Plain Python."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from panah.ground.foundation import retention

NEEDED = 2


def counts(
    who: UUID, *, asked_at: datetime, since: Mapping[UUID, datetime], exclude: Collection[UUID | None]
) -> bool:
    """Say whether this person's vote counts.

    She may decide now, has been able to since before the request came, and is none of those it is about.
    ``since`` says who may decide and since when: a role that was given, or a key that was made anew, after the request
    came is too young. So nobody makes an account to vote with for what he has asked already.
    """
    return who in since and since[who] <= asked_at and who not in exclude


def votes(
    voters: Iterable[UUID], *, asked_at: datetime, since: Mapping[UUID, datetime], exclude: Collection[UUID]
) -> set[UUID]:
    """Return those whose votes count, each once."""
    return {who for who in voters if counts(who, asked_at=asked_at, since=since, exclude=exclude)}


def needs_approval(number: int, *, by_shares: bool, needed: int = NEEDED) -> bool:
    """Say whether votes are missing. Two shares of the recovery key stand in for one, never for both."""
    return number + by_shares < needed


def waits(
    *, number: int, by_shares: bool, ready_at: datetime, at: datetime, ended_by_two: bool = False
) -> bool:
    """Say whether the waiting time still runs: two shares end it, and for some acts a second vote does."""
    if by_shares or (ended_by_two and number >= NEEDED):
        return False
    return at < ready_at


def expires_at(ready_at: datetime, kept_for: timedelta = retention.APPROVAL.period) -> datetime:
    """Return until when a request can be approved and carried out."""
    return ready_at + kept_for
