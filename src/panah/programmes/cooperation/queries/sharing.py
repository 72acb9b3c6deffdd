"""What of the society's entries leaves: as another node is told it, and as a guest reads it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.directory import queries as directory_queries
from panah.ground.foundation import dialled_numbers
from panah.ground.foundation.dialled_numbers import HasDialledNumbers
from panah.programmes.cooperation.models import (
    Corridor,
    Entry,
    Meeting,
    Point,
    Practice,
    Profile,
    ReceivedEntry,
)
from panah.programmes.cooperation.queries.members import last_test_call, own_tries
from panah.programmes.cooperation.rules import Said, at_night, can_be_dialled
from panah.programmes.cooperation.words import TEMPLATE, Kind, PracticeState
from panah.programmes.diplomacy import queries as diplomacy_queries
from panah.programmes.diplomacy.words import Tells

if TYPE_CHECKING:
    from panah.ground.directory.queries.cards import HotlineCard
    from panah.programmes.diplomacy.queries import Telling

MODELS: Mapping[str, type[Entry]] = {
    Kind.PROFILE: Profile,
    Kind.POINT: Point,
    Kind.CORRIDOR: Corridor,
    Kind.PRACTICE: Practice,
    Kind.MEETING: Meeting,
}


@dataclass(frozen=True)
class Leaving:
    """One entry as it leaves: by which id it is known outside, its content (``rules.SHAPES``), of when it is."""

    kind: str
    entry: UUID
    said: dict[str, object]
    as_of: datetime


def rows_that_leave(kind: str, society: UUID, **only: bool) -> Iterable[Entry]:
    """Return the rows of a kind that may leave today, shared or not: no draft, nothing that has ended."""
    if kind == Kind.POINT:
        points = Point.objects.filter(society=society, ended=False, **only)
        return points.select_related("line").prefetch_related("tries")
    if kind == Kind.PRACTICE:
        practices = Practice.objects.filter(society=society, state=PracticeState.PUBLISHED, **only)
        return practices.select_related("translates", "reviewer")
    if kind == Kind.MEETING:
        return Meeting.objects.filter(society=society, **only).prefetch_related("decisions")
    return MODELS[kind].objects.filter(society=society, **only)


def shared_entries(society: UUID, *, at: datetime) -> list[Leaving]:
    """Return everything that a society shares with the others."""
    found = []
    for kind in MODELS:
        found += leaving(kind, rows_that_leave(kind, society, shared=True), society, at=at)
    return [*found, *map(_status, diplomacy_queries.statuses_told(society))]


def _status(one: Telling) -> Leaving:
    """Say how far a commitment is, without whose word it is: names of colleagues stay."""
    row, shown = one.word.commitment, one.word.evidence
    said: dict[str, object] = {
        "title": row.title,
        "provisions": row.provisions,
        "begins_on": row.begins_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "progress": one.word.progress,
        "why": one.word.why,
        "kind": shown.kind,
        "evidence": shown.text,
        "source": shown.source,
        "shown_on": one.word.shown_on.isoformat(),
        "printed": one.tells == Tells.PRINT,
    }
    return Leaving(Kind.STATUS, row.pk, said, one.as_of)


def leaving(kind: str, rows: Iterable[Entry], society: UUID, *, at: datetime) -> list[Leaving]:
    """Return these rows as they leave; a number that was changed outside Panah stays."""
    found = list(rows)
    if kind == Kind.POINT:
        lines = directory_queries.own_numbers_of([society], at=at).get(society, []) if found else []
        by_id = {line.id: line for line in lines}
        points = dialled_numbers.compared(row for row in found if isinstance(row, Point))
        good = [row for row in points if not row.changed_outside]
        return [
            Leaving(kind, row.pk, _point(row, by_id.get(row.line_id) if row.line_id else None), row.edited_at)
            for row in good
        ]
    return [Leaving(kind, known_as(row), _said(row), row.edited_at) for row in found]


def _said(row: Entry) -> dict[str, object]:
    if isinstance(row, Profile):
        return _profile(row)
    if isinstance(row, Corridor):
        return _corridor(row)
    if isinstance(row, Practice):
        return practice_said(row)
    if isinstance(row, Meeting):
        return _meeting(row)
    raise TypeError(type(row).__name__)


def known_as(row: Entry) -> UUID:
    """Return the id by which others know an entry: all versions of a practice by one."""
    return UUID(str(row.family if isinstance(row, Practice) else row.pk))


def _profile(row: Profile) -> dict[str, object]:
    return {"mandate": row.mandate, "means": row.means}


def _point(row: Point, line: HotlineCard | None) -> dict[str, object]:
    number = row.phone or (line.number if line is not None and not line.changed else "")
    tries = own_tries(row)
    last = last_test_call(tries, line)
    ours = tries[0] if last and tries and tries[0].on == last.on else None
    return {
        "function": row.function,
        "title": row.title,
        "phone": number if can_be_dialled(number) else "",
        "night": row.night,
        "email": row.email,
        "languages": row.languages,
        "hours": row.hours,
        "tried_on": last.on.isoformat() if last else "",
        "tried_at_night": bool(ours and at_night(ours.hour)),
        "answered": ours.outcome if ours else "",
    }


def _corridor(row: Corridor) -> dict[str, object]:
    return {"from": row.origin, "to": row.destination, "works": row.works, "note": row.note}


def practice_said(row: Practice) -> dict[str, object]:
    of = row.translates
    return {
        "title": row.title,
        "language": row.language,
        "version": row.version,
        "of_version": of.version if of else 0,
        "original": str(of.family) if of else "",
        **{name: getattr(row, name) for name in TEMPLATE},
        "contact": row.contact,
        "elements": row.elements,
        "provisions": row.provisions,
        "reviewed_by": row.reviewer.name_en if row.reviewer and row.reviewed_on else "",
        "reviewed_on": row.reviewed_on.isoformat() if row.reviewed_on else "",
        "state": row.edited_at.isoformat(),
    }


def _meeting(row: Meeting) -> dict[str, object]:
    """Decisions without whose they are: names of colleagues stay."""
    return {
        "title": row.title,
        "held_on": row.held_on.isoformat(),
        "place": row.place,
        "decisions": [
            f"{one.text} ({one.with_whom})" if one.with_whom else one.text for one in row.decisions.all()
        ],
    }


def heading(kind: str, said: Said) -> str:
    """Return what an entry is called in a list, from its content."""
    if kind == Kind.CORRIDOR:
        return f"{said['from']} → {said['to']}"
    return str(said.get("title") or Kind(kind).label)


def rows_with_numbers(society: UUID) -> list[HasDialledNumbers]:
    """Return every row of which the society's people see a number."""
    told = ReceivedEntry.objects.filter(society=society, kind=Kind.POINT, ended=False)
    return [*Point.objects.filter(society=society).exclude(phone=""), *told]
