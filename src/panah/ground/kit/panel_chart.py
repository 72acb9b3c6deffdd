"""Bars of one measure: each publisher has a panel of its own beside the others, nothing stands on top of another.

What a bar shows, the sentence for whoever does not see it and the table beneath are made of the same ``said``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from django.utils.translation import gettext as _

from panah.ground.kit.drawing import LINE, Line, Picture, Rect, Text, printable, width_of, wrapped
from panah.ground.kit.numbers import number

# In pixels: a panel fits on a telephone as it is, two or three stand side by side on a desk.
WIDTH, LONGEST, BAR, LETTERS, SMALL, BETWEEN = 296, 292, 14, 14, 12, 12
BROKEN = "6 4"


class Shape(StrEnum):
    """How certain a number is: the publisher's exact one, between two, not told because small, none at all."""

    EXACT = "exact"
    RANGE = "range"
    HIDDEN = "hidden"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Row:
    """One number of a panel. A range may have one end; ``best`` is what its publisher holds for most likely.

    ``stands``: False for what was superseded or withdrawn. ``breaks``: why it cannot be compared with the row above.
    """

    label: str
    shape: Shape
    low: Decimal | None = None
    high: Decimal | None = None
    best: Decimal | None = None
    note: str = ""
    stands: bool = True
    breaks: str = ""

    @property
    def said(self) -> str:
        """The number in words, as it stands on the chart, in the sentence and in the table."""
        low, high = number(self.low), number(self.high)
        if self.shape is Shape.NONE or (self.low is None and self.high is None):
            return _("no figure")
        if self.shape is Shape.HIDDEN and self.high is not None:
            told = {"limit": number(self.high + 1), "low": number(self.low or 0), "high": high}
            return _("fewer than %(limit)s (%(low)s to %(high)s)") % told
        if self.shape is Shape.EXACT or self.low == self.high:
            return low if self.low is not None else high
        if self.high is None:
            return _("at least %(low)s") % {"low": low}
        if self.low is None:
            return _("at most %(high)s") % {"high": high}
        between = _("%(low)s to %(high)s") % {"low": low, "high": high}
        return f"{number(self.best)} ({between})" if self.best is not None else between

    @property
    def remark(self) -> str:
        """What is to note about it: a break in the series, that it no longer stands."""
        parts = (_("break in the series: %(why)s") % {"why": self.breaks} if self.breaks else "", self.note)
        return "; ".join(part for part in parts if part)

    @property
    def most(self) -> Decimal:
        return max((one for one in (self.low, self.high, self.best) if one is not None), default=Decimal(0))


@dataclass(frozen=True, slots=True)
class Panel:
    """The numbers of one publisher: ``picture`` to see, ``sentence`` to hear, ``rows`` for the table."""

    title: str
    rows: tuple[Row, ...]
    picture: Picture

    @property
    def sentence(self) -> str:
        told = "; ".join(
            f"{row.label}: {row.said}" + (f" ({row.remark})" if row.remark else "") for row in self.rows
        )
        return printable(f"{self.title}. {told}.")


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    panels: tuple[Panel, ...]

    @property
    def sentence(self) -> str:
        """What the chart shows, for whoever does not see it."""
        return " ".join(panel.sentence for panel in self.panels)

    @property
    def shapes(self) -> set[str]:
        """Which kinds of bars occur: these alone are explained beneath."""
        rows = [row for panel in self.panels for row in panel.rows]
        found = {str(row.shape) for row in rows}
        found |= {"gone"} if any(not row.stands for row in rows) else set()
        return found | ({"break"} if any(row.breaks for row in rows) else set())


def drawn(title: str, panels: Iterable[tuple[str, Iterable[Row]]]) -> Chart:
    """Draw the chart from (publisher, numbers): all panels have one scale, since all show one measure."""
    given = [(name, tuple(rows)) for name, rows in panels]
    most = max((row.most for _name, rows in given for row in rows), default=Decimal(0)) or Decimal(1)
    made = (Panel(printable(name), rows, _picture(rows, most)) for name, rows in given)
    return Chart(printable(title), tuple(made))


