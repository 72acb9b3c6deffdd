"""What a content is, told by its first bytes and never by its name. Pure: reads bytes, decides, touches nothing."""

import zipfile
from dataclasses import dataclass
from io import BytesIO

PICTURE, PDF, TEXT, SOUND, FILM, OFFICE, OTHER = "picture", "pdf", "text", "sound", "film", "office", "other"
LOOKED_AT = 64 * 1024


@dataclass(frozen=True)
class FileType:
    """``kind`` is one of the seven above; ``type`` a short code ("jpeg", "docx"); ``ending`` for a file's name."""

    kind: str
    type: str
    ending: str

    @property
    def drawn(self) -> bool:
        """Whether we can draw it: everything else is kept as it is and handed out as it is."""
        return self.kind == PDF or (self.kind == PICTURE and self.type in DRAWN)


DRAWN = ("jpeg", "png", "webp")
BEGINNINGS: tuple[tuple[bytes, FileType], ...] = (
    (b"\xff\xd8\xff", FileType(PICTURE, "jpeg", "jpg")),
    (b"\x89PNG\r\n\x1a\n", FileType(PICTURE, "png", "png")),
    (b"GIF87a", FileType(PICTURE, "gif", "gif")),
    (b"GIF89a", FileType(PICTURE, "gif", "gif")),
    (b"II*\x00", FileType(PICTURE, "tiff", "tif")),
    (b"MM\x00*", FileType(PICTURE, "tiff", "tif")),
    (b"%PDF-", FileType(PDF, "pdf", "pdf")),
    (b"ID3", FileType(SOUND, "mp3", "mp3")),
    (b"\xff\xfb", FileType(SOUND, "mp3", "mp3")),
    (b"\xff\xf3", FileType(SOUND, "mp3", "mp3")),
    (b"OggS", FileType(SOUND, "ogg", "ogg")),
    (b"fLaC", FileType(SOUND, "flac", "flac")),
    (b"#!AMR", FileType(SOUND, "amr", "amr")),
    (b"\x1aE\xdf\xa3", FileType(FILM, "webm", "webm")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", FileType(OFFICE, "office", "doc")),
    (b"{\\rtf", FileType(OFFICE, "rtf", "rtf")),
)
# Bytes 4 to 8 are "ftyp", bytes 8 to 12 the brand.
BRANDS = {
    b"heic": FileType(PICTURE, "heic", "heic"),
    b"heix": FileType(PICTURE, "heic", "heic"),
    b"hevc": FileType(PICTURE, "heic", "heic"),
    b"mif1": FileType(PICTURE, "heic", "heic"),
    b"msf1": FileType(PICTURE, "heic", "heic"),
    b"avif": FileType(PICTURE, "avif", "avif"),
    b"M4A ": FileType(SOUND, "m4a", "m4a"),
    b"M4B ": FileType(SOUND, "m4a", "m4a"),
    b"qt  ": FileType(FILM, "mov", "mov"),
}
INSIDE_RIFF = {
    b"WEBP": FileType(PICTURE, "webp", "webp"),
    b"WAVE": FileType(SOUND, "wav", "wav"),
    b"AVI ": FileType(FILM, "avi", "avi"),
}
INSIDE_ZIP = (
    ("word/", FileType(OFFICE, "docx", "docx")),
    ("xl/", FileType(OFFICE, "xlsx", "xlsx")),
    ("ppt/", FileType(OFFICE, "pptx", "pptx")),
)
UNKNOWN = FileType(OTHER, "other", "bin")


def file_type_of(body: bytes) -> FileType:
    """Return what the bytes are."""
    for beginning, content in BEGINNINGS:
        if body.startswith(beginning):
            return content
    if body[4:8] == b"ftyp":
        return BRANDS.get(body[8:12], FileType(FILM, "mp4", "mp4"))
    if body[:4] == b"RIFF":
        return INSIDE_RIFF.get(body[8:12], UNKNOWN)
    if body[:4] == b"PK\x03\x04":
        return _packed(body)
    return (
        FileType(TEXT, "text", "txt") if text_of(body[:LOOKED_AT], whole=len(body) <= LOOKED_AT) else UNKNOWN
    )


def _packed(body: bytes) -> FileType:
    # Only the list of names is read: nothing is unpacked.
    try:
        names = zipfile.ZipFile(BytesIO(body)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, RuntimeError):
        return UNKNOWN
    if "mimetype" in names[:1] and "content.xml" in names:
        return FileType(OFFICE, "odf", "odt")
    for beginning, content in INSIDE_ZIP:
        if any(name.startswith(beginning) for name in names):
            return content
    return FileType(OTHER, "zip", "zip")


def text_of(body: bytes, *, whole: bool = True) -> str:
    """Return the bytes as text (UTF-8, UTF-16 with its mark, Windows-1251), or "" if they are none."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body.decode("utf-16", errors="replace")
    if any(byte in body for byte in NEVER_IN_TEXT):
        return ""
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        # A letter cut in two at the end of what we looked at is still a letter.
        if not whole and len(body) - wrong.start < 4:
            return body[: wrong.start].decode("utf-8-sig")
    # Old programs of the region write so; three quarters of it must then be letters, signs and spaces.
    said = body.decode("cp1251", errors="replace")
    readable = sum(one.isalnum() or one in " .,:;!?()\r\n\t-" for one in said)
    return said if said and "\ufffd" not in said and readable * 4 >= len(said) * 3 else ""


NEVER_IN_TEXT = bytes(set(range(32)) - {9, 10, 12, 13, 27})
