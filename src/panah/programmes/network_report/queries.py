"""Contributions as their readers see them: aggregates of societies, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from panah.ground.exchange import queries as exchange_queries
from panah.ground.network.goals import GlobalAgenda
from panah.programmes.network_report import permissions, rules
from panah.programmes.network_report.models import Contribution
from panah.programmes.network_report.words import (
    DIVISIONS,
    TONES,
    ContributionState,
    Measure,
    OtherGoal,
    Progress,
    key_of,
)
from panah.programmes.prevention import queries as prevention_queries
from panah.programmes.prevention.words import Band, Counted

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.network_report.rules import Figures, Quarter, Total
    from panah.programmes.prevention.queries import Report

# Quarters on the pages: two years.
SHOWN = 8


# -- the own society ---------------------------------------------------------------------------


def counted(quarter: Quarter, *, to: Staff) -> Figures:
    """Count a quarter of the asker's society for readers outside: what is hidden there is left out here."""
    asked = prevention_queries.Asked(first=quarter.first, last=quarter.last, outside=True)
    return figures_of(prevention_queries.report(to=to, asked=asked))


def figures_of(seen: Report) -> Figures:
    """Return the numbers of a report that may leave, by their keys."""
    found: dict[str, int | None] = {
        Measure.SESSIONS.value: seen.sessions,
        Measure.PEOPLE.value: seen.reached,
        Measure.COURSES.value: seen.courses,
        Measure.TRAINED.value: seen.trained,
        Measure.CAMPAIGNS.value: seen.campaigns,
        **{key_of(*whole, part): 0 for whole, parts in DIVISIONS.items() for part in parts},
    }
    for line in seen.by_goal:
        goal = _goal_of(line.code)
        for measure, number in (
            (Measure.SESSIONS, line.sessions),
            (Measure.PEOPLE, line.reached),
            (Measure.COURSES, line.courses),
            (Measure.TRAINED, line.trained),
        ):
            key = key_of(measure, "goal", goal)
            before = found[key]
            # What is counted together with a hidden number is hidden.
            found[key] = None if number is None or before is None else before + number
    for sex, (_label, number) in zip(Counted.values, seen.by_sex, strict=True):
        found[key_of(Measure.PEOPLE, "sex", sex)] = number
    for band, (_label, number) in zip(Band.values, seen.by_band, strict=True):
        found[key_of(Measure.PEOPLE, "age", band)] = number
    return {key: number for key, number in found.items() if number is not None}


def _goal_of(code: str) -> str:
    if not code:
        return OtherGoal.NONE.value
    return code if code in GlobalAgenda.values else OtherGoal.OTHER.value


@dataclass(frozen=True)
class OwnQuarter:
    """A quarter as the own society stands with it."""

    quarter: Quarter
    row: Contribution | None
    progress: Progress
    # A newer version than the one that was sent is being prepared, or waits to be sent.
    correcting: bool = False

    @property
    def tone(self) -> str:
        return TONES.get(self.progress, "")


def own_quarters(*, to: Staff, today: date) -> list[OwnQuarter]:
    """Return the quarters of two years that are over, with the newest version of each.

    A quarter in which no society was paired yet is left out, unless it was told all the same or is the last one.
    """
    paired_on = paired_since(to.society_id).get(to.society_id)
    newest: dict[str, Contribution] = {}
    sent: set[str] = set()
    for one in Contribution.objects.own(of=to).order_by("quarter", "version"):
        newest[one.quarter] = one
        sent |= {one.quarter} if one.sent_on else set()
    return [
        OwnQuarter(
            quarter,
            row := newest.get(str(quarter)),
            _own_progress(quarter, row, late=rules.is_late(quarter, paired_on=paired_on, today=today)),
            correcting=row is not None and row.sent_on is None and str(quarter) in sent,
        )
        for quarter in rules.ended_quarters(today, SHOWN)
        if str(quarter) in newest
        or quarter == rules.last_ended(today)
        or rules.is_expected(quarter, paired_on=paired_on)
    ]


def paired_since(society: UUID, at: datetime | None = None) -> dict[UUID, date]:
    """Return since when each society that is paired now can send figures here; and the own one to the first of them."""
    found = exchange_queries.paired_since(society=society, at=at)
    return {**found, society: min(found.values())} if found else {}


def _own_progress(quarter: Quarter, row: Contribution | None, *, late: bool) -> Progress:
    if row is not None and row.sent_on is not None:
        return Progress.SENT
    # A correction is not late: what it corrects is there.
    if late and (row is None or row.version == 1):
        return Progress.LATE
    if row is None:
        return Progress.NOT_STARTED
    return Progress.SIGNED if row.state == ContributionState.SIGNED else Progress.PREPARED


