"""Figures for a reader: the list with its filters, one figure, the version of the register."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.shortcuts import get_object_or_404

from panah.ground.foundation.ids import read_number
from panah.programmes.figures.models import Figure
from panah.programmes.figures.words import State, ValueKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff

# What a row says of each figure.
WITH = ("source", "file", "numerator", "denominator")
A_PAGE = 50


@dataclass(frozen=True)
class Filters:
    """What a list of figures is narrowed to; "" and None: not at all. ``state`` "" shows all, "stands" by itself."""

    country: str = ""
    origin: str = ""
    destination: str = ""
    measure: str = ""
    publisher: str = ""
    flag: str = ""
    state: str = State.STANDS
    year_from: int | None = None
    year_to: int | None = None


def figures(*, to: Staff, filters: Filters | None = None) -> QuerySet[Figure]:
    """Return the figures that the reader's society keeps, narrowed, with what a row says of each."""
    rows: QuerySet[Figure] = Figure.objects.visible(to=to).select_related(*WITH)
    one = filters or Filters()
    if one.country:
        about = Q(country=one.country) | Q(origin=one.country) | Q(destination=one.country)
        rows = rows.filter(about | Q(citizenship=one.country))
    for name in ("origin", "destination", "measure", "publisher", "state"):
        if value := getattr(one, name):
            rows = rows.filter(**{name: value})
    if one.flag:
        # A JSON list as text: a code stands in it in quotation marks, and no code is part of another in them.
        rows = rows.filter(flags__icontains=f'"{one.flag}"')
    if one.year_from is not None:
        rows = rows.filter(data_year__gte=one.year_from)
    if one.year_to is not None:
        rows = rows.filter(data_year__lte=one.year_to)
    return rows


def page_of(*, to: Staff, filters: Filters, begin: int = 0) -> tuple[list[Figure], int | None]:
    """Return a page of the list from its row ``begin`` on, and where the next one begins; None on the last."""
    found = list(figures(to=to, filters=filters)[begin : begin + A_PAGE + 1])
    return found[:A_PAGE], begin + A_PAGE if len(found) > A_PAGE else None


def offered(*, to: Staff) -> dict[str, list[str]]:
    """Return the publishers, countries, origins and destinations that occur, for the filters; four queries."""
    rows = Figure.objects.visible(to=to).order_by()
    return {
        name: sorted(rows.exclude(**{name: ""}).values_list(name, flat=True).distinct())
        for name in ("publisher", "country", "origin", "destination")
    }


def figure_or_404(number: str, *, to: Staff) -> Figure:
    """Return one figure by its number, also typed by hand; 404 for any other."""
    rows = Figure.objects.visible(to=to).select_related(
        *WITH, "supersedes", "superseded_by", "entered_by", "state_by", "break_by"
    )
    found: Figure = get_object_or_404(rows, number=read_number(number) or "")
    return found


def numbered(number: str, *, to: Staff) -> Figure | None:
    """Return a figure by the number that somebody typed, None where there is no such one."""
    written = read_number(number)
    found: Figure | None = Figure.objects.visible(to=to).filter(number=written).first() if written else None
    return found


def fallen(figure: Figure) -> Figure | None:
    """Return what no longer stands of a figure: itself, or one of the two that a rate is worked out from; else None."""
    parts = (figure, figure.numerator, figure.denominator if figure.kind == ValueKind.RATE else None)
    return next((part for part in parts if part is not None and part.state != State.STANDS), None)


def has_fallen(path: str = "") -> Q:
    """The same as a condition on rows that name a figure under ``path``, such as "figure__"."""
    stands, rate = State.STANDS, {f"{path}kind": ValueKind.RATE}
    of_rate = ~Q(**{f"{path}numerator__state": stands}) | ~Q(**{f"{path}denominator__state": stands})
    return ~Q(**{f"{path}state": stands}) | (Q(**rate) & of_rate)


def version(*, to: Staff) -> str:
    """Return eight letters that change whenever a figure is entered, replaced, withdrawn or marked."""
    rows = Figure.objects.visible(to=to).order_by("number").values_list("number", "state", "break_reason")
    told = "\n".join("\t".join(row) for row in rows)
    return hashlib.sha256(told.encode()).hexdigest()[:8]
