"""English words as a reader of Cyrillic says them, letter by letter: ``acid`` is [акид].

One table for Russian, Kazakh, Kyrgyz and Tajik: it uses only letters that all of them have. It is no translation and no
English pronunciation: two people who see the same letters say the same, and what is typed by it leads back to the word.
"""

import unicodedata
from collections.abc import Callable

from django.utils.translation import get_language

READ_CYRILLIC = frozenset({"ru", "kk", "ky", "tg", "uk", "mn"})

_PAIRS = {"ch": "ч", "ck": "к", "ph": "ф", "sh": "ш", "th": "т", "zh": "ж"}
_LETTERS = dict(zip("abcdefghiklmnopqrstuvwyz", "абкдефгхиклмнопкрстуввиз", strict=True), j="дж", x="кс")
# What hands and keyboards take for one another: ё and е, э and е, й and и, ы and и; signs that are only heard.
_ALIKE = str.maketrans({"ё": "е", "э": "е", "й": "и", "ы": "и", "і": "и", "ь": "", "ъ": ""})


def in_cyrillic(word: str) -> str:
    """Return an English word of small letters in Cyrillic, always the same way."""
    said, at = "", 0
    while at < len(word):
        pair = _PAIRS.get(word[at : at + 2])
        said += pair or _LETTERS.get(word[at], word[at])
        at += 2 if pair else 1
    return "э" + said[1:] if said.startswith("е") else said


def fold(word: str) -> str:
    """Return a word as it is compared: whatever the case, the form of Unicode, ё or е."""
    return unicodedata.normalize("NFC", word.casefold()).translate(_ALIKE)


def reading_aid(word: str) -> str:
    """Return how the reader of this page says an English word; "" for who reads Latin letters, and for other words."""
    reads = (get_language() or "").split("-")[0] in READ_CYRILLIC
    return in_cyrillic(word) if reads and word.isascii() and word.isalpha() else ""


FILTERS: dict[str, Callable[..., str]] = {"reading_aid": reading_aid, "in_cyrillic": in_cyrillic}
