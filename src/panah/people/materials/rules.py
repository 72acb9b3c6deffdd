"""What a sound is: its frames counted, what was written beside them left out. Plain bytes in, plain bytes out."""

from __future__ import annotations

from dataclasses import dataclass
from struct import unpack_from

# What may be published: code of ``kit.file_types`` -> (kind for the browser, ending of a file's name).
ACCEPTED = {
    "pdf": ("application/pdf", "pdf"),
    "jpeg": ("image/jpeg", "jpg"),
    "png": ("image/png", "png"),
    "mp3": ("audio/mpeg", "mp3"),
    "ogg": ("audio/ogg", "ogg"),
    "text": ("text/plain; charset=utf-8", "txt"),
}
SOUNDS = ("mp3", "ogg")
PICTURES = ("jpeg", "png")
PIECE = 256 * 1024

_V1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_V2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
# Samples a second by the two bits of the version: 2.5, none, 2, 1.
_RATES = {0: (11025, 12000, 8000), 2: (22050, 24000, 16000), 3: (44100, 48000, 32000)}


@dataclass(frozen=True)
class Sound:
    """A sound without what was written beside it. ``seconds`` are whole, and at least one."""

    body: bytes
    seconds: int


def sound_of(kind: str, body: bytes) -> Sound | None:
    """Return a sound as it may be published, or None where it is not one from its first to its last byte."""
    return _mp3(body) if kind == "mp3" else _ogg(body)


def _whole(seconds: float) -> int:
    return max(1, round(seconds))


def _mp3(body: bytes) -> Sound | None:
    start = 0
    # Who spoke, when and where: in a tag before the sound and one of 128 bytes after it.
    while body[start : start + 3] == b"ID3" and len(body) >= start + 10:
        size = body[start + 6 : start + 10]
        start += 10 + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
    end = len(body) - 128 if body[-128:-125] == b"TAG" else len(body)
    at, seconds = start, 0.0
    while at + 4 <= end:
        found = _frame(int.from_bytes(body[at : at + 4], "big"))
        if found is None:
            break
        length, lasts = found
        at, seconds = at + length, seconds + lasts
    # A last frame may be cut, or a few empty bytes follow; anything else is no sound.
    rest = body[min(at, end) : end]
    if seconds == 0 or rest.strip(b"\0"):
        return None
    return Sound(body[start : min(at, end)], _whole(seconds))


def _frame(head: int) -> tuple[int, float] | None:
    """Return (bytes, seconds) of a frame of layer III by its four first bytes, or None where it is none."""
    version, layer, rate, speed = head >> 19 & 3, head >> 17 & 3, head >> 12 & 15, head >> 10 & 3
    if head >> 21 != 0x7FF or version == 1 or layer != 1 or rate in (0, 15) or speed == 3:
        return None
    bits, samples = (_V1, 1152) if version == 3 else (_V2, 576)
    a_second = _RATES[version][speed]
    return samples // 8 * bits[rate] * 1000 // a_second + (head >> 9 & 1), samples / a_second


def _ogg(body: bytes) -> Sound | None:
    """Walk the pages: Opus or Vorbis, nothing between and nothing after them."""
    at, first, last = 0, b"", 0
    while at < len(body):
        if body[at : at + 5] != b"OggS\0" or len(body) < at + 27:
            return None
        lacing = body[at + 27 : at + 27 + body[at + 26]]
        content = at + 27 + body[at + 26]
        after = content + sum(lacing)
        if after > len(body):
            return None
        if at == 0:
            first = body[content:after]
        (position,) = unpack_from("<q", body, at + 6)
        last = max(last, position)
        at = after
    if first.startswith(b"OpusHead") and len(first) >= 12:
        (skipped,) = unpack_from("<H", first, 10)
        return Sound(body, _whole(max(0, last - skipped) / 48_000))
    if first.startswith(b"\x01vorbis") and len(first) >= 16:
        (rate,) = unpack_from("<I", first, 12)
        return Sound(body, _whole(last / rate)) if rate else None
    return None


def cut(body: bytes) -> list[bytes]:
    """The pieces in which a file is kept."""
    return [body[at : at + PIECE] for at in range(0, len(body), PIECE)]


def file_name(type_: str) -> str:
    """The name under which a file is kept on a telephone: it says nothing of what it is about."""
    return f"information.{ACCEPTED[type_][1]}"
