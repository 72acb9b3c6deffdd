"""A picture of warning signs that goes round in messengers without our site: no address, nothing of who made it.

Pillow lays the letters out by Raqm, so Arabic is joined and runs from right to left. DejaVu has the letters of all
languages of the door but Korean; ``tools/korean_font.py`` says where those come from. Every picture stays under
``MOST_BYTES``: flat colours, few of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from panah.rooms import folder_of

FONTS = folder_of("kit") / "fonts"
LETTERS, KOREAN = FONTS / "DejaVuSans-Bold.ttf", FONTS / "NotoSansKR-Bold-subset.otf"
MOST_BYTES = 100 * 1024
WIDTH, HEIGHT, EDGE = 1080, 1350, 64
PAPER, INK, TITLE, ON_TITLE, WARNING, CALL = "#f8f4ec", "#27211a", "#86300f", "#ffffff", "#86300f", "#15564e"
COLOURS = 32
RIGHT_TO_LEFT = ("ar",)


@dataclass(frozen=True, slots=True)
class OfferPicture:
    """What stands on a picture. ``numbers``: (whose, number) of the lines to call, at most three; ``foot``: small."""

    language: str
    title: str
    signs: tuple[str, ...]
    advice: tuple[str, ...]
    call: str
    numbers: tuple[tuple[str, str], ...] = ()
    foot: str = ""


@lru_cache(maxsize=128)
def drawn(picture: OfferPicture) -> bytes:
    """Return a picture as PNG, 1080 by 1350, at most 32 colours, without metadata."""
    # What is long in one language is drawn smaller, so that everything stands on one picture.
    for size in range(46, 19, -2):
        sheet = _Sheet(picture.language, size)
        sheet.fill(picture)
        if sheet.fits:
            break
    out = BytesIO()
    sheet.image.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


@lru_cache(maxsize=64)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(path), size, layout_engine=ImageFont.Layout.RAQM)


def font_for(text: str, size: int) -> ImageFont.FreeTypeFont:
    """Return the font that has the letters of a text."""
    return _font(KOREAN if any("\uac00" <= letter <= "\ud7a3" for letter in text) else LETTERS, size)


class _Sheet:
    """A picture while it is drawn, from the top; what stands on the left stands on the right in Arabic."""

    def __init__(self, language: str, size: int) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
        self.pen = ImageDraw.Draw(self.image)
        self.size, self.turned = size, language in RIGHT_TO_LEFT
        self.y = 0

    @property
    def fits(self) -> bool:
        return self.y <= HEIGHT - EDGE // 2

    def fill(self, picture: OfferPicture) -> None:
        self._title(picture.title)
        for sign in picture.signs:
            self._sign(sign)
        self.y += self.size // 2
        for sentence in picture.advice:
            self._text(sentence, self.size, INK, gap=0.35)
        if picture.numbers:
            self._numbers(picture)
        if picture.foot:
            self._text(picture.foot, max(22, self.size // 2), INK)

    def _title(self, title: str) -> None:
        size = round(self.size * 1.35)
        lines = _lines(title, font_for(title, size), WIDTH - 2 * EDGE, self.turned)
        below = EDGE + round(size * 1.3) * len(lines)
        self.pen.rectangle((0, 0, WIDTH, below + EDGE // 3), fill=TITLE)
        self.y = EDGE // 2
        self._text(title, size, ON_TITLE)
        self.y = below + EDGE

    def _sign(self, text: str) -> None:
        side = round(self.size * 1.1)
        left = WIDTH - EDGE - side if self.turned else EDGE
        top = self.y + round(self.size * 0.12)
        corners = [(left + side // 2, top), (left + side, top + side), (left, top + side)]
        self.pen.polygon(corners, fill=WARNING)
        bar = (left + side // 2 - 3, top + side * 0.36, left + side // 2 + 3, top + side * 0.68)
        self.pen.rectangle(bar, fill=PAPER)
        self.pen.rectangle((bar[0], top + side * 0.76, bar[2], top + side * 0.86), fill=PAPER)
        self._text(text, self.size, INK, inset=side + self.size // 2, gap=0.55)

    def _numbers(self, picture: OfferPicture) -> None:
        self.y += self.size // 2
        top, inset = self.y, EDGE // 2
        # Twice: how high the ground is depends on what stands on it.
        for colour in (CALL, ON_TITLE):
            self.y = top + self.size // 2
            self._text(picture.call, self.size, colour, inset=inset)
            for whose, number in picture.numbers:
                self._text(whose, round(self.size * 0.7), colour, inset=inset)
                # The groups of a number stand from left to right in every language.
                self._text(number, round(self.size * 1.5), colour, inset=inset, way="ltr")
            self.y += self.size // 2
            if colour == CALL:
                self.pen.rectangle((EDGE, top, WIDTH - EDGE, self.y), fill=CALL)
        self.y += self.size // 3

    def _text(
        self, text: str, size: int, colour: str, *, inset: int = 0, gap: float = 0.0, way: str = ""
    ) -> None:
        font = font_for(text, size)
        for line in _lines(text, font, WIDTH - 2 * EDGE - 2 * inset, self.turned):
            at = WIDTH - EDGE - inset if self.turned else EDGE + inset
            self.pen.text(
                (at, self.y), line, colour, font, "ra" if self.turned else "la", direction=way or self._way
            )
            self.y += round(size * 1.3)
        self.y += round(size * gap)

    @property
    def _way(self) -> str:
        return "rtl" if self.turned else "ltr"


def _lines(text: str, font: ImageFont.FreeTypeFont, width: int, turned: bool) -> list[str]:
    """Break a text between words so that each line fits; a word that is too long stands alone."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and font.getlength(longer, direction="rtl" if turned else "ltr") > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines
