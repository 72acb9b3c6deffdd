"""A report as PDF, made in memory: headings, paragraphs and tables. Loaded by whoever makes one: it takes 15 MB."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    Flowable,
    KeepInFrame,
    PageBreak,
    Paragraph,
    SimpleDocTemplate,
    Spacer,
    Table,
    TableStyle,
)

from panah.ground.kit.drawing import Picture
from panah.ground.kit.letter import BOLD, TEXT, load_fonts
from panah.ground.kit.pdf_picture import DrawnPicture

BODY = ParagraphStyle("text", fontName=TEXT, fontSize=10, leading=14, spaceAfter=5)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=9, leading=12, spaceAfter=0)
# What a page has room for between its margins.
WIDE, HIGH = 168 * mm, 244 * mm
TITLE = ParagraphStyle("title", fontName=BOLD, fontSize=16, leading=21, spaceAfter=10)
HEADING = ParagraphStyle("heading", fontName=BOLD, fontSize=12, leading=16, spaceBefore=10, spaceAfter=5)
TOP = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])
GRID = TableStyle(
    [
        ("GRID", (0, 0), (-1, -1), 0.4, colors.grey),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BACKGROUND", (0, 0), (-1, 0), colors.whitesmoke),
    ]
)


def report_pdf(*, title: str, parts: Iterable[Sequence[object]], practice: str = "") -> bytes:
    """Return A4 pages of ``["heading", text, level]``, ``["text", text]`` and ``["table", rows]``.

    ``practice`` is printed on every page of a practice node.
    """
    story: list[Flowable] = [_title(title)]
    for part in parts:
        story += _drawn(part)
    return _built(story, practice)


def pages_pdf(
    *, pages: Sequence[tuple[str, Iterable[Sequence[object]]]], foot: str, practice: str = ""
) -> bytes:
    """Return as many A4 pages as there are in ``pages``, each a title and its parts: what is too long is drawn smaller.

    Parts are those of ``report_pdf``, and ``["pictures", [(title, Picture)]]``: charts, side by side.
    """
    story: list[Flowable] = []
    for title, parts in pages:
        drawn = [_title(title), *(each for part in parts for each in _drawn(part))]
        story += [KeepInFrame(WIDE, HIGH, drawn, mode="shrink"), PageBreak()]
    return _built(story[:-1], practice, foot)


def _title(title: str) -> Flowable:
    load_fonts()
    return Paragraph(escape(title), TITLE)


def _built(story: list[Flowable], practice: str, foot: str = "") -> bytes:
    load_fonts()
    out = BytesIO()
    template = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=20 * mm, rightMargin=20 * mm, title=" ", author=" ", invariant=1
    )

    def head(canvas: Canvas, _template: SimpleDocTemplate) -> None:
        canvas.setFont(TEXT, 8)
        canvas.drawString(20 * mm, 287 * mm, practice)
        canvas.drawString(20 * mm, 10 * mm, foot)
        canvas.drawRightString(190 * mm, 10 * mm, str(canvas.getPageNumber()))

    template.build(story, onFirstPage=head, onLaterPages=head)
    return out.getvalue()


def _drawn(part: Sequence[object]) -> list[Flowable]:
    if part[0] == "heading":
        return [Paragraph(escape(str(part[1])), HEADING)]
    if part[0] == "text":
        return [Paragraph(escape(line), BODY) for line in str(part[1]).splitlines() if line.strip()]
    rows = part[1] if isinstance(part[1], Sequence) else ()
    if part[0] == "pictures":
        return _pictures(rows)
    cells = [[Paragraph(escape(str(cell)), CELL) for cell in row] for row in rows]
    return [Table(cells, _widths(rows), repeatRows=1, style=GRID), Spacer(1, 4 * mm)] if cells else []


def _widths(rows: Sequence[Sequence[object]]) -> list[float]:
    """Share the page out by how much the columns say: none so narrow that a long word elsewhere presses it shut."""
    lengths = [max(len(str(cell)) for cell in column) for column in zip(*rows, strict=True)]
    shares = [min(max(length, 9), 45) for length in lengths]
    return [WIDE * share / sum(shares) for share in shares]


def _pictures(rows: Sequence[tuple[str, Picture]]) -> list[Flowable]:
    """Two beside each other, each under its title."""
    cells: list[Flowable] = [
        Table([[Paragraph(escape(title), CELL)], [DrawnPicture(picture, WIDE / 2 - 6 * mm)]])
        for title, picture in rows
    ]
    pairs = [cells[at : at + 2] for at in range(0, len(cells), 2)]
    return [Table([[*pair, ""][:2]], colWidths=[WIDE / 2] * 2, style=TOP) for pair in pairs]
