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
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from panah.kit.letter import BOLD, TEXT, load_fonts

BODY = ParagraphStyle("text", fontName=TEXT, fontSize=10, leading=14, spaceAfter=5)
CELL = ParagraphStyle("cell", parent=BODY, fontSize=9, leading=12, spaceAfter=0)
TITLE = ParagraphStyle("title", fontName=BOLD, fontSize=16, leading=21, spaceAfter=10)
HEADING = ParagraphStyle("heading", fontName=BOLD, fontSize=12, leading=16, spaceBefore=10, spaceAfter=5)
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
    load_fonts()
    out = BytesIO()
    template = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=20 * mm, rightMargin=20 * mm, title=" ", author=" ", invariant=1
    )

    def head(canvas: Canvas, _template: SimpleDocTemplate) -> None:
        canvas.setFont(TEXT, 8)
        canvas.drawString(20 * mm, 287 * mm, practice)
        canvas.drawRightString(190 * mm, 10 * mm, str(canvas.getPageNumber()))

    story: list[Flowable] = [Paragraph(escape(title), TITLE)]
    for part in parts:
        story += _drawn(part)
    template.build(story, onFirstPage=head, onLaterPages=head)
    return out.getvalue()


def _drawn(part: Sequence[object]) -> list[Flowable]:
    if part[0] == "heading":
        return [Paragraph(escape(str(part[1])), HEADING)]
    if part[0] == "text":
        return [Paragraph(escape(line), BODY) for line in str(part[1]).splitlines() if line.strip()]
    rows = part[1] if isinstance(part[1], Sequence) else ()
    cells = [[Paragraph(escape(str(cell)), CELL) for cell in row] for row in rows]
    return [Table(cells, repeatRows=1, style=GRID), Spacer(1, 4 * mm)] if cells else []
