"""Pages as a scanner or a phone sends them: rendered, then turned, blurred, faint, noisy and squeezed into JPEG."""

from __future__ import annotations

import io
import random
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageFont

from tests.library.made_files import FONT, RIGHT_TO_LEFT, lines_of
from tests.library.made_texts import PARAGRAPHS

NOTO = Path("/usr/share/fonts/truetype/noto")
WIDE, MARGIN, SIZE, STEP = 1240, 70, 30, 46
# (paragraph, how badly): what the two scans of a language are made of.
FAIR, POOR = 0, 1
DEGREES = (1.0, -1.7)
QUALITY = (55, 28)
NOISE = (0.10, 0.20)
GREY = ((40, 235), (105, 205))


def _font(language: str, how: int) -> ImageFont.FreeTypeFont:
    """Two hands: without serifs and, where the system has it, with serifs."""
    other = NOTO / ("NotoNaskhArabic-Regular.ttf" if language in RIGHT_TO_LEFT else "NotoSerif-Regular.ttf")
    return ImageFont.truetype(str(other if how == POOR and other.exists() else FONT), SIZE)


def rendered(text: str, *, language: str, how: int = FAIR) -> Image.Image:
    """Black letters on white paper, about 150 points to the inch."""
    lines = lines_of(text, 62)
    page = Image.new("L", (WIDE, 2 * MARGIN + STEP * len(lines)), 255)
    draw, font = ImageDraw.Draw(page), _font(language, how)
    for number, line in enumerate(lines):
        top = MARGIN + STEP * number
        if language in RIGHT_TO_LEFT:
            draw.text(
                (WIDE - MARGIN, top), line, fill=0, font=font, anchor="ra", direction="rtl", language="fa"
            )
        else:
            draw.text((MARGIN, top), line, fill=0, font=font)
    return page


def degraded(page: Image.Image, *, how: int, seed: str) -> bytes:
    """The page as JPEG after a careless hand: the same bytes for the same seed."""
    turned = page.rotate(DEGREES[how], Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    soft = turned.filter(ImageFilter.GaussianBlur(0.6 + 0.4 * how))
    dark, light = GREY[how]
    faint = soft.point([dark + (light - dark) * value // 255 for value in range(256)])
    grain = random.Random(seed).randbytes(faint.width * faint.height)  # noqa: S311
    noisy = Image.blend(faint, Image.frombytes("L", faint.size, grain), NOISE[how])
    out = io.BytesIO()
    noisy.save(out, "JPEG", quality=QUALITY[how])
    return out.getvalue()


def text_of_scan(language: str, how: int) -> str:
    """What stands on the scan; Turkmen among the languages too, though nothing reads it well."""
    return PARAGRAPHS[language][0 if how == FAIR else 2]


def scan(language: str, how: int) -> bytes:
    """One of the two scans of a language, as JPEG."""
    page = rendered(text_of_scan(language, how), language=language, how=how)
    return degraded(page, how=how, seed=f"{language}/{how}")
