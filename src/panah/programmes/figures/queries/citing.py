"""All that cites a figure, for other rooms and from them, and with it what a table changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from panah.ground.kit.beside import Beside
from panah.ground.kit.jinja import url
from panah.programmes.diplomacy import queries as diplomacy_queries
from panah.programmes.figures.citing import CITED_BY
from panah.programmes.figures.import_words import Outcome
from panah.programmes.figures.models import Figure, Import, ImportRow
from panah.programmes.figures.queries.charts import DRAWN, figure_label, title_of
from panah.programmes.figures.queries.figures import WITH, figures
from panah.programmes.figures.words import State, ValueKind
from panah.programmes.library import queries as library_queries

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# How many figures of one file are shown beside its document.
SHOWN_OF_A_FILE = 40
# A database takes so many values in one question, and asks for each of them in up to two places.
TOGETHER = 5_000


def cited_by(numbers: Sequence[str], *, to: Staff) -> dict[str, list[Beside]]:
    """Return, for each number that is cited, where; only what this reader may know of."""
    found: dict[str, list[Beside]] = {}
    for some in batched(numbers, TOGETHER, strict=False):
        for cites in CITED_BY:
            for number, links in cites(some, to).items():
                found.setdefault(number, []).extend(links)
    return found


def library_cites(numbers: Sequence[str], to: Staff) -> Mapping[str, list[Beside]]:
    """Return the documents of the library that are the file a figure stands in."""
    rows = Figure.objects.visible(to=to).filter(number__in=numbers, file__isnull=False)
    hashes = dict(rows.values_list("number", "file__sha256"))
    documents = library_queries.documents_with(set(hashes.values()), to=to) if hashes else {}
    return {number: documents[sha256] for number, sha256 in hashes.items() if sha256 in documents}


def evidence_cites(numbers: Sequence[str], to: Staff) -> Mapping[str, list[Beside]]:
    """Return the commitments whose evidence names a figure's number."""
    return diplomacy_queries.evidence_naming(numbers, to=to)


def figures_in(sha256: str, to: Staff) -> list[Beside]:
    """Return the figures that stand in the file of this hash and were not taken back, each with its sentence there."""
    rows = figures(to=to).filter(file__sha256=sha256, state=State.STANDS)[:SHOWN_OF_A_FILE]
    return [Beside(figure_label(row), url("figures:figure", row.number), row.quote) for row in rows]


def made_from(numbers: Sequence[str], to: Staff) -> Mapping[str, list[Beside]]:
    """Return the rates that are worked out from each of these figures, and the figures that are a share of it."""
    named = Q(numerator__number__in=numbers) | Q(denominator__number__in=numbers)
    rows = Figure.objects.visible(to=to).filter(named, state=State.STANDS).select_related(*WITH)
    asked, found = set(numbers), dict[str, list[Beside]]()
    for one in rows:
        said = _("worked out from it") if one.kind == ValueKind.RATE else _("says out of how many by it")
        link = Beside(figure_label(one), url("figures:figure", one.number), said)
        for part in (one.numerator, one.denominator):
            if part is not None and part.number in asked:
                found.setdefault(part.number, []).append(link)
    return found


@dataclass(frozen=True)
class ChartChange:
    """A chart, and how many of the numbers in it are new, changed and no longer there; ``address`` "" if it is new."""

    title: str
    address: str
    counts: Mapping[str, int]


@dataclass(frozen=True)
class WhatChanges:
    """What accepting a table changes: charts, and what cites the numbers that are replaced, with how many of them."""

    charts: list[ChartChange]
    cited: list[tuple[Beside, int]]


def what_changes(row: Import, *, to: Staff) -> WhatChanges:
    """Return all that a table touches, of every number in it and not only of those that are shown."""
    rows = ImportRow.objects.filter(table_import=row).exclude(outcome=Outcome.UNCHANGED).order_by()
    before = set(rows.exclude(before=None).values_list("before__number", flat=True))
    links: dict[str, Beside] = {}
    many: Counter[str] = Counter()
    for found in cited_by(sorted(before), to=to).values():
        for address, link in {one.address: one for one in found}.items():
            links[address] = link
            many[address] += 1
    cited = sorted(
        ((links[address], number) for address, number in many.items()), key=lambda one: one[0].title
    )
    return WhatChanges(_chart_changes(rows, to), cited)


def _chart_changes(rows: QuerySet[ImportRow], to: Staff) -> list[ChartChange]:
    told: dict[tuple[str, str], Counter[str]] = {}
    names = ("claim__country", "claim__measure", "before__country", "before__measure", "outcome")
    for country, measure, its_country, its_measure, outcome, number in rows.values_list(*names).annotate(
        number=Count("pk")
    ):
        key = str(country or its_country or ""), str(measure or its_measure or "")
        told.setdefault(key, Counter())[outcome] += number
    there = Figure.objects.visible(to=to).filter(kind=ValueKind.NUMBER, state__in=DRAWN).order_by()
    drawn = set(there.values_list("country", "measure").distinct())
    return [
        ChartChange(
            title_of(*key),
            url("figures:chart", *key) if key in drawn else "",
            {name: counts[name] for name in Outcome.values},
        )
        for key, counts in sorted(told.items())
        if key[0]
    ]
