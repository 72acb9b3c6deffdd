"""Who is rung for danger, hour by hour: the roster as a call-out tree for days without power or line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.accounts.roster import ON_CALL
from panah.ground.accounts.words import DutyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Whoever begins her duty so soon afterwards is the next to be rung, as an alarm calls her.
NEXT_WITHIN = timedelta(hours=24)


@dataclass(frozen=True)
class CallOutHours:
    """Some hours of one day, and who is rung in them: first, second, then the next on the roster."""

    starts_at: datetime
    ends_at: datetime
    first: Staff | None
    second: Staff | None
    following: Staff | None


@dataclass(frozen=True)
class OtherHours:
    """What else a colleague is on, and in which hours of the day."""

    what: str
    staff: Staff
    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True)
class CallOutDay:
    """One day: its hours of danger, and what else somebody is on, duty by duty."""

    day: date
    hours: tuple[CallOutHours, ...]
    others: tuple[OtherHours, ...]


def call_out_days(
    *, society: UUID, first: date, days: int = 7, branch: UUID | None = None
) -> list[CallOutDay]:
    """Return the days of a call-out tree from ``first`` on; one query.

    ``branch``: of other duties only those of its colleagues. Danger is the whole society's.
    """
    begins, ends = midnight(first), midnight(first + timedelta(days=days))
    rows = Duty.objects.filter(
        society=society, ends_at__gt=begins, starts_at__lt=ends + NEXT_WITHIN, staff__is_active=True
    ).select_related("staff")
    duties = list(rows.order_by("starts_at", "pk"))
    danger = [duty for duty in duties if duty.what in ON_CALL]
    others = [duty for duty in duties if duty.what not in ON_CALL and branch in (None, duty.staff.branch_id)]
    return [_day(first + timedelta(days=n), danger, others) for n in range(days)]


def _day(day: date, danger: list[Duty], others: list[Duty]) -> CallOutDay:
    starts, ends = midnight(day), midnight(day + timedelta(days=1))
    # Of a night that two days share each has its own hours: a reader in the dark looks for one line.
    of_day = [
        OtherHours(other.what, other.staff, max(other.starts_at, starts), min(other.ends_at, ends))
        for other in others
        if other.starts_at < ends and other.ends_at > starts
    ]
    return CallOutDay(
        day,
        tuple(_hours(danger, starts, ends)),
        tuple(sorted(of_day, key=lambda one: (DutyKind.values.index(one.what), one.starts_at))),
    )


def midnight(day: date) -> datetime:
    """Return when a day begins, where the reader is."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _hours(danger: list[Duty], starts: datetime, ends: datetime) -> Iterator[CallOutHours]:
    """Cut a day wherever somebody's hours begin or end."""
    marks = {moment for one in danger for moment in (one.starts_at, one.ends_at) if starts < moment < ends}
    cuts = [starts, *sorted(marks), ends]
    for begin, end in pairwise(cuts):
        now = _people(one for one in danger if one.starts_at <= begin and one.ends_at >= end)
        soon = (one.staff for one in danger if begin < one.starts_at <= begin + NEXT_WITHIN)
        # The third is whoever is on it too, else who comes next, as an alarm has it.
        following = next((one for one in [*now[2:], *soon] if one not in now[:2]), None)
        first, second = (*now[:2], None, None)[:2]
        yield CallOutHours(begin, end, first, second, following)


def _people(on: Iterable[Duty]) -> list[Staff]:
    """Who is on duty for danger, the first first, nobody twice."""
    return list(dict.fromkeys(one.staff for one in sorted(on, key=lambda one: one.what != DutyKind.DANGER)))
