"""Who can be reached where, what each society does along the route, and when a duty number was last tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language

from panah.ground.directory import queries as directory_queries
from panah.ground.foundation import dialled_numbers
from panah.ground.kit.languages import language_name
from panah.ground.network.queries import societies
from panah.ground.network.words import country_name
from panah.programmes.cooperation.models import Corridor, Point, Profile, ReceivedEntry, TestCall
from panah.programmes.cooperation.permissions import reads
from panah.programmes.cooperation.rules import Said, at_night, how_it_works, next_test_call
from panah.programmes.cooperation.words import Answered, Capability, Function, Kind, Means, Works
from panah.programmes.diplomacy.beside import ToldStatus

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.directory.queries.cards import HotlineCard

# How many test calls a page lists.
SHOWN = 50


@dataclass(frozen=True)
class LastTestCall:
    """The newest test call that is known: its day, whether it was at night, what came of it and who answered.

    ``by``: which society made it, "" where it is the number's own.
    """

    on: date
    night: bool = False
    outcome: str = ""
    answered_by: str = ""
    by: str = ""


@dataclass(frozen=True)
class PointCard:
    """A contact point as it is shown. ``told_on``: of when another society's word is; None for an own one."""

    pk: UUID
    function: str
    title: str
    phone: str
    email: str
    night: bool
    languages: tuple[str, ...]
    hours: str
    last: LastTestCall | None = None
    due_on: date | None = None
    shared: bool = False
    told_on: datetime | None = None


@dataclass(frozen=True)
class Member:
    """One society: what it does, by which mandate, and where it is reached."""

    society: UUID
    name: str
    own: bool
    mandate: str
    means: tuple[tuple[str, str, str], ...]
    points: tuple[PointCard, ...]
    told_on: datetime | None = None


def told(*kinds: str, to: Staff) -> list[ReceivedEntry]:
    """Return what other societies tell this one today, of all kinds or of some, the newest word first; one query."""
    if not reads(to):
        return []
    rows = (
        ReceivedEntry.objects.visible(to=to).filter(ended=False).exclude(content={}).select_related("teller")
    )
    return list((rows.filter(kind__in=kinds) if kinds else rows).order_by("-as_of"))


def told_statuses(*, to: Staff) -> list[ToldStatus]:
    """Return how far other societies say that their commitments are, by the name of the society; one query."""
    language = get_language() or "en"
    found = [
        ToldStatus(
            slug=row.teller.slug,
            society=row.teller.name_in(language),
            iso2=row.teller.iso2,
            title=row.content["title"],
            provisions=tuple(row.content["provisions"]),
            progress=row.content["progress"],
            why=row.content["why"],
            evidence=row.content["evidence"],
            source=row.content["source"],
            shown_on=row.shown_on,
            as_of=row.as_of,
            printed=row.content["printed"],
            address=reverse("cooperation:told", args=[row.pk]),
        )
        for row in told(Kind.STATUS, to=to)
        if row.shown_on is not None
    ]
    return sorted(found, key=lambda one: (one.society.casefold(), one.title.casefold(), one.address))


