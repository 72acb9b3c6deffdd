"""Volunteers in numbers, by sex and band of age, as FDRS asks for them."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import download, page
from panah.ground.kit.workbooks import XLSX, xlsx
from panah.programmes.volunteers import permissions, queries

FIRST_YEAR = 2000


def _counted(request: StaffRequest) -> queries.Figures:
    if not permissions.counts(request.staff):
        raise Http404
    latest, asked = timezone.localdate().year, request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else latest
    return queries.figures(
        to=request.staff, year=min(max(year, FIRST_YEAR), latest), not_known=_("not known")
    )


def _place(request: StaffRequest) -> str:
    whole = permissions.keeps_all_branches(request.staff) or not permissions.keeps_volunteers(request.staff)
    language = getattr(request, "LANGUAGE_CODE", "en")
    place = request.staff.society if whole or request.staff.branch is None else request.staff.branch
    return str(place.name_in(language))


@require_GET
def figures(request: StaffRequest) -> HttpResponse:
    """How many volunteers there were in a year: of the society, or of the branch of its coordinator."""
    seen = _counted(request)
    latest = timezone.localdate().year
    return page(
        request,
        "volunteers/figures.html",
        seen=seen,
        place=_place(request),
        earlier=seen.year - 1 if seen.year > FIRST_YEAR else None,
        later=seen.year + 1 if seen.year < latest else None,
        keeps=permissions.keeps_volunteers(request.staff),
    )


@require_GET
def table(request: StaffRequest) -> HttpResponse:
    """The same as XLSX, one line for each indicator of FDRS."""
    seen = _counted(request)
    society = request.staff.society
    head: list[list[str | int]] = [[_place(request), society.fdrs, seen.year], [], ["KPI", seen.year]]
    lines: list[list[str | int]] = [[code, number] for code, number in seen.indicators()]
    body = xlsx([("FDRS", [*head, *lines])])
    return download(body, name=f"volunteers-{seen.year}.xlsx", kind=XLSX)
