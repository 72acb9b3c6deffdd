"""The bed board, rooms and beds, and choosing who comes into a bed."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, posted
from panah.people.shelter import actions, queries
from panah.people.shelter.forms import AddBedsForm, AskForm, BedForm, RoomForm
from panah.people.shelter.models import Bed, Place, Room
from panah.people.shelter.queries.board import bed_name
from panah.people.shelter.views.common import go, of_place, show
from panah.people.shelter.words import groups


@require_GET
@of_place
def board(request: StaffRequest, place: Place) -> HttpResponse:
    """Tonight and two weeks, who waits, who is there."""
    at = timezone.now()
    return show(
        request,
        "shelter/board.html",
        place,
        "board",
        board=queries.board(place, keys=request.keys, at=at),
        on_shift=[shift for shift in queries.in_the_house(place, at=at) if shift.starts_at <= at],
        bed_name=bed_name,
    )


@require_http_methods(["GET", "POST"])
@of_place
def rooms(request: StaffRequest, place: Place) -> HttpResponse:
    """All rooms with their beds, and a form for one more."""
    form = RoomForm(posted(request), of_place=place.admits)
    if form.submit(actions.add_room, keys=request.keys, place=place, at=timezone.now()):
        add_message(request, _("The room is there."))
        return go("rooms", place.pk)
    rows = [
        (room, groups(room.admits or place.admits), list(room.beds.all()))
        for room in place.rooms.order_by("name").prefetch_related("beds")
    ]
    return show(request, "shelter/rooms.html", place, "rooms", rooms=rows, form=form)


@require_http_methods(["GET", "POST"])
@of_place
def room(request: StaffRequest, place: Place, room: UUID) -> HttpResponse:
    """Change a room, or add beds to it."""
    row = get_object_or_404(Room.objects.select_related("place"), place=place, pk=room)
    adds = "beds" in request.POST
    form = RoomForm(
        None if adds else posted(request),
        of_place=place.admits,
        adding=False,
        initial={"name": row.name, "admits": row.admits, "step_free": row.step_free},
    )
    more = AddBedsForm(posted(request) if adds else None)
    sent = more if adds else form

    def add_beds(*, beds: list[str], **about: Any) -> None:
        actions.add_beds(names=beds, **about)

    action = add_beds if adds else actions.change_room
    if sent.submit(action, keys=request.keys, room=row, at=timezone.now()):
        add_message(request, _("Changed."))
        return go("rooms", place.pk)
    return show(request, "shelter/room.html", place, "rooms", room=row, form=form, more=more)


@require_http_methods(["GET", "POST"])
@of_place
def bed(request: StaffRequest, place: Place, bed: UUID) -> HttpResponse:
    """Rename a bed, or take it out of use."""
    row = _bed(place, bed)
    form = BedForm(
        posted(request),
        initial={
            "name": row.name,
            "out": row.out_from is not None,
            "out_from": row.out_from,
            "out_until": row.out_until,
        },
    )
    if form.submit(
        lambda name, **_data: actions.change_bed(
            keys=request.keys, bed=row, name=name, at=timezone.now(), **form.span()
        )
    ):
        add_message(request, _("Changed."))
        return go("rooms", place.pk)
    return show(
        request,
        "shelter/form.html",
        place,
        "rooms",
        form=form,
        heading=bed_name(row),
        button=_("Keep the changes"),
    )


def _bed(place: Place, bed: UUID) -> Bed:
    return get_object_or_404(Bed.objects.select_related("room__place"), room__place=place, pk=bed)


def _night(request: StaffRequest) -> date:
    """The night of the cell that was touched; tonight when the address says none, or one that is over."""
    tonight = queries.tonight(timezone.now())
    try:
        return max(date.fromisoformat(request.GET.get("from", "")), tonight)
    except ValueError:
        return tonight


@require_http_methods(["GET", "POST"])
@of_place
def put(request: StaffRequest, place: Place, bed: UUID) -> HttpResponse:
    """Who comes into this bed: one of those who wait, or somebody without a case, at once."""
    row, first = _bed(place, bed), _night(request)
    initial = {"from_day": first, "to_day": first + timedelta(days=7)}
    form = AskForm(posted(request), initial=initial)
    if form.submit(
        lambda **data: actions.take_in(
            keys=request.keys,
            place=place,
            bed=row,
            sheet={**form.sheet(), "said": data["said"]},
            from_day=data["from_day"],
            to_day=data["to_day"],
            at=timezone.now(),
        )
    ):
        add_message(request, _("The bed is given."))
        return go("stay", form.result.pk)
    return show(
        request,
        "shelter/put.html",
        place,
        "board",
        bed=row,
        name=bed_name(row),
        waiting=queries.board(place, keys=request.keys, at=timezone.now()).waiting,
        form=form,
    )
