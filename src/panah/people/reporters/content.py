"""What is sealed: words to a reporter, lines of a chat, files in pieces. How they look inside, and that they open.

Words are JSON, filled to sizes that tell little and sealed with HPKE (``vault.seals``). A file is cut into locked
pieces (``vault.chunked_encryption``); its key, name and type stand in the words that it came with, under ``files``::

    {"text": "…", "files": [{"id": "<uuid>", "key": "<64 hex>", "name": "…", "type": "image/jpeg", "kind": "picture",
                             "size": 12345, "abuse": "yes"}]}

``abuse`` stands there only where whoever sends a picture says that it may show a child abused.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from panah.ground.foundation import json_from_outside
from panah.ground.vault.chunked_encryption import PIECE, opened, sealed_pieces, stepped
from panah.ground.vault.seals import LOCK, DoesNotOpen, Private, pad, seal, unpad
from panah.people.reporters.words import UploadKind

LOCKED = 29  # what a lock adds to a piece


@dataclass(frozen=True)
class PlainFile:
    """A file as it came here without a seal: sealed on receipt. ``kind``: of ``UploadKind``."""

    body: bytes = field(repr=False)
    name: str = field(default="", repr=False)
    type: str = "application/octet-stream"
    kind: str = UploadKind.FILE
    # Whoever sends it says that it may show a child abused.
    abuse: bool = False


@dataclass(frozen=True)
class SealedFile:
    """A file that a browser sealed: its own id and its locked pieces; key and name stand in the sealed words."""

    id: UUID
    pieces: Sequence[bytes] = field(repr=False)
    kind: str = UploadKind.FILE

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces))


@dataclass(frozen=True)
class FileEntry:
    """What the words say of a file: where its pieces lie and what opens them."""

    id: UUID
    key: bytes = field(repr=False)
    name: str = field(repr=False)
    type: str
    kind: str
    size: int


def said_of(entry: FileEntry) -> dict[str, object]:
    """Return an entry as words say it: ``entries_in`` reads it again."""
    return {
        "id": str(entry.id), "key": entry.key.hex(), "name": entry.name, "type": entry.type, "kind": entry.kind,
        "size": entry.size,
    }  # fmt: skip


def is_sealed_file(file: SealedFile, *, largest: int) -> bool:
    """Say whether pieces from a browser have the shape of a locked file of at most ``largest`` bytes."""
    full = PIECE + LOCKED
    *first, last = file.pieces or [b""]
    fits = all(len(one) == full for one in first) and LOCKED < len(last) <= full
    return (
        fits
        and all(piece[0] == LOCK for piece in file.pieces)
        and file.size <= stepped(largest + 8) + LOCKED * len(file.pieces)
    )


def seal_file(file: PlainFile) -> tuple[SealedFile, dict[str, object]]:
    """Return a file in locked pieces, and its entry for the words that go with it."""
    place, key = uuid4(), os.urandom(32)
    entry = {
        "id": str(place), "key": key.hex(), "name": file.name[:200], "type": file.type[:100], "kind": str(file.kind),
        "size": len(file.body), **({"abuse": "yes"} if file.abuse else {}),
    }  # fmt: skip
    return SealedFile(place, list(sealed_pieces(key, file.body, place, place)), file.kind), entry


def open_file(entry: FileEntry, pieces: Sequence[bytes]) -> bytes:
    """Return a file's content, or raise DoesNotOpen."""
    return opened(entry.key, pieces, entry.id, entry.id)


def entries_in(content: Mapping[str, object]) -> tuple[FileEntry, ...]:
    """Return the files that words name; what does not fit is passed over: it may have come from anywhere."""
    said = content.get("files")
    found = (_entry(one) for one in said) if isinstance(said, list) else ()
    return tuple(one for one in found if one is not None)


def _entry(said: object) -> FileEntry | None:
    if not isinstance(said, Mapping):
        return None
    try:
        key = bytes.fromhex(str(said["key"]))
        place, size = UUID(str(said["id"])), int(str(said.get("size", 0)))
    except (KeyError, ValueError):
        return None
    kind = str(said.get("kind", ""))
    kind = kind if kind in UploadKind.values else UploadKind.FILE
    name, what = str(said.get("name", ""))[:200], str(said.get("type", ""))[:100]
    return FileEntry(place, key, name, what, kind, size) if len(key) == 32 else None


def seal_words(public: bytes, content: Mapping[str, object], *place: str | UUID) -> bytes:
    """Return words sealed to a public key for one place."""
    return seal(public, pad(json.dumps(content, ensure_ascii=False).encode()), *place)


def open_words(private: Private, blob: bytes, *place: str | UUID) -> dict[str, object]:
    """Return sealed words, or raise DoesNotOpen."""
    try:
        content = json_from_outside.read(unpad(private.open(blob, *place)))
    except (ValueError, RecursionError):
        raise DoesNotOpen from None
    if not isinstance(content, dict):
        raise DoesNotOpen
    return content


def both(first: bytes, second: bytes) -> bytes:
    """Return two sealed copies as one value: the length of the first in four bytes, then both."""
    return len(first).to_bytes(4, "big") + first + second


def parted(value: bytes) -> tuple[bytes, bytes]:
    """Return the two copies again."""
    end = 4 + int.from_bytes(value[:4], "big")
    return value[4:end], value[end:]


def texts(content: Mapping[str, object]) -> Iterable[str]:
    """Yield every text in a content, however deep (at most six)."""
    waiting: list[tuple[object, int]] = [(content, 0)]
    while waiting:
        value, deep = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping) and deep < 6:
            waiting += [(one, deep + 1) for one in value.values()]
        elif isinstance(value, list) and deep < 6:
            waiting += [(one, deep + 1) for one in value]
