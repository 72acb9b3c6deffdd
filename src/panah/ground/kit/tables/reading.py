"""A file of people read as rows, one at a time: CSV in any usual writing, XLSX, with a clear end to everything else."""

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice, takewhile
from typing import Any, BinaryIO, cast

from panah.ground.kit.tables import workbook_process
from panah.ground.kit.tables.limits import (
    HEADER_WITHIN,
    MORE_LINES,
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Unreadable,
)
from panah.ground.kit.tables.workbooks import MERGED, Line, Sheet, as_heading

DELIMITERS = ",;\t|"
LONGEST_HEADING = 120
OpenSheet = Callable[..., Sheet]


@dataclass(frozen=True)
class Row:
    """One row: its number as a spreadsheet shows it, its cells by column, or the code of what is wrong with it."""

    number: int
    cells: Mapping[str, str]
    wrong: str = ""


@dataclass
class Table:
    """A table whose columns are known. ``notes`` are (code, column) about the header; ``rows`` can be walked once.

    ``sheet``: of a workbook, the one that is read, of all those in sight, ``sheets``.

    ``headings``: by the name under which a column stands in ``columns``, as it was written above it.
    """

    columns: tuple[str, ...]
    rows: Iterator[Row]
    notes: list[tuple[str, str]] = field(default_factory=list)
    headings: dict[str, str] = field(default_factory=dict)
    sheet: str = ""
    sheets: tuple[str, ...] = ()


def open_table(
    file: BinaryIO,
    known: Mapping[str, str],
    *,
    sheet: str = "",
    any_header: bool = False,
    most_rows: int = MOST_ROWS,
    most_bytes: int = MOST_BYTES,
    open_sheet: OpenSheet = workbook_process.open_sheet,
) -> Table:
    """Read the header and return the table, its rows still to come. Raises Unreadable; so may walking the rows.

    ``known`` maps a heading (``as_heading``) to a column. With ``any_header`` a table comes also without one that is
    known, and columns that are not known come as ``?`` and their place, to be asked about.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if size > most_bytes:
        raise Unreadable("too-large", mb=size // 2**20, most_mb=most_bytes // 2**20, rows=most_rows)
    if size == 0:
        raise Unreadable("empty")
    start = file.read(8)
    file.seek(0)
    if start.startswith(b"PK\x03\x04"):
        found = open_sheet(file, known, name=sheet)
        try:
            table = _table(
                found.lines,
                known,
                found.notes,
                ends_whole=True,
                short=True,
                any_header=any_header,
                most_rows=most_rows,
            )
        except Unreadable as why:
            # Perhaps another sheet has the table.
            raise Unreadable(why.code, **{**why.more, "sheets": found.names}) from None
        table.sheet, table.sheets = found.name, tuple(found.names)
        return table
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("old-or-locked")
    if sheet:
        raise Unreadable("no-sheets")
    encoding, whole = _encoding(file)
    # Cut off inside its last cell, a row looks whole: somebody looks.
    notes = [] if whole else [("no-line-end", "")]
    lines = _csv_lines(file, encoding, known)
    return _table(lines, known, notes, ends_whole=whole, any_header=any_header, most_rows=most_rows)


# -- CSV ----------------------------------------------------------------------------------------


def _encoding(file: BinaryIO) -> tuple[str, bool]:
    """Return the encoding, and whether the last line was written to its end."""
    start = file.read(4096)
    for bom, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if start.startswith(bom):
            return name, _decodes(file, name)
    if b"\0" in start:
        name = "utf-16-le" if start[1::2].count(0) > start[0::2].count(0) else "utf-16-be"
        if max(start[1::2].count(0), start[0::2].count(0)) * 4 < len(start):
            raise Unreadable("unknown-type")
        return name, _decodes(file, name)
    try:
        return "utf-8", _decodes(file, "utf-8")
    except Unreadable:
        return "cp1251", _looks_cyrillic(file)


def _decodes(file: BinaryIO, name: str) -> bool:
    """Walk the file once; raise Unreadable if it is not in this encoding; say whether it ends with a line's end."""
    decoder = codecs.getincrementaldecoder(name)()
    last = ""
    file.seek(0)
    while block := file.read(2**20):
        try:
            last = decoder.decode(block)[-1:] or last
        except UnicodeError:
            raise Unreadable("wrong-encoding") from None
    file.seek(0)
    return last in "\r\n" and not decoder.getstate()[0]


