"""Where the countries of corridors stand and how the lines between them run: numbers, drawn as SVG by a template."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import wrap
from typing import TYPE_CHECKING

from panah.cooperation.words import Works

if TYPE_CHECKING:
    from panah.cooperation.queries import Way

# In units of the picture, which are those of the screen: it is narrow enough for a telephone of 360.
BOX, HEIGHT, ROW, BETWEEN, TOP = 116, 48, 64, 78, 8
# So many letters stand in a row of a box.
IN_A_ROW, ROWS = 14, 2
# How a line is drawn: not by colour alone.
DASHES = {Works.WORKS: "", Works.PARTLY: "10 6", Works.NOT: "2 7", Works.UNKNOWN: "2 7"}


@dataclass(frozen=True)
class Place:
    x: int
    y: int
    width: int
    height: int
    text_x: int
    # Where each row of the name stands, and its words.
    rows: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Line:
    path: str
    head: str
    dash: str
    number: int
    x: int
    y: int


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    places: tuple[Place, ...]
    lines: tuple[Line, ...]


def drawn(ways: Iterable[Way]) -> Picture:
    """Draw origins on the left and destinations on the right, each once, a numbered line for each corridor in order."""
    rows = list(ways)
    left = _column([(one.origin, one.names[0]) for one in rows], 1)
    right = _column([(one.destination, one.names[1]) for one in rows], 1 + BOX + BETWEEN)
    lines = tuple(
        _line(left[one.origin], right[one.destination], one.whole, number, len(rows))
        for number, one in enumerate(rows, 1)
    )
    height = max(len(left), len(right)) * ROW + TOP
    return Picture(2 + 2 * BOX + BETWEEN, height, (*left.values(), *right.values()), lines)


def _column(named: Iterable[tuple[str, str]], x: int) -> dict[str, Place]:
    return {
        key: Place(x, y := TOP + row * ROW, BOX, HEIGHT, x + BOX // 2, _rows(text, y))
        for row, (key, text) in enumerate(dict(named).items())
    }


def _rows(text: str, y: int) -> tuple[tuple[int, str], ...]:
    rows = wrap(text, IN_A_ROW, max_lines=ROWS, placeholder="…")
    first = y + HEIGHT // 2 + 5 - 9 * (len(rows) - 1)
    return tuple((first + 18 * turn, words) for turn, words in enumerate(rows))


def _line(begin: Place, end: Place, whole: str, number: int, of: int) -> Line:
    x1, y1 = begin.x + begin.width, begin.y + begin.height // 2
    x2, y2 = end.x, end.y + end.height // 2
    # Numbers stand at different places of their lines, so that those that cross can be told apart.
    part = number / (of + 1)
    path = f"M{x1} {y1}L{x2 - 9} {y2}"
    head = f"{x2},{y2} {x2 - 10},{y2 - 5} {x2 - 10},{y2 + 5}"
    return Line(
        path,
        head,
        DASHES[Works(whole)],
        number,
        round(x1 + (x2 - x1) * part),
        round(y1 + (y2 - y1) * part) - 6,
    )
