"""How a sealed card and a segment open. Without Django: processes that hold nothing else unlock them side by side."""

import json
import zlib
from typing import Any
from uuid import UUID

from panah.ground.vault.seals import DoesNotOpen, Private, derive, unlock, unpad

# What a card says, as JSON.
type CardValue = dict[str, Any]
# Bytes of the longest segment: five thousand cards are two million.
LONGEST = 128 * 1024 * 1024


def generation_of(blob: bytes) -> int:
    """Return which generation of the key a card or a segment is sealed to."""
    return int.from_bytes(blob[:4], "big")


def opened_card(private: Private, society: UUID, kind: str, card: UUID, blob: bytes) -> CardValue | None:
    """Return what a loose card says. One that someone damaged or forged is left out; the case keeps what it said."""
    try:
        value: CardValue = read_json(unpad(private.open(blob[4:], "card", society, kind, card)))
    except (DoesNotOpen, ValueError, RecursionError):
        return None
    return value


def read_json(raw: bytes) -> Any:
    """Read JSON, or raise ValueError: also for letters that are none, which no encoding takes."""
    text = raw.decode()
    said = json.loads(text)
    if "\\u" in text:
        json.dumps(said, ensure_ascii=False).encode()
    return said


def segment_key(seed: bytes, society: UUID, kind: str) -> bytes:
    """Return the key of all segments of one generation."""
    return derive(seed, "segment", society, kind)


def segment_text(seed: bytes, society: UUID, kind: str, segment: UUID, blob: bytes) -> bytes:
    """Return the cards of a segment, unread, as a JSON list of ``[id in hex, value]``."""
    plain = unlock(segment_key(seed, society, kind), blob[4:], "segment", society, kind, segment)
    unpacking = zlib.decompressobj()
    try:
        text = unpacking.decompress(unpad(plain), LONGEST)
    except zlib.error:
        raise DoesNotOpen from None
    if not unpacking.eof:
        # Whoever held an earlier key can write a segment that would fill the memory.
        raise DoesNotOpen
    return text


def segment_cards(
    seed: bytes, society: UUID, kind: str, segment: UUID, blob: bytes
) -> list[tuple[UUID, CardValue]]:
    """Return the cards of a segment, or raise DoesNotOpen when it was changed or is none."""
    try:
        found = read_json(segment_text(seed, society, kind, segment, blob))
        return [(UUID(hex=card), value) for card, value in found]
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise DoesNotOpen from None
