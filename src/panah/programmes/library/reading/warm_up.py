"""Loads what reading needs, by reading made-up files: afterwards not even a file of Python's own can be opened."""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from PIL import Image

if TYPE_CHECKING:
    from panah.programmes.library.reading.parts import Asked

type Read = Callable[[Asked, bytearray, BinaryIO], None]
ENCODINGS = (
    *(
        "utf-8",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "latin-1",
        "cp1251",
        "cp1252",
        "cp1254",
        "cp1256",
    ),
    *(
        "koi8-r",
        "koi8-u",
        "iso8859-5",
        "iso8859-9",
        "iso8859-6",
        "cp866",
        "cp437",
        "kz1048",
        "ptcp154",
        "idna",
        "ascii",
    ),
)


def warm_up(kind: str, read: Read) -> None:
    """Read one file of this kind as the reader does it, whatever comes of it."""
    made = {"pdf": _pdf, "docx": _docx, "pptx": _pptx, "xlsx": _xlsx}.get(kind)
    if made is not None:
        body = made()
    elif kind in ("png", "jpeg", "tiff"):
        body = b""
        for name in ("JPEG", "TIFF", "PNG"):
            body = _picture(name)
            _read_each_way(read, name.lower(), body)
    else:
        body = "<html><body><p>один</p><table><tr><td>1</td></tr></table></body></html>".encode()
    for encoding in ENCODINGS:
        codecs.lookup(encoding)
    _read_each_way(read, kind, body)
    json.loads("{}")


def _read_each_way(read: Read, kind: str, body: bytes) -> None:
    read({"type": kind, "size": 0, "skip": [], "draw": None}, bytearray(body), io.BytesIO())
    read({"type": kind, "size": 0, "skip": [], "draw": [1]}, bytearray(body), io.BytesIO())
    read(
        {"type": kind, "size": 0, "skip": [], "draw": None}, bytearray(b"no file of this kind"), io.BytesIO()
    )


def _picture(name: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (9, 9)).save(out, name, **({"compression": "tiff_lzw"} if name == "TIFF" else {}))
    return out.getvalue()


def _pdf() -> bytes:
    import pypdfium2

    book, out = pypdfium2.PdfDocument.new(), io.BytesIO()
    book.new_page(9, 9)
    book.save(out)
    return out.getvalue()


def _docx() -> bytes:
    import docx

    book, out = docx.Document(), io.BytesIO()
    book.add_paragraph("one")
    book.add_table(1, 1)
    book.save(out)
    return out.getvalue()


def _pptx() -> bytes:
    import pptx

    show, out = pptx.Presentation(), io.BytesIO()
    slide = show.slides.add_slide(show.slide_layouts[5])
    slide.shapes.title.text = "one"
    slide.notes_slide.notes_text_frame.text = "two"
    show.save(out)
    return out.getvalue()


def _xlsx() -> bytes:
    import openpyxl

    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["one", 2])
    book.save(out)
    return out.getvalue()
