"""Ways from country to country as a picture without a map: who is where is read from left to right.

Every line is as thick as the others: a number stands in the table beneath, and nothing ranks a country.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial

from panah.ground.kit.drawing import LINE, Line, Picture, Rect, Text, width_of, wrapped

LEAST, ROW, TOP, APART = 44, 20, 8, 20
# What a telephone of 360 shows: two countries and what lies between them fit, or three narrower ones.
FITS = 326


@dataclass(frozen=True, slots=True)
class _Size:
    """How wide a country is, how wide the gap between two, how large the letters, and where numbers stand at a line."""

    box: int = 116
    between: int = 78
    letters: int = 14
    padding: int = 12
    at_start: tuple[int, int] = (6, 4)
    at_end: tuple[int, int] = (12, 4)

    @classmethod
    def for_columns(cls, depth: int) -> _Size:
        if depth < 3:
            return cls()
        # ``width_of`` is the most that a text may take: mostly it takes less, so little padding is enough.
        return cls((FITS - 2 - (depth - 1) * 26) // depth, 26, 11, padding=2, at_start=(3, 4), at_end=(3, 7))

    def x(self, at: int) -> int:
        return 1 + at * (self.box + self.between)


@dataclass(frozen=True, slots=True)
class Route:
    """One way: (key, name) of where it begins, what it leads through if that is said, and where it ends."""

    stops: tuple[tuple[str, str], ...]
    dash: str = ""


@dataclass(slots=True)
class _Place:
    """A country in a column, or (without a name) the gap through which a way passes the column."""

    name: str
    size: _Size
    uses: int = 0
    y: float = 0
    # Way -> where at the edge it leaves and arrives, from the top.
    turns: dict[int, int] = field(default_factory=dict)

    @property
    def letters(self) -> int:
        """A little smaller where a word would be cut."""
        longest = max((width_of(word, self.size.letters) for word in self.name.split()), default=0)
        return self.size.letters - (longest > self.size.box - self.size.padding)

    @property
    def lines(self) -> tuple[str, ...]:
        return wrapped(self.name, self.letters, self.size.box - self.size.padding)

    @property
    def height(self) -> float:
        if not self.name:
            return APART * 2
        return max(LEAST, len(self.lines) * self.letters * LINE + 12, (self.uses + 1) * APART)


def drawn(routes: Iterable[Route]) -> Picture:
    """Draw origins on the left and destinations on the right, each once, a numbered line for each way in order."""
    rows = list(routes)
    depth = max((len(row.stops) for row in rows), default=2)
    size = _Size.for_columns(depth)
    paths = [_stops(one, number, depth) for number, one in enumerate(rows)]
    columns: list[dict[str, _Place]] = [{} for _at in range(depth)]
    for path in paths:
        for column, (key, name) in zip(columns, path, strict=True):
            column.setdefault(key, _Place(name, size)).uses += 1
    height = max((_set(column) for column in columns), default=TOP)
    _give_turns(paths, columns)
    lines = [_line(number, path, columns, rows[number].dash, size) for number, path in enumerate(paths)]
    texts, rects = _boxes(columns, size)
    width = 2 + depth * size.box + (depth - 1) * size.between
    for number, one in enumerate(lines, 1):
        texts += _numbers(one, str(number), size)
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


def _give_turns(paths: Sequence[Sequence[tuple[str, str]]], columns: Sequence[dict[str, _Place]]) -> None:
    """Ways that meet in a country have places of their own at its edge, in the order of their other ends."""

    def beside(number: int, at: int) -> float:
        path = paths[number]
        ends = [columns[one][path[one][0]] for one in (at - 1, at + 1) if 0 <= one < len(path)]
        return sum(one.y + one.height / 2 for one in ends) / len(ends)

    for at, column in enumerate(columns):
        for key, place in column.items():
            through = [number for number, path in enumerate(paths) if path[at][0] == key]
            through.sort(key=partial(beside, at=at))
            place.turns = {number: turn for turn, number in enumerate(through, 1)}


def _line(
    number: int, path: Sequence[tuple[str, str]], columns: Sequence[dict[str, _Place]], dash: str, size: _Size
) -> Line:
    points: list[tuple[float, float]] = []
    for at, (key, _name) in enumerate(path):
        place = columns[at][key]
        y = round(place.y + place.height * place.turns[number] / (place.uses + 1), 1)
        left, right = (size.x(at), y), (size.x(at) + size.box, y)
        points += [left] * (at > 0) + [right] * (at < len(path) - 1)
    return Line(tuple(points), dash, arrow=True)


def _boxes(columns: Sequence[dict[str, _Place]], size: _Size) -> tuple[list[Text], list[Rect]]:
    texts: list[Text] = []
    rects: list[Rect] = []
    for at, column in enumerate(columns):
        for place in (one for one in column.values() if one.name):
            rects.append(Rect(size.x(at), place.y, size.box, round(place.height, 1), "sheet", round=10))
            step = place.letters * LINE
            first = place.y + (place.height - len(place.lines) * step) / 2 + step * 0.75
            texts += [
                Text(
                    size.x(at) + size.box // 2,
                    round(first + row * step, 1),
                    line,
                    place.letters,
                    anchor="middle",
                )
                for row, line in enumerate(place.lines)
            ]
    return texts, rects


def _numbers(line: Line, number: str, size: _Size) -> list[Text]:
    """A way has its number at both ends, where no other comes near: in the middle they may cross."""
    (x1, y1), (x2, y2) = line.points[0], line.points[-1]
    (right, above), (left, higher) = size.at_start, size.at_end
    return [
        Text(x1 + right, round(y1 - above, 1), number, size.letters, bold=True),
        Text(x2 - left, round(y2 - higher, 1), number, size.letters, bold=True, anchor="end"),
    ]
