"""Ways from country to country as a picture without a map: who is where is read from left to right.

Every line is as thick as the others: a number stands in the table beneath, and nothing ranks a country.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from panah.kit.drawing import LINE, Line, Picture, Rect, Text, wrapped

# Two countries side by side fit a telephone of 360.
BOX, LEAST, ROW, BETWEEN, TOP, LETTERS, APART = 116, 44, 20, 78, 8, 14, 20


@dataclass(frozen=True, slots=True)
class Route:
    """One way: (key, name) of where it begins, what it leads through if that is said, and where it ends."""

    stops: tuple[tuple[str, str], ...]
    dash: str = ""


@dataclass(slots=True)
class _Place:
    """A country in a column, or (without a name) the gap through which a way passes the column."""

    name: str
    uses: int = 0
    y: float = 0
    taken: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        return wrapped(self.name, LETTERS, BOX - 12)

    @property
    def height(self) -> float:
        if not self.name:
            return APART * 2
        return max(LEAST, len(self.lines) * LETTERS * LINE + 12, (self.uses + 1) * APART)


def drawn(routes: Iterable[Route]) -> Picture:
    """Draw origins on the left and destinations on the right, each once, a numbered line for each way in order."""
    rows = list(routes)
    depth = max((len(one.stops) for one in rows), default=2)
    paths = [_stops(one, number, depth) for number, one in enumerate(rows)]
    columns: list[dict[str, _Place]] = [{} for _at in range(depth)]
    for path in paths:
        for column, (key, name) in zip(columns, path, strict=True):
            column.setdefault(key, _Place(name)).uses += 1
    height = max((_set(column) for column in columns), default=TOP)
    lines = [_line(path, columns, one.dash) for path, one in zip(paths, rows, strict=True)]
    texts, rects = _boxes(columns)
    width = 2 + depth * BOX + (depth - 1) * BETWEEN
    for number, one in enumerate(lines, 1):
        texts += _numbers(one, str(number))
    return Picture(width, int(height) + 1, tuple(texts), tuple(rects), tuple(lines))


def _stops(route: Route, number: int, depth: int) -> list[tuple[str, str]]:
    """A way that names fewer countries passes the columns between by a gap of its own."""
    first, *between, last = route.stops
    gaps = [(f" {number}-{at}", "") for at in range(depth - len(route.stops))]
    return [first, *between, *gaps, last]


def _set(column: dict[str, _Place]) -> float:
    y = float(TOP)
    for place in column.values():
        place.y = y
        y += place.height + ROW
    return y


def _x(at: int) -> int:
    return 1 + at * (BOX + BETWEEN)


def _line(path: Sequence[tuple[str, str]], columns: Sequence[dict[str, _Place]], dash: str) -> Line:
    points: list[tuple[float, float]] = []
    for at, (key, _name) in enumerate(path):
        place = columns[at][key]
        place.taken += 1
        # Ways that meet in a country have places of their own at its edge.
        y = round(place.y + place.height * place.taken / (place.uses + 1), 1)
        left, right = (_x(at), y), (_x(at) + BOX, y)
        points += [left] * (at > 0) + [right] * (at < len(path) - 1)
    return Line(tuple(points), dash, arrow=True)


def _boxes(columns: Sequence[dict[str, _Place]]) -> tuple[list[Text], list[Rect]]:
    texts: list[Text] = []
    rects: list[Rect] = []
    for at, column in enumerate(columns):
        for place in (one for one in column.values() if one.name):
            rects.append(Rect(_x(at), place.y, BOX, round(place.height, 1), "sheet", round=10))
            step = LETTERS * LINE
            first = place.y + (place.height - len(place.lines) * step) / 2 + step * 0.75
            texts += [
                Text(_x(at) + BOX // 2, round(first + row * step, 1), line, LETTERS, anchor="middle")
                for row, line in enumerate(place.lines)
            ]
    return texts, rects


def _numbers(line: Line, number: str) -> list[Text]:
    """A way has its number at both ends, where no other comes near: in the middle they may cross."""
    (x1, y1), (x2, y2) = line.points[0], line.points[-1]
    return [
        Text(x1 + 6, round(y1 - 4, 1), number, LETTERS, bold=True),
        Text(x2 - 12, round(y2 - 4, 1), number, LETTERS, bold=True, anchor="end"),
    ]
