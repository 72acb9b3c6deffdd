"""What a file is, told by its bytes and never by its name. Plain Python."""

from __future__ import annotations

PDF, DOCX, PPTX, XLSX, HTML, TEXT = "pdf", "docx", "pptx", "xlsx", "html", "text"
PNG, JPEG, TIFF = "png", "jpeg", "tiff"
PICTURES = (PNG, JPEG, TIFF)
OFFICE = (DOCX, PPTX, XLSX)
# Content type and ending of what is given out again.
ACCEPTED = {
    PDF: ("application/pdf", "pdf"),
    DOCX: ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    PPTX: ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    XLSX: ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    HTML: ("application/octet-stream", "html"),
    TEXT: ("text/plain; charset=utf-8", "txt"),
    PNG: ("image/png", "png"),
    JPEG: ("image/jpeg", "jpg"),
    TIFF: ("image/tiff", "tif"),
}
# Not taken, but told apart: the sentence says what to do.
OLD_OFFICE, UNKNOWN = "office", "other"
LOOKED_AT = 64 * 1024
_BEGINNINGS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_OFFICE),
    (b"{\\rtf", OLD_OFFICE),
)
_INSIDE = ((b"word/document.xml", DOCX), (b"ppt/presentation.xml", PPTX), (b"xl/workbook.xml", XLSX))
_NEVER_IN_TEXT = bytes(set(range(32)) - {9, 10, 12, 13, 27})
_HTML = (b"<!doctype html", b"<html", b"<body")


def type_of(first: bytes, last: bytes) -> str:
    """Return the code of a type, from the first and the last mebibyte of a file: a packed file lists at its end."""
    for beginning, found in _BEGINNINGS:
        if first.startswith(beginning):
            return found
    if first[:4] == b"PK\x03\x04":
        return next((found for name, found in _INSIDE if name in last or name in first), UNKNOWN)
    if b"%PDF-" in first[:1024]:
        return PDF
    return _written(first[:LOOKED_AT])


def _written(first: bytes) -> str:
    if any(byte in first for byte in _NEVER_IN_TEXT) and first[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        return UNKNOWN
    beginning = first[:4096].replace(b"\x00", b"").lower()
    if any(mark in beginning for mark in _HTML):
        return HTML
    return TEXT if first.strip() else UNKNOWN


def file_name(name: str) -> str:
    """Return the last part of a name as it may be shown: no folder, nothing that steers a line, 200 letters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(one for one in last if one.isprintable())[:200].strip() or "document"
