"""The manifest of a file: which parts it has, each in which version. Frozen; golden examples stand in the tests.

Whoever can write in the database can put an earlier part back, or take one away: each of them opens, being true once.
So a file lists its parts, sealed under the file's key and counted, and ``file_pins`` keeps how far the count is outside
that database. A part that is not in the list, or is there in another version, is not used.

Format: entries of 52 bytes in order (label 16, ref 16, version 4 big-endian, the first 16 bytes of SHA-256 over the
sealed part), padded, locked under the file's key with "manifest", the file's id and the count. A file that has never
been written in has count 0 and no manifest.
"""

import hashlib
import struct
from collections.abc import Mapping
from uuid import UUID

from panah.ground.vault.seals import DoesNotOpen, lock, pad, unlock, unpad

_ENTRY = struct.Struct(">16s16sI16s")

# Where a part lies in its file: its label and ref.
Place = tuple[bytes, bytes]
# What lies there: version and digest.
State = tuple[int, bytes]


def digest(blob: bytes) -> bytes:
    """Return the 16 bytes by which one ciphertext is told from another."""
    return hashlib.sha256(blob).digest()[:16]


def closed(entries: Mapping[Place, State], *, key: bytes, file: UUID, count: int) -> bytes:
    """Return the list as it is kept."""
    raw = b"".join(_ENTRY.pack(*place, *state) for place, state in sorted(entries.items()))
    return lock(key, pad(raw), "manifest", file, count)


def opened(blob: bytes, *, key: bytes, file: UUID, count: int) -> dict[Place, State]:
    """Return what is listed, or raise DoesNotOpen when this is not the list that this file had at that count."""
    if not count and not blob:
        return {}
    raw = unpad(unlock(key, blob, "manifest", file, count))
    if len(raw) % _ENTRY.size:
        raise DoesNotOpen
    return {(label, ref): (version, mark) for label, ref, version, mark in _ENTRY.iter_unpack(raw)}
