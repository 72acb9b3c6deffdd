"""The roster: duties, and shifts that rooms above keep, in one list with what to mind about each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import ngettext

from panah.ground.accounts import rules
from panah.ground.accounts.models import Duty, Staff
from panah.ground.accounts.permissions import is_staff_manager
from panah.ground.accounts.words import DutyKind
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.registry import Registry
from panah.ground.network import queries as network_queries
from panah.ground.network.words import RuleKey

if TYPE_CHECKING:
    from panah.ground.network.models import Society


@dataclass(frozen=True)
class RosterShift:
    """Hours of one colleague: a duty (then with ``pk``), or a shift that a room above keeps, as in a house.

    ``href`` leads to where a shift is changed, for whoever may. ``on_call`` hours count for no limit.
    """

    staff: UUID
    who: str
    what: str
    starts_at: datetime
    ends_at: datetime
    href: str = ""
    pk: UUID | None = None
    on_call: bool = False
    kind: str = ""
    phone: str = ""

    @property
    def span(self) -> tuple[datetime, datetime]:
        return self.starts_at, self.ends_at


# ``(to=, after=, before=)`` gives shifts of the asker's society that touch that time.
SHIFTS: Registry[Callable[..., Iterable[RosterShift]]] = Registry(
    "shifts that rooms above have on the roster"
)

# Pages of rooms above to which whoever keeps the roster gets from it: their names, and what their links say.
FROM_THE_ROSTER: Registry[tuple[str, Promise]] = Registry("pages reached from the roster")

# ``(to=, at=)`` gives sentences that say whose line answers while nobody here does.
COVERED: Registry[Callable[..., Iterable[str]]] = Registry("whose line answers in hours that others cover")

# Whoever is on call for danger sleeps beside the telephone: the limits of those who sit and listen are not hers.
ON_CALL = (DutyKind.DANGER, DutyKind.DANGER_SECOND)


@dataclass(frozen=True)
class OnRoster:
    """One line of the roster, with what to mind about it; the day it ends where the hours alone do not tell."""

    shift: RosterShift
    now: bool
    too_long: bool
    little_rest: bool
    ends_on: date | None = None
    # Why she does not fit it today, and whether she is on it twice: looked up for those who keep the roster.
    unfit: tuple[str, ...] = ()


def limits(society: Society, *, at: datetime) -> rules.Limits:
    """The society's hours of duty and rest from its rule sheet, else the usual ones. One query."""
    sheet = {
        line.key: line.value
        for line in network_queries.rule_sheet(society=society, on=timezone.localtime(at).date())
    }

    def hours(key: RuleKey, otherwise: int) -> int:
        value = sheet.get(key)
        return value if isinstance(value, int) and value > 0 else otherwise

    return rules.Limits(
        hours(RuleKey.DUTY_HOURS, rules.USUAL.duty), hours(RuleKey.REST_HOURS, rules.USUAL.rest)
    )


def roster(*, to: Staff, at: datetime, days: int = 14) -> list[OnRoster]:
    """Return the society's duties and shifts from now on, soonest first, with warnings of rest."""
    kept = limits(to.society, at=at)
    shifts = _shifts(to, at - timedelta(hours=kept.rest), at + timedelta(days=days))
    spans: dict[UUID, list[tuple[datetime, datetime]]] = defaultdict(list)
    for one in shifts:
        if not one.on_call:
            spans[one.staff].append(one.span)
    return [
        OnRoster(
            one,
            one.starts_at <= at,
            not one.on_call and rules.too_long(*one.span, limits=kept),
            not one.on_call and rules.too_little_rest(*one.span, spans[one.staff], limits=kept),
            _ends_on(one, at),
        )
        for one in sorted(shifts, key=lambda one: (one.starts_at, one.what, one.who))
        if one.ends_at > at
    ]


def _ends_on(one: RosterShift, at: datetime) -> date | None:
    last = timezone.localtime(one.ends_at).date()
    if one.starts_at <= at:
        return last if last != timezone.localtime(at).date() else None
    return last if one.ends_at - one.starts_at >= timedelta(days=1) else None


