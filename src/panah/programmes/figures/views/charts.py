"""Charts by country and measure, each on a lasting page of its own; the ways from country to country."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panah.ground.kit import corridor_svg
from panah.ground.kit.pages import page
from panah.ground.network.words import country_name
from panah.programmes.figures import actions as figures
from panah.programmes.figures import permissions, queries
from panah.programmes.figures.views.figures import as_csv
from panah.programmes.figures.words import NOT_DEDUPLICATED, Measure

if TYPE_CHECKING:
    from panah.ground.foundation.http import StaffRequest
    from panah.programmes.figures.models import Figure

# So many lines can be told apart; the table beneath has all.
MOST_LINES = 24


def must_read(request: StaffRequest) -> None:
    if not permissions.reads(request.staff):
        raise Http404


@require_safe
def charts(request: StaffRequest) -> HttpResponse:
    """Which charts there are: by country, a line for each measure."""
    must_read(request)
    by_country: dict[str, list[queries.ChartCard]] = {}
    for one in queries.chart_cards(to=request.staff):
        by_country.setdefault(country_name(one.country, get_language() or "en"), []).append(one)
    return page(request, "figures/charts.html", countries=by_country, Measure=Measure)


@require_safe
def chart(request: StaffRequest, country: str, measure: str) -> HttpResponse:
    """One measure of one country: a panel for each publisher, the same as a table, how to cite it."""
    rows = _rows_or_404(request, country, measure)
    title, drawn = queries.title_of(country, measure), queries.legible(rows)
    return page(
        request,
        "figures/chart.html",
        chart=queries.chart_of(title, drawn),
        left_out=len(rows) - len(drawn),
        country=country,
        measure=measure,
        joint=NOT_DEDUPLICATED if any(one.joint for one in drawn) else "",
        citation=_citation(request, title, rows),
    )


@require_safe
def chart_csv(request: StaffRequest, country: str, measure: str) -> HttpResponse:
    """What the chart draws, one row a figure. Taking it is journalled."""
    rows = _rows_or_404(request, country, measure)
    figures.record_taken(by=request.staff, at=timezone.now())
    return as_csv(rows, "chart.csv")


def _rows_or_404(request: StaffRequest, country: str, measure: str) -> list[Figure]:
    must_read(request)
    rows = queries.chart_figures(to=request.staff, country=country, measure=measure)
    if not rows:
        raise Http404
    return rows


def _citation(request: StaffRequest, title: str, rows: Iterable[Figure]) -> str:
    publishers = ", ".join(dict.fromkeys(row.publisher for row in rows))
    told = {
        "society": request.staff.society.name_in(get_language() or "en"),
        "version": queries.version(to=request.staff),
        "title": title,
        "publishers": publishers,
        "day": timezone.localdate().isoformat(),
        "address": request.build_absolute_uri(request.path),
    }
    return (
        _(
            "%(society)s, register of figures, version %(version)s: “%(title)s”. Published by: %(publishers)s. Read on "
            "%(day)s, %(address)s"
        )
        % told
    )


@require_safe
def corridors(request: StaffRequest) -> HttpResponse:
    """From where, through where, to where: a line for each publisher, and its figures in the table beneath."""
    must_read(request)
    countries = queries.countries_of_ways(to=request.staff)
    asked = request.GET.get("country", "")
    country = asked if asked in dict(countries) else ""
    found = queries.ways(to=request.staff, country=country)
    return page(
        request,
        "figures/corridors.html",
        ways=found,
        picture=corridor_svg.drawn(one.route for one in found[:MOST_LINES]),
        drawn=min(len(found), MOST_LINES),
        countries=countries,
        country=country,
    )