class _Pen:
    """Writes downwards: each thing stands below the one before, so that nothing can overlap."""

    def __init__(self, most: Decimal) -> None:
        self.most, self.y = most, 0.0
        self.texts: list[Text] = []
        self.rects: list[Rect] = []
        self.lines: list[Line] = []

    def write(self, text: str, size: int = LETTERS, *, bold: bool = False) -> None:
        for line in wrapped(text, size, WIDTH):
            self.y += size * LINE
            self.texts.append(Text(0, round(self.y - size * 0.3, 1), line, size, bold))

    def beside(self, label: str, said: str) -> bool:
        """Write a label and what it says on one line, if they have place there."""
        lines = wrapped(label, LETTERS, WIDTH), wrapped(said, LETTERS, WIDTH)
        gap = width_of(label, LETTERS) + width_of(said, LETTERS) + LETTERS
        if any(len(line) != 1 for line in lines) or gap > WIDTH:
            return False
        self.write(label, bold=True)
        self.texts.append(Text(WIDTH, self.texts[-1].y, lines[1][0], LETTERS, anchor="end"))
        return True

    def at(self, value: Decimal) -> float:
        """Where a number stands; what was counted at all is seen, however small beside the rest."""
        return max(2.0, round(float(value / self.most) * LONGEST, 1)) if value else 0.0


def _picture(rows: tuple[Row, ...], most: Decimal) -> Picture:
    pen = _Pen(most)
    for row in rows:
        if row.breaks:
            pen.lines.append(Line(((0, pen.y + 6), (WIDTH, pen.y + 6)), BROKEN))
            pen.y += 10
            pen.write(_("break in the series: %(why)s") % {"why": row.breaks}, SMALL)
            pen.y += 4
        if not pen.beside(row.label, row.said):
            pen.write(row.label, bold=True)
            pen.write(row.said)
        pen.y += 3
        _bar(pen, row)
        pen.write(row.note, SMALL)
        pen.y += BETWEEN
    return Picture(WIDTH, int(pen.y) + 1, tuple(pen.texts), tuple(pen.rects), tuple(pen.lines))


def _bar(pen: _Pen, row: Row) -> None:
    if row.shape is Shape.NONE or (row.low is None and row.high is None):
        return
    y, middle = round(pen.y, 1), round(pen.y + BAR / 2, 1)
    low, high = pen.at(row.low or Decimal(0)), pen.at(row.most)
    if row.shape is Shape.HIDDEN or row.low is None:
        pen.rects.append(Rect(low, y, max(2.0, high - low), BAR, "hatch", "" if row.stands else BROKEN))
    elif row.shape is Shape.EXACT or row.low == row.high:
        # A zero is a thin line: counted, and nobody found.
        fill, dash = ("full", "") if row.stands else ("none", BROKEN)
        pen.rects.append(Rect(0, y, high or 1.0, BAR, fill, dash))
    elif row.high is None:
        pen.rects.append(Rect(0, y, low or 1.0, BAR, "full" if row.stands else "none"))
        pen.lines.append(Line(((low, middle), (min(low + 24.0, WIDTH), middle)), "3 3"))
    else:
        _whiskers(pen, row, low, high, y)
    pen.y += BAR + 3


def _whiskers(pen: _Pen, row: Row, low: float, high: float, y: float) -> None:
    """From the lowest to the highest, with a stroke at each end and a full mark where it is most likely."""
    middle, dash = y + BAR / 2, "" if row.stands else BROKEN
    pen.lines += [
        Line(((low, y), (low, y + BAR))),
        Line(((high, y), (high, y + BAR))),
        Line(((low, middle), (high, middle)), dash),
    ]
    if row.best is not None:
        pen.rects.append(
            Rect(max(0.0, pen.at(row.best) - 4), y + 3, 8, BAR - 6, "full" if row.stands else "none")
        )
