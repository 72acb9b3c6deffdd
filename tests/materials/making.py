"""Files as a society would bring them, and such as somebody would who means harm."""

from __future__ import annotations

import struct
from io import BytesIO
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from panah.people.materials import actions as materials
from panah.people.materials.models import Draft, Version

TITLE = "Before you travel for work"


def pdf(*, pages: int = 2, author: str = "") -> bytes:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if author:
        writer.add_metadata({"/Author": author})
    return written(writer)


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def harmful_pdfs() -> dict[str, bytes]:
    """PDFs that do something, by what they do."""
    runs, holds, launches, later = PdfWriter(), PdfWriter(), PdfWriter(), PdfWriter()
    for writer in (runs, holds, launches, later):
        writer.add_blank_page(200, 200)
    names = DictionaryObject({NameObject("/JavaScript"): ArrayObject([TextStringObject("x")])})
    runs._root_object[NameObject("/Names")] = names
    holds.add_attachment("x.exe", b"MZ")
    action = DictionaryObject(
        {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("x.exe")}
    )
    launches._root_object[NameObject("/OpenAction")] = action
    # In an annotation of a page, behind a reference.
    script = later._add_object(
        DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
        )
    )
    link = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Link"),
            NameObject("/Rect"): ArrayObject([NumberObject(0)] * 4),
            NameObject("/A"): script,
        }
    )
    later.pages[0][NameObject("/Annots")] = ArrayObject([later._add_object(link)])
    return {
        "runs": written(runs),
        "holds": written(holds),
        "launches": written(launches),
        "later": written(later),
    }


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (60, 40), **more: object) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (20, 90, 80)).save(out, kind, **more)
    return out.getvalue()


def mp3(seconds: float = 20, *, tag: bytes = b"") -> bytes:
    """Silence; ``tag`` stands in an ID3 tag before it."""
    frame = b"\xff\xfb\x90\x00" + bytes(413)
    head = b"ID3\x03\x00\x00" + bytes([0, 0, len(tag) >> 7, len(tag) & 127]) + tag if tag else b""
    return head + frame * round(seconds * 44_100 / 1152)


def ogg(seconds: int = 20) -> bytes:
    """An Opus sound of three pages, as far as its outside goes."""

    def page(position: int, content: bytes) -> bytes:
        return b"OggS\0\0" + struct.pack("<qIII", position, 1, 0, 0) + bytes([1, len(content)]) + content

    head = b"OpusHead\x01\x01" + struct.pack("<HIhB", 312, 48_000, 0, 0)
    return page(0, head) + page(0, b"OpusTags" + bytes(8)) + page(312 + 48_000 * seconds, bytes(3))


def uploaded(body: bytes, name: str = "leaflet.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, body, content_type="application/octet-stream")


def typed(body: bytes | None = None, **more: object) -> dict[str, object]:
    """What a colleague sends from the form."""
    file = {"file": uploaded(pdf() if body is None else body)} if body != b"-" else {}
    return {"what": "leaflet", "audiences": ["travelling"], "title_en": TITLE, **file, **more}


def draft(world, *, by: str = "ibrat", body: bytes | None = None, pk: UUID | None = None, **more) -> Draft:
    given = {"titles": {"en": TITLE}, "audiences": ["travelling"], "what": "leaflet", **more}
    return materials.bring(
        file=pdf() if body is None else body, by=world.staff[by], at=world.at, pk=pk, **given
    )


def published(world, *, by: str = "ibrat", second: str = "bakyt", **more) -> Version:
    row = draft(world, by=by, **more)
    return materials.publish(draft=row, by=world.staff[second], at=world.at)
