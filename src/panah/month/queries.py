"""The numbers of a month as somebody may read them, and what each colleague has in hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.ground.accounts import queries as accounts_queries
from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation import small_counts
from panah.ground.network.queries import branch_names
from panah.month import permissions, rules
from panah.month.words import Measure
from panah.people.cases.permissions import works_on_cases
from panah.people.cases.queries import caseload
from panah.people.cases.queries.month import InHand, cases_of_month, in_hand
from panah.people.hotline import queries as hotline_queries
from panah.people.hotline.words import AidKind
from panah.people.referrals.queries import referrals_of_month
from panah.people.reporters import queries as reporters_queries
from panah.people.shelter import queries as shelter_queries

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

type Branch = UUID | None
type Numbers = dict[Measure, dict[Branch, int]]
SHOWN_AS_ZERO: Mapping[Measure, int | None] = dict.fromkeys(Measure, 0)


@dataclass(frozen=True)
class ProtectedMonth:
    """One table for everybody: a line for each branch or for several together, their sums, help by its kind."""

    lines: dict[tuple[Branch, ...], dict[Measure, int | None]]
    total: Mapping[Measure, int | None]
    kinds: Mapping[str, int | None]

    def line_of(self, branch: UUID) -> Mapping[Measure, int | None] | None:
        """The line of one branch; None while it is counted together with others. Zeros where nothing was counted."""
        if (branch,) in self.lines:
            return self.lines[(branch,)]
        return None if any(branch in group for group in self.lines) else SHOWN_AS_ZERO

    @property
    def empty(self) -> bool:
        return not self.lines


def protected_month(*, society: UUID, month: date, zone: tzinfo) -> ProtectedMonth:
    """Count a month and hide what is small, as ``rules`` says."""
    numbers, kinds = _counted(society, month, zone)
    branches = {branch for by_branch in numbers.values() for branch in by_branch}
    # In an order of their own: what joins what must not change from one look to the next.
    ordered = sorted(branches, key=str)
    groups = rules.groups({one: [numbers[m].get(one, 0) for m in Measure] for one in ordered})
    sums = {m: {g: sum(numbers[m].get(one, 0) for one in g) for g in groups} for m in Measure}
    shown = {m: small_counts.protected(by_group) for m, by_group in sums.items()}
    shown[Measure.AID], by_kind = small_counts.protected_both(sums[Measure.AID], kinds)
    return ProtectedMonth(
        lines={group: {m: shown[m].parts[group] for m in Measure} for group in groups},
        total={m: shown[m].total for m in Measure},
        kinds=by_kind.parts,
    )


def _counted(society: UUID, month: date, zone: tzinfo) -> tuple[Numbers, dict[str, int]]:
    start, end = rules.span_of(month, zone)
    calls, others = hotline_queries.contacts_of_month(society=society, start=start, end=end)
    opened, closed = cases_of_month(society=society, start=start, end=end)
    sent, received, met = referrals_of_month(society=society, start=start, end=end)
    stays = shelter_queries.stays_of_month(society=society, first=month, after=rules.next_month(month))
    aid: Counter[Branch] = Counter()
    kinds: dict[str, int] = dict.fromkeys(AidKind.values, 0)
    for (branch, kind), number in hotline_queries.aid_of_month(society=society, month=month).items():
        aid[branch] += number
        kinds[kind] += number
    numbers: Numbers = {
        Measure.CALLS: calls,
        Measure.OTHER_CONTACTS: others,
        Measure.AID: aid,
        Measure.CASES_OPENED: opened,
        Measure.CASES_CLOSED: closed,
        Measure.REFERRALS_SENT: sent,
        Measure.REFERRALS_RECEIVED: received,
        Measure.REFERRALS_MET: met,
        Measure.STAYS: stays,
    }
    return numbers, kinds


@dataclass(frozen=True)
class NumberRow:
    """One thing that is counted: this month and the month before. None is hidden."""

    label: str
    now: int | None
    before: int | None


@dataclass(frozen=True)
class BranchRow:
    """A branch, or several that are counted together, with a number for each measure."""

    name: str
    numbers: list[tuple[str, int | None]]


@dataclass(frozen=True)
class MonthView:
    """What one reader sees of a month. ``whole``: of the society. ``together``: her branch is not counted alone."""

    month: date
    whole: bool
    place: str
    rows: list[NumberRow]
    kinds: list[tuple[str, int | None]]
    branches: list[BranchRow]
    # Reports, answers and times to answer of the public door; visits are counted by nobody.
    door: list[NumberRow] = field(default_factory=list)
    # Within which time half of the first answers came: "" where nothing was answered, or it is hidden.
    half_within: str = ""
    together: bool = False
    no_branch: bool = False

    @property
    def before(self) -> date:
        return rules.month_before(self.month)


def month_for(staff: Staff, *, month: date) -> MonthView:
    """Return a month as a colleague may read it: of the society, or of the own branch alone."""
    society, zone = staff.society_id, timezone.get_current_timezone()
    now, before = (
        protected_month(society=society, month=one, zone=zone) for one in (month, rules.month_before(month))
    )
    if not permissions.reads_society(staff):
        return _of_branch(staff, month, now, before)
    names: dict[Branch, str] = {UUID(pk): name for pk, name in branch_names(society)}
    branches = [
        BranchRow(_name_of(group, names), [(str(m.label), line[m]) for m in Measure])
        for group, line in now.lines.items()
    ]
    return MonthView(
        month=month,
        whole=True,
        place=staff.society.name_in(_language()),
        rows=_rows(now.total, before.total),
        kinds=[(str(AidKind(kind).label), number) for kind, number in now.kinds.items() if number != 0],
        branches=sorted(branches, key=lambda row: row.name.casefold()),
        **_door(society, month),
    )


def _door(society: UUID, month: date) -> dict[str, Any]:
    """The figures of the public door, of the whole society: a report belongs to no branch."""
    now, before = (reporters_queries.month_of(society, one) for one in (month, rules.month_before(month)))
    counted = [
        NumberRow(str(what.label), now.counts[what], before.counts[what])
        for what in now.counts
        if now.counts[what] != 0 or before.counts[what] != 0
    ]
    within = [
        NumberRow(str(what.label), number, before.first_answers.parts[what])
        for what, number in now.first_answers.parts.items()
        if number != 0 or before.first_answers.parts[what] != 0
    ]
    half = rules.half_of(now.first_answers.parts)
    return {"door": [*counted, *within], "half_within": "" if half is None else str(half.label)}


def _of_branch(staff: Staff, month: date, now: ProtectedMonth, before: ProtectedMonth) -> MonthView:
    if staff.branch is None:
        return MonthView(month, whole=False, place="", rows=[], kinds=[], branches=[], no_branch=True)
    here, earlier = now.line_of(staff.branch.pk), before.line_of(staff.branch.pk)
    hidden: Mapping[Measure, int | None] = dict.fromkeys(Measure)
    return MonthView(
        month=month,
        whole=False,
        place=staff.branch.name_in(_language()),
        rows=_rows(here, earlier or hidden) if here is not None else [],
        kinds=[],
        branches=[],
        together=here is None,
    )


def _rows(now: Mapping[Measure, int | None], before: Mapping[Measure, int | None]) -> list[NumberRow]:
    return [NumberRow(str(measure.label), now[measure], before[measure]) for measure in Measure]


def _name_of(group: tuple[Branch, ...], names: Mapping[Branch, str]) -> str:
    said = [names.get(one, _("a closed branch")) if one else _("without a branch") for one in group]
    return ", ".join(sorted(said, key=str.casefold))


def _language() -> str:
    return get_language() or "en"


@dataclass(frozen=True)
class HandRow:
    """One colleague: how many open cases, of how many at most, how many late or with nothing due, the oldest."""

    name: str
    told: str
    hand: InHand


@dataclass(frozen=True)
class BranchInHand:
    """The colleagues of one branch, and what they have in hand together."""

    name: str
    rows: list[HandRow]

    @property
    def together(self) -> InHand:
        due = [row.hand.oldest for row in self.rows if row.hand.oldest]
        return InHand(
            open=sum(row.hand.open for row in self.rows),
            late=sum(row.hand.late for row in self.rows),
            nothing_due=sum(row.hand.nothing_due for row in self.rows),
            oldest=min(due, default=None),
        )


def caseload_for(staff: Staff, *, at: datetime) -> list[BranchInHand]:
    """Return who has how much in hand, by the branch of each colleague; a coordinator sees the own branch alone."""
    hands, load = in_hand(society=staff.society_id, at=at), caseload(society=staff.society_id)
    people = accounts_queries.colleagues(to=staff).select_related("branch")
    if not may(staff, Permission.MONTH_CASELOAD_ALL):
        people = people.filter(branch=staff.branch_id) if staff.branch_id else people.none()
    found: dict[str, list[HandRow]] = {}
    for one in people:
        if one.pk not in hands and not works_on_cases(one):
            continue
        branch = one.branch.name_in(_language()) if one.branch else _("without a branch")
        found.setdefault(branch, []).append(HandRow(one.name, load.told(one.pk), hands.get(one.pk, InHand())))
    return [BranchInHand(branch, found[branch]) for branch in sorted(found, key=str.casefold)]
