"""Documents that say nearly the same: a sketch of a text, and how alike two sketches are. Plain Python.

A sketch is 64 numbers; the share of equal ones is about the share of runs of three words that two texts have in common.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

SIZE, IN_A_BAND = 64, 4
NEARLY = 0.8
FEWEST_WORDS = 30
_WORD = re.compile(r"\w+")
_PRIME = (1 << 61) - 1
_MASK = (1 << 31) - 1


def _numbers() -> list[tuple[int, int]]:
    found = []
    for place in range(SIZE):
        made = hashlib.sha256(f"panah library {place}".encode()).digest()
        found.append((int.from_bytes(made[:7]) | 1, int.from_bytes(made[7:14])))
    return found


_STEPS = _numbers()


def sketch_of(text: str) -> list[int]:
    """Return the sketch of a text, [] where it is too short to be told from others."""
    words = [word.casefold() for word in _WORD.findall(text[:400_000])]
    if len(words) < FEWEST_WORDS:
        return []
    runs = {
        int.from_bytes(hashlib.blake2b(" ".join(words[place : place + 3]).encode(), digest_size=7).digest())
        for place in range(len(words) - 2)
    }
    # Enough to tell: the smallest of a long book are as good as all.
    some = sorted(runs)[:5000]
    return [min((a * one + b) % _PRIME for one in some) & _MASK for a, b in _STEPS]


def bands_of(sketch: Sequence[int]) -> list[int]:
    """Return what two texts that are nearly the same most likely share one of: 16 numbers below 2**63."""
    return [
        int.from_bytes(
            hashlib.blake2b(
                repr((place, tuple(sketch[place : place + IN_A_BAND]))).encode(), digest_size=8
            ).digest()
        )
        >> 1
        for place in range(0, len(sketch), IN_A_BAND)
    ]


def alike(one: Sequence[int], other: Sequence[int]) -> float:
    """Return how much of two texts is the same, from 0 to 1."""
    return sum(a == b for a, b in zip(one, other, strict=False)) / SIZE if one and other else 0.0
