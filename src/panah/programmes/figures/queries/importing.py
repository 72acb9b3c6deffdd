"""What the register has of a table already, and tables on their way in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from panah.programmes.figures.import_words import Outcome
from panah.programmes.figures.models import Figure, Import, ImportedFigure, ImportRow, Source, SourceTable
from panah.programmes.figures.reading.values import Says, Value
from panah.programmes.figures.words import Flag, SourceKind, State

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# A page shows so many of a kind; all of them stand in the report.
SHOWN = 100


@dataclass(frozen=True)
class InRegister:
    """A number of a table as the register has it now."""

    figure: UUID
    value: Value
    year: int


def register_of(table: SourceTable) -> dict[str, InRegister]:
    """Return what stands of a table, by key. A figure that was replaced by hand counts as what replaced it."""
    rows = list(ImportedFigure.objects.filter(table=table).select_related("figure"))
    newer: dict[UUID, Figure] = {
        one.supersedes_id: one
        for one in Figure.objects.filter(source_id=table.source_id).exclude(supersedes=None)
        if one.supersedes_id is not None
    }
    found = {}
    for row in rows:
        figure = row.figure
        while figure.pk in newer:
            figure = newer[figure.pk]
        if figure.state == State.STANDS:
            found[row.key] = InRegister(figure.pk, value_of(figure), figure.data_year or 0)
    return found


def value_of(figure: Figure) -> Value:
    """Return the value of a figure as a table would say it."""
    says = Says.NUMBER if figure.low == figure.high else Says.RANGE
    if Flag.CENSORED in figure.flags:
        says = Says.HIDDEN
    return Value(says, figure.low, figure.high, figure.as_printed)


def sheets_of_same_file(row: Import) -> set[str]:
    """Return the sheets of this very file that are on their way or in the register already; of a CSV, "" alone."""
    same = Import.objects.filter(source_id=row.source_id, sha256=row.sha256).exclude(pk=row.pk)
    return set(same.values_list("sheet", flat=True))


def tables_on_their_way(*, to: Staff) -> list[Import]:
    """Return the tables that were brought, the newest first."""
    rows = Import.objects.visible(to=to).select_related("source", "table", "brought_by", "accepted_by")
    return list(rows[:SHOWN])


def import_or_404(pk: UUID, *, to: Staff) -> Import:
    found = (
        Import.objects.visible(to=to)
        .select_related("source", "table", "brought_by", "accepted_by", "file")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Http404
    row: Import = found
    return row


def counts_of(row: Import) -> dict[str, int]:
    """Return how many numbers of a table are new, changed, gone and unchanged."""
    told = list(ImportRow.objects.filter(table_import=row).order_by().values_list("outcome", flat=True))
    return {name: told.count(name) for name in Outcome.values}


def rows_of(row: Import, outcome: str, *, shown: int | None = SHOWN) -> list[ImportRow]:
    """Return the numbers of a table with this outcome, in the order of the file."""
    rows = row.rows.filter(outcome=outcome).select_related("before")
    return list(rows if shown is None else rows[:shown])


def sources_to_bring_for(*, to: Staff) -> list[Source]:
    """Return the sources of others: the own count is entered where small numbers are refused."""
    return list(Source.objects.visible(to=to).exclude(kind=SourceKind.OWN_COUNT))
