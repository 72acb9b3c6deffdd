"""A table of commitments and of how far they are, read row by row: each cell, or a sentence that says why not."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from panah.ground.kit.languages import INTERFACE
from panah.ground.kit.tables import words as table_words
from panah.ground.kit.tables.cells import CellError, clean, partial_date
from panah.ground.kit.tables.limits import Unreadable
from panah.ground.kit.tables.reading import Row, open_table
from panah.ground.kit.tables.workbooks import as_heading
from panah.programmes.diplomacy.instruments import provisions
from panah.programmes.diplomacy.words import CommitmentKind, EvidenceKind, Progress, TableColumn

MOST_ROWS = 500
MOST_BYTES = 5 * 1024 * 1024
YEARS_AHEAD = 50
# As much as the forms take.
MOST = {
    TableColumn.TITLE: 200,
    TableColumn.OBJECTIVE: 2000,
    TableColumn.RESOURCES: 2000,
    TableColumn.RISKS: 2000,
    TableColumn.EVIDENCE: 300,
    TableColumn.SOURCE: 300,
    TableColumn.VALUE: 60,
    TableColumn.WHY: 500,
    TableColumn.CHALLENGES: 2000,
}
CODES: Mapping[str, Mapping[str, object]] = {
    TableColumn.KIND: dict(CommitmentKind.choices),
    TableColumn.EVIDENCE_KIND: dict(EvidenceKind.choices),
    TableColumn.PROGRESS: dict(Progress.choices),
}
DAYS = (TableColumn.BEGINS_ON, TableColumn.ENDS_ON, TableColumn.SHOWN_ON)


@dataclass
class BroughtRow:
    """One row: its number in the file, what its filled cells say by column, and what is wrong with it."""

    number: int
    texts: dict[str, str] = field(default_factory=dict)
    days: dict[str, date] = field(default_factory=dict)
    provisions: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class Wrong(Exception):
    """A cell is not what its column asks for; the sentence says why."""


def read_rows(body: bytes, *, today: date) -> list[BroughtRow]:
    """Return the rows of a table in their order. Raises ``kit.tables.limits.Unreadable``."""
    table = open_table(io.BytesIO(body), _known(), most_rows=MOST_ROWS, most_bytes=MOST_BYTES)
    strange = [column for code, column in table.notes if code in ("unknown-column", "sentence-in-header")]
    if strange:
        raise Unreadable("strange-columns", names=", ".join(strange))
    return [_row(row, today) for row in table.rows]


def headings() -> list[str]:
    """Return what stands above the columns, in the reader's language."""
    return [str(one.label) for one in TableColumn]


def _known() -> dict[str, str]:
    """Every heading that is understood: the code of a column, and its name in each language of the pages."""
    found = {as_heading(one.value): one.value for one in TableColumn}
    for tag, _name in INTERFACE:
        with override(tag):
            found |= {as_heading(str(one.label)): one.value for one in TableColumn}
    return found


def _row(row: Row, today: date) -> BroughtRow:
    found = BroughtRow(row.number)
    if row.wrong:
        found.faults.append(_wrong(row.wrong))
    for name, cell in row.cells.items():
        if not cell:
            continue
        column = TableColumn(name)
        try:
            _take(found, column, clean(cell), today)
        except (CellError, Wrong) as problem:
            what = _wrong(problem.code) if isinstance(problem, CellError) else str(problem)
            found.faults.append(_("%(column)s: %(what)s") % {"column": column.label, "what": what})
    return found


def _wrong(code: str) -> str:
    return str(table_words.WRONG.get(code, "")) or _("This is not understood.")


def _take(row: BroughtRow, column: TableColumn, text: str, today: date) -> None:
    if column in DAYS:
        row.days[column] = _day(text, today)
    elif column == TableColumn.PROVISIONS:
        row.provisions = _provisions(text)
    elif column in CODES:
        row.texts[column] = _code(text, CODES[column])
    elif len(text) > MOST[column]:
        raise CellError("too-long")
    else:
        row.texts[column] = text


def _day(text: str, today: date) -> date:
    known = partial_date(text, today.replace(year=today.year + YEARS_AHEAD, day=1))
    if len(known) != len("2001-05-17"):
        raise Wrong(_("Write the whole day, as 2001-05-17."))
    return date.fromisoformat(known)


def _provisions(text: str) -> list[str]:
    keys = list(dict.fromkeys(one.strip() for one in re.split(r"[,;\n]", text) if one.strip()))
    strange = [key for key in keys if key not in provisions()]
    if strange:
        raise Wrong(_("Write provisions as istanbul2007/1, with commas between them."))
    return keys


def _code(text: str, codes: Mapping[str, object]) -> str:
    """A code, or what it is called in one of the languages of the pages."""
    wanted = as_heading(text)
    for tag, _name in INTERFACE:
        with override(tag):
            found = next(
                (code for code, label in codes.items() if wanted in (code, as_heading(str(label)))), ""
            )
        if found:
            return found
    raise Wrong(_("Write one of these: %(words)s.") % {"words": ", ".join(codes)})
