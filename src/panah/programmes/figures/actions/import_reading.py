"""The worker reads tables row by row, however long they are; what a crash interrupts goes on at the next row.

Each batch of rows comes in whole, with how far it is, or not at all. A table that was refused meanwhile is let go of at
the next batch.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from panah.ground.foundation.bulk_insert import insert
from panah.ground.foundation.ids import case_numbers
from panah.ground.foundation.leases import Lease, Queue
from panah.ground.kit.tables.limits import Unreadable
from panah.ground.kit.tables.reading import Row
from panah.programmes.figures.actions.imports import AT_WORK, explained, file_of
from panah.programmes.figures.import_words import ImportState, Outcome
from panah.programmes.figures.models import Import, ImportFault, ImportRow
from panah.programmes.figures.queries.importing import register_of
from panah.programmes.figures.reading import claim_json
from panah.programmes.figures.reading.column_mapping import ColumnMapping
from panah.programmes.figures.reading.compare import NumberOfTable, compare, twice
from panah.programmes.figures.reading.rows import Fault, Reader, TableClaim, says_nothing
from panah.programmes.figures.reading.tables import MOST_FIGURES, open_source
from panah.programmes.figures.reading.totals import Disagreement, disagreements
from panah.programmes.figures.words import MOST_BYTES

PATIENCE = timedelta(minutes=1)
BATCH = 5_000
# Of more than this nobody reads every line; the rest is counted.
MOST_FAULTS, MOST_DISAGREEMENTS = 500, 200
ROW = ("id", "table_import_id", "row", "column", "key", "claim", "outcome", "before_id")
FAULT = ("id", "table_import_id", "row", "column", "code", "cell")
QUEUE: Queue[Import] = Queue(
    # A long one that is begun lets what nobody has looked at go first.
    Import.objects.filter(state__in=AT_WORK)
    .select_related("table", "source")
    .order_by("rows_read", "brought_on", "pk"),
    length=timedelta(minutes=20),
    taken={"state": ImportState.READING},
)


def read_tables(*, at: datetime, patience: timedelta = PATIENCE) -> int:
    """Read what waits in the society inside whose walls this runs, for about ``patience``; returns how many batches."""
    return QUEUE.work(lambda lease: _Reading(lease).read(), at=at, patience=patience)


class _Reading:
    """One turn at one table."""

    def __init__(self, lease: Lease[Import]) -> None:
        self.lease, self.row = lease, lease.row
        self.claims: list[TableClaim] = []
        self.faults: list[Fault] = []

    def read(self) -> Generator[None]:
        """Read batch after batch until the end."""
        row = self.row
        try:
            with file_of(row) as file:
                table = open_source(file, most_bytes=MOST_BYTES, sheet=row.sheet)
                reader = Reader(ColumnMapping.from_json(explained(row).mapping), table.headings)
                for _last in self._rows(table.rows, reader):
                    self._keep(file.tell())
                    yield
                self._keep(row.size)
        except Unreadable as why:
            self._give_up(why.code, why.more)
            return
        self._finish()
        yield

    def _rows(self, rows: Iterator[Row], reader: Reader) -> Iterator[int]:
        """Take row after row, and yield the number of the last one whenever there are enough for a batch."""
        row, before, taken = self.row, self.row.last_row, 0
        for one in rows:
            if one.number <= before:
                continue
            self._take(one, reader)
            row.last_row = one.number
            taken += 1
            if taken % BATCH == 0:
                yield one.number

    def _take(self, one: Row, reader: Reader) -> None:
        row = self.row
        row.rows_read += 1
        # Of every row: the original is kept whole, with those that are left out.
        if any(case_numbers(" ".join(one.cells.values()))):
            raise Unreadable("about-people")
        if reader.left_out(one):
            row.rows_left += 1
            return
        if row.figures_found > MOST_FIGURES:
            # No figure of it is taken; how many there are is still said.
            row.figures_found += len(reader.values)
            return
        for found in reader.read(one):
            if isinstance(found, Fault):
                row.faults += 1
                if row.faults <= MOST_FAULTS:
                    self.faults.append(found)
            elif says_nothing(found):
                row.cells_empty += 1
            else:
                row.figures_found += 1
                self.claims.append(found)

    @transaction.atomic
    def _keep(self, bytes_read: int) -> None:
        row = self.row
        names = ("last_row", "rows_read", "rows_left", "figures_found", "cells_empty", "faults")
        self.lease.renew(bytes_read=bytes_read, **{name: getattr(row, name) for name in names})
        if row.figures_found > MOST_FIGURES:
            row.rows.all().delete()
        else:
            insert(ImportRow, ROW, (_as_row(row, one, claim_json.as_json(one)) for one in self.claims))
        insert(ImportFault, FAULT, (_as_fault(row, fault) for fault in self.faults))
        self.claims, self.faults = [], []

    @transaction.atomic
    def _give_up(self, code: str, more: dict[str, object]) -> None:
        self.lease.release(state=ImportState.UNREADABLE, reason=code, reason_more=more)
        self.row.rows.all().delete()
        if code == "about-people":
            # What should never have come here does not stay for a look.
            self.row.pieces.all().delete()
            self.row.wrong.all().delete()
            self._forget_its_words()

    def _forget_its_words(self) -> None:
        """Words of its cells also stand in what was asked of its columns, and in what was answered."""
        row, table = self.row, self.row.table
        Import.objects.filter(pk=row.pk).update(
            file_name=f"….{row.media_type}",
            headings={},
            proposed={},
            sheet="",
            sheets=[],
            found={},
            table=None,
        )
        if table is not None and not (table.figures.exists() or table.imports.exists()):
            table.delete()

    @transaction.atomic
    def _finish(self) -> None:
        row = self.row
        if row.figures_found > MOST_FIGURES:
            more: dict[str, object] = {
                "rows": row.rows_read - row.rows_left,
                "figures": row.figures_found,
                "most": MOST_FIGURES,
            }
            self._give_up("too-many-figures", more)
            return
        claims = [claim_json.from_json(one.row, one.column, one.claim) for one in row.rows.filter(row__gt=0)]
        doubled = twice(claims)
        told = [one for one in claims if one.key not in doubled]
        if not told:
            self._give_up("no-rows", {})
            return
        faults = [
            Fault(one.row, one.column, "twice", one.value.printed)
            for rows in doubled.values()
            for one in rows
        ]
        apart = disagreements(told)
        self._compare(told, apart)
        insert(ImportFault, FAULT, (_as_fault(row, fault) for fault in faults[:MOST_FAULTS]))
        self.lease.release(faults=row.faults + len(faults), state=ImportState.READY, found=row.found)

    def _compare(self, told: list[TableClaim], apart: list[Disagreement]) -> None:
        row = self.row
        register = register_of(explained(row))
        before = {key: NumberOfTable(one.value, one.year) for key, one in register.items()}
        difference = compare(before, {one.key: NumberOfTable(one.value, one.period.year) for one in told})
        outcome: dict[str, str] = {}
        for one in Outcome:
            outcome |= dict.fromkeys(getattr(difference, one.value), one.value)
        by_key = {one.key: one for one in told}
        row.rows.all().delete()
        rows = []
        for key, name in outcome.items():
            claim = by_key.get(key)
            figure = register[key].figure if name != Outcome.NEW and key in register else None
            rows.append(
                (uuid4(), row.pk, 0, "", key, {}, name, figure)
                if claim is None
                else (*_as_row(row, claim, claim_json.as_json(claim))[:-2], name, figure)
            )
        insert(ImportRow, ROW, rows)
        row.found = {
            "other_years": difference.other_years,
            "disagreements": len(apart),
            "told": [_as_told(one) for one in apart[:MOST_DISAGREEMENTS]],
        }


def _as_row(row: Import, one: TableClaim, claim: claim_json.Json) -> tuple[object, ...]:
    return uuid4(), row.pk, one.row, one.column[:200], one.key, claim, "", None


def _as_fault(row: Import, one: Fault) -> tuple[object, ...]:
    return uuid4(), row.pk, one.row, one.column[:200], one.code[:30], one.cell[:60]


def _as_told(one: Disagreement) -> dict[str, object]:
    return {
        "row": one.row,
        "column": one.column,
        "dimension": one.dimension,
        "printed": one.printed,
        "low": str(one.parts.low),
        "high": None if one.parts.high is None else str(one.parts.high),
        "many": one.many,
    }
