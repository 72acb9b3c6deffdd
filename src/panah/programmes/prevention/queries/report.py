"""Prevention in numbers: by branch, period, goal and project. Exact inside the society, protected for others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Model, QuerySet, Sum

from panah.ground.foundation.paging import page_by_day
from panah.ground.foundation.small_counts import THRESHOLD, Protected, all_hidden, protected_all
from panah.ground.network.goals import goal_choices
from panah.ground.network.queries import branch_names
from panah.programmes.prevention import rules
from panah.programmes.prevention.models import Campaign, Narrative, Session, TestResult
from panah.programmes.prevention.queries.sessions import tests_of
from panah.programmes.prevention.words import Audience, Band, CampaignState, Counted, SessionState, TestedAt
from panah.programmes.training import effect
from panah.programmes.training import queries as training_queries
from panah.programmes.training.words import CourseState
from panah.programmes.volunteers.permissions import keeps_all_branches, keeps_volunteers

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from panah.ground.accounts.models import Staff
    from panah.programmes.training.models import Course

NO_GOAL = ""
# Branch, goal and project: by these a report asks for a part.
type Part = tuple[str, str, str]
# Name of a table -> what stands in it.
type Tables = dict[str, Counter[str]]
# Of a table that courses have no part in.
NOBODY: Protected[str] = Protected({}, 0)


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
    """A row of one of the tables: its code, how it reads, what was held, how many people; None is hidden."""

    code: str
    label: str | Promise
    sessions: int
    reached: int | None
    courses: int = 0
    trained: int | None = 0


@dataclass(frozen=True)
class Report:
    """The numbers of a period."""

    sessions: int
    reached: int | None
    courses: int
    trained: int | None
    campaigns: int
    reach: int | None
    by_branch: list[Line]
    by_audience: list[Line]
    by_goal: list[Line]
    # Sex or band -> how many people.
    by_sex: list[tuple[str | Promise, int | None]]
    by_band: list[tuple[str | Promise, int | None]]
    changes: list[tuple[TestedAt, bool, effect.Change]] = field(default_factory=list)


def report(*, to: Staff, asked: Asked) -> Report:
    """Count what was held and published in a period: of the reader's branches, or of the society for a data officer."""
    often, shown = _shown(to, asked, _counted, _reached)
    courses, trained = _shown(to, asked, _taught, _trained)
    lines = {
        name: _lines(
            labels, often[name], shown[name], courses.get(name, Counter()), trained.get(name, NOBODY)
        )
        for name, labels in _labels(to.society_id).items()
    }
    campaigns = _campaigns(to, asked)
    reach = campaigns.aggregate(whole=Sum("reach"))["whole"] or 0
    return Report(
        sessions=often["branch"].total(),
        reached=shown["branch"].total,
        courses=courses["branch"].total(),
        trained=trained["branch"].total,
        campaigns=campaigns.count(),
        reach=None if asked.outside and 0 < reach < THRESHOLD else reach,
        by_branch=lines["branch"],
        by_audience=lines["audience"],
        by_goal=lines["goal"],
        by_sex=[(one.label, shown["sex"].parts.get(one, 0)) for one in Counted],
        by_band=[(one.label, shown["band"].parts.get(one, 0)) for one in Band],
        changes=[] if asked.outside and shown["branch"].total is None else _changes(_held(to, asked)),
    )


def _counted(to: Staff, asked: Asked) -> tuple[Tables, Tables]:
    """How many sessions, and how many people in them, by everything that divides them."""
    often: Tables = {name: Counter() for name in ("branch", "audience", "goal")}
    people: Tables = {name: Counter() for name in ("branch", "audience", "goal", "sex", "band")}
    rows = _held(to, asked).order_by().values_list("branch", "audience", "goal", "reached", "numbers")
    for branch, audience, goal, reached, numbers in rows.iterator():
        for name, key in (("branch", str(branch)), ("audience", audience), ("goal", goal)):
            often[name][key] += 1
            people[name][key] += reached
        for one, number in numbers.items():
            sex, _space, band = one.partition(" ")
            people["sex"][sex] += number
            people["band"][band] += number
    return often, people


def _lines(
    labels: Mapping[str, str | Promise],
    sessions: Counter[str],
    people: Protected[str],
    courses: Counter[str],
    trained: Protected[str],
) -> list[Line]:
    return [
        Line(
            key,
            labels.get(key, key),
            sessions[key],
            people.parts.get(key, 0),
            courses[key],
            trained.parts.get(key, 0),
        )
        for key in _in_order({*sessions, *courses}, labels)
    ]


def _taught(to: Staff, asked: Asked) -> tuple[Tables, Tables]:
    """How many courses, and how many people in them, by branch and by goal."""
    courses: Tables = {"branch": Counter(), "goal": Counter()}
    people: Tables = {"branch": Counter(), "goal": Counter()}
    own = _own_branch(to)
    for one in training_queries.held(society=to.society_id, first=asked.first, last=asked.last):
        if own not in (None, one.branch) or asked.branch not in (None, one.branch):
            continue
        if asked.goal not in (None, one.goal) or asked.project not in ("", one.project):
            continue
        for name, key in (("branch", str(one.branch)), ("goal", one.goal)):
            courses[name][key] += 1
            people[name][key] += one.people
    return courses, people


