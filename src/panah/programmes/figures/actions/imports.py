"""A table is brought, its columns are explained, it is refused. Nothing is in the register before it is accepted."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.tables import workbook_process
from panah.ground.kit.tables.limits import Unreadable
from panah.ground.kit.tables.workbooks import as_heading
from panah.programmes.figures import import_events, import_words
from panah.programmes.figures.actions.sources import shown_name
from panah.programmes.figures.import_words import ImportState
from panah.programmes.figures.models import Import, ImportPiece, Source, SourceTable
from panah.programmes.figures.permissions import must_write
from panah.programmes.figures.queries.importing import sheets_of_same_file
from panah.programmes.figures.reading.column_mapping import ColumnMapping, lacking
from panah.programmes.figures.reading.layouts import Seen, look_at, propose
from panah.programmes.figures.reading.people import lists_people, speaks_of_people
from panah.programmes.figures.reading.tables import PieceFile, open_source
from panah.programmes.figures.words import MOST_BYTES, PIECE, SourceKind
from panah.programmes.library import actions as library

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.kit.tables.reading import Table
    from panah.programmes.library.models import Upload

# Sheets of a workbook, until one has a table.
MOST_TRIED = 8
MOST_NOTES = 50
AT_WORK = (ImportState.WAITING, ImportState.READING)


class NotATable(Refusal):
    """The file cannot be read; the sentence says why."""


def bring_table(
    *,
    source: Source,
    file: library.Incoming | Upload,
    report_year: int | None = None,
    by: Staff,
    at: datetime,
    pk: UUID | None = None,
) -> Import:
    """Keep a file as it came and look at its columns. One that cannot be read is not kept: raises NotATable."""
    must_write(by)
    row = _keep(source, file, report_year, by, at, pk or uuid4())
    try:
        seen = _look(row)
        _refuse_people_beside(row)
        _propose(row, seen)
    except Unreadable as why:
        _forget(row, by=by, at=at)
        raise _refused(why.code, why.more) from None
    except Exception:
        _forget(row, by=by, at=at)
        raise
    return row


def forget_unseen(*, at: datetime) -> int:
    """Delete what was brought yesterday or before and never looked at, since the power failed; returns how many."""
    unseen = Import.objects.filter(headings={}, state=ImportState.ASKED)
    gone = unseen.filter(brought_on__lt=timezone.localtime(at).date())
    for row in gone:
        row.delete()
    return len(gone)


@transaction.atomic
def _keep(
    source: Source,
    file: library.Incoming | Upload,
    report_year: int | None,
    by: Staff,
    at: datetime,
    pk: UUID,
) -> Import:
    rows = Source.objects.visible(to=by).exclude(kind=SourceKind.OWN_COUNT)
    there = rows.select_for_update().get(pk=source.pk)
    name = (file.name if isinstance(file, library.Incoming) else file.file_name) or ""
    row: Import = Import.objects.create(
        pk=pk,
        society_id=by.society_id,
        source=there,
        report_year=report_year,
        file_name=shown_name(name),
        media_type="",
        size=file.size,
        sha256="",
        brought_by=by,
        brought_on=timezone.localtime(at).date(),
    )
    chunks = library.even(file.chunks(PIECE)) if isinstance(file, library.Incoming) else library.coming(file)
    digest, size, start = hashlib.sha256(), 0, b""
    for number, data in enumerate(chunks):
        size += len(data)
        if size > MOST_BYTES:
            raise _refused("too-large", {"mb": size // 2**20, "most_mb": MOST_BYTES // 2**20, "rows": ""})
        start = start or data[:4]
        digest.update(data)
        ImportPiece.objects.create(table_import=row, number=number, data=data)
    row.sha256, row.size = digest.hexdigest(), size
    row.media_type = "xlsx" if start == b"PK\x03\x04" else "csv"
    row.save(update_fields=["sha256", "size", "media_type"])
    if not isinstance(file, library.Incoming):
        # It lies here now: its pieces by a script go, whatever comes of it.
        file.delete()
    audit.record(event=import_events.BROUGHT, by=by, at=at, about=row.pk)
    return row


def _refused(code: str, more: Mapping[str, object]) -> NotATable:
    return NotATable(import_words.say_unreadable(code, more), code=code)


def _same_file() -> Refusal:
    return Refusal(
        _("This very file of this source is here already: nothing in it is new."),
        next_step=_("Open it in the list of tables."),
        code="same-file",
    )


def file_of(row: Import) -> BinaryIO:
    """Return the file to read in; one piece of it is in memory at a time."""

    def load(number: int) -> bytes:
        data = (
            ImportPiece.objects.filter(table_import=row, number=number).values_list("data", flat=True).first()
        )
        return bytes(data or b"")

    return io.BufferedReader(PieceFile(load, size=row.size, piece=PIECE), buffer_size=256 * 1024)


def _look(row: Import) -> Seen:
    """Look at the sheet that is probably meant: one that was explained before, else the first with headings."""
    with file_of(row) as file:
        try:
            first = open_source(file, most_bytes=MOST_BYTES)
        except Unreadable as why:
            row.sheets, left = _others(why)
        else:
            row.sheets = list(first.sheets)
            left = _sheets_left(row, first.sheet)
            if left and left[0] == first.sheet:
                return _seen(row, first)
    if not left:
        raise _same_file()
    for name in left[:-1]:
        with suppress(Unreadable):
            return _look_at(row, name)
    return _look_at(row, left[-1])


def _others(why: Unreadable) -> tuple[list[str], list[str]]:
    """The first sheet has no table: return all, and those to be tried after it."""
    sheets = why.more.get("sheets")
    if why.code != "no-columns" or not isinstance(sheets, list) or len(sheets) < 2:
        raise why
    return sheets, sheets[1 : 1 + MOST_TRIED]


def _sheets_left(row: Import, first: str) -> list[str]:
    known = SourceTable.objects.filter(source_id=row.source_id).exclude(sheet="")
    explained_before = set(known.values_list("sheet", flat=True))
    wanted = [*(sheet for sheet in row.sheets if sheet in explained_before), first, *row.sheets]
    taken = sheets_of_same_file(row)
    return [one for one in dict.fromkeys(wanted) if one not in taken][:MOST_TRIED]


def _look_at(row: Import, sheet: str) -> Seen:
    with file_of(row) as file:
        return _seen(row, open_source(file, most_bytes=MOST_BYTES, sheet=sheet))


def _seen(row: Import, table: Table) -> Seen:
    if speaks_of_people(table.headings.values()):
        raise Unreadable("about-people")
    row.headings, row.sheet = dict(table.headings), table.sheet
    seen = look_at(table.headings, table.rows)
    seen.notes = table.notes[:MOST_NOTES]
    return seen


def _refuse_people_beside(row: Import) -> None:
    """The file is kept whole: a list of people in another sheet of it, also in a hidden one, is one too."""
    if row.media_type != "xlsx":
        return
    with file_of(row) as file:
        if any(map(lists_people, workbook_process.first_lines(file))):
            raise Unreadable("about-people")


def choose_sheet(*, table_import: Import, sheet: str, by: Staff, at: datetime) -> None:
    """Read another sheet of a workbook instead; what was read of the first one is let go of."""
    try:
        _choose(table_import, sheet, by, at)
    except Unreadable as why:
        if why.code == "about-people":
            _forget(table_import, by=by, at=at)
        raise _refused(why.code, why.more) from None


@transaction.atomic
def _choose(table_import: Import, sheet: str, by: Staff, at: datetime) -> None:
    row = locked(table_import, by)
    if sheet not in row.sheets or sheet in sheets_of_same_file(row):
        raise Refusal(
            _("This sheet is not there, or it is read as a table of its own already."),
            next_step=_("Choose another one."),
            code="no-such-sheet",
        )
    seen = _look_at(row, sheet)
    read_anew(row, state=ImportState.ASKED)
    row.state, row.table = ImportState.ASKED, None
    _propose(row, seen)
    audit.record(event=import_events.COLUMNS, by=by, at=at, about=row.pk)


def signature(headings: Mapping[str, str]) -> str:
    """By which the next file of a table is known: its headings, in whatever order."""
    return hashlib.sha256(
        "\n".join(sorted(as_heading(heading) for heading in headings.values())).encode()
    ).hexdigest()


@transaction.atomic
def _propose(row: Import, seen: Seen) -> None:
    known = SourceTable.objects.filter(source_id=row.source_id, headings=signature(row.headings)).first()
    if known is not None and not lacking(ColumnMapping.from_json(known.mapping), seen.headings):
        row.table, row.state = known, ImportState.WAITING
        mapping = known.mapping
    else:
        mapping = propose(seen, country=row.source.country).as_json()
    row.proposed = {
        "mapping": mapping,
        "words": dict(seen.words),
        "order": list(seen.headings),
        "notes": seen.notes,
    }
    row.save(update_fields=["headings", "proposed", "sheet", "sheets", "table", "state"])


def _forget(row: Import, *, by: Staff, at: datetime) -> None:
    with transaction.atomic():
        Import.objects.filter(pk=row.pk).delete()
        audit.record(event=import_events.REFUSED, by=by, at=at, about=row.pk)


def locked(row: Import, by: Staff) -> Import:
    """Return a table that is on its way, for whoever may decide about it, locked until the end of the transaction."""
    must_write(by)
    found = Import.objects.visible(to=by).select_for_update().filter(pk=row.pk).first()
    if found is None or found.state == ImportState.ACCEPTED:
        raise Refusal(
            _("This table is not on its way any more: it was accepted or refused."),
            next_step=_("Look at the list of tables."),
            code="not-on-its-way",
        )
    return found


@transaction.atomic
def say_columns(*, table_import: Import, name: str, mapping: ColumnMapping, by: Staff, at: datetime) -> None:
    """Say what the columns mean, remember it for the source, and have the table read, from its beginning."""
    row = locked(table_import, by)
    missing = lacking(mapping, {as_heading(text): text for text in row.headings.values()})
    if missing:
        raise Refusal(str(import_words.LACKING[missing[0]]), next_step=_("Say it below."), code=missing[0])
    table, _made = SourceTable.objects.update_or_create(
        source_id=row.source_id,
        headings=signature(row.headings),
        defaults={
            "name": name,
            "mapping": mapping.as_json(),
            "sheet": row.sheet,
            "changed_by": by,
            "changed_on": timezone.localtime(at).date(),
        },
    )
    row.proposed["mapping"] = mapping.as_json()
    read_anew(row, table=table, proposed=row.proposed)
    audit.record(event=import_events.COLUMNS, by=by, at=at, about=row.pk)


def explained(row: Import) -> SourceTable:
    """Return the table that a file is an edition of: whatever is read has had its columns explained."""
    if row.table is None:
        raise ValueError(row.pk)
    return row.table


def read_anew(row: Import, **changes: object) -> None:
    row.rows.all().delete()
    row.wrong.all().delete()
    counts = ("bytes_read", "last_row", "rows_read", "rows_left", "figures_found", "cells_empty", "faults")
    begun: dict[str, object] = {
        "state": ImportState.WAITING,
        "leased_until": None,
        "reason": "",
        "reason_more": {},
        "found": {},
    }
    Import.objects.filter(pk=row.pk).update(**{**begun, **dict.fromkeys(counts, 0), **changes})


@transaction.atomic
def compare_again(*, table_import: Import, by: Staff, at: datetime) -> None:
    """Have what was read compared with the register as it is now."""
    row = locked(table_import, by)
    if row.state == ImportState.READY:
        Import.objects.filter(pk=row.pk).update(state=ImportState.WAITING, leased_until=None)
        audit.record(event=import_events.COMPARED, by=by, at=at, about=row.pk)


@transaction.atomic
def refuse_table(*, table_import: Import, by: Staff, at: datetime) -> None:
    """Take nothing of a table, also while it is being read. Only the journal knows that it was here."""
    row = locked(table_import, by)
    Import.objects.filter(pk=row.pk).delete()
    audit.record(event=import_events.REFUSED, by=by, at=at, about=row.pk)
