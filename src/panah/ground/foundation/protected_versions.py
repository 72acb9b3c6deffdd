"""The form in which the rows of ``protected_rows`` are stored, one version after another. Frozen."""

from __future__ import annotations

import base64
import json
import struct
from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

# A version without rows.
NOTHING = b"[]"

# Bytes. What is larger, whole tables, is remembered a few times only.
LARGE = 32 * 1024

# One row: its id, then its protected columns, as JSON has them.
type TrustedRow = tuple[object, ...]


def encoded(rows: Iterable[TrustedRow]) -> bytes:
    """Return rows as one version."""
    return json.dumps(sorted(rows, key=str), separators=(",", ":"), ensure_ascii=True).encode()


def plain(value: object) -> object:
    """Return the value of a column as JSON has it."""
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if isinstance(value, datetime):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | dict | list) else str(value)


def packed(versions: Iterable[bytes]) -> bytes:
    """Return versions one after another, each behind its length in four bytes. Frozen."""
    return b"".join(struct.pack(">I", len(version)) + version for version in versions)


def versions_in(raw: bytes) -> tuple[bytes, ...]:
    """Return the versions that ``packed`` put together, oldest first."""
    result, at = [], 0
    while at < len(raw):
        (size,) = struct.unpack_from(">I", raw, at)
        result.append(raw[at + 4 : at + 4 + size])
        at += 4 + size
    return tuple(result)


def rows_in(version: bytes) -> tuple[TrustedRow, ...]:
    """Return the rows of a version: id, then the protected columns, as text where JSON has no type of it."""
    return (_read_often if len(version) < LARGE else _read_large)(version)


def _read(version: bytes) -> tuple[TrustedRow, ...]:
    return tuple(tuple(row) for row in json.loads(version))


_read_often, _read_large = lru_cache(maxsize=256)(_read), lru_cache(maxsize=8)(_read)
