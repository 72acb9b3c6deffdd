"""Somebody accepts a table: its numbers come into the register all together, or none; nothing there is written over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import batched
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import new_number
from panah.programmes.figures import import_events
from panah.programmes.figures.actions.brief_items import note_errata
from panah.programmes.figures.actions.imports import explained, locked
from panah.programmes.figures.import_words import Change, ImportState, Outcome
from panah.programmes.figures.models import (
    Figure,
    FilePiece,
    Import,
    ImportedFigure,
    ImportPiece,
    ImportRow,
    SourceFile,
    SourceTable,
)
from panah.programmes.figures.queries.importing import register_of
from panah.programmes.figures.reading import claim_json
from panah.programmes.figures.reading.codes import in_codes
from panah.programmes.figures.reading.values import Says
from panah.programmes.figures.words import Flag, State

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

TOGETHER = 500
OF_CHANGED = (Change.SUPERSEDED, Change.BREAK, Change.WITHDRAWN, Change.MISTAKEN)
OF_GONE = (Change.WITHDRAWN, Change.MISTAKEN, Change.STAYS)
STATES = {
    Change.SUPERSEDED: State.SUPERSEDED,
    Change.WITHDRAWN: State.WITHDRAWN,
    Change.MISTAKEN: State.MISTAKEN,
}


@dataclass(frozen=True)
class Decision:
    """What a person says of what changed and what is gone: of all, and of single rows otherwise."""

    changed: str = ""
    gone: str = ""
    reason: str = ""
    single: Mapping[UUID, str] = field(default_factory=dict)

    def of(self, row: ImportRow) -> Change | None:
        """What happens to the figure that was there; None where nothing was there."""
        if row.outcome not in (Outcome.CHANGED, Outcome.GONE):
            return None
        allowed = OF_CHANGED if row.outcome == Outcome.CHANGED else OF_GONE
        said = self.single.get(row.pk) or (self.changed if row.outcome == Outcome.CHANGED else self.gone)
        if said not in allowed:
            raise Refusal(
                _("It is not said what the changes are."),
                next_step=_("Choose for what changed and for what is gone: these are different things."),
                code="change-not-said",
            )
        return Change(said)


@transaction.atomic
def accept_table(*, table_import: Import, decision: Decision, by: Staff, at: datetime) -> SourceFile:
    """Take a table into the register, with its original; write it in the journal, or do none of it."""
    row = locked(table_import, by)
    if row.state != ImportState.READY:
        raise Refusal(
            _("This table is not compared yet."), next_step=_("Wait until it was read."), code="not-ready"
        )
    rows = list(row.rows.exclude(outcome=Outcome.UNCHANGED).select_related("before"))
    changes = {one.pk: decision.of(one) for one in rows}
    _refuse_stale(row, rows)
    if any(changes.values()) and not decision.reason.strip():
        raise Refusal(
            _("It is not said why figures change."),
            next_step=_("Write in a sentence what the publisher says of it, or what was wrong."),
            code="no-reason",
        )
    day = timezone.localtime(at).date()
    file = _move_file(row, by, day)
    _settle_old(rows, changes, decision.reason, by, day)
    _make_new(row, file, rows, changes, decision.reason, by, day)
    # After the new rows: an erratum names what stands in the place of the old one.
    note_errata(society=by.society_id, at=at)
    facts = {name: sum(one.outcome == name for one in rows) for name in ("new", "changed", "gone")}
    _close(row, file, facts, by, day)
    audit.record(event=import_events.ACCEPTED, by=by, at=at, about=row.pk, facts=facts)
    return file


def _refuse_stale(row: Import, rows: list[ImportRow]) -> None:
    """Another edition of the table may have been accepted since, or a figure changed by hand."""
    table = SourceTable.objects.select_for_update().get(pk=explained(row).pk)
    register = register_of(table)
    if any((register[one.key].figure if one.key in register else None) != one.before_id for one in rows):
        raise Refusal(
            _("The register has changed since this table was compared with it."),
            next_step=_("Have it compared again, and look at the difference once more."),
            code="compared-before",
        )


def _move_file(row: Import, by: Staff, day: date) -> SourceFile:
    same = SourceFile.objects.filter(source_id=row.source_id, sha256=row.sha256).first()
    if same is not None:
        # Another sheet of the same workbook came before, or somebody kept the file by hand.
        return _latest(row, same)
    file: SourceFile = SourceFile.objects.create(
        source_id=row.source_id,
        file_name=row.file_name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        licence=row.source.licence,
        read_on=row.brought_on,
        added_by=by,
    )
    for number in row.pieces.order_by("number").values_list("number", flat=True):
        data = ImportPiece.objects.values_list("data", flat=True).get(table_import=row, number=number)
        FilePiece.objects.create(file=file, number=number, data=data)
    return _latest(row, file)


def _latest(row: Import, file: SourceFile) -> SourceFile:
    """Mark the files of the earlier editions of this table."""
    before = Import.objects.filter(table_id=row.table_id, state=ImportState.ACCEPTED).exclude(file=None)
    earlier = SourceFile.objects.filter(imports__in=before, superseded_by=None).exclude(pk=file.pk)
    earlier.update(superseded_by=file)
    return file


def _settle_old(
    rows: list[ImportRow], changes: Mapping[UUID, Change | None], reason: str, by: Staff, day: date
) -> None:
    for change, state in STATES.items():
        old = [row.before_id for row in rows if changes[row.pk] == change and row.before_id]
        for some in batched(old, TOGETHER):
            Figure.objects.filter(pk__in=some).update(
                state=state, state_reason=reason, state_by=by, state_on=day
            )


def _make_new(
    row: Import,
    file: SourceFile,
    rows: list[ImportRow],
    changes: Mapping[UUID, Change | None],
    reason: str,
    by: Staff,
    day: date,
) -> None:
    numbers = _unused_numbers(len(rows))
    made: list[Figure] = []
    by_key: dict[str, UUID] = {}
    for one in rows:
        if one.outcome not in (Outcome.NEW, Outcome.CHANGED):
            continue
        figure = _figure(row, file, one, by, day)
        figure.number = next(numbers)
        change = changes[one.pk]
        if change in (Change.SUPERSEDED, Change.MISTAKEN):
            figure.supersedes_id, figure.reason = one.before_id, reason
        elif change == Change.BREAK:
            figure.break_reason, figure.break_by, figure.break_on = reason, by, day
            figure.flags = [*figure.flags, Flag.NOT_COMPARABLE.value]
        made.append(figure)
        by_key[one.key] = figure.pk
    Figure.objects.bulk_create(made, batch_size=TOGETHER)
    for some in batched(by_key, TOGETHER):
        ImportedFigure.objects.filter(table_id=row.table_id, key__in=some).delete()
    table = explained(row)
    known = [ImportedFigure(table=table, key=key, figure_id=pk) for key, pk in by_key.items()]
    ImportedFigure.objects.bulk_create(known, batch_size=TOGETHER)


def _figure(row: Import, file: SourceFile, one: ImportRow, by: Staff, day: date) -> Figure:
    claim = claim_json.from_json(one.row, one.column, one.claim)
    fields, dimensions = in_codes(claim)
    days = claim.period.days
    hidden = [Flag.CENSORED.value] if claim.value.says == Says.HIDDEN else []
    broken = [Flag.NOT_COMPARABLE.value] if "break" in claim.value.flags else []
    return Figure(
        pk=uuid4(),
        society_id=row.society_id,
        source_id=row.source_id,
        file=file,
        place=(f"{row.sheet}: " if row.sheet else "")[:60] + f"{one.column}, {one.row}"[:140],
        publisher=row.source.publisher,
        measure=claim.measure,
        unit=claim.unit,
        country=claim.country,
        dimensions=dimensions,
        period_from=days[0] if days else None,
        period_to=days[1] if days else None,
        data_year=claim.period.year,
        report_year=row.report_year,
        as_printed=claim.value.printed,
        low=claim.value.low,
        high=claim.value.high,
        flags=[*hidden, *broken],
        entered_by=by,
        entered_on=day,
        **fields,
    )


def _unused_numbers(many: int) -> Iterator[str]:
    """Yield numbers that no figure has: drawn, so that among very many two would be alike."""
    drawn: set[str] = set()
    while len(drawn) < many:
        drawn |= {new_number() for _one in range(many - len(drawn))}
        for some in batched(list(drawn), TOGETHER):
            drawn -= set(Figure.objects.filter(number__in=some).values_list("number", flat=True))
    yield from drawn


def _close(row: Import, file: SourceFile, facts: Mapping[str, int], by: Staff, day: date) -> None:
    unchanged = row.rows.filter(outcome=Outcome.UNCHANGED).count()
    row.rows.all().delete()
    row.pieces.all().delete()
    row.state, row.file, row.accepted_by, row.accepted_on = ImportState.ACCEPTED, file, by, day
    row.found = {**row.found, **facts, "unchanged": unchanged}
    row.proposed = {}
    row.save(update_fields=["state", "file", "accepted_by", "accepted_on", "found", "proposed"])
