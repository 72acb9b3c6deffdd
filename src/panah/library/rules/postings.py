"""Lists of the index as they lie in the database: which documents hold a term and what it weighs there, in blocks.

A document has a place in its index, a number. A block holds the places of ``BLOCK`` in a row: first all places within
it (two bytes each, rising), then all weights (one byte each). Little-endian everywhere, so every database and machine
keeps the same bytes. What changes with one document is one block of each of its terms.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping
from itertools import repeat

BLOCK = 4096
BIG_ENDIAN = sys.byteorder == "big"


def pack(weights: Mapping[int, int]) -> bytes:
    """Write a block: {place within it: weight 1..255}."""
    places = array("H", sorted(weights))
    values = bytes(map(weights.__getitem__, places))
    if BIG_ENDIAN:
        places.byteswap()
    return places.tobytes() + values


def unpack(data: bytes, number: int = 0) -> dict[int, int]:
    """Read a block: {place in the index: weight}; ``number``: which block it is."""
    count = len(data) // 3
    places = _places(data, count)
    first = number * BLOCK
    return dict(zip(map(first.__add__, places) if first else places, data[2 * count :], strict=True))


def places_in(data: bytes, number: int = 0) -> Iterable[int]:
    """Read which places a block holds."""
    return map(int.__add__, _places(data, len(data) // 3), repeat(number * BLOCK))


def count_in(data: bytes) -> int:
    return len(data) // 3


def _places(data: bytes, count: int) -> array[int]:
    places = array("H")
    places.frombytes(data[: 2 * count])
    if BIG_ENDIAN:
        places.byteswap()
    return places


# ---- what is kept of one document ----------------------------------------------------------


def pack_terms(weights: Mapping[str, int]) -> bytes:
    """Write the terms of one document with what each weighs there."""
    return zlib.compress(
        "\n".join(f"{term} {weight}" for term, weight in sorted(weights.items())).encode(), 6
    )


def unpack_terms(data: bytes) -> dict[str, int]:
    parts = zlib.decompress(data).decode().split() if data else []
    return dict(zip(parts[::2], map(int, parts[1::2]), strict=True))


def pack_pages(pages: Mapping[int, list[int]]) -> bytes:
    """Write the words of a document in order, by page: {number of the page: marks of the terms}."""
    head, body = array("I", [len(pages)]), array("Q")
    for number, marks in sorted(pages.items()):
        head.extend((number, len(marks)))
        body.extend(marks)
    if BIG_ENDIAN:
        head.byteswap()
        body.byteswap()
    return zlib.compress(head.tobytes() + body.tobytes(), 1)


def unpack_pages(data: bytes) -> dict[int, array[int]]:
    raw = zlib.decompress(data) if data else bytes(4)
    head, body = array("I"), array("Q")
    head.frombytes(raw[:4])
    if BIG_ENDIAN:
        head.byteswap()
    ends = 4 + 8 * head[0]
    sizes = array("I")
    sizes.frombytes(raw[4:ends])
    body.frombytes(raw[ends:])
    if BIG_ENDIAN:
        sizes.byteswap()
        body.byteswap()
    found: dict[int, array[int]] = {}
    at = 0
    for turn in range(0, len(sizes), 2):
        found[sizes[turn]] = body[at : at + sizes[turn + 1]]
        at += sizes[turn + 1]
    return found
