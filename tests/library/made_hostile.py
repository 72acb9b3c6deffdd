"""Files that do not behave: broken, locked, huge, dressed up as something else. Each is small until it is opened."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator

from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, PdfObject, StreamObject
from reportlab.pdfgen.canvas import Canvas

from tests.library import made_files as files
from tests.library.made_texts import PARAGRAPHS, TITLES

MEBIBYTE = 1 << 20


def words_misread(text: str) -> str:
    """What a Cyrillic text looks like whose 8-bit letters are taken for Latin ones: "Åñëè" for "Если"."""
    return text.encode("cp1251", "replace").decode("latin-1")


def pdf_of_wrong_letters() -> bytes:
    """A PDF that shows and says Latin-1 where its writer meant Windows-1251."""
    out = io.BytesIO()
    sheet = Canvas(out, invariant=1)
    top = 780
    for paragraph in PARAGRAPHS["ru"][:3]:
        for line in files.lines_of(paragraph):
            sheet.setFont("Helvetica", 11)
            sheet.drawString(50, top, words_misread(line))
            top -= 15
    sheet.showPage()
    sheet.save()
    return out.getvalue()


def pdf_of_private_glyphs() -> bytes:
    """A PDF that looks right and whose text layer says glyphs of Private Use: only reading the picture helps."""
    whole = files.pdf([(TITLES["ru"][1], PARAGRAPHS["ru"][1:3])], language="ru")
    writer = PdfWriter(clone_from=io.BytesIO(whole))
    for font in _inside(_inside(writer.pages[0]["/Resources"])["/Font"]).values():
        table = _inside(font).get("/ToUnicode")
        if table is not None:
            stream = table.get_object()
            assert isinstance(stream, StreamObject)
            stream.set_data(re.sub(rb"<(\w\w)> <\w{4}>", rb"<\1> <F0\1>", stream.get_data()))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _inside(found: PdfObject) -> DictionaryObject:
    """What a name of a PDF stands for, where that is a list of names again."""
    inside = found.get_object()
    assert isinstance(inside, DictionaryObject)
    return inside


def pdf_with_password() -> bytes:
    """A PDF that opens with a password alone; its salt is new each time."""
    plain = files.pdf([(TITLES["en"][2], PARAGRAPHS["en"][2:3])], title="Hotline")
    writer = PdfWriter(clone_from=io.BytesIO(plain))
    writer.encrypt("acid adapt", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf_of_many_pages(pages: int = 500) -> bytes:
    """A long report: a heading with its number, and one paragraph a page."""
    said = [(f"{number}", [PARAGRAPHS["en"][number % 6]]) for number in range(1, pages + 1)]
    return files.pdf(said, title="Long")


def big_pieces(size: int = 200 * MEBIBYTE) -> Iterator[bytes]:
    """A PDF of one page that drags ``size`` bytes of nothing after it, a mebibyte at a time."""
    first = files.pdf([(TITLES["en"][0], PARAGRAPHS["en"][:1])])
    yield first.ljust(MEBIBYTE, b"\0")
    for _number in range(size // MEBIBYTE - 1):
        yield bytes(MEBIBYTE)


def zip_bomb(size: int = 512 * MEBIBYTE, said: int = 0) -> bytes:
    """A DOCX of half a megabyte whose text is ``size`` bytes, of which it says ``said``: one word, again and again."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = f'<w:document xmlns:w="{files.WORDS}"><w:body><w:p><w:r><w:t>'.encode()
    tail = b"</w:t></w:r></w:p></w:body></w:document>"
    # A squeezed mebibyte that stands by itself can be written as often as one likes.
    first = squeezer.compress(head) + squeezer.flush(zlib.Z_FULL_FLUSH)
    block = b"all " * (MEBIBYTE // 4)
    squeezed = squeezer.compress(block) + squeezer.flush(zlib.Z_FULL_FLUSH)
    last = squeezer.compress(tail) + squeezer.flush()
    times = size // MEBIBYTE
    check = zlib.crc32(head)
    for _number in range(times):
        check = zlib.crc32(block, check)
    whole = len(head) + len(block) * times + len(tail)
    return _docx_of(first + squeezed * times + last, size=said or whole, check=zlib.crc32(tail, check))


def _docx_of(squeezed: bytes, *, size: int, check: int) -> bytes:
    """A DOCX around a text that is squeezed already; ``size`` is what the file says that it unpacks into."""
    parts = []
    for title, text in files.docx_around(""):
        squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
        small = squeezer.compress(text.encode()) + squeezer.flush()
        told = (small, len(text.encode()), zlib.crc32(text.encode())) if text else (squeezed, size, check)
        parts.append((title.encode(), *told))
    local = listed = b""
    for name, data, unpacked, crc in parts:
        said = struct.pack(
            "<HHHHHIIIHH", 20, 0, zipfile.ZIP_DEFLATED, 0, 0x21, crc, len(data), unpacked, len(name), 0
        )
        listed += (
            b"PK\x01\x02"
            + struct.pack("<H", 20)
            + said
            + struct.pack("<HHHII", 0, 0, 0, 0, len(local))
            + name
        )
        local += b"PK\x03\x04" + said + name + data
    end = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(listed), len(local), 0)
    return local + listed + b"PK\x05\x06" + end


