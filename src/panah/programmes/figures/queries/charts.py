"""Charts of one country and one measure, and ways from country to country. Nothing here adds: a bar is a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.ground.kit import panel_chart
from panah.ground.kit.beside import Beside
from panah.ground.kit.corridor_svg import Route
from panah.ground.kit.dates import day_written
from panah.ground.kit.jinja import url
from panah.ground.kit.numbers import number
from panah.ground.kit.panel_chart import Chart, Row, Shape
from panah.ground.network.words import country_name
from panah.programmes.figures.delivered import given, in_words
from panah.programmes.figures.models import Figure
from panah.programmes.figures.queries.comparing import value_of
from panah.programmes.figures.queries.figures import WITH
from panah.programmes.figures.rules.adding import is_total
from panah.programmes.figures.rules.comparing import rounded
from panah.programmes.figures.words import (
    NOT_DEDUPLICATED,
    Age,
    Exploitation,
    Flag,
    Measure,
    Sex,
    SourceKind,
    State,
    Unit,
    ValueKind,
)

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# A gap is drawn for years between figures; where they lie further apart, nobody would read so many.
MOST_GAPS = 30
# Of one publisher; the table as CSV has all.
MOST_BARS = 40
# What is drawn: what its publisher took back stays to be seen, what another row replaced does not.
DRAWN = (State.STANDS, State.WITHDRAWN)
ESTIMATED = "10 6"


@dataclass(frozen=True)
class ChartCard:
    country: str
    measure: str
    number: int

    @property
    def title(self) -> str:
        return title_of(self.country, self.measure)


def title_of(country: str, measure: str) -> str:
    named = {"country": country_name(country, get_language() or "en"), "measure": Measure(measure).label}
    return _("%(country)s: %(measure)s") % named


def chart_cards(*, to: Staff) -> list[ChartCard]:
    """Return for which countries and measures there are numbers that can be drawn."""
    rows = Figure.objects.visible(to=to).filter(kind=ValueKind.NUMBER, state__in=DRAWN).exclude(country="")
    counted = rows.order_by().values_list("country", "measure").annotate(number=Count("pk"))
    cards = [ChartCard(*one) for one in counted]
    return sorted(cards, key=lambda one: (country_name(one.country, get_language() or "en"), one.measure))


def chart_figures(*, to: Staff, country: str, measure: str) -> list[Figure]:
    """Return all that a chart is about, the oldest year first."""
    rows = Figure.objects.visible(to=to).select_related(*WITH)
    rows = rows.filter(country=country, measure=measure, kind=ValueKind.NUMBER, state__in=DRAWN)
    return list(rows.order_by("publisher", "data_year", "report_year", "period_from", "sex", "age", "number"))


def legible(figures: Sequence[Figure]) -> list[Figure]:
    """Return what can be read as bars: all of a few; of many those that are not split further, the latest of them."""
    drawn: list[Figure] = []
    for _publisher, rows in groupby(figures, key=lambda one: one.publisher):
        of_one = list(rows)
        if len(of_one) > MOST_BARS:
            of_one = [one for one in of_one if not split_of(one)] or of_one
        drawn.extend(of_one[-MOST_BARS:])
    return drawn


def chart_of(title: str, figures: Iterable[Figure]) -> Chart:
    """Draw figures of one measure: a panel for each publisher, unit and way; one bar for each figure, never a sum."""
    panels: dict[tuple[str, ...], list[Figure]] = {}
    for one in figures:
        key = (one.publisher, one.unit, one.origin, one.transit, one.destination)
        panels.setdefault(key, []).append(one)
    return panel_chart.drawn(title, [(_panel_title(rows[0]), _rows(rows)) for rows in panels.values()])


def _panel_title(one: Figure) -> str:
    parts = [one.publisher, Unit(one.unit).label if one.unit != Unit.PERSON else "", " → ".join(ways_of(one))]
    return ", ".join(str(part) for part in parts if part)


def ways_of(one: Figure) -> list[str]:
    language = get_language() or "en"
    return [country_name(code, language) for code in (one.origin, one.transit, one.destination) if code]


def _rows(figures: Sequence[Figure]) -> list[Row]:
    found: list[Row] = []
    before: int | None = None
    for one in figures:
        year = one.data_year
        if before is not None and year is not None and year - before <= MOST_GAPS:
            found.extend(Row(str(gap), Shape.NONE) for gap in range(before + 1, year))
        found.append(row_of(one))
        before = year if year is not None else before
    return found


def row_of(one: Figure) -> Row:
    """Return one figure as a bar with all that a reader must know of it."""
    notes = [*one.flag_labels, one.get_state_display() if one.state != State.STANDS else ""]
    return Row(
        label=", ".join((year_of(one), *split_of(one))),
        shape=shape_of(one),
        low=one.low,
        high=one.high,
        note="; ".join(note for note in notes if note),
        stands=one.state == State.STANDS,
        breaks=one.break_reason,
    )


def shape_of(one: Figure) -> Shape:
    if one.low is None:
        return Shape.NONE
    if one.low == one.high:
        return Shape.EXACT
    return Shape.HIDDEN if Flag.CENSORED in one.flags and one.high is not None else Shape.RANGE


def year_of(one: Figure) -> str:
    """Return what time it is about: a year, or the days from and to where these are none."""
    begins, ends, language = one.period_from, one.period_to, get_language() or "en"
    if begins and ends and (begins.month, begins.day, ends.month, ends.day) != (1, 1, 12, 31):
        days = [day_written(day, language, same_year=False) for day in (begins, ends)]
        return _("%(begins)s to %(ends)s") % {"begins": days[0], "ends": days[1]}
    if one.data_year:
        return str(one.data_year)
    return _("report of %(year)s") % {"year": one.report_year} if one.report_year else _("no year")


def split_of(one: Figure) -> list[str]:
    """Return of whom alone a figure tells: women, children, a citizenship, a part of its table."""
    language = get_language() or "en"
    named = [
        str(choices(value).label)
        for choices, value in ((Sex, one.sex), (Age, one.age), (Exploitation, one.exploitation))
        if value
    ]
    citizenship = [country_name(one.citizenship, language)] if one.citizenship else []
    return [
        *named,
        *citizenship,
        *(str(value) for value in one.dimensions.values() if not is_total(str(value))),
    ]


def figure_label(one: Figure) -> str:
    """Return a figure in a line, as somebody chooses it."""
    named = {
        "value": printed_value(one),
        "what": what_of(one),
        "year": year_of(one),
        "publisher": one.publisher,
    }
    label = _("%(value)s, %(what)s, %(year)s (%(publisher)s)") % named
    return f"{label}. {NOT_DEDUPLICATED}" if one.joint else label


def printed_value(one: Figure) -> str:
    """Return the value as it is printed; that of a rate as it is worked out."""
    value = value_of(one) if one.kind == ValueKind.RATE else None
    if value is None:
        return one.as_printed
    ends = [str(number(rounded(end), 2)) for end in dict.fromkeys((value.low, value.high)) if end is not None]
    return _("%(number)s per %(per)s") % {"number": "–".join(ends), "per": number(one.per)}


def who_of(one: Figure) -> str:
    """Return who is counted; of what is delivered with Panah, in the reader's language."""
    known = given().figures.get(one.delivered)
    return in_words(known.who) if known else one.who


