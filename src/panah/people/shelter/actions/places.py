"""Writing down a safe place, its rooms and beds, and who runs it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from panah.ground.accounts.roles import Permission, may, require
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import FileKind
from panah.people.shelter import events
from panah.people.shelter.actions.workflow import journal_place
from panah.people.shelter.models import Bed, Night, Place, Room, Runner, SharedCounts, Stay
from panah.people.shelter.permissions import may_run, must_run
from panah.people.shelter.queries.board import running
from panah.people.shelter.words import NOT_ENDED, PlaceState, StayPart

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

MOST_BEDS = 60


@transaction.atomic
def make_place(
    *, keys: Keyring, typed: Mapping[str, Any], way: Mapping[str, str], runners: Iterable[Staff], at: datetime
) -> Place:
    """Write down a place. ``typed``: name, region, kind, admits, languages; ``way`` is sealed (see ``write_way``)."""
    by = keys.staff
    if not may_run(by):
        raise Refusal(
            _("Safe places are written down by shelter managers and focal points."),
            next_step=_("Ask one of them."),
            code="not-a-runner",
            status=403,
        )
    people = list(runners)
    if not people:
        raise keeps_someone()
    for one in people:
        _must_fit(by, one)
    _must_be_free(by.society_id, typed["name"])
    files = [
        vault.begin_file(keys=keys, kind=FileKind.PLACE, at=at, staff=[*people, by], focal_points=True)
        for _which in ("the way there", "the book")
    ]
    place = Place.objects.create(society_id=by.society_id, file_id=files[0], book_id=files[1], **typed)
    vault.write(keys=keys, file=files[0], part=StayPart.WAY, value=dict(way), at=at)
    Runner.objects.bulk_create(Runner(place=place, staff=person) for person in people)
    if by not in people and not may(by, Permission.SHELTER_LEAD):
        for file in files:
            vault.revoke(keys=keys, file=file, staff=by, at=at)
    journal_place(events.PLACE_MADE, by=by, place=place, at=at)
    return place


def keeps_someone() -> Refusal:
    return Refusal(
        _("A place needs at least one colleague who runs it."),
        next_step=_("Name another one first."),
        code="nobody-runs-it",
    )


def _must_be_free(society: UUID, name: str, exclude: Place | None = None) -> None:
    same = Place.objects.filter(society=society, name__iexact=name)
    if (same.exclude(pk=exclude.pk) if exclude else same).exists():
        raise Refusal(
            _("There is a place with this nickname already."),
            next_step=_("Choose another one, so that nobody is brought to the wrong place."),
            code="name-taken",
        )


def _must_fit(by: Staff, staff: Staff) -> None:
    if staff.society_id != by.society_id or not may_run(staff):
        raise Refusal(
            _("A place is run by shelter managers and focal points of this society."),
            next_step=_("A focal point can give a colleague that role: Colleagues, Roles."),
            code="not-a-runner",
        )


@transaction.atomic
def change_place(*, keys: Keyring, place: Place, typed: Mapping[str, Any], at: datetime) -> Place:
    """Change what stands in lists: name, region, kind, admits, languages, state. Ending waits for the last to leave."""
    must_run(keys.staff, place)
    _must_be_free(place.society_id, typed["name"], exclude=place)
    if typed["state"] == PlaceState.ENDED and Stay.objects.filter(place=place, state__in=NOT_ENDED).exists():
        raise Refusal(
            _("Somebody still has a bed here, or waits for one."),
            next_step=_("End those stays first. Until then: takes nobody for now."),
            code="not-empty",
        )
    for name, value in typed.items():
        setattr(place, name, value)
    place.save(update_fields=list(typed))
    journal_place(events.PLACE_CHANGED, by=keys.staff, place=place, at=at)
    return place


@transaction.atomic
def share_counts(*, shared: bool, by: Staff, at: datetime) -> None:
    """Let colleagues who do not run a house see how many of its beds are taken, or let them no longer."""
    require(
        by,
        Permission.SHELTER_LEAD,
        _("A focal point decides who sees the counts of all houses."),
        _("Ask a focal point of your society."),
    )
    if shared:
        SharedCounts.objects.get_or_create(society_id=by.society_id)
    else:
        SharedCounts.objects.filter(society=by.society_id).delete()
    audit.record(event=events.COUNTS_SHARED if shared else events.COUNTS_KEPT, by=by, at=at)


@transaction.atomic
def write_way(
    *, keys: Keyring, place: Place, way: Mapping[str, str], at: datetime, based_on: int | None = None
) -> int:
    """Seal the way there: address, phone, how, late (what to do when somebody does not come back), rules."""
    must_run(keys.staff, place)
    version = vault.write(
        keys=keys, file=place.file_id, part=StayPart.WAY, value=dict(way), at=at, based_on=based_on
    )
    journal_place(events.PLACE_CHANGED, by=keys.staff, place=place, at=at)
    return version


def _files(place: Place) -> list[UUID]:
    """What whoever runs a place can open: the way there, the book, and every sheet that is not erased."""
    stays = Stay.objects.filter(place=place).filter(Q(state__in=NOT_ENDED) | Q(sheet_until__isnull=False))
    return [place.file_id, place.book_id, *stays.values_list("file_id", flat=True)]


@transaction.atomic
def name_runner(*, keys: Keyring, place: Place, staff: Staff, at: datetime) -> None:
    """Let a colleague run a place: the way there, the book, and the sheets of those who live there."""
    must_run(keys.staff, place)
    _must_fit(keys.staff, staff)
    Runner.objects.get_or_create(place=place, staff=staff)
    able = vault_queries.able_to_open(_files(place))
    for file, who in ((file, able.get(file, set())) for file in _files(place)):
        if staff.pk not in who and vault_queries.opens(keys=keys, file=file):
            vault.grant(keys=keys, file=file, to=staff, at=at)
    journal_place(events.RUNNER_NAMED, by=keys.staff, place=place, at=at)


@transaction.atomic
def take_runner(*, keys: Keyring, place: Place, staff: Staff, at: datetime) -> None:
    """Take a colleague off a place, with her way into it; a place keeps at least one who runs it."""
    must_run(keys.staff, place)
    others = (
        Runner.objects.select_for_update().filter(place=place, staff__is_active=True).exclude(staff=staff)
    )
    if not others.exists():
        raise keeps_someone()
    Runner.objects.filter(place=place, staff=staff).delete()
    if not may(staff, Permission.SHELTER_LEAD):
        kept = _still_hers(staff)
        for file in _files(place):
            if file not in kept and staff in vault_queries.holders(file):
                vault.revoke(keys=keys, file=file, staff=staff, at=at)
    journal_place(events.RUNNER_GONE, by=keys.staff, place=place, at=at)


def _still_hers(staff: Staff) -> set[UUID]:
    rows = Stay.objects.filter(follows=staff, state__in=NOT_ENDED)
    return {file for pair in rows.values_list("file_id", "place__file_id") for file in pair}


# ---- rooms and beds --------------------------------------------------------------------------


@transaction.atomic
def add_room(
    *,
    keys: Keyring,
    place: Place,
    name: str,
    admits: list[str],
    beds: Iterable[str],
    at: datetime,
    step_free: bool = False,
) -> Room:
    """Add a room with its beds."""
    must_run(keys.staff, place)
    _must_narrow(place, admits)
    if Room.objects.filter(place=place, name__iexact=name).exists():
        raise _named_already(_("There is a room with this name already."))
    room = Room.objects.create(place=place, name=name, admits=admits, step_free=step_free)
    _add(room, list(beds))
    journal_place(events.BED_CHANGED, by=keys.staff, place=place, at=at)
    return room


def _named_already(sentence: str) -> Refusal:
    return Refusal(sentence, next_step=_("Choose another name."), code="name-taken")


def _must_narrow(place: Place, admits: list[str]) -> None:
    if set(admits) - set(place.admits):
        raise Refusal(
            _("A room takes only those whom the place takes."),
            next_step=_("Change whom the place takes first."),
            code="wider-than-the-place",
        )


def _add(room: Room, names: list[str]) -> None:
    there = {name.casefold() for name in room.beds.values_list("name", flat=True)}
    fresh = [name.casefold() for name in names]
    if there & set(fresh) or len(set(fresh)) != len(fresh):
        raise _named_already(_("Two beds of a room cannot have the same name."))
    if Bed.objects.filter(room__place=room.place).count() + len(names) > MOST_BEDS:
        raise Refusal(
            _("A place has at most %(num)s beds here.") % {"num": MOST_BEDS},
            next_step=_("Write a larger house down as two places."),
            code="too-many-beds",
        )
    Bed.objects.bulk_create(Bed(room=room, name=name) for name in names)


@transaction.atomic
def change_room(
    *, keys: Keyring, room: Room, name: str, admits: list[str], at: datetime, step_free: bool = False
) -> None:
    """Rename a room or change whom it takes. Those who sleep there already stay."""
    place = room.place
    must_run(keys.staff, place)
    _must_narrow(place, admits)
    if Room.objects.filter(place=place, name__iexact=name).exclude(pk=room.pk).exists():
        raise _named_already(_("There is a room with this name already."))
    room.name, room.admits, room.step_free = name, admits, step_free
    room.save(update_fields=["name", "admits", "step_free"])
    journal_place(events.BED_CHANGED, by=keys.staff, place=place, at=at)


@transaction.atomic
def add_beds(*, keys: Keyring, room: Room, names: Iterable[str], at: datetime) -> None:
    must_run(keys.staff, room.place)
    _add(room, list(names))
    journal_place(events.BED_CHANGED, by=keys.staff, place=room.place, at=at)


@transaction.atomic
def change_bed(
    *, keys: Keyring, bed: Bed, name: str, out_from: date | None, out_until: date | None, at: datetime
) -> None:
    """Rename a bed, or take it out of use from a day until a day; nobody is put out of it by that."""
    place = bed.room.place
    must_run(keys.staff, place)
    if bed.room.beds.filter(name__iexact=name).exclude(pk=bed.pk).exists():
        raise _named_already(_("Two beds of a room cannot have the same name."))
    if out_from is not None:
        nights = Night.objects.filter(running(at), bed=bed, night__gte=out_from)
        if out_until is not None:
            nights = nights.filter(night__lt=out_until)
        if nights.exists():
            raise Refusal(
                _("Somebody has this bed in those nights."),
                next_step=_("Give that person another bed first, on the page of the stay."),
                code="bed-taken",
            )
    bed.name, bed.out_from, bed.out_until = name, out_from, out_until if out_from else None
    bed.save(update_fields=["name", "out_from", "out_until"])
    journal_place(events.BED_CHANGED, by=keys.staff, place=place, at=at)
