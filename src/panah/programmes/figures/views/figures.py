"""The list of figures, publishers side by side, one figure with all that is known of it; as tables too."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from panah.ground.foundation.http import StaffRequest
from panah.ground.kit.pages import page
from panah.ground.kit.tables.formulas import with_apostrophe
from panah.programmes.figures import actions, permissions, queries
from panah.programmes.figures.models import Figure
from panah.programmes.figures.shown import Shown, country, growth_text, interval_text
from panah.programmes.figures.words import CAUTIONS, NOT_ADDABLE, NOT_DEDUPLICATED, Flag, Measure, State

type Offered = dict[str, tuple[str, list[tuple[str, str]]]]
# The years that stand side by side unless she asks for others.
FIRST_YEAR, LAST_YEAR = 1990, 2100


def _offered(request: StaffRequest) -> Offered:
    there = queries.offered(to=request.staff)
    named = {
        name: [(code, country(code)) for code in there[name]] for name in ("country", "origin", "destination")
    }
    return {
        "country": (_("Country"), named["country"]),
        "measure": (_("What was counted"), [(str(a), str(b)) for a, b in Measure.choices]),
        "publisher": (_("Who says it"), [(one, one) for one in there["publisher"]]),
        "origin": (_("From"), named["origin"]),
        "destination": (_("To"), named["destination"]),
        "flag": (_("What a reader must know"), [(str(a), str(b)) for a, b in Flag.choices]),
        "state": (_("State"), [("any", _("all")), *((str(a), str(b)) for a, b in State.choices)]),
    }


def _filters(asked: QueryDict, offered: Offered) -> queries.Filters:
    chosen = {name: asked.get(name, "") for name in offered if asked.get(name, "") in dict(offered[name][1])}
    state = chosen.pop("state", State.STANDS)
    return queries.Filters(
        **chosen,
        state="" if state == "any" else state,
        year_from=_year(asked.get("from", "")),
        year_to=_year(asked.get("to", "")),
    )


def _year(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) == 4 else None


@require_safe
def listed(request: StaffRequest) -> HttpResponse:
    """Figures that stand, or as she asks; never a total."""
    offered = _offered(request)
    filters = _filters(request.GET, offered)
    after = request.GET.get("after", "")
    begin = int(after) if after.isascii() and after.isdigit() and len(after) < 7 else 0
    rows, more = queries.page_of(to=request.staff, filters=filters, begin=begin)
    return page(
        request,
        "figures/list.html",
        rows=[Shown(row) for row in rows],
        older=_address(request.GET, "list", after=more) if more else "",
        csv=_address(request.GET, "table"),
        offered=offered,
        chosen=filters,
        narrowed=filters != queries.Filters(),
        writes=permissions.writes(request.staff),
        version=queries.version(to=request.staff),
    )


def _address(asked: QueryDict, name: str, *, after: int | None = None) -> str:
    more = asked.copy()
    more.pop("after", None)
    if after is not None:
        more["after"] = str(after)
    said = more.urlencode()
    return reverse(f"figures:{name}") + (f"?{said}" if said else "")


@require_GET
def table(request: StaffRequest) -> HttpResponse:
    """All figures of the list as it is filtered, as CSV. Taking them is journalled."""
    rows = queries.figures(to=request.staff, filters=_filters(request.GET, _offered(request)))
    actions.record_taken(by=request.staff, at=timezone.now())
    return as_csv(rows, "figures.csv")


@require_GET
def figure_table(request: StaffRequest, number: str) -> HttpResponse:
    """One figure as CSV."""
    row = queries.figure_or_404(number, to=request.staff)
    actions.record_taken(by=request.staff, at=timezone.now())
    return as_csv([row], "figure.csv")


HEAD = (
    *("number", "publisher", "measure", "as_printed", "low", "high", "kind", "unit", "who", "sex", "age"),
    *("citizenship", "exploitation", "country", "origin", "transit", "destination", "data_year"),
    *("period_from", "period_to", "report_year", "denominator", "joint", "flags", "state", "quote", "place"),
    *("source", "link", "licence", "file_sha256", "address"),
)


def as_csv(rows: Iterable[Figure], name: str) -> HttpResponse:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD)
    for row in rows:
        writer.writerow([with_apostrophe(cell) for cell in _cells(Shown(row))])
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


def _cells(shown: Shown) -> list[str]:
    one, value = shown.figure, shown.interval
    low, high = (value.low, value.high) if value else (None, None)
    plain = ("citizenship", "exploitation", "country", "origin", "transit", "destination")
    dates = ("data_year", "period_from", "period_to", "report_year")
    return [
        *(one.number, one.publisher, one.measure, one.as_printed),
        *("" if end is None else f"{end:f}" for end in (low, high)),
        *(one.kind, one.unit, shown.who, one.sex, one.age),
        *(getattr(one, name) for name in plain),
        *("" if getattr(one, name) is None else str(getattr(one, name)) for name in dates),
        *(shown.base, str(NOT_DEDUPLICATED) if one.joint else "", " ".join(one.flags), one.state),
        *(one.quote, one.place, one.source.title, one.source.link, one.source.licence),
        *(one.file.sha256 if one.file else "", shown.address),
    ]


@require_safe
def beside(request: StaffRequest) -> HttpResponse:
    """One question, a column for each publisher. Nothing is added up."""
    countries = [("", "–"), *((code, country(code)) for code in queries.offered(to=request.staff)["country"])]
    measures = [("", "–"), *((str(a), str(b)) for a, b in Measure.choices)]
    asked = {name: request.GET.get(name, "") for name in ("country", "measure", "from", "to")}
    known = asked["country"] in dict(countries) and asked["measure"] in dict(measures)
    found = None
    if known and asked["country"] and asked["measure"]:
        found = queries.side_by_side(
            to=request.staff,
            country=asked["country"],
            measure=asked["measure"],
            years=(_year(asked["from"]) or FIRST_YEAR, _year(asked["to"]) or LAST_YEAR),
        )
    return page(
        request,
        "figures/beside.html",
        found=found,
        presented=Shown,
        asked=asked,
        countries=countries,
        measures=measures,
        measure_label=dict(measures).get(asked["measure"], ""),
        country_label=country(asked["country"]) if known else "",
    )


@require_safe
def figure(request: StaffRequest, number: str) -> HttpResponse:
    """One figure: what it says, where it stands, what contradicts it, what replaced what, and who cites it."""
    row = queries.figure_or_404(number, to=request.staff)
    history = queries.history_of(row, to=request.staff)
    return page(
        request,
        "figures/figure.html",
        one=Shown(row),
        fell=fell if (fell := queries.fallen(row)) and fell.pk != row.pk else None,
        history=[Shown(each) for each in history] if len(history) > 1 else [],
        newest=history[0],
        tensions=queries.tensions_of(row, to=request.staff),
        parts=[
            {"found": part, "rows": [Shown(each) for each in part.figures]}
            for part in queries.parts_of(row, to=request.staff)
        ],
        drawn=queries.drawn_in(row, to=request.staff),
        cited=queries.cited_by([row.number], to=request.staff).get(row.number, []),
        writes=permissions.writes(request.staff) and row.state == State.STANDS,
        presented=Shown,
        interval_text=interval_text,
        growth_text=growth_text,
        not_addable=NOT_ADDABLE,
        cautions=CAUTIONS,
        not_deduplicated=NOT_DEDUPLICATED,
    )
