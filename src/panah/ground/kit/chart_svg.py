"""How long the bars of a chart are and where they lie: plain numbers, drawn by a template as SVG."""

from collections.abc import Iterable
from dataclasses import dataclass

# Heights in pixels, lengths in per cent of the page's width: the same picture on a telephone and on a desk.
ROW, LONGEST = 54, 84


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing that is counted: its bar for now and a paler one for the time before; None is not told."""

    label: str
    y: int
    now: int | None
    now_width: float
    before_width: float


@dataclass(frozen=True, slots=True)
class Chart:
    height: int
    bars: tuple[Bar, ...]


def drawn(rows: Iterable[tuple[str, int | None, int | None]], *, most: int | None = None) -> Chart:
    """The whole chart from (label, now, before): ``most``, or the largest number, has the longest bar."""
    rows = list(rows)
    most = most or max((number for _, *pair in rows for number in pair if number), default=1)
    bars = tuple(
        Bar(label, index * ROW, now, _width(now, most), _width(before, most))
        for index, (label, now, before) in enumerate(rows)
    )
    return Chart(len(rows) * ROW, bars)


def _width(number: int | None, most: int) -> float:
    # What was counted at all is seen, however small beside the rest.
    return max(0.5, round(number * LONGEST / most, 1)) if number else 0
