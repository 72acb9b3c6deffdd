"""A sheet of an XLSX workbook as lines of text, with what a spreadsheet hides: formulas, merged cells, other sheets."""

import re
import warnings
import zipfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from html import unescape
from itertools import islice
from typing import Any, BinaryIO

from panah.ground.kit.tables.limits import (
    HEADER_WITHIN,
    LONGEST_PIECE,
    MORE_LINES,
    MOST_BESIDE,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_IN_ROW,
    MOST_ROWS,
    MOST_SHARED,
    MOST_STRINGS,
    MOST_UNPACKED,
    Unreadable,
)

# What stands in a cell whose value the file does not hold. No text begins like this.
FORMULA, MERGED, SHORTENED = "\0formula", "\0merged", "\0shortened"
MOST_DIGITS = 10**15  # beyond, a spreadsheet keeps a number without its last digits
HAS_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
HAS_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?\bref=[\"']([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})[\"']"
)
# What is read a piece at a time: sheets and their texts. All else is taken whole.
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
TAKEN_APART = re.compile(r"xl/(?:worksheets/[^/]+|sharedStrings)\.xml$|xl/media/|docProps/")
ROW, CELL = re.compile(rb"<(?:\w+:)?row[\s/>]"), re.compile(rb"<(?:\w+:)?c[\s/>]")
STRING = re.compile(rb"<(?:\w+:)?si[\s/>]")
CACHED = "xl/pivotCache/pivotCacheDefinition"
# Files in the file, and what was kept of the cells of other workbooks.
OF_OTHERS = ("xl/embeddings/", "xl/externallinks/")
CACHED_FIELD = re.compile(rb"<(?:\w+:)?cacheField\s[^>]*?\bname=[\"']([^\"']*)")
BITE, OVERLAP = 2**20, 200
MOST_MERGED = MORE_LINES

Line = list[str]


@dataclass
class Sheet:
    """The lines of one sheet, and what is to be said about it: (code, column). ``names``: of all sheets in sight."""

    lines: Iterator[Line]
    notes: list[tuple[str, str]] = field(default_factory=list)
    name: str = ""
    names: list[str] = field(default_factory=list)


def open_sheet(file: BinaryIO, known: Collection[str], *, name: str = "") -> Sheet:
    """Return the sheet of this name; without one, the first in sight that has a header, else the first in sight.

    ``known``: names of columns in small letters, one of which makes a header. Raises Unreadable.
    """
    with _quietly():
        _check_zip(file)
    from openpyxl import load_workbook  # half a second that no CSV needs

    with _quietly():
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        if name and name not in book.sheetnames:
            raise Unreadable("no-such-sheet")
        seen = [book[name]] if name else [p for p in book.worksheets if p.sheet_state == "visible"]
        with_header = [p for p in book.worksheets if _has_header(p, known)]
        found = next((p for p in seen if p in with_header), seen[0] if seen else None)
        if found is None:
            raise Unreadable("no-columns")
        others = not name and any(p is not found for p in with_header)
        notes = [("other-sheets", str(seen.index(found) + 1))] if others else []
        names = [p.title for p in book.worksheets if p.sheet_state == "visible"]
    return Sheet(_lines(file, found), notes, found.title, names)


def first_lines(file: BinaryIO) -> Iterator[list[Line]]:
    """Yield the first lines of every sheet, the hidden ones too, and the headings that a pivot table keeps of one.

    Raises Unreadable, also where the workbook holds what is not looked at: another file, cells of another workbook.
    """
    with _quietly():
        _check_zip(file)
        _refuse_what_is_of_others(file)
        yield from _cached(file)
    from openpyxl import load_workbook

    with _quietly():
        for page in load_workbook(file, read_only=True, data_only=True, keep_links=False).worksheets:
            page.reset_dimensions()
            yield [[_cell(value) for value in row] for row in islice(_rows(page), HEADER_WITHIN)]


def _refuse_what_is_of_others(file: BinaryIO) -> None:
    with zipfile.ZipFile(file) as parts:
        if any(name.lower().lstrip("/").startswith(OF_OTHERS) for name in parts.namelist()):
            raise Unreadable("holds-another-file")
    file.seek(0)


def _cached(file: BinaryIO) -> Iterator[list[Line]]:
    """A pivot table keeps the rows that it was made of, also once their sheet is gone."""
    with zipfile.ZipFile(file) as parts:
        for name in parts.namelist():
            if name.startswith(CACHED):
                yield [[unescape(one.decode()) for one in CACHED_FIELD.findall(parts.read(name))]]
    file.seek(0)


