"""Who can be reached where, duty numbers and their test calls, what societies do along the route, corridors."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.corridor_svg import Route, drawn
from panah.ground.kit.languages import language_name
from panah.ground.kit.pages import add_message, page, posted
from panah.programmes.cooperation import actions as cooperation
from panah.programmes.cooperation import permissions
from panah.programmes.cooperation import queries as cooperation_queries
from panah.programmes.cooperation.forms.members import CorridorForm, PointForm, ProfileForm
from panah.programmes.cooperation.steps import POINT_STEPS, duty_lines
from panah.programmes.cooperation.views.common import back_to, form_page, must_keep, must_read
from panah.programmes.cooperation.words import DASHES, Works

if TYPE_CHECKING:
    from panah.programmes.cooperation.queries import Way


@require_safe
def start(request: StaffRequest) -> HttpResponse:
    """Every society that tells something: what it does, who answers, and when that was last tried."""
    must_read(request)
    return page(
        request,
        "cooperation/start.html",
        members=cooperation_queries.members(to=request.staff, at=timezone.now()),
        keeps=permissions.keeps(request.staff),
        decides=permissions.decides(request.staff),
        profile=cooperation_queries.own_profile(to=request.staff),
        today=timezone.localdate(),
    )


@require_http_methods(["GET", "POST"])
def profile(request: StaffRequest) -> HttpResponse:
    must_keep(request)
    row = cooperation_queries.own_profile(to=request.staff)
    initial = {"mandate": row.mandate, "means": row.means} if row else {}
    form = ProfileForm(posted(request), initial=initial)
    if row is not None:
        form.look_at(row)
    if form.submit(cooperation.save_profile, by=request.staff, at=timezone.now()):
        add_message(request, _("Saved."))
        return HttpResponseRedirect(back_to("start"))
    return form_page(request, form, _("What the society does along the route"), back_to("start"))


@require_http_methods(["GET", "POST"])
def new_point(request: StaffRequest) -> HttpResponse:
    must_keep(request)
    form = PointForm(posted(request), lines=duty_lines(request.staff))
    if form.submit(cooperation.save_point, by=request.staff, at=timezone.now()):
        return HttpResponseRedirect(back_to("point", form.result.pk))
    return form_page(request, form, _("A new contact point"), back_to("start"))


@require_safe
def point(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One contact point of the society with its test calls."""
    must_read(request)
    row = cooperation_queries.point_or_404(pk, to=request.staff)
    card, tries = cooperation_queries.point_with_tries(pk, to=request.staff, at=timezone.now())
    return page(
        request,
        "cooperation/point.html",
        row=row,
        card=card,
        tries=tries,
        names={one.language: language_name(one.language) for one in tries},
        steps=POINT_STEPS.offered(row, to=request.staff),
        decides=permissions.decides(request.staff) and not row.ended,
    )


@require_safe
def corridors(request: StaffRequest) -> HttpResponse:
    """The corridors as a picture, and as a table beneath it."""
    must_read(request)
    ways = cooperation_queries.ways(to=request.staff)
    return page(
        request,
        "cooperation/corridors.html",
        ways=ways,
        picture=drawn(_route(way) for way in ways),
        keeps=permissions.keeps(request.staff),
        decides=permissions.decides(request.staff),
    )


def _route(way: Way) -> Route:
    ends = (way.origin, way.names[0]), (way.destination, way.names[1])
    return Route(ends, DASHES[Works(way.whole)])


@require_http_methods(["GET", "POST"])
def new_corridor(request: StaffRequest) -> HttpResponse:
    must_keep(request)
    form = CorridorForm(posted(request))
    if form.submit(cooperation.save_corridor, by=request.staff, at=timezone.now()):
        return HttpResponseRedirect(back_to("corridors"))
    return form_page(request, form, _("A new corridor"), back_to("corridors"))
