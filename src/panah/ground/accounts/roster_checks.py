"""What is wrong with the roster of the coming days: gaps, colleagues who do not fit, duties given twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from panah.ground.accounts import rules
from panah.ground.accounts.eligibility import unfit
from panah.ground.accounts.models import Duty
from panah.ground.accounts.roster import ON_CALL, OnRoster
from panah.ground.accounts.words import DutyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# What somebody must be on at every hour.
ALWAYS = (DutyKind.CALLS, DutyKind.DANGER, DutyKind.DANGER_SECOND)
AHEAD = timedelta(days=7)
# Between two shifts nobody is missed for so long.
SHORTEST_GAP = timedelta(minutes=5)


@dataclass(frozen=True)
class Gap:
    """A time in which nobody is on a duty; it goes on beyond what was looked at where ``open_ended``."""

    what: str
    starts_at: datetime
    ends_at: datetime
    open_ended: bool


def gaps(*, society: UUID, at: datetime, ahead: timedelta = AHEAD) -> list[Gap]:
    """Return when nobody is on calls or danger in the coming days, soonest first. One query."""
    until, spans = at + ahead, defaultdict(list)
    rows = Duty.objects.filter(
        society=society, what__in=ALWAYS, ends_at__gt=at, starts_at__lt=until, staff__is_active=True
    )
    for what, starts, ends in rows.values_list("what", "starts_at", "ends_at"):
        spans[what].append((starts, ends))
    found = [
        Gap(str(what.label), starts, ends, ends == until)
        for what in ALWAYS
        for starts, ends in rules.uncovered(spans[what], within=(at, until))
        if ends - starts > SHORTEST_GAP
    ]
    return sorted(found, key=lambda one: one.starts_at)


def checked(lines: Sequence[OnRoster], *, staff: Iterable[Staff], at: datetime) -> list[OnRoster]:
    """Add to lines of the roster why somebody does not fit a duty, and which ones are given twice."""
    # Asked for everybody: a roster costs the same whoever stands on it.
    people = list(staff)
    wrong = {what.value: unfit(people, what, at=at) for what in DutyKind}
    return [replace(line, unfit=tuple(_said(line, lines, wrong.get(line.shift.kind, {})))) for line in lines]


def _said(line: OnRoster, lines: Sequence[OnRoster], wrong: dict[UUID, Any]) -> list[str]:
    said = [str(one.sentence) for one in wrong.get(line.shift.staff, ())]
    if any(_twice(line, other) for other in lines):
        said.append(_("This colleague is on the same duty twice at that time."))
    return said


def _twice(line: OnRoster, other: OnRoster) -> bool:
    one, two = line.shift, other.shift
    if one.pk is None or one.pk == two.pk or one.staff != two.staff or not rules.overlap(one.span, two.span):
        return False
    return one.kind == two.kind or (one.kind in ON_CALL and two.kind in ON_CALL)


def on_it_already(*, staff: Staff, what: str, starts_at: datetime, ends_at: datetime) -> bool:
    """Say whether a colleague is on this duty, or the other one for danger, at some of this time."""
    kinds = ON_CALL if what in ON_CALL else (what,)
    return bool(
        Duty.objects.filter(
            staff=staff, what__in=kinds, starts_at__lt=ends_at, ends_at__gt=starts_at
        ).exists()
    )
