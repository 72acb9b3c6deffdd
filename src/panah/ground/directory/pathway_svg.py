"""Where the boxes and arrows of a pathway stand: plain numbers, drawn by a template as SVG."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

# In units of the picture. A box holds four lines of text; a column is a box and the arrow after it.
BOX, ROW, COLUMN, TOP = 176, 92, 248, 8
LETTERS, LINES, LINE = 22, 4, 18


@dataclass(frozen=True, slots=True)
class Edge:
    """One step: the keys and texts of both ends, and its number."""

    number: int
    begin: str
    begin_text: str
    end: str
    end_text: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of text in a box, where it stands."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Box:
    x: int
    y: int
    width: int
    height: int
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the right side of one box to the left side of another, with the step's number beside it."""

    path: str
    head: str
    number: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def depths(edges: Iterable[Edge]) -> dict[str, int]:
    """In which column each box stands: one after the last that leads to it. Ways back are not counted."""
    edges = list(edges)
    places: dict[str, int] = {}
    for edge in edges:
        places.setdefault(edge.begin, 0)
        places.setdefault(edge.end, places[edge.begin] + 1)
    # As many rounds as boxes are enough; in a circle the last round would never come.
    for _round in range(len(places)):
        for edge in edges:
            if places[edge.end] <= places[edge.begin] and not _leads(edge.end, edge.begin, edges):
                places[edge.end] = places[edge.begin] + 1
    return places


def _leads(start: str, goal: str, edges: list[Edge]) -> bool:
    """Whether one can go along the steps from one box to another."""
    seen, waiting = {start}, [start]
    while waiting:
        here = waiting.pop()
        for edge in edges:
            if edge.begin == here and edge.end not in seen:
                seen.add(edge.end)
                waiting.append(edge.end)
    return goal in seen


def drawn(edges: Iterable[Edge]) -> Drawing:
    """The whole picture: boxes in columns from left to right, one arrow a step."""
    edges = list(edges)
    places = depths(edges)
    texts: dict[str, str] = {}
    for edge in edges:
        texts.setdefault(edge.begin, edge.begin_text)
        texts.setdefault(edge.end, edge.end_text)
    rows: dict[int, int] = {}
    boxes: dict[str, Box] = {}
    for key, column in places.items():
        row = rows.get(column, 0)
        rows[column] = row + 1
        boxes[key] = _box(column, row, texts[key])
    arrows = tuple(_arrow(boxes[e.begin], boxes[e.end], e.number) for e in edges)
    width = (max(places.values(), default=0)) * COLUMN + BOX + 2
    height = max(rows.values(), default=0) * ROW + TOP
    return Drawing(width, height, tuple(boxes.values()), arrows)


def _box(column: int, row: int, text: str) -> Box:
    x, y, height = column * COLUMN + 1, TOP + row * ROW, ROW - 12
    lines = textwrap.wrap(text, LETTERS, max_lines=LINES, placeholder=" …", break_on_hyphens=False)
    first = y + height // 2 - (len(lines) - 1) * LINE // 2 + 5
    return Box(
        x, y, BOX, height, tuple(TextLine(x + BOX // 2, first + n * LINE, one) for n, one in enumerate(lines))
    )


def _arrow(begin: Box, end: Box, number: int) -> Arrow:
    x1, y1 = begin.x + begin.width, begin.y + begin.height // 2
    x2, y2 = end.x, end.y + end.height // 2
    if x2 > x1:
        middle = (x1 + x2) // 2
        path = f"M{x1} {y1}C{middle} {y1} {middle} {y2} {x2 - 8} {y2}"
        return Arrow(path, _head(x2, y2), number, middle, (y1 + y2) // 2 - 6)
    # A way back, or within one column: around the outside, into the box from the left.
    out, back = x1 + 30, x2 - 30
    path = f"M{x1} {y1}C{out} {y1 + 50} {max(back, 0)} {y2 + 50} {x2 - 8} {y2}"
    return Arrow(path, _head(x2, y2), number, (x1 + x2) // 2, max(y1, y2) + 40)


def _head(x: int, y: int) -> str:
    return f"{x},{y} {x - 9},{y - 5} {x - 9},{y + 5}"
