"""Prevention in numbers: by branch, period, goal and project. Exact inside the society, protected for others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Model, QuerySet, Sum

from panah.foundation.small_counts import Protected, protected_all
from panah.network.goals import goal_choices
from panah.network.queries import branch_names
from panah.prevention.models import Campaign, Session, TestResult
from panah.prevention.queries.sessions import tests_of
from panah.prevention.words import Audience, Band, CampaignState, Counted, SessionState, TestedAt
from panah.training import effect
from panah.volunteers.permissions import keeps_all_branches, keeps_volunteers

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from panah.accounts.models import Staff

NO_GOAL = ""


@dataclass(frozen=True)
class Asked:
    """What a report is of. ``outside``: for readers outside the society, small counts protected."""

    first: date
    last: date
    branch: UUID | None = None
    goal: str | None = None
    project: str = ""
    outside: bool = False


@dataclass(frozen=True)
class Line:
    """A row of one of the tables: what, how many sessions, how many people; None is hidden."""

    label: str | Promise
    sessions: int
    reached: int | None


@dataclass(frozen=True)
class Report:
    """The numbers of a period."""

    sessions: int
    reached: int | None
    campaigns: int
    reach: int
    by_branch: list[Line]
    by_audience: list[Line]
    by_goal: list[Line]
    # Sex or band -> how many people.
    by_sex: list[tuple[str | Promise, int | None]]
    by_band: list[tuple[str | Promise, int | None]]
    changes: list[tuple[TestedAt, bool, effect.Change]] = field(default_factory=list)


def report(*, to: Staff, asked: Asked) -> Report:
    """Count what was held and published in a period: of the reader's branches, or of the society for a data officer."""
    held = _held(to, asked)
    tables: dict[str, Counter[str]] = {
        name: Counter() for name in ("branch", "audience", "goal", "sex", "band")
    }
    often: dict[str, Counter[str]] = {name: Counter() for name in ("branch", "audience", "goal")}
    total = 0
    rows = held.order_by().values_list("branch", "audience", "goal", "reached", "numbers")
    for branch, audience, goal, reached, numbers in rows.iterator():
        total += 1
        for name, key in (("branch", str(branch)), ("audience", audience), ("goal", goal)):
            often[name][key] += 1
            tables[name][key] += reached
        for one, number in numbers.items():
            sex, _space, band = one.partition(" ")
            tables["sex"][sex] += number
            tables["band"][band] += number
    shown = _shown(tables, outside=asked.outside)
    labels = _labels(to.society_id)
    lines = {
        name: [
            Line(labels[name].get(key, key), often[name][key], shown[name].parts.get(key, 0))
            for key in _in_order(often[name], labels[name])
        ]
        for name in often
    }
    campaigns = _campaigns(to, asked)
    return Report(
        sessions=total,
        reached=shown["branch"].total,
        campaigns=campaigns.count(),
        reach=campaigns.aggregate(whole=Sum("reach"))["whole"] or 0,
        by_branch=lines["branch"],
        by_audience=lines["audience"],
        by_goal=lines["goal"],
        by_sex=[(one.label, shown["sex"].parts.get(one, 0)) for one in Counted],
        by_band=[(one.label, shown["band"].parts.get(one, 0)) for one in Band],
        changes=[] if asked.outside and shown["branch"].total is None else _changes(held),
    )


def _in_order(counted: Mapping[str, int], labels: Mapping[str, object]) -> list[str]:
    """What was counted in the order of its list; what stands on no list any more comes last."""
    return [*(one for one in labels if one in counted), *sorted(counted.keys() - labels.keys())]


def _shown(tables: Mapping[str, Counter[str]], *, outside: bool) -> dict[str, Protected[str]]:
    """Every table divides the same sum: what one must hide, no other may tell."""
    if outside:
        return dict(zip(tables, protected_all(*tables.values()), strict=True))
    return {name: Protected(dict(one), sum(one.values())) for name, one in tables.items()}


def _labels(society: UUID) -> dict[str, dict[str, str | Promise]]:
    return {
        "branch": {str(pk): name for pk, name in branch_names(society)},
        "audience": {str(one.value): one.label for one in Audience},
        "goal": dict(goal_choices(society)),
    }


def _scoped[M: Model](rows: QuerySet[M], to: Staff, asked: Asked) -> QuerySet[M]:
    rows = rows.filter(society=to.society_id)
    if keeps_volunteers(to) and not keeps_all_branches(to):
        rows = rows.filter(branch=to.branch_id)
    if asked.branch is not None:
        rows = rows.filter(branch=asked.branch)
    if asked.goal is not None:
        rows = rows.filter(goal=asked.goal)
    return rows.filter(project=asked.project) if asked.project else rows


def _held(to: Staff, asked: Asked) -> QuerySet[Session]:
    rows = Session.objects.filter(state=SessionState.HELD, on__range=(asked.first, asked.last))
    return _scoped(rows, to, asked)


def _campaigns(to: Staff, asked: Asked) -> QuerySet[Campaign]:
    rows = Campaign.objects.filter(state__in=(CampaignState.PUBLISHED, CampaignState.ENDED))
    return _scoped(rows.filter(begins_on__lte=asked.last, ends_on__gte=asked.first), to, asked)


def _changes(held: QuerySet[Session]) -> list[tuple[TestedAt, bool, effect.Change]]:
    """Add up the tests of all sessions, those that were compared in the same way."""
    summed: dict[tuple[str, bool], effect.CountedTests] = {}
    for row in TestResult.objects.filter(session__in=held).order_by():
        tests = tests_of(row)
        key = (row.tested, tests.paired)
        summed[key] = summed[key] + tests if key in summed else tests
    return [
        (TestedAt(tested), paired, effect.change(summed[tested, paired])) for tested, paired in sorted(summed)
    ]
