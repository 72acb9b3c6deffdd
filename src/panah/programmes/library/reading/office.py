"""Pages of DOCX, PPTX, XLSX, HTML and plain text. What has no pages of its own is cut between paragraphs."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from panah.programmes.library.reading.parts import Cannot, Line, Pages, cut, line, numbered, tidy
from panah.programmes.library.rules.text_layer import OLD_ENCODING, distrusted, recoded

# What python-docx and python-pptx hand over: they bring no types.
type Untyped = Any
# What a packed file may unpack into: all of it, and the parts that are parsed (a picture inside is not).
MOST_UNPACKED, MOST_PARSED, MOST_ENTRIES = 2 * 1024**3, 192 * 1024**2, 20_000
BITE = 1024 * 1024
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
ROWS, MOST_ROWS, MOST_COLUMNS = 60, 20_000, 200
_BLOCKS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "tr",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "div",
        "section",
        "article",
        "table",
        "br",
        "hr",
    ]
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNSEEN = ("script", "style", "noscript", "template", "head")


def pages(kind: str, body: bytearray, *, skip: Collection[int]) -> Pages:
    """Yield the pages of a file of this kind."""
    content = bytes(body)
    body.clear()
    if kind in ("docx", "pptx", "xlsx"):
        unpacks_in_bounds(content)
    read = {"docx": of_docx, "pptx": of_pptx, "xlsx": of_xlsx, "html": of_html, "text": of_text}[kind]
    for said, _none in numbered(read(content), skip):
        yield _believed(said), b""


def _believed(said: Line) -> Line:
    """A text of which no picture can be drawn: an old encoding is put right, what stays strange is said."""
    if distrusted(said["text"]) != OLD_ENCODING:
        return said
    right = recoded(said["text"])
    return line(said["page"], said["total"], right, "recoded") if right else said


def unpacks_in_bounds(content: bytes) -> None:
    """Raise where a packed file unpacks into too much, or into more than it says: then it wants to hurt."""
    try:
        box = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Cannot("damaged") from None
    entries = box.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Cannot("locked")
    parsed = [entry for entry in entries if entry.filename.endswith((".xml", ".rels"))]
    if (
        len(entries) > MOST_ENTRIES
        or sum(one.file_size for one in parsed) > MOST_PARSED
        or sum(entry.file_size for entry in entries) > MOST_UNPACKED
    ):
        raise Cannot("too-large")
    try:
        for one in parsed:
            # In small bites: a parser takes it in one, whatever comes out.
            with box.open(one) as part:
                while part.read(BITE):
                    pass
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):
        raise Cannot("damaged") from None


def of_docx(content: bytes) -> list[str]:
    """Paragraphs and tables in the order of the document, headers once, footnotes left out."""
    import docx  # each of these is loaded for its own files alone

    book = docx.Document(io.BytesIO(content))
    return cut(_blocks_of_docx(book))


def _blocks_of_docx(book: Untyped) -> Iterator[str]:
    for block in book.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                # A cell that spans several is told once.
                texts: list[str] = []
                for cell in row.cells:
                    if not texts or texts[-1] != cell.text:
                        texts.append(cell.text)
                yield " | ".join(texts)
            continue
        pieces = _cut_at_breaks(block._p)
        for number, piece in enumerate(pieces):
            if number:
                yield "\f"
            yield piece


def _cut_at_breaks(paragraph: Untyped) -> list[str]:
    """Return the text of a paragraph, cut where a page ended when it was last laid out, or was made to end."""
    pieces = [""]
    for node in paragraph.iter():
        if node.tag == f"{_W}t":
            pieces[-1] += node.text or ""
        elif node.tag == f"{_W}tab":
            pieces[-1] += " "
        elif node.tag == f"{_W}lastRenderedPageBreak" or (
            node.tag == f"{_W}br" and node.get(f"{_W}type") == "page"
        ):
            pieces.append("")
        elif node.tag == f"{_W}br":
            pieces[-1] += "\n"
    return pieces


def of_pptx(content: bytes) -> list[str]:
    """A slide is a page: its texts from top to bottom, its tables, and what the speaker noted."""
    import pptx

    show = pptx.Presentation(io.BytesIO(content))
    found = []
    for slide in show.slides:
        texts = [text for shape in _shapes(slide.shapes) for text in _texts_of(shape)]
        if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
            texts.append(slide.notes_slide.notes_text_frame.text)
        found.append("\n".join(text for text in texts if text.strip()) or " ")
    return found


def _shapes(shapes: Untyped) -> list[Untyped]:
    """Return all shapes, those inside groups too, as one reads: by height, then from the side."""
    found = []
    for shape in shapes:
        found += _shapes(shape.shapes) if hasattr(shape, "shapes") else [shape]
    return sorted(found, key=lambda one: (one.top or 0, one.left or 0))


def _texts_of(shape: Untyped) -> Iterator[str]:
    if shape.has_text_frame:
        yield shape.text_frame.text
    elif getattr(shape, "has_table", False):
        for row in shape.table.rows:
            yield " | ".join(cell.text for cell in row.cells)


def of_xlsx(content: bytes) -> list[str]:
    """A sheet is one page or more, of sixty rows each; what a formula gave last, not the formula."""
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    found, rows = [], 0
    for sheet in book.worksheets:
        lines = [sheet.title]
        for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS):
            rows += 1
            if rows > MOST_ROWS:
                raise Cannot("too-large")
            cells = [str(one) for one in row if one is not None and str(one).strip()]
            if cells:
                lines.append(" | ".join(cells))
            if len(lines) > ROWS:
                found.append("\n".join(lines))
                lines = [sheet.title]
        if len(lines) > 1:
            found.append("\n".join(lines))
    return found


def of_html(content: bytes) -> list[str]:
    """What a browser would show, without what it would run."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    tree = lxml_html.document_fromstring(_decoded(content).encode("utf-8", errors="replace"), parser=parser)
    heading = tree.findtext(".//title") or ""
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    pieces: list[str] = [heading.strip(), "\n"] if heading.strip() else []
    for event, node in etree.iterwalk(tree, events=("start", "end")):
        block = node.tag in _BLOCKS
        if block:
            pieces.append("\n")
        elif node.tag in ("td", "th") and event == "start":
            pieces.append(" | " if node.getprevious() is not None else "")
        text = node.text if event == "start" else node.tail
        if text:
            pieces.append(" ".join(text.split("\n")))
    return cut(tidy("".join(pieces)).split("\n"))


def _decoded(content: bytes) -> str:
    """UTF-16 by its mark, UTF-8 where it is that, what the page says of itself, else Windows-1251: so wrote the region.

    Decoded here and not by the parser, which does not know the encodings of Kazakh.
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8").lstrip("\ufeff")
    except UnicodeDecodeError:
        said = _CHARSET.search(content[:2048])
    try:
        return content.decode(said[1].decode() if said else "cp1251", errors="replace")
    except (LookupError, OSError, ImportError):  # no encoding of ours
        return content.decode("cp1251", errors="replace")


def of_text(content: bytes) -> list[str]:
    """A plain text, in UTF-8, UTF-16 with its mark, or Windows-1251; a form feed begins a page."""
    text = _decoded(content)
    blocks: list[str] = []
    for number, page in enumerate(text.replace("\r\n", "\n").split("\f")):
        blocks += (["\f"] if number else []) + page.split("\n")
    return cut(blocks)