def means_in_words(means: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Return for each capability its label, the code of how, and how in words."""
    return tuple(
        (str(one.label), code, str(Means(code).label))
        for one in Capability
        if (code := means.get(one.value, Means.UNKNOWN))
    )


def members(*, to: Staff, at: datetime) -> list[Member]:
    """Return the own society first, then those that told something, by name; ten queries, however many they are."""
    if not reads(to):
        return []
    profile = Profile.objects.visible(to=to).first()
    language = get_language() or "en"
    own = Member(
        to.society_id,
        to.society.name_in(language),
        True,
        profile.mandate if profile else "",
        means_in_words(profile.means if profile else {}),
        tuple(own_points(to=to, at=at)),
    )
    found: dict[UUID, Member] = {own.society: own}
    profiles: dict[UUID, ReceivedEntry] = {}
    points: dict[UUID, list[PointCard]] = {}
    names: dict[UUID, str] = {}
    every = told(to=to)
    prefetch_related_objects(every, "tries__caller")
    for row in dialled_numbers.compared(every):
        names[row.teller_id] = row.teller.name_in(language)
        if row.kind == Kind.PROFILE:
            profiles[row.teller_id] = row
        if row.kind == Kind.POINT:
            points.setdefault(row.teller_id, []).append(told_point(row))
    for society in {*profiles, *points}:
        said = profiles.get(society)
        found[society] = Member(
            society,
            names[society],
            False,
            str(said.content["mandate"]) if said else "",
            means_in_words(dict(said.content["means"]) if said else {}),
            tuple(points.get(society, ())),
            said.as_of if said else points[society][0].told_on,
        )
    return sorted(found.values(), key=lambda one: (not one.own, one.name))


def own_points(*, to: Staff, at: datetime) -> list[PointCard]:
    rows = dialled_numbers.compared(
        Point.objects.visible(to=to)
        .filter(ended=False)
        .select_related("line")
        .prefetch_related("tries__caller")
    )
    lines = {
        one.id: one for one in directory_queries.own_numbers_of([to.society_id], at=at).get(to.society_id, [])
    }
    return [point_card(row, lines.get(row.line_id) if row.line_id else None) for row in rows]


def point_card(row: Point, line: HotlineCard | None) -> PointCard:
    return PointCard(
        row.pk,
        row.get_function_display(),
        row.title,
        row.shown_phone or (line.number if line else ""),
        row.email,
        row.night,
        tuple(language_name(tag) for tag in row.languages),
        row.hours,
        last_test_call(list(row.tries.all()), line),
        _due_on(row) if row.night else None,
        row.shared,
    )


def _due_on(row: Point) -> date:
    """When we try it again, as the list of what is due says.

    A look by day in the directory is no test of who answers at night; an unanswered call of others is due at once.
    """
    own = next(iter(own_tries(row)), None)
    for one in row.tries.all():
        if one == own:
            break
        if one.outcome != Answered.ANSWERED:
            return one.on
    return next_test_call(own.on) if own else row.edited_at.date()


def own_tries(row: Point) -> list[TestCall]:
    """Return the test calls that the society itself made, the newest first; from what was prefetched."""
    return [one for one in row.tries.all() if one.by_id is not None]


def last_test_call(tries: Sequence[TestCall], line: HotlineCard | None) -> LastTestCall | None:
    """Return the newest attempt: the first of these test calls, or what the directory knows of its line since."""
    newest = tries[0] if tries else None
    verified = line.verified.at.date() if line is not None and line.verified.at is not None else None
    if verified is not None and line is not None and (newest is None or verified > newest.on):
        return LastTestCall(verified, outcome=line.verified.outcome)
    return _as_last(newest, names_caller=newest.by_id is None) if newest is not None else None


def _as_last(one: TestCall, *, names_caller: bool) -> LastTestCall:
    by = one.caller.name_in(get_language() or "en") if names_caller else ""
    return LastTestCall(
        one.on, at_night(one.hour), one.get_outcome_display(), one.get_answered_by_display(), by
    )


def told_point(row: ReceivedEntry) -> PointCard:
    said = row.content
    tried = str(said["tried_on"])
    outcome = str(Answered(said["answered"]).label) if said["answered"] else ""
    last = LastTestCall(date.fromisoformat(tried), bool(said["tried_at_night"]), outcome) if tried else None
    ours = next(iter(row.tries.all()), None)
    if ours is not None and (last is None or last.on <= ours.on):
        last = _as_last(ours, names_caller=True)
    return PointCard(
        row.pk,
        str(Function(said["function"]).label),
        str(said["title"]),
        row.shown_phone,
        str(said["email"]),
        bool(said["night"]),
        tuple(language_name(str(tag)) for tag in said["languages"]),
        str(said["hours"]),
        last,
        told_on=row.as_of,
    )


def point_or_404(pk: UUID, *, to: Staff) -> Point:
    if not reads(to):
        raise Http404
    found: Point = get_object_or_404(Point.objects.visible(to=to).select_related("line", "changed_by"), pk=pk)
    return found


def point_with_tries(pk: UUID, *, to: Staff, at: datetime) -> tuple[PointCard, list[TestCall]]:
    row = point_or_404(pk, to=to)
    lines = directory_queries.own_numbers_of([to.society_id], at=at).get(to.society_id, [])
    card = point_card(row, next((line for line in lines if line.id == row.line_id), None))
    return card, tries_of(row)


def tries_of(row: Point | ReceivedEntry) -> list[TestCall]:
    """Return the newest test calls to a number, each with who made it."""
    return list(row.tries.select_related("by", "caller")[:SHOWN])


def own_profile(*, to: Staff) -> Profile | None:
    found: Profile | None = Profile.objects.visible(to=to).first()
    return found


@dataclass(frozen=True)
class Way:
    """A corridor as one society describes it. ``told_on`` and ``by``: whose word it is; own ones have neither."""

    pk: UUID
    origin: str
    destination: str
    names: tuple[str, str]
    societies: tuple[str, str]
    works: tuple[tuple[str, str, str], ...]
    whole: str
    note: str
    shared: bool = False
    by: str = ""
    told_on: datetime | None = None


def ways(*, to: Staff) -> list[Way]:
    """Return the corridors, own ones first, each with the societies on its ends."""
    if not reads(to):
        return []
    language, there = get_language() or "en", {society.iso2: society.name for society in societies()}
    found = []
    for row in Corridor.objects.visible(to=to):
        said = {"from": row.origin, "to": row.destination, "works": row.works, "note": row.note}
        found.append(way(row.pk, said, there, shared=row.shared))
    for one in told(Kind.CORRIDOR, to=to):
        by = one.teller.name_in(language)
        found.append(way(one.pk, one.content, there, by=by, told_on=one.as_of))
    return found


def capabilities_in_words(works: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    """Return for each capability its label, the code of how it works between two countries, and that in words."""
    return tuple(
        (str(one.label), code, str(Works(code).label))
        for one in Capability
        if (code := works.get(one.value, Works.UNKNOWN))
    )


def way(
    pk: UUID,
    said: Said,
    there: Mapping[str, str],
    *,
    shared: bool = False,
    by: str = "",
    told_on: datetime | None = None,
) -> Way:
    """Return a corridor in the reader's words. ``there``: the societies by the two letters of their country."""
    language, works = get_language() or "en", said["works"]
    ends = (str(said["from"]).upper(), str(said["to"]).upper())
    return Way(
        pk,
        *ends,
        (country_name(ends[0], language), country_name(ends[1], language)),
        (there.get(ends[0], ""), there.get(ends[1], "")),
        capabilities_in_words(works),
        how_it_works(works),
        str(said["note"]),
        shared,
        by,
        told_on,
    )


def corridor_or_404(pk: UUID, *, to: Staff) -> Corridor:
    if not reads(to):
        raise Http404
    found: Corridor = get_object_or_404(Corridor.objects.visible(to=to), pk=pk)
    return found
