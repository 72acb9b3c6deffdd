"""Where the bars of a chart stand: plain numbers, drawn by a template as SVG."""

from collections.abc import Iterable
from dataclasses import dataclass

# In units of the picture: names to the left, bars from LEFT on, numbers behind them.
WIDTH, LEFT, LONGEST, ROW, BAR = 720, 270, 370, 44, 14


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing that is counted: its bar for this month and a paler one for the month before; None is hidden."""

    label: str
    y: int
    now: int | None
    before: int | None
    now_width: int
    before_width: int


@dataclass(frozen=True, slots=True)
class Chart:
    width: int
    height: int
    left: int
    bar: int
    bars: tuple[Bar, ...]


def drawn(rows: Iterable[tuple[str, int | None, int | None]]) -> Chart:
    """The whole chart from (label, this month, the month before): the largest number has the longest bar."""
    rows = list(rows)
    most = max((number for _, *pair in rows for number in pair if number), default=1)
    bars = tuple(
        Bar(label, index * ROW, now, before, _width(now, most), _width(before, most))
        for index, (label, now, before) in enumerate(rows)
    )
    return Chart(WIDTH, len(rows) * ROW, LEFT, BAR, bars)


def _width(number: int | None, most: int) -> int:
    # What was counted at all is seen, however small beside the rest.
    return max(2, round((number or 0) * LONGEST / most)) if number else 0
