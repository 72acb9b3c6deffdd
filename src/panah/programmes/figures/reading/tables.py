"""A file of a source as a table whose columns are still to be explained, however long: one piece is in memory."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import BinaryIO

from panah.ground.kit.tables.limits import MOST_BYTES as MOST_OF_A_WORKBOOK
from panah.ground.kit.tables.limits import Unreadable
from panah.ground.kit.tables.reading import Table, open_table
from panah.ground.kit.tables.workbooks import as_heading
from panah.programmes.figures.reading.layouts import USUAL_HEADINGS

# As many as a file of the largest size has lines of a few letters: the size is the end of it, not a count.
MOST_ROWS = 50_000_000
# A table is what a room may be filled with: more than this is chosen from, never taken whole.
MOST_FIGURES = 20_000


def open_source(file: BinaryIO, *, most_bytes: int, sheet: str = "") -> Table:
    """Return the table in a file, or in one sheet of it; raises ``Unreadable``, also while its rows are walked."""
    known = {name: name for name in USUAL_HEADINGS}
    start = file.read(4)
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    if start == b"PK\x03\x04" and size > MOST_OF_A_WORKBOOK:
        raise Unreadable("too-large-inside", most_mb=MOST_OF_A_WORKBOOK // 2**20, rows=MOST_FIGURES)
    table = open_table(file, known, sheet=sheet, any_header=True, most_rows=MOST_ROWS, most_bytes=most_bytes)
    keys = [as_heading(text) for text in table.headings.values()]
    twice = next((key for place, key in enumerate(keys) if key in keys[:place]), None)
    if twice is not None:
        raise Unreadable("column-twice", column=twice)
    return table


class PieceFile(io.RawIOBase):
    """A file that lies in pieces of ``piece`` bytes, read where it is asked for: one piece is in memory at a time."""

    def __init__(self, load: Callable[[int], bytes], *, size: int, piece: int) -> None:
        super().__init__()
        self._load, self._size, self._piece = load, size, piece
        self._at, self._number, self._data = 0, -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, start + offset)
        return self._at

    def readinto(self, buffer: memoryview | bytearray) -> int:  # type: ignore[override]
        number, within = divmod(self._at, self._piece)
        if self._at >= self._size:
            return 0
        if number != self._number:
            self._number, self._data = number, self._load(number)
        some = self._data[within : within + len(buffer)]
        buffer[: len(some)] = some
        self._at += len(some)
        return len(some)