def _in_order(counted: Set[str], labels: Mapping[str, object]) -> list[str]:
    """What was counted in the order of its list; what stands on no list any more comes last."""
    return [*(one for one in labels if one in counted), *sorted(counted - labels.keys())]


def _shown(
    to: Staff,
    asked: Asked,
    count: Callable[[Staff, Asked], tuple[Tables, Tables]],
    whole: Callable[[Staff, Asked], Mapping[Part, int]],
) -> tuple[Tables, dict[str, Protected[str]]]:
    """How often something was held, and how many people as the reader may see: of ``whole``, the society, a part."""
    if not asked.outside:
        often, people = count(to, asked)
        return often, {name: Protected(dict(one), sum(one.values())) for name, one in people.items()}
    quarters = [
        replace(asked, first=first, last=last)
        for first, last in rules.quarters_between(asked.first, asked.last)
    ]
    found = [count(to, one) for one in quarters]
    often, people = _added(one for one, _people in found), _added(one for _often, one in found)
    if not _may_be_told([whole(to, one) for one in quarters], to, asked):
        return often, {name: all_hidden(one) for name, one in people.items()}
    # Every table divides the same sum: what one must hide, no other may tell; nor the year what a quarter hides.
    shown = protected_all([[one[name] for name in people] for _often, one in found])
    return often, dict(zip(people, shown, strict=True))


def _added(tables: Iterable[Tables]) -> Tables:
    found: Tables = {}
    for one in tables:
        for name, table in one.items():
            found.setdefault(name, Counter()).update(table)
    return found


def _may_be_told(periods: Sequence[Mapping[Part, int]], to: Staff, asked: Asked) -> bool:
    """Say whether the sum of what is asked for tells no small one, beside the sums of the whole and of other parts."""
    branch = asked.branch or _own_branch(to)
    part = (None if branch is None else str(branch), asked.goal, asked.project or None)
    narrowed = [place for place, value in enumerate(part) if value is not None]
    for number in range(1, len(narrowed) + 1):
        for places in combinations(narrowed, number):
            (shown,) = protected_all([[_by(places, people)] for people in periods])
            if shown.parts.get(tuple(part[place] for place in places), 0) is None:
                return False
    return True


def _by(places: Iterable[int], people: Mapping[Part, int]) -> Counter[tuple[str | None, ...]]:
    sums: Counter[tuple[str | None, ...]] = Counter()
    for one, number in people.items():
        sums[tuple(one[place] for place in places)] += number
    return sums


def _reached(to: Staff, asked: Asked) -> Counter[Part]:
    """How many people the sessions of the whole society reached, by branch, goal and project."""
    rows = Session.objects.filter(
        society=to.society_id, state=SessionState.HELD, on__range=(asked.first, asked.last)
    )
    sums = rows.order_by().values_list("branch", "goal", "project").annotate(people=Sum("reached"))
    return Counter({(str(branch), goal, project): people for branch, goal, project, people in sums})


def _trained(to: Staff, asked: Asked) -> Counter[Part]:
    """How many people were in the courses of the whole society."""
    found: Counter[Part] = Counter()
    for one in training_queries.held(society=to.society_id, first=asked.first, last=asked.last):
        found[str(one.branch), one.goal, one.project] += one.people
    return found


@dataclass(frozen=True)
class Behind:
    """A page of what stands behind a number: sessions, or courses."""

    sessions: list[Session]
    courses: list[Course]
    more: str


def behind(*, to: Staff, asked: Asked, courses: bool, after: str) -> Behind:
    """Return the sessions, or the courses, that a report counts, for whoever may open them."""
    if courses:
        held = training_queries.visible(to=to).filter(ends_on__range=(asked.first, asked.last))
        there = (
            held.exclude(state=CourseState.CANCELLED).filter(sessions__attendances__present=True).distinct()
        )
        taught, more = page_by_day(_scoped(there, to, asked).select_related("branch"), "ends_on", after)
        return Behind([], taught, more)
    rows, more = page_by_day(_held(to, asked).select_related("branch", "group"), "on", after)
    return Behind(rows, [], more)


def narrative_of(society: UUID, period: str) -> str:
    """Return what the society wrote beside the numbers of a period, with its placeholders; "" for nothing."""
    row = Narrative.objects.filter(society=society, period=period).first()
    return row.text if row else ""


def _labels(society: UUID) -> dict[str, dict[str, str | Promise]]:
    return {
        "branch": {str(pk): name for pk, name in branch_names(society)},
        "audience": {str(one.value): one.label for one in Audience},
        "goal": dict(goal_choices(society)),
    }


def _own_branch(to: Staff) -> UUID | None:
    """The branch of whoever keeps one alone; None for whoever reads the numbers of all."""
    return to.branch_id if keeps_volunteers(to) and not keeps_all_branches(to) else None


def _scoped[M: Model](rows: QuerySet[M], to: Staff, asked: Asked) -> QuerySet[M]:
    rows = rows.filter(society=to.society_id)
    if (own := _own_branch(to)) is not None:
        rows = rows.filter(branch=own)
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
