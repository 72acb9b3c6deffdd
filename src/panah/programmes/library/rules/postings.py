"""Lists of the index as they lie in the database: which documents hold a term and what it weighs there, in blocks.

A document has a place in its index, a number. A block holds the places of ``BLOCK`` in a row: first all places within
it (two bytes each, rising), then all weights (one byte each). Little-endian everywhere, so every database and machine
keeps the same bytes. What changes with one document is one block of each of its terms.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from panah.programmes.library.rules.analysis import bones_of, head_of, mark_of

BLOCK = 4096

type Places = NDArray[np.int64]
type Marks = NDArray[np.uint64]


class Posting(NamedTuple):
    """Which documents hold a term, by their places in the index, and what it weighs in each: 1..255."""

    places: Places
    weights: NDArray[np.uint8]


def pack(weights: Mapping[int, int]) -> bytes:
    """Write a block: {place within it: weight 1..255}."""
    places = sorted(weights)
    return np.array(places, "<u2").tobytes() + bytes(map(weights.__getitem__, places))


def unpack(data: bytes, number: int = 0) -> Posting:
    """Read a block; ``number``: which one it is of its index."""
    count = count_in(data)
    places = np.frombuffer(data, "<u2", count).astype(np.int64)
    return Posting(places + number * BLOCK, np.frombuffer(data, np.uint8, count, 2 * count))


def joined(blocks: Sequence[Posting]) -> Posting:
    """Put the blocks of one term together."""
    if len(blocks) == 1:
        return blocks[0]
    return Posting(
        np.concatenate([block.places for block in blocks]),
        np.concatenate([block.weights for block in blocks]),
    )


def changed(data: bytes, weights: Mapping[int, int]) -> bytes:
    """Write a block again with some weights in it changed; weight 0 takes a place away."""
    count = count_in(data)
    if not count:
        return pack({place: weight for place, weight in weights.items() if weight})
    places, values = np.frombuffer(data, "<u2", count), np.frombuffer(data, np.uint8, count, 2 * count)
    ours = np.array(sorted(weights), "<u2")
    new = np.array([weights[place] for place in ours.tolist()], np.uint8)
    kept = np.isin(places, ours, assume_unique=True, invert=True)
    places, values = np.concatenate([places[kept], ours]), np.concatenate([values[kept], new])
    places, values = places[values > 0], values[values > 0]
    order = np.argsort(places)
    return bytes(places[order].tobytes() + values[order].tobytes())


def count_in(data: bytes) -> int:
    return len(data) // 3


# ---- what is kept of one document ----------------------------------------------------------


def pack_terms(weights: Mapping[str, int]) -> bytes:
    """Write the terms of one document with what each weighs there."""
    return zlib.compress(
        "\n".join(f"{term} {weight}" for term, weight in sorted(weights.items())).encode(), 6
    )


def unpack_terms(data: bytes) -> dict[str, int]:
    parts = zlib.decompress(data).decode().split() if data else []
    return dict(zip(parts[::2], map(int, parts[1::2]), strict=True))


# The beginning and the consonants of a term as numbers: equal ones are looked at, a chance likeness is told apart then.
_COLUMNS = np.dtype([("mark", "<u8"), ("head", "<u4"), ("bones", "<u4"), ("weight", "u1")])


def number_of(text: str) -> int:
    """A number of 32 bits for the beginning or the consonants of a word; 0 for none."""
    return zlib.crc32(text.encode()) or 1 if text else 0


def pack_columns(weights: Mapping[str, int]) -> bytes:
    """Write what a confidential document is found by, in the order of ``pack_terms``."""
    rows = [
        (mark_of(term), number_of(head_of(term)), number_of(bones_of(term)), weight)
        if term[0] not in "=@"
        else (mark_of(term), 0, 0, weight)
        for term, weight in sorted(weights.items())
    ]
    return np.array(rows, _COLUMNS).tobytes()


@dataclass(frozen=True)
class Columns:
    """The columns of several documents one behind the other; ``documents``: of which one each row is."""

    marks: Marks
    heads: NDArray[np.uint32]
    bones: NDArray[np.uint32]
    weights: NDArray[np.uint8]
    documents: Places
    begins: Places

    @classmethod
    def of(cls, some: Sequence[bytes]) -> Columns:
        rows = np.frombuffer(b"".join(some), _COLUMNS)
        counts = np.array([len(one) // _COLUMNS.itemsize for one in some], np.int64)
        marks, heads, bones, weights = (
            np.ascontiguousarray(rows[name]) for name in ("mark", "head", "bones", "weight")
        )
        documents, begins = np.repeat(np.arange(len(some)), counts), np.cumsum(counts) - counts
        return cls(marks, heads, bones, weights, documents, begins)

    def with_terms(self, terms: Collection[str]) -> dict[str, Posting]:
        """Return which documents hold these terms, and their weights."""
        names = {mark_of(term): term for term in terms}
        rows = np.flatnonzero(np.isin(self.marks, np.array([*names], np.uint64)))
        order = rows[np.argsort(self.marks[rows], kind="stable")]
        found: dict[str, Posting] = {}
        for some in _runs(order, self.marks[order]):
            found[names[int(self.marks[some[0]])]] = Posting(self.documents[some], self.weights[some])
        return found

    def like(self, heads: Collection[str], bones: Collection[str]) -> list[tuple[int, int, int]]:
        """Return the terms that begin so or have these consonants: (document, its turn there, how many hold it)."""
        own = np.isin(self.heads, np.array([number_of(one) for one in heads], np.uint32))
        own |= np.isin(self.bones, np.array([number_of(one) for one in bones], np.uint32))
        rows = np.flatnonzero(own)
        order = rows[np.argsort(self.marks[rows], kind="stable")]
        found = []
        for some in _runs(order, self.marks[order]):
            document = int(self.documents[some[0]])
            found.append((document, int(some[0] - self.begins[document]), len(some)))
        return found


def _runs(order: Places, marks: Marks) -> list[Places]:
    """Cut rows where their mark changes."""
    return list(np.split(order, np.flatnonzero(np.diff(marks)) + 1)) if len(order) else []


# ---- the words of a document in order ------------------------------------------------------


def pack_pages(pages: Mapping[int, Sequence[int]]) -> bytes:
    """Write the words of a document in order, by page: {number of the page: marks of the terms}."""
    head = [len(pages)]
    body: list[int] = []
    for number, marks in sorted(pages.items()):
        head += (number, len(marks))
        body += marks
    return zlib.compress(np.array(head, "<u4").tobytes() + np.array(body, "<u8").tobytes(), 1)


@dataclass(frozen=True)
class Pages:
    """The words of a document in order: ``numbers`` of its pages, and where each begins in ``marks``."""

    numbers: NDArray[np.uint32]
    sizes: Places
    marks: Marks

    @cached_property
    def turns(self) -> Places:
        """Of each word: on which page it stands, by its turn in ``numbers``."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    def of(self, number: int) -> Marks:
        """The words of one page; none where there is no such page."""
        turn = np.flatnonzero(self.numbers == number)
        if not len(turn):
            return self.marks[:0]
        begins = int(self.sizes[: turn[0]].sum())
        return self.marks[begins : begins + int(self.sizes[turn[0]])]

    def holding(self, marks: Marks) -> NDArray[np.bool_]:
        """Of each page: whether one of these words stands there."""
        held = np.bincount(self.turns[np.isin(self.marks, marks)], minlength=len(self.numbers))
        return held > 0


def unpack_pages(data: bytes) -> Pages:
    raw = zlib.decompress(data) if data else bytes(4)
    count = int(np.frombuffer(raw, "<u4", 1)[0])
    head = np.frombuffer(raw, "<u4", 2 * count, 4)
    return Pages(head[::2], head[1::2].astype(np.int64), np.frombuffer(raw, "<u8", -1, 4 + 8 * count))
