"""Figures beside each other: publishers side by side, the parts of a whole, where they disagree, what replaced what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from panah.programmes.figures.delivered import given, in_words
from panah.programmes.figures.models import Figure, Tension
from panah.programmes.figures.queries.figures import WITH, Filters, figures
from panah.programmes.figures.rules import comparing
from panah.programmes.figures.rules.adding import (
    DIVIDING,
    OVERLAPPING,
    Added,
    NotAddable,
    Part,
    addable,
    added,
)
from panah.programmes.figures.rules.intervals import Interval
from panah.programmes.figures.words import State, TensionKind, ValueKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Beside one figure.
MOST_PARTS = 200


def value_of(figure: Figure) -> Interval | None:
    """Return where a figure's value lies; that of a rate is worked out. None where it cannot be."""
    if figure.kind == ValueKind.RATE and figure.numerator and figure.denominator and figure.per:
        above, below = value_of(figure.numerator), value_of(figure.denominator)
        return comparing.rate(above, below, per=figure.per) if above and below else None
    return Interval(figure.low, figure.high) if figure.low is not None else None


def part_of(figure: Figure) -> Part | None:
    """Return a figure as the rules see it; None where it has no value."""
    value = value_of(figure)
    if value is None:
        return None
    return Part(
        id=figure.number,
        measure=figure.measure,
        publisher=figure.publisher,
        unit=figure.unit,
        value=value,
        kind=figure.kind,
        state=figure.state,
        source=str(figure.source_id),
        period=(figure.period_from, figure.period_to),
        year=figure.data_year,
        categories={
            **{name: word for name, word in figure.dimensions.items() if name not in OVERLAPPING},
            **{name: _word(figure, name) for name in DIVIDING},
        },
        overlapping=tuple(_word(figure, name) for name in OVERLAPPING),
        breaks=bool(figure.break_reason),
        joint=figure.joint,
        flags=tuple(figure.flags),
    )


def _word(figure: Figure, name: str) -> str:
    """Return the code of a column, or the publisher's word that has none ("unknown"): it divides, or overlaps, too."""
    return str(getattr(figure, name) or figure.dimensions.get(name, ""))


@dataclass(frozen=True)
class SideBySide:
    """One question: a column for each publisher, a line for each year (None: no year), the figures in each cell."""

    publishers: list[str]
    years: list[int | None]
    cells: dict[tuple[int | None, str], list[Figure]]


def side_by_side(*, to: Staff, country: str, measure: str, years: tuple[int, int]) -> SideBySide:
    """Return what each publisher says of a country and a measure. Nothing is added; one query."""
    asked = Filters(country=country, measure=measure)
    about = Q(data_year__range=years) | Q(data_year=None)
    rows = list(
        figures(to=to, filters=asked)
        .filter(about)
        .exclude(kind=ValueKind.RATE)
        .order_by("data_year", "publisher", "number")
    )
    cells: dict[tuple[int | None, str], list[Figure]] = {}
    for row in rows:
        cells.setdefault((row.data_year, row.publisher), []).append(row)
    known = sorted({row.data_year for row in rows if row.data_year is not None})
    return SideBySide(
        sorted({row.publisher for row in rows}),
        [*known, *([None] if any(row.data_year is None for row in rows) else [])],
        cells,
    )


def history_of(figure: Figure, *, to: Staff) -> list[Figure]:
    """Return all that this figure replaced and was replaced by, the newest first, itself too; three queries a step."""
    line = [figure]
    while (older := line[-1].supersedes_id) is not None:
        line.append(Figure.objects.visible(to=to).select_related(*WITH, "entered_by").get(pk=older))
    rows = Figure.objects.visible(to=to).select_related(*WITH, "entered_by")
    while (newer := rows.filter(supersedes=line[0].pk).first()) is not None:
        line.insert(0, newer)
    return line


@dataclass(frozen=True)
class Told:
    """A tension as it is shown: what is said, the other figure, and how many times it is the one before."""

    kind: str
    says: str
    other: Figure | None = None
    times: Interval | None = None


def tensions_of(figure: Figure, *, to: Staff) -> list[Told]:
    """Return where a figure disagrees: what was written down, and other publishers' numbers for the same question."""
    about = Q(figure=figure) | Q(other=figure)
    rows = Tension.objects.filter(about).select_related("figure", "other").order_by("on", "pk")
    told = []
    for row in rows:
        other = row.other if row.figure_id == figure.pk else row.figure
        said = given().tensions.get(row.delivered)
        words = in_words(said.says) if said else row.says
        told.append(Told(row.get_kind_display(), words, other, growth_of(row)))
    known = {one.other.pk for one in told if one.other}
    return [*told, *(one for one in _found(figure, to) if one.other and one.other.pk not in known)]


def growth_of(row: Tension) -> Interval | None:
    """Return how many times the later figure of a tension is the earlier one, where both are numbers with a year."""
    if row.other is None or row.figure.data_year is None or row.other.data_year is None:
        return None
    one, other = sorted((row.figure, row.other), key=lambda each: each.data_year or 0)
    before, after = value_of(one), value_of(other)
    if before is None or after is None or one.data_year == other.data_year or one.measure != other.measure:
        return None
    return comparing.growth(before, after)


def _found(figure: Figure, to: Staff) -> list[Told]:
    own = part_of(figure)
    if own is None or figure.state != State.STANDS:
        return []
    asked = {name: getattr(figure, name) for name in ("measure", "unit", "country", "data_year", "kind")}
    near = list(figures(to=to).filter(**asked).order_by("number")[:MOST_PARTS])
    parts = [part for one in near if (part := part_of(one)) is not None]
    by_number = {one.number: one for one in near}
    return [
        Told(str(TensionKind.NUMBERS.label), "", by_number[other if one == figure.number else one])
        for one, other in comparing.disagreeing(parts)
        if figure.number in (one, other)
    ]


@dataclass(frozen=True)
class Partition:
    """Figures that divide another one, and their sum, or the code of why they make none."""

    figures: list[Figure]
    sum: Added | None = None
    why_not: str = ""
    meets: bool = True


def parts_of(figure: Figure, *, to: Staff) -> list[Partition]:
    """Return the ways in which the same table divides a figure, each with its sum where one may be made."""
    own = part_of(figure)
    if own is None or figure.kind != ValueKind.NUMBER or figure.state != State.STANDS:
        return []
    same = {
        name: getattr(figure, name)
        for name in ("source", "measure", "unit", "publisher", "data_year", "joint")
    }
    found = figures(to=to).filter(**same).exclude(pk=figure.pk).order_by("number")
    finer: list[tuple[Figure, Part]] = []
    for one in found[:MOST_PARTS]:
        part = part_of(one)
        if part is not None and part.days == own.days and own.split_by.items() < part.split_by.items():
            finer.append((one, part))
    groups: dict[tuple[str, ...], list[Figure]] = {}
    together = len(finer) > 1 and not addable([part for _one, part in finer])
    for one, part in finer:
        by = () if together else tuple(sorted(part.split_by.keys() - own.split_by.keys()))
        groups.setdefault(by, []).append(one)
    return [_partition(rows, own) for _by, rows in sorted(groups.items()) if len(rows) > 1]


def _partition(rows: Sequence[Figure], whole: Part) -> Partition:
    parts = [part for row in rows if (part := part_of(row)) is not None]
    try:
        total = added(parts)
    except NotAddable as error:
        return Partition(list(rows), why_not=error.code)
    return Partition(list(rows), total, meets=total.value.meets(whole.value))
