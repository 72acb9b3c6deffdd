"""A letter as PDF, made in memory: nothing is written to a disk. Loaded by whoever makes one: it takes 15 MB."""

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONTS = Path(__file__).parent / "fonts"
TEXT, BOLD = "PanahText", "PanahBold"
LEFT, RIGHT, TOP, BOTTOM = 25 * mm, 185 * mm, 272 * mm, 25 * mm


def letter(
    *, title: str, intro: str, rows: Iterable[tuple[str, str]], closing: Iterable[str], practice: str = ""
) -> bytes:
    """Return an A4 letter: a title, a sentence, what is told line by line, and the closing lines.

    ``practice`` is printed on every page of a practice node.
    """
    load_fonts()
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle(" ")
    canvas.setAuthor(" ")
    pen = _Pen(canvas, practice)
    pen.line(title, BOLD, 15, 10)
    pen.line(intro, TEXT, 10.5, 6)
    for label, text in rows:
        pen.line(label, BOLD, 10.5, 4)
        pen.line(text, TEXT, 10.5, 1)
    for sentence in closing:
        pen.line(sentence, TEXT, 9.5, 6)
    pen.finish()
    return out.getvalue()


def load_fonts() -> None:
    # DejaVu covers Kazakh, Kyrgyz, Tajik, Uzbek and Turkmen letters; the built-in fonts have no Cyrillic.
    if TEXT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(TEXT, str(FONTS / "DejaVuSans.ttf")))
        pdfmetrics.registerFont(TTFont(BOLD, str(FONTS / "DejaVuSans-Bold.ttf")))


def _split_word(word: str, font: str, size: float) -> list[str]:
    """Return a word in pieces that fit on a line: what runs over the edge of the paper is lost."""
    if pdfmetrics.stringWidth(word, font, size) <= RIGHT - LEFT:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and pdfmetrics.stringWidth(pieces[-1] + letter, font, size) > RIGHT - LEFT:
            pieces.append("")
        pieces[-1] += letter
    return pieces


class _Pen:
    """Writes lines downwards and begins a new page where one ends."""

    def __init__(self, canvas: Canvas, practice: str) -> None:
        self.canvas, self.practice, self.y = canvas, practice, TOP
        self._head()

    def _head(self) -> None:
        self.y = TOP
        if self.practice:
            self.canvas.setFont(TEXT, 8)
            self.canvas.drawString(LEFT, TOP + 10 * mm, self.practice)

    def line(self, text: str, font: str, size: float, before: float) -> None:
        self.y -= before * mm
        for paragraph in text.splitlines() or [""]:
            for part in self._wrapped(paragraph, font, size):
                if self.y < BOTTOM:
                    self.canvas.showPage()
                    self._head()
                self.canvas.setFont(font, size)
                self.canvas.drawString(LEFT, self.y, part)
                self.y -= size * 1.4

    def _wrapped(self, text: str, font: str, size: float) -> list[str]:
        lines, now = [], ""
        for word in (piece for whole in text.split() for piece in _split_word(whole, font, size)):
            longer = f"{now} {word}".strip()
            if now and pdfmetrics.stringWidth(longer, font, size) > RIGHT - LEFT:
                lines.append(now)
                now = word
            else:
                now = longer
        return [*lines, now]

    def finish(self) -> None:
        self.canvas.showPage()
        self.canvas.save()