def what_of(one: Figure) -> str:
    """Return what a figure counts, of whom, on which way."""
    parts = (Measure(one.measure).label, who_of(one), *split_of(one), " → ".join(ways_of(one)))
    return ", ".join(str(part) for part in parts if part)


@dataclass
class Way:
    """One way that one publisher tells of: a numbered line of the picture, and its figures in the table."""

    number: int
    publisher: str
    stops: tuple[tuple[str, str], ...]
    estimate: bool
    figures: list[Figure] = field(default_factory=list)

    @property
    def route(self) -> Route:
        return Route(self.stops, ESTIMATED if self.estimate else "")

    @property
    def said(self) -> list[str]:
        """Its figures, one to a line."""
        return [figure_label(figure) for figure in self.figures]

    @property
    def names(self) -> str:
        return " → ".join(name for _code, name in self.stops)


def ways(*, to: Staff, country: str = "") -> list[Way]:
    """Return the ways from country to country, one for each publisher. Own facts stand by country alone."""
    language = get_language() or "en"
    there = Figure.objects.visible(to=to).select_related("source").filter(state__in=DRAWN)
    there = there.exclude(origin="").exclude(destination="")
    # What is split further in our own count would tell more than a country.
    rows = [one for one in there if one.source.kind != SourceKind.OWN_COUNT or not split_of(one)]
    found: dict[tuple[object, ...], Way] = {}
    for one in sorted(rows, key=lambda one: (one.origin, one.destination, one.publisher, one.data_year or 0)):
        codes = [code for code in (one.origin, one.transit, one.destination) if code]
        if country and country not in codes:
            continue
        key = (one.publisher, one.measure == Measure.ESTIMATE, *codes)
        stops = tuple((code, country_name(code, language)) for code in codes)
        way = Way(len(found) + 1, one.publisher, stops, one.measure == Measure.ESTIMATE)
        found.setdefault(key, way).figures.append(one)
    return list(found.values())


def countries_of_ways(*, to: Staff) -> list[tuple[str, str]]:
    language = get_language() or "en"
    rows = Figure.objects.visible(to=to).exclude(origin="").exclude(destination="")
    pairs = rows.filter(state__in=DRAWN).order_by().values_list("origin", "transit", "destination").distinct()
    codes = {code for pair in pairs for code in pair if code}
    return sorted(((code, country_name(code, language)) for code in codes), key=lambda one: one[1])


def drawn_in(one: Figure, *, to: Staff) -> list[Beside]:
    """Return the chart in which a figure is a bar, or a line of the table only, and the picture of the ways."""
    found: list[Beside] = []
    if one.state not in DRAWN:
        return found
    if one.kind == ValueKind.NUMBER and one.country:
        rows = Figure.objects.visible(to=to).filter(country=one.country, measure=one.measure)
        rows = rows.filter(kind=ValueKind.NUMBER, state__in=DRAWN, publisher=one.publisher)
        few = rows.count() <= MOST_BARS
        bars = None if few else chart_figures(to=to, country=one.country, measure=one.measure)
        as_bar = bars is None or one.pk in {bar.pk for bar in legible(bars)}
        said = _("one of its bars") if as_bar else _("in its table as CSV")
        address = url("figures:chart", one.country, one.measure)
        found.append(Beside(title_of(one.country, one.measure), address, said))
    if one.origin and one.destination:
        found.append(Beside(_("Corridors in figures"), url("figures:corridors")))
    return found
