"""Texts and tables as DOCX, for a report that somebody goes on writing in: headings, paragraphs, tables, nothing else.

Written by ourselves: a few parts of WordprocessingML (ECMA-376) in a ZIP file. No author, no date, no macro is in it.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import get_language

# What a browser is told that it is.
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        '<Override PartName="/word/styles.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    ),
    "word/_rels/document.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/>'
        "</Relationships>"
    ),
}
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/>'
    "</w:sectPr>"
)
BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="999999"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
# What XML 1.0 has no room for.
UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Row = Sequence[str | int]


@dataclass(frozen=True)
class Heading:
    """A heading; level 1 is the title."""

    text: str
    level: int = 2


@dataclass(frozen=True)
class Table:
    """A table; its first row is the head, numbers stand on the right."""

    rows: Sequence[Row]


def docx(parts: Iterable[Heading | Table | str]) -> bytes:
    """Return a document of these parts; a text is a paragraph for each of its lines."""
    body = "".join(_part(part) for part in parts)
    document = f'<w:document xmlns:w="{WORDS}"><w:body>{body}{SECTION}</w:body></w:document>'
    files = {**PARTS, "word/styles.xml": _styles(), "word/document.xml": document}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, text in files.items():
            # Without a moment: the file does not tell when it was made.
            raw = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}'.encode()
            packed.writestr(zipfile.ZipInfo(name), raw, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _part(one: Heading | Table | str) -> str:
    if isinstance(one, Heading):
        return _paragraph(one.text, f'<w:pPr><w:pStyle w:val="Heading{one.level}"/></w:pPr>')
    if isinstance(one, str):
        return "".join(_paragraph(line) for line in one.splitlines())
    rows = "".join(_row(row, head=not number) for number, row in enumerate(one.rows))
    width = max((len(row) for row in one.rows), default=1)
    grid = "".join(f'<w:gridCol w:w="{9600 // width}"/>' for _column in range(width))
    look = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{BORDERS}</w:tblBorders></w:tblPr>'
    # Between two tables Word asks for a paragraph.
    return f"<w:tbl>{look}<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>{_paragraph('')}"


def _row(row: Row, *, head: bool) -> str:
    cells = "".join(f"<w:tc>{_paragraph(str(value), _cell_look(value), bold=head)}</w:tc>" for value in row)
    repeated = "<w:trPr><w:tblHeader/></w:trPr>" if head else ""
    return f"<w:tr>{repeated}{cells}</w:tr>"


def _cell_look(value: str | int) -> str:
    return '<w:pPr><w:jc w:val="right"/></w:pPr>' if isinstance(value, int) else ""


def _paragraph(text: str, look: str = "", *, bold: bool = False) -> str:
    said = escape(UNPRINTABLE.sub("", text))
    strong = "<w:rPr><w:b/></w:rPr>" if bold else ""
    run = f'<w:r>{strong}<w:t xml:space="preserve">{said}</w:t></w:r>' if said else ""
    return f"<w:p>{look}{run}</w:p>"


def _styles() -> str:
    language = quoteattr(get_language() or "en")
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/>'
        '<w:spacing w:before="240" w:after="80"/>'
        f'<w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for level, size in ((1, 36), (2, 28), (3, 24))
    )
    return (
        f'<w:styles xmlns:w="{WORDS}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/>'
        f"<w:lang w:val={language}/></w:rPr></w:rPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f'<w:pPr><w:spacing w:after="120"/></w:pPr></w:style>{headings}</w:styles>'
    )