def contribution_or_404(pk: UUID, *, to: Staff) -> Contribution:
    """Return one version; one that is only prepared is for those who prepare."""
    rows = Contribution.objects.visible(to=to)
    if not permissions.prepares(to):
        rows = Contribution.objects.told(to=to)
    found: Contribution = get_object_or_404(rows.select_related("told_by", "signed_by"), pk=pk)
    return found


def versions_of(row: Contribution, *, to: Staff) -> list[Contribution]:
    """Return what was told of the same quarter by the same society, the newest first."""
    rows = Contribution.objects.told(to=to).filter(told_by=row.told_by_id, quarter=row.quarter)
    return list(rows.order_by("-version"))


def newest_signed(society: UUID, quarter: Quarter) -> Contribution | None:
    """Return the version of a society's own figures that counts, for jobs."""
    rows = Contribution.objects.filter(society=society, told_by=society, quarter=str(quarter))
    return rows.filter(state=ContributionState.SIGNED).first()


# -- the network -------------------------------------------------------------------------------


@dataclass(frozen=True)
class SocietyRow:
    """A society in the table of a quarter. ``row``: the version that counts."""

    name: str
    own: bool
    progress: Progress
    row: Contribution | None

    @property
    def tone(self) -> str:
        return TONES.get(self.progress, "")

    @property
    def numbers(self) -> list[int | None]:
        return [self.row.figures.get(one) if self.row else None for one in Measure]


@dataclass(frozen=True)
class NetworkQuarter:
    """A quarter: a row for each society of the network that is known here, and what can be added up."""

    quarter: Quarter
    rows: list[SocietyRow]
    totals: dict[Measure, Total]
    # Goal -> the sum of people in sessions and in courses.
    by_goal: list[tuple[str, Total, Total]]


def network_quarters(*, to: Staff, today: date, only: Quarter | None = None) -> list[NetworkQuarter]:
    """Return quarters with what each society told: of two years, or one. Own, paired now, or with anything told."""
    wanted = [only] if only else rules.ended_quarters(today, SHOWN)
    language = get_language() or "en"
    rows = Contribution.objects.told(to=to).filter(quarter__in=[str(one) for one in wanted])
    told: dict[tuple[UUID, str], Contribution] = {}
    names = {society.society: society.name for society in exchange_queries.reachable_societies(to=to)}
    for row in rows.filter(state=ContributionState.SIGNED).select_related("told_by"):
        told[row.told_by_id, row.quarter] = row
        names[row.told_by_id] = row.told_by.name_in(language)
    names[to.society_id] = to.society.name_in(language)
    since = paired_since(to.society_id)
    found = []
    for quarter in wanted:
        lines = [
            _society_row(
                names[pk],
                told.get((pk, str(quarter))),
                own=pk == to.society_id,
                expected=rules.is_expected(quarter, paired_on=since.get(pk)),
                late=rules.is_late(quarter, paired_on=since.get(pk), today=today),
            )
            for pk in sorted(names, key=lambda one: (one != to.society_id, names[one]))
        ]
        if quarter in wanted[:1] or any(line.progress != Progress.NOT_EXPECTED for line in lines):
            found.append(_network_quarter(quarter, lines))
    return found


def _society_row(name: str, row: Contribution | None, *, own: bool, expected: bool, late: bool) -> SocietyRow:
    if row is None and not expected:
        progress = Progress.NOT_EXPECTED
    elif row is None:
        progress = Progress.LATE if late else Progress.EXPECTED
    elif own:
        progress = Progress.SENT if row.sent_on else Progress.SIGNED
    else:
        progress = Progress.RECEIVED
    return SocietyRow(name, own, progress, row)


def _network_quarter(quarter: Quarter, rows: list[SocietyRow]) -> NetworkQuarter:
    figures = {row.name: row.row.figures if row.row else None for row in rows}
    return NetworkQuarter(quarter, rows, rules.totals(figures), _by_goal(figures))


def _by_goal(figures: dict[str, Figures | None]) -> list[tuple[str, Total, Total]]:
    """The sums of people by goal; a part that is hidden somewhere makes its sum unknown."""
    found = []
    for code, label in (*GlobalAgenda.choices, *OtherGoal.choices):
        one_goal = {
            name: None
            if told is None
            else {m.value: told[key] for m in Measure if (key := key_of(m, "goal", code)) in told}
            for name, told in figures.items()
        }
        sums = rules.totals(one_goal)
        found.append((str(label), sums[Measure.PEOPLE], sums[Measure.TRAINED]))
    return found