@dataclass
class RosterDay:
    """What begins on one day, where the reader is; ``day`` is None for what goes on now."""

    day: date | None
    lines: list[OnRoster]


def by_day(lines: Iterable[OnRoster]) -> list[RosterDay]:
    """Put lines of the roster under what goes on now, then under the day on which they begin."""
    now = RosterDay(None, [])
    days: dict[date, RosterDay] = {}
    for one in lines:
        day = timezone.localtime(one.shift.starts_at).date()
        (now if one.now else days.setdefault(day, RosterDay(day, []))).lines.append(one)
    return [one for one in (now, *days.values()) if one.lines]


def _shifts(to: Staff, after: datetime, before: datetime) -> list[RosterShift]:
    # A number is for ringing who is on duty now; who keeps the roster reads them all.
    now, keeper = timezone.now(), is_staff_manager(to)
    found = Duty.objects.visible(to=to).filter(ends_at__gt=after, starts_at__lt=before)
    rows = list(found.select_related("staff"))
    dialled_numbers.compared(row.staff for row in rows)
    duties = [
        RosterShift(
            staff=row.staff_id,
            who=row.staff.name,
            what=str(DutyKind(row.what).label),
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            pk=row.pk,
            on_call=row.what in ON_CALL,
            kind=row.what,
            phone=row.staff.shown_phone if keeper or row.starts_at <= now < row.ends_at else "",
        )
        for row in rows
    ]
    return [*duties, *(one for find in SHIFTS for one in find(to=to, after=after, before=before))]


@dataclass(frozen=True)
class Warned:
    """What a planned duty breaks, beside the hours that the society keeps to."""

    limits: rules.Limits
    too_long: bool
    little_rest: bool

    def said(self) -> list[str]:
        """What to mind, as sentences without a name; empty when there is nothing."""
        duty, rest = self.limits.duty, self.limits.rest
        found = []
        if self.too_long:
            long = ngettext(
                "It is longer than the society’s limit of %(num)s hour.",
                "It is longer than the society’s limit of %(num)s hours.",
                duty,
            )
            found.append(long % {"num": duty})
        if self.little_rest:
            short = ngettext(
                "There is less than %(num)s hour of rest before or after it: can somebody else do it?",
                "There are less than %(num)s hours of rest before or after it: can somebody else do it?",
                rest,
            )
            found.append(short % {"num": rest})
        return found


def broken_limits(
    *, staff: Staff, starts_at: datetime, ends_at: datetime, what: str = "", at: datetime
) -> Warned:
    """Return which limits of the society these hours of a colleague break, beside all she has on the roster."""
    kept = limits(staff.society, at=at)
    if what in ON_CALL:
        return Warned(kept, too_long=False, little_rest=False)
    others = spans_around(to=staff, span=(starts_at, ends_at), kept=kept)[staff.pk]
    return judged((starts_at, ends_at), others, kept=kept)


def spans_around(*, to: Staff, span: rules.Span, kept: rules.Limits) -> dict[UUID, list[rules.Span]]:
    """Return the hours of every colleague that lie so near that rest is asked about, by colleague."""
    rest, found = timedelta(hours=kept.rest), defaultdict[UUID, list[rules.Span]](list)
    for one in _shifts(to, span[0] - rest, span[1] + rest):
        if not one.on_call:
            found[one.staff].append(one.span)
    return found


# What rooms above need of the rules, to judge hours by the same ones.
Span = rules.Span
Limits = rules.Limits
overlap = rules.overlap
international_number = rules.international_number


def judged(span: rules.Span, others: Iterable[rules.Span], *, kept: rules.Limits) -> Warned:
    """Return which limits these hours break beside others of the same person, a colleague or not."""
    return Warned(
        kept,
        too_long=rules.too_long(*span, limits=kept),
        little_rest=rules.too_little_rest(*span, others, limits=kept),
    )