def entity_bomb() -> bytes:
    """A DOCX whose XML names a word of words of words: a billion in the end."""
    entities = '<!ENTITY a "help ">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">'
        for before, name in zip("abcdefghi", "bcdefghij", strict=True)
    )
    return files.zipped(files.docx_around(_docx_text(entities, "&j;")))


def docx_that_asks_outside() -> bytes:
    """A DOCX whose XML wants a file of the machine in its text."""
    return files.zipped(
        files.docx_around(_docx_text('<!ENTITY x SYSTEM "file:///etc/passwd">', "before &x; after"))
    )


def _docx_text(declared: str, text: str) -> str:
    return (
        f'<?xml version="1.0"?><!DOCTYPE w [{declared}]><w:document xmlns:w="{files.WORDS}">'
        f"<w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    )


def html_with_scripts() -> bytes:
    """A page that would run, load and send, were it ever shown as it is."""
    said = PARAGRAPHS["en"][2]
    return (
        "<!doctype html><html><head><title>Hotline</title><script>document.title='taken'</script>"
        "<style>@import url(https://outside.example/style.css); p { color: red }</style>"
        '<meta http-equiv="refresh" content="0;url=https://outside.example/"></head>'
        f"<body onload=\"alert('taken')\"><h1>Hotline</h1><p>{said}</p>"
        '<img src="https://outside.example/pixel.gif" onerror="alert(1)"><iframe src="https://outside.example/">'
        "</iframe><noscript>no script</noscript><svg><script>alert(2)</script></svg>"
        '<a href="javascript:alert(3)">Read on</a></body></html>'
    ).encode()


def polyglot() -> bytes:
    """One file that is a PDF to one reader and a ZIP to another."""
    return files.pdf([(TITLES["en"][3], PARAGRAPHS["en"][3:4])]) + files.docx(
        "Another text", ["Said elsewhere."]
    )


def truncated_pdf() -> bytes:
    """A PDF whose copying was interrupted."""
    whole = files.pdf([(TITLES["en"][4], PARAGRAPHS["en"][4:])])
    return whole[: len(whole) // 3]


def truncated_docx() -> bytes:
    whole = files.docx(TITLES["en"][4], PARAGRAPHS["en"][4:])
    return whole[: len(whole) // 2]


def picture_of_giants() -> bytes:
    """A picture of a few kilobytes that would fill sixteen gigabytes when unpacked."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 65_000, 65_000, 8, 6, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(4 * MEBIBYTE), 9))
        + chunk(b"IEND", b"")
    )


# What is brought, under which name; the pages of each show text or one clear sentence. The slow ones stand apart.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "wrong-letters.pdf": pdf_of_wrong_letters,
    "private-glyphs.pdf": pdf_of_private_glyphs,
    "locked.pdf": pdf_with_password,
    "bomb.docx": zip_bomb,
    "lying-bomb.docx": lambda: zip_bomb(said=4096),
    "entities.docx": entity_bomb,
    "outside.docx": docx_that_asks_outside,
    "scripts.html": html_with_scripts,
    "two-in-one.pdf": polyglot,
    "cut-short.pdf": truncated_pdf,
    "cut-short.docx": truncated_docx,
    "giant.png": picture_of_giants,
    "empty.pdf": lambda: b"",
    "text-named.pdf": lambda: PARAGRAPHS["en"][0].encode(),
    "docx-named.pdf": lambda: files.docx(TITLES["en"][1], PARAGRAPHS["en"][1:2]),
    "picture-named.docx": lambda: b"\x89PNG\r\n\x1a\n" + bytes(64),
    "noise.xlsx": lambda: bytes(range(256)) * 64,
    "zip-of-nothing.pptx": lambda: files.zipped([("readme.txt", "nothing of PowerPoint")]),
}
