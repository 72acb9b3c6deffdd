"""Certificates as PDF, made in memory: a sheet for each, with a square that leads to its page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from panah.ground.kit.qr import dark_rows
from panah.rooms import folder_of

FONTS = folder_of("kit") / "fonts"
TEXT, BOLD = "PanahText", "PanahBold"
WIDTH, HEIGHT = landscape(A4)
EDGE, SQUARE = 18 * mm, 38 * mm


@dataclass(frozen=True)
class Sheet:
    """What stands on one certificate, in its language."""

    issuer: str
    title: str
    name: str
    # "has completed", then the modules, one a line.
    sentence: str
    modules: tuple[str, ...]
    # Label and text: level, hours, dates, number, valid until.
    facts: tuple[tuple[str, str], ...]
    signatures: tuple[str, ...]
    how_to_check: str
    address: str


def certificates(sheets: Iterable[Sheet], *, practice: str = "") -> bytes:
    """Return a PDF with a page for each sheet. ``practice`` is printed on every page of a practice node."""
    if TEXT not in pdfmetrics.getRegisteredFontNames():
        # DejaVu has the letters of all languages here; the built-in fonts have no Cyrillic.
        pdfmetrics.registerFont(TTFont(TEXT, str(FONTS / "DejaVuSans.ttf")))
        pdfmetrics.registerFont(TTFont(BOLD, str(FONTS / "DejaVuSans-Bold.ttf")))
    out = BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle(" ")
    canvas.setAuthor(" ")
    for sheet in sheets:
        _draw(canvas, sheet, practice)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _draw(canvas: Canvas, sheet: Sheet, practice: str) -> None:
    canvas.setLineWidth(1)
    canvas.rect(EDGE / 2, EDGE / 2, WIDTH - EDGE, HEIGHT - EDGE)
    if practice:
        canvas.setFont(TEXT, 8)
        canvas.drawString(EDGE, HEIGHT - EDGE * 0.8, practice)
    y = _centred(canvas, sheet.issuer, TEXT, 13, HEIGHT - 28 * mm)
    y = _centred(canvas, sheet.title, BOLD, 26, y - 6 * mm)
    y = _centred(canvas, sheet.name, BOLD, 22, y - 9 * mm)
    y = _centred(canvas, sheet.sentence, TEXT, 12, y - 5 * mm)
    for module in sheet.modules:
        y = _centred(canvas, module, BOLD, 13, y - 1 * mm)
    y -= 4 * mm
    for label, text in sheet.facts:
        y = _centred(canvas, f"{label}: {text}", TEXT, 11, y)
    x, line = EDGE + SQUARE + 12 * mm, (WIDTH - 2 * EDGE - SQUARE - 24 * mm) / max(1, len(sheet.signatures))
    for who in sheet.signatures:
        canvas.line(x, EDGE + 16 * mm, x + line - 8 * mm, EDGE + 16 * mm)
        canvas.setFont(TEXT, 9)
        canvas.drawString(x, EDGE + 11 * mm, who)
        x += line
    canvas.setFont(TEXT, 8)
    canvas.drawString(EDGE + SQUARE + 12 * mm, EDGE + 4 * mm, sheet.how_to_check)
    canvas.drawString(EDGE + SQUARE + 12 * mm, EDGE, sheet.address)
    _square(canvas, sheet.address)


def _centred(canvas: Canvas, text: str, font: str, size: float, y: float) -> float:
    """Draw a line in the middle, smaller where it would be too long; returns where the next one begins."""
    room = WIDTH - 2 * EDGE
    wide = pdfmetrics.stringWidth(text, font, size)
    size = max(6, size * min(1, room / wide)) if wide else size
    canvas.setFont(font, size)
    canvas.drawCentredString(WIDTH / 2, y, text)
    return y - size * 1.45


def _square(canvas: Canvas, address: str) -> None:
    rows = dark_rows(address)
    one = SQUARE / len(rows)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                canvas.rect(EDGE + x * one, EDGE + SQUARE - (y + 1) * one, one, one, stroke=0, fill=1)