CYRILLIC = "А-яЁё"
SIGNS = {
    "letters": re.compile(f"[{CYRILLIC}ІіЇїЄєЎўҐґЈ]"),
    "others": re.compile(r"[^\x00-\x7f]"),
    # Serbian and Macedonian letters are where other tables of the alphabet have their capitals.
    "strange": re.compile("[ЂЃѓЉЊЌЋЏђљњќћџ]"),
    # Inside a word: Latin beside Cyrillic (a western or Turkish table); a capital after a small letter (KOI8).
    "mixed": re.compile(f"[A-Za-z](?=[{CYRILLIC}])|[{CYRILLIC}](?=[A-Za-z])"),
    "pairs": re.compile(f"[{CYRILLIC}](?=[{CYRILLIC}])"),
    "turned": re.compile("[а-яё](?=[А-ЯЁ])"),
    "right": re.compile("[А-ЯЁ](?=[а-яё])"),
}


def _looks_cyrillic(file: BinaryIO) -> bool:
    """What is not ASCII must read as Cyrillic words, else a name would be sealed that nobody has.

    Says whether the last line was written to its end.
    """
    seen = dict.fromkeys(SIGNS, 0)
    last = ""
    file.seek(0)
    while block := file.read(2**20):
        if any(byte < 9 for byte in block[:4096]):
            raise Unreadable("wrong-encoding")
        try:
            text = block.decode("cp1251")
        except UnicodeError:
            raise Unreadable("wrong-encoding") from None
        for name, sign in SIGNS.items():
            seen[name] += sum(1 for _found in sign.finditer(text))
        last = text[-1:]
    file.seek(0)
    if (
        seen["letters"] * 10 < seen["others"] * 7
        or seen["strange"] * 20 > seen["letters"]
        or seen["mixed"] > seen["pairs"]
        or seen["turned"] > seen["right"]
    ):
        raise Unreadable("wrong-encoding")
    return last in ("\r", "\n")


def _csv_lines(file: BinaryIO, encoding: str, known: Mapping[str, str]) -> Iterator[list[str] | None]:
    """Yield each line's cells; None for one whose quotes do not close, after which nothing can be told apart."""
    text = io.TextIOWrapper(cast(Any, _KeptOpen(file)), encoding, errors="replace", newline="")
    head = text.read(64 * 1024)
    text.seek(0)
    reader = csv.reader(text, delimiter=_delimiter(head, known), strict=True)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield None
            return