@contextmanager
def _quietly() -> Iterator[None]:
    """Whatever a broken or hostile workbook makes the reader raise: for the person it is one thing."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they would say what stands in a cell
            yield
    except (Unreadable, MemoryError):
        raise
    except Exception as why:  # noqa: BLE001
        # The parser underneath has a word of its own for it.
        raise (too_large_inside() if "out of memory" in str(why) else Unreadable("broken-workbook")) from None


def _check_zip(file: BinaryIO) -> None:
    try:
        with zipfile.ZipFile(file) as parts:
            sizes = {one.filename: one.file_size for one in parts.infolist()}
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError):
        raise Unreadable("broken-workbook") from None
    if "xl/workbook.xml" not in sizes:
        raise Unreadable("unknown-type")
    strings = sum(size for name, size in sizes.items() if "sharedStrings" in name)
    beside = sum(size for name, size in sizes.items() if not TAKEN_APART.match(name))
    if sum(sizes.values()) > MOST_UNPACKED or strings > MOST_STRINGS or beside > MOST_BESIDE:
        raise too_large_inside()
    with zipfile.ZipFile(file) as parts:
        shared = sum(
            len(STRING.findall(text))
            for name in sizes
            if "sharedStrings" in name
            for text in pieces(parts, name)
        )
    if shared > MOST_SHARED:
        raise too_large_inside()
    for name in sizes:
        if SHEET.match(name):
            check_cells(file, name)
    file.seek(0)


def too_large_inside() -> Unreadable:
    return Unreadable("too-large-inside", most_mb=MOST_UNPACKED // 2**20, rows=MOST_ROWS)


def pieces(parts: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part in pieces that end before a tag. Raises Unreadable for a text or tag longer than any that is meant."""
    rest = b""
    with parts.open(name) as part:
        while bite := part.read(BITE):
            whole, tag, rest = (rest + bite).rpartition(b"<")
            if not tag or len(rest) > LONGEST_PIECE:
                raise too_large_inside()
            rest = tag + rest
            yield whole
    yield rest


def check_cells(file: BinaryIO, name: str) -> None:
    """Refuse a sheet with more cells than are read, in all or in one row, before a reader takes a row whole."""
    cells = in_row = 0
    with zipfile.ZipFile(file) as parts:
        for text in pieces(parts, name):
            first, *rows = ROW.split(text)
            in_row += len(CELL.findall(first))
            cells += len(CELL.findall(first))
            most = in_row
            for row in rows:
                in_row = len(CELL.findall(row))
                cells += in_row
                most = max(most, in_row)
            if most > MOST_IN_ROW or cells > MOST_CELLS:
                raise too_large_inside()


def _has_header(page: Any, known: Collection[str]) -> bool:
    page.reset_dimensions()
    lines = ([_cell(v) for v in row] for row in islice(_rows(page), HEADER_WITHIN))
    return any(as_heading(cell) in known for line in lines for cell in line)


def as_heading(cell: str) -> str:
    """A heading as it is looked for: in small letters, a line break or two blanks as one blank."""
    return " ".join(cell.strip().strip('"').split()).lower().replace("ё", "е").rstrip(" :*")


def _rows(page: Any) -> Iterator[tuple[object, ...]]:
    # Without a width, rows that are not there cost nothing: one stray cell can stand in row 1,048,576.
    return (_not_too_wide(row) for row in page.iter_rows(values_only=True))


def _not_too_wide(row: tuple[object, ...]) -> tuple[object, ...]:
    if any(value is not None for value in row[MOST_COLUMNS:]):
        raise Unreadable("too-many-columns", columns=MOST_COLUMNS)
    return row[:MOST_COLUMNS]


def _lines(file: BinaryIO, page: Any) -> Iterator[Line]:
    with _quietly():
        formulas, merged = _look_through(file, page._worksheet_path)
        rows = _with_formulas(file, page) if formulas else _rows(page)
        for number, row in enumerate(rows, start=1):
            line = [_cell(value) for value in row]
            for first, last in merged.get(number, ()):
                line += [""] * (last - len(line))
                line[first - 1 : last] = [MERGED] * max(0, last - first + 1)
            yield line


def _with_formulas(file: BinaryIO, page: Any) -> Iterator[list[object]]:
    """The rows, a formula whose result was not saved told apart from an empty cell, and from one that says nothing."""
    from openpyxl import load_workbook

    told = load_workbook(file, read_only=True, data_only=False, keep_links=False)[page.title]
    told.reset_dimensions()
    for results, cells in zip(page.iter_rows(), told.iter_rows(), strict=False):
        _not_too_wide(tuple(cell.value for cell in cells))
        yield [
            FORMULA if one.value is None and one.data_type != "str" and cell.data_type == "f" else one.value
            for one, cell in zip(results[:MOST_COLUMNS], cells, strict=False)
        ]


Merged = dict[int, list[tuple[int, int]]]


def _look_through(file: BinaryIO, part: str) -> tuple[bool, Merged]:
    """Say whether a sheet has formulas; and by row the columns, first and last, whose value stands in another cell."""
    formulas, ranges, tail = False, set(), b""
    with zipfile.ZipFile(file) as parts, parts.open(part) as sheet:
        while bite := sheet.read(BITE):
            text = tail + bite
            formulas = formulas or HAS_FORMULA.search(text) is not None
            ranges |= {found.groups() for found in HAS_MERGED.finditer(text)}
            tail = text[-OVERLAP:]
    merged: Merged = {}
    for left, top, right, bottom in ranges:
        _add_merged(merged, (_column(left), int(top)), (min(_column(right), MOST_COLUMNS), int(bottom)))
    return formulas, merged


def _add_merged(merged: Merged, start: tuple[int, int], end: tuple[int, int]) -> None:
    (first, top), (last, bottom) = start, end
    if bottom - top + len(merged) > MOST_MERGED:
        raise too_large_inside()
    if last > first:
        merged.setdefault(top, []).append((first + 1, last))
    for row in range(top + 1, bottom + 1):
        merged.setdefault(row, []).append((first, last))


def _column(letters: bytes) -> int:
    number = 0
    for one in letters:
        number = number * 26 + one - 64
    return number


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float) and abs(value) >= MOST_DIGITS:
        return SHORTENED
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
