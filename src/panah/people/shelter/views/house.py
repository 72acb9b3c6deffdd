"""Who runs a house and is in it when, its book, what it needs."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from panah.ground.accounts.roster import broken_limits
from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import add_message, posted
from panah.ground.work import actions as work
from panah.ground.work.paged import called_by
from panah.people.shelter import actions, queries
from panah.people.shelter.forms import IncidentForm, NeedForm, RunnerForm, ShiftForm
from panah.people.shelter.models import Place
from panah.people.shelter.queries.board import bed_name
from panah.people.shelter.queries.house import book_of, needs_of
from panah.people.shelter.views.common import all_colleagues, find, go, of_place, show, who_may_run
from panah.people.shelter.words import IN_A_BED, PLACE_ROOM

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@require_http_methods(["GET", "POST"])
@of_place
def people(request: StaffRequest, place: Place) -> HttpResponse:
    """Who runs the place, who is in it when; name one more, put somebody on shift."""
    fit, staff = who_may_run(place.society_id), all_colleagues(request)
    names = request.POST.get("do") == "name"
    runner = RunnerForm(posted(request) if names else None, staff=fit)
    shift = ShiftForm(None if names else posted(request), staff=staff)
    sent = runner if names else shift

    def write_down(**data: Any) -> None:
        if names:
            chosen = find(fit, data["runner"])
            actions.name_runner(keys=request.keys, place=place, staff=chosen, at=timezone.now())
        else:
            _put_on(request, place, data, staff)

    if sent.submit(write_down):
        add_message(request, _("Written down."))
        return go("people", place.pk)
    return show(
        request,
        "shelter/people.html",
        place,
        "people",
        runners=queries.runners_of(place),
        shifts=queries.in_the_house(place, at=timezone.now()),
        runner=runner,
        shift=shift,
        now=timezone.now(),
    )


def _put_on(request: StaffRequest, place: Place, data: dict[str, Any], staff: list[Staff]) -> None:
    chosen, at = find(staff, data["on_shift"]), timezone.now()
    hours = {name: data[name] for name in ("starts_at", "ends_at")}
    actions.put_on_shift(place=place, staff=chosen, by=request.staff, at=at, **hours)
    for sentence in broken_limits(staff=chosen, at=at, **hours).said():
        add_message(request, sentence, tone="soon")


@require_POST
@of_place
def take_off(request: StaffRequest, place: Place, staff: UUID) -> HttpResponse:
    """Take a colleague off the place."""
    chosen = find(queries.runners_of(place), str(staff))
    actions.take_runner(keys=request.keys, place=place, staff=chosen, at=timezone.now())
    add_message(request, _("Taken off."))
    return go("people", place.pk) if chosen.pk != request.staff.pk else go("places")


@require_POST
@of_place
def end_shift(request: StaffRequest, place: Place, shift: UUID) -> HttpResponse:
    if not actions.end_shift(place=place, shift=shift, by=request.staff, at=timezone.now()):
        raise Http404
    add_message(request, _("Taken off."))
    return go("people", place.pk)


@require_http_methods(["GET", "POST"])
@of_place
def book(request: StaffRequest, place: Place) -> HttpResponse:
    """The book of incidents, newest first, and a form for one more."""
    at = timezone.now()
    board = queries.board(place, keys=request.keys, at=at)
    here = {str(line.row.pk): line for line in board.residents if line.row.state in IN_A_BED}
    residents = [(pk, f"{bed_name(line.row.bed)}: {line.who}") for pk, line in here.items()]
    form = IncidentForm(posted(request), residents=residents)
    if form.submit(lambda **data: _write(request, place, data, here, at)):
        add_message(request, _("Written in the book."))
        return go("book", place.pk)
    return show(
        request, "shelter/book.html", place, "book", entries=book_of(place, keys=request.keys), form=form
    )


def _write(
    request: StaffRequest, place: Place, data: dict[str, Any], here: dict[str, Any], at: datetime
) -> None:
    line = here.get(data["about"])
    stay = line.row if line else None
    actions.write_incident(
        keys=request.keys,
        place=place,
        kind=data["kind"],
        text=data["text"],
        told=data["told"],
        stay=stay,
        at=at,
    )
    if data["alarm"]:
        alarm = work.raise_alarm(
            society=place.society_id, room=PLACE_ROOM, subject=place.pk, by=request.staff, at=at
        )
        add_message(request, called_by(alarm).say, tone="urgent")


@require_http_methods(["GET", "POST"])
@of_place
def needs(request: StaffRequest, place: Place) -> HttpResponse:
    """What the house needs in kind, what is still open first."""
    form = NeedForm(posted(request))
    if form.submit(
        lambda **_data: actions.write_need(
            keys=request.keys, place=place, need=form.need(), at=timezone.now()
        )
    ):
        add_message(request, _("It is on the list."))
        return go("needs", place.pk)
    return show(
        request, "shelter/needs.html", place, "needs", needs=needs_of(place, keys=request.keys), form=form
    )


@require_POST
@of_place
def need_met(request: StaffRequest, place: Place, need: UUID) -> HttpResponse:
    met = request.POST.get("met", "yes") == "yes"
    if not actions.met_need(keys=request.keys, place=place, need=need, met=met, at=timezone.now()):
        raise Http404
    add_message(request, _("Written down."))
    return go("needs", place.pk)
