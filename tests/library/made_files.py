"""Files of each format with given paragraphs, the same bytes each time: what a colleague's computer would have saved."""

from __future__ import annotations

import io
import re
import textwrap
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

FONT = Path(__file__).parents[2] / "src" / "panah" / "ground" / "kit" / "fonts" / "DejaVuSans.ttf"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
SLIDES = "http://schemas.openxmlformats.org/presentationml/2006/main"
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
THEN = (2024, 5, 1, 8, 0, 0)
_TIMES = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ")
RIGHT_TO_LEFT = {"fa"}


def lines_of(text: str, width: int = 80) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)


def zipped(parts: Iterable[tuple[str, str | bytes]], *, level: int = 6) -> bytes:
    """A ZIP file of these parts, each with the same time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as box:
        for name, data in parts:
            info = zipfile.ZipInfo(name, THEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            box.writestr(info, data)
    return out.getvalue()


# ---- PDF


def pdf(pages: Sequence[tuple[str, Sequence[str]]], *, language: str = "en", title: str = "") -> bytes:
    """A PDF of (heading, paragraphs) for each page. Persian is placed letter by letter from the right, as printed."""
    if "DejaVu" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("DejaVu", str(FONT)))
    out = io.BytesIO()
    sheet = Canvas(out, pagesize=A4, invariant=1)
    sheet.setTitle(title)
    for heading, paragraphs in pages:
        _line(sheet, heading, 780, 16, language)
        top = 750.0
        for paragraph in paragraphs:
            for line in lines_of(paragraph):
                _line(sheet, line, top, 11, language)
                top -= 15
            top -= 9
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def _line(sheet: Canvas, text: str, top: float, size: int, language: str) -> None:
    sheet.setFont("DejaVu", size)
    if language in RIGHT_TO_LEFT:
        sheet.drawRightString(545, top, text[::-1])
    else:
        sheet.drawString(50, top, text)


def pdf_of_pictures(pictures: Sequence[bytes]) -> bytes:
    """A PDF without a text layer, a scanner's: each page is one picture, from edge to edge."""
    from reportlab.lib.utils import ImageReader

    out = io.BytesIO()
    sheet = Canvas(out, invariant=1)
    for picture in pictures:
        image = ImageReader(io.BytesIO(picture))
        wide, high = image.getSize()
        sheet.setPageSize((595, 595 * high / wide))
        sheet.drawImage(image, 0, 0, 595, 595 * high / wide)
        sheet.showPage()
    sheet.save()
    return out.getvalue()


# ---- DOCX, PPTX: the few parts that Word and PowerPoint ask for


def _types(overrides: Iterable[tuple[str, str]]) -> tuple[str, str]:
    known = "application/vnd.openxmlformats-officedocument."
    return "[Content_Types].xml", (
        f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        + "".join(
            f'<Override PartName="{name}" ContentType="{known}{kind}+xml"/>' for name, kind in overrides
        )
        + "</Types>"
    )


def _links(where: str, targets: Iterable[tuple[str, str]]) -> tuple[str, str]:
    return where, (
        f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(targets, 1)
        )
        + "</Relationships>"
    )


def docx(heading: str, paragraphs: Sequence[str], *, table: Sequence[Sequence[str]] = ()) -> bytes:
    """A text with a heading, paragraphs in several runs (as Word saves them), and a table."""
    body = f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{_run(heading)}</w:p>'
    for text in paragraphs:
        half = len(text) // 2
        body += f"<w:p>{_run(text[:half])}{_run(text[half:])}</w:p>"
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p>{_run(cell)}</w:p></w:tc>" for cell in row) + "</w:tr>"
        for row in table
    )
    body += f"<w:tbl>{rows}</w:tbl>" if rows else ""
    return zipped(
        docx_around(f'{HEAD}<w:document xmlns:w="{WORDS}"><w:body>{body}<w:sectPr/></w:body></w:document>')
    )


def docx_around(main: str) -> list[tuple[str, str]]:
    """The parts of a DOCX whose text is this XML."""
    return [
        _types([("/word/document.xml", "wordprocessingml.document.main")]),
        _links("_rels/.rels", [("officeDocument", "word/document.xml")]),
        ("word/document.xml", main),
    ]


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def pptx(slides: Sequence[tuple[str, Sequence[str]]]) -> bytes:
    """Slides with a heading and points."""
    numbers = range(1, len(slides) + 1)
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in numbers)
    parts: list[tuple[str, str | bytes]] = [
        _types(
            [
                ("/ppt/presentation.xml", "presentationml.presentation.main"),
                *((f"/ppt/slides/slide{n}.xml", "presentationml.slide") for n in numbers),
            ]
        ),
        _links("_rels/.rels", [("officeDocument", "ppt/presentation.xml")]),
        (
            "ppt/presentation.xml",
            (
                f'{HEAD}<p:presentation xmlns:p="{SLIDES}" xmlns:r="{OFFICE}"><p:sldIdLst>{ids}</p:sldIdLst>'
                '<p:sldSz cx="9144000" cy="6858000"/><p:notesSz cx="6858000" cy="9144000"/></p:presentation>'
            ),
        ),
        _links("ppt/_rels/presentation.xml.rels", [("slide", f"slides/slide{n}.xml") for n in numbers]),
    ]
    for number, (heading, points) in enumerate(slides, 1):
        shapes = "".join(_shape(place, lines) for place, lines in enumerate(([heading], points), 2))
        parts.append(
            (
                f"ppt/slides/slide{number}.xml",
                (
                    f'{HEAD}<p:sld xmlns:p="{SLIDES}" xmlns:a="{DRAWING}"><p:cSld><p:spTree><p:nvGrpSpPr>'
                    '<p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
                    f"{shapes}</p:spTree></p:cSld></p:sld>"
                ),
            )
        )
    return zipped(parts)


def _shape(place: int, lines: Sequence[str]) -> str:
    said = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{place}" name="Text {place}"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
        f"<p:spPr/><p:txBody><a:bodyPr/>{said}</p:txBody></p:sp>"
    )


# ---- XLSX, HTML


def xlsx(sheets: Sequence[tuple[str, Sequence[Sequence[str | int]]]]) -> bytes:
    """Sheets of rows. Packed again part by part, so that no hour of today is in it."""
    book = Workbook()
    for number, (name, rows) in enumerate(sheets):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = name
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as box:
        return zipped((name, _TIMES.sub(b"2024-05-01T08:00:00Z", box.read(name))) for name in box.namelist())


def html(
    heading: str, paragraphs: Sequence[str], *, language: str, encoding: str = "utf-8", declared: bool = True
) -> bytes:
    """A page that somebody saved; ``declared``: does it say its encoding?"""
    said = f'<meta charset="{encoding}">' if declared else ""
    body = "\n".join(f"<p>{escape(text)}</p>" for text in paragraphs)
    page = (
        f'<!doctype html><html lang="{language}"><head>{said}<title>{escape(heading)}</title></head>'
        f"<body><h1>{escape(heading)}</h1>\n{body}</body></html>"
    )
    return page.encode(encoding)
