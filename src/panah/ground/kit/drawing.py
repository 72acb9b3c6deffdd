"""What pictures are made of: texts, boxes and lines in pixels, drawn as SVG by a template and on paper by reportlab.

How wide a text is nobody knows before it is drawn, so it is taken as wider than any of the fonts draws it.
"""

import unicodedata
from dataclasses import dataclass

NARROW, USUAL, BROAD, WIDE = 0.42, 0.68, 0.88, 1.1
LINE = 1.3
# Without them words of Persian, and syllables of Hindi, are spelled otherwise.
JOINERS = "\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text: ``y`` is its base line; it begins at ``x``, or ends or has its middle there (``anchor``)."""

    x: float
    y: float
    text: str
    size: int = 14
    bold: bool = False
    anchor: str = "start"

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of where it may have ink."""
        width = width_of(self.text, self.size)
        left = self.x - {"start": 0, "middle": width / 2, "end": width}[self.anchor]
        return left, self.y - self.size * 0.95, left + width, self.y + self.size * 0.3


@dataclass(frozen=True, slots=True)
class Rect:
    """A box: full, hatched, or an outline alone (``fill``); never told apart by colour alone."""

    x: float
    y: float
    width: float
    height: float
    fill: str = "none"
    dash: str = ""
    round: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; ``dash`` says how it is broken; ``arrow`` ends it with a head."""

    points: tuple[tuple[float, float], ...]
    dash: str = ""
    arrow: bool = False

    @property
    def path(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.points)

    @property
    def head(self) -> str:
        """The arrow's head: lines end level, so it points to the right."""
        x, y = self.points[-1]
        return f"{x},{y} {x - 10},{y - 5} {x - 10},{y + 5}"


@dataclass(frozen=True, slots=True)
class Picture:
    width: int
    height: int
    texts: tuple[Text, ...] = ()
    rects: tuple[Rect, ...] = ()
    lines: tuple[Line, ...] = ()


def width_of(text: str, size: int) -> float:
    """How wide a line of text is at most, in the units of ``size``."""
    return sum(_letter(one) for one in text) * size


def _letter(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0
    if letter in " .,:;'|il!()[]-–":
        return NARROW
    # Of what may be wide in the far east, signs count as wide; letters (Cyrillic ones too) are not drawn so here.
    wide = unicodedata.east_asian_width(letter)
    if letter in "MWmwШЩЖЮФМЫшщжюфмы@%—…" or wide in "WF" or (wide == "A" and not letter.isalpha()):
        return WIDE
    return USUAL if letter.islower() or letter.isdigit() else BROAD


def wrapped(text: str, size: int, width: float) -> tuple[str, ...]:
    """Return a text in lines that fit; a word that fits on none is cut."""
    lines: list[str] = []
    for word in (piece for whole in printable(text).split() for piece in _pieces(whole, size, width)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


def printable(text: str) -> str:
    """Without control characters and halves of letters, which XML and paper refuse, nor signs that nobody sees."""
    kinds = ((one, unicodedata.category(one)) for one in text)
    return "".join(
        one if kind[0] != "C" or one in JOINERS else ("" if kind == "Cf" else " ") for one, kind in kinds
    )


def _pieces(word: str, size: int, width: float) -> list[str]:
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