class _KeptOpen(io.BufferedIOBase):
    """The same file, which stays open when its text reader is dropped."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, *args: int) -> int:
        return self._file.seek(*args)

    def read1(self, size: int = -1) -> bytes:
        return self._file.read(size)


def _delimiter(head: str, known: Mapping[str, str]) -> str:
    lines = head.splitlines()[:HEADER_WITHIN]

    def fits(delimiter: str) -> tuple[int, int]:
        split = [line.split(delimiter) for line in lines]
        return (
            max((sum(as_heading(cell) in known for cell in cells) for cells in split), default=0),
            max((len(cells) for cells in split), default=0),
        )

    return max(DELIMITERS, key=fits)


# -- both ---------------------------------------------------------------------------------------


def _table(
    lines: Iterator[Line | None],
    known: Mapping[str, str],
    notes: list[tuple[str, str]],
    *,
    ends_whole: bool,
    short: bool = False,
    any_header: bool = False,
    most_rows: int = MOST_ROWS,
) -> Table:
    first = list(islice(lines, HEADER_WITHIN))
    at = _header_at(first, known, any_header)
    if at is None:
        raise Unreadable("no-columns")
    above = [line for line in first[:at] if line]
    notes += [("line-above", "") for line in above if any(_said(cell) for cell in line)]
    header = [_said(cell) or _above(above, place) for place, cell in enumerate(first[at] or ())]
    if any(header[MOST_COLUMNS:]):
        raise Unreadable("too-many-columns", columns=MOST_COLUMNS)
    names, headings = _columns(header, known, notes, any_header)
    rest = chain(first[at + 1 :], lines)
    rows = _rows(_at_most(most_rows, rest), names, at + 1, ends_whole, short)
    return Table(tuple(n for n in names if n), rows, notes, headings)


def _header_at(first: list[Line | None], known: Mapping[str, str], any_header: bool) -> int | None:
    """The line in which most headings are known; with ``any_header`` else the one that says most, before content."""
    whole = [line for line in takewhile(lambda line: line is not None, first) if line is not None]
    fits = [len({known[as_heading(cell)] for cell in line if as_heading(cell) in known}) for line in whole]
    if any(fits):
        return fits.index(max(fits))
    said = [len({cell for cell in line if _said(cell) and not cell[0].isdigit()}) for line in whole]
    return said.index(max(said)) if any_header and max(said, default=0) > 1 else None


def _said(cell: str) -> str:
    return "" if cell.startswith("\0") else cell.strip()


def _above(lines: list[list[str]], place: int) -> str:
    """What stands above a cell that is merged with it, or empty: a heading of two lines."""
    return next((_said(one[place]) for one in reversed(lines) if place < len(one) and _said(one[place])), "")


def _columns(
    header: list[str], known: Mapping[str, str], notes: list[tuple[str, str]], any_header: bool
) -> tuple[list[str], dict[str, str]]:
    """The columns in their places, "" for those left out, which are named in the notes; and what stood above each."""
    cells = list(header)
    while cells and not cells[-1]:
        cells.pop()  # what stands in a row beyond its header is one cell too many
    names = [known.get(as_heading(cell), "") for cell in cells]
    headings: dict[str, str] = {}
    for i, (name, cell) in enumerate(zip(names, cells, strict=True)):
        shown = "".join(c for c in " ".join(cell.split()) if c.isprintable())
        if name and name in names[:i]:
            if not any_header or as_heading(cell) == name.lower():
                raise Unreadable("column-twice", column=name)
            names[i] = name = ""
        if name:
            headings[name] = shown
        elif not cell:
            notes.append(("unnamed-column", str(i + 1)))
        elif any_header:
            names[i] = f"?{i + 1}"
            headings[names[i]] = shown[:LONGEST_HEADING]
        else:
            sentence = len(cell) > 60 or cell.count(" ") > 4
            notes.append(("sentence-in-header", str(i + 1)) if sentence else ("unknown-column", shown))
    return names, headings


def _at_most(most: int, lines: Iterator[Line | None]) -> Iterator[Line | None]:
    """The lines, until more of them say something than are read at once, or more stand there at all."""
    people, most_lines = 0, max(MORE_LINES, 2 * most)
    for number, line in enumerate(lines, start=1):
        people += line is not None and _says_something(line)
        if people > most or number > most_lines:
            raise Unreadable("too-many-rows", rows=most)
        yield line


def _says_something(line: Line) -> bool:
    """Where all that a row has is merged with the row above, it is that row."""
    return any(cell.strip() and cell != MERGED for cell in line)


def _rows(
    lines: Iterator[Line | None], names: list[str], header: int, ends_whole: bool, short: bool
) -> Iterator[Row]:
    kept: Row | None = None
    for number, line in enumerate(lines, start=header + 1):
        if kept is not None:
            yield kept
            kept = None
        if line is None:
            yield Row(number, {}, "quotes")
            return
        if not _says_something(line):
            continue
        # A sheet leaves out the empty cells at the end of a row; a CSV that does has lost something.
        kept = _row(number, line + [""] * (len(names) - len(line)) if short else line, names)
    if kept is not None:
        # Without an end of the line nobody knows whether the last row was written to its end.
        yield Row(kept.number, {}, "broken-off") if kept.wrong == "too-few" and not ends_whole else kept


def _row(number: int, line: list[str], names: list[str]) -> Row:
    cells = {name: cell.strip() for name, cell in zip(names, line, strict=False) if name}
    if any(cell.strip() and cell != MERGED for cell in line[len(names) :]):
        return Row(number, {}, "too-many")
    if len(line) < len(names):
        return Row(number, {}, "too-few")
    return Row(number, cells)
