"""How a text becomes terms of the search: one analyser for documents and for what is typed, whatever the database.

A term is a letter for the script it was written in, a colon, and what the word sounds like:

    c l a x   Cyrillic, Latin, Arabic, another script or digits; the whole word, in a language without a stemmer
    C L       Cyrillic, Latin; the stem of the word (Russian; English, Turkish)

The sounds are those of ``panah.ground.names``: both Uzbek scripts, and every transliteration in use in the region,
come to the same ones. So a word is found in the reader's alphabet, and the letter still says in which one it stands.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from threading import Lock

import snowballstemmer

from panah.ground.names.fold import likeliest_reading
from panah.ground.names.normalise import normalise, script_of

ANALYSER = 2
"""Raise it with every change of the terms: what was indexed by an older one is indexed anew."""

SCRIPTS = {"cyrillic": "c", "latin": "l", "arabic": "a", "other": "x"}
STEMMED = {"ru": "russian", "en": "english", "tr": "turkish"}
LONGEST = 40

_APOSTROPHES = "'’‘`´ʻʼʹʽʿʾ′ˈꞌ＇"
_WITHIN = "\u0300-\u036f\u0483-\u0489\u064b-\u065f\u0670\u200b-\u200d\u00ad\u0640"
_WORD = re.compile(
    rf"\d+(?:[.,:]\d+)*|[^\W\d_](?:[{_WITHIN}]|[{_APOSTROPHES}](?=[^\W\d_])|[^\W\d_])*"
    # A word that the end of a line parts goes on there, in small letters.
    rf"(?:-\r?\n[ \t]*(?=[a-zа-яёәғқңөұүһіўҳҷӣӯçğışöüňýžä])(?:[{_WITHIN}]|[^\W\d_])+)?"
    rf"[{_APOSTROPHES}]?"
)
_PARTED = re.compile(r"-\r?\n[ \t]*")
_DIGITS = re.compile(r"[^\d]+")
_VOWELS = re.compile("[aeiouAOUI@WYQvy]")
# Letters that have one sound in a language, though not everywhere.
_SPELT = {
    "tr": str.maketrans({"c": "dzh", "j": "zh"}),
    **dict.fromkeys(("uz", "tk"), str.maketrans({"j": "dzh"})),
}
_TO_TURKISH = str.maketrans({"I": "ı", "İ": "i"})
_STEMMING = Lock()  # a stemmer keeps the word that it works on
_STEMMERS = {tag: snowballstemmer.stemmer(name) for tag, name in STEMMED.items()}


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its term, and where it stands in the text as it was given."""

    term: str
    start: int
    end: int


def base_of(language: str) -> str:
    """The language without what follows: "uz" for "uz-Cyrl"."""
    return language.split("-")[0].lower()


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """The stem of a word in normal form, where Snowball has one for the language; else the word."""
    stemmer = _STEMMERS.get(language)
    if stemmer is None:
        return word
    with _STEMMING:
        return str(stemmer.stemWord(word)) or word


@lru_cache(maxsize=400_000)
def term_of(word: str, language: str) -> str:
    """The term of one word as it stands in a text of this language ("" where nobody knows); "" for none."""
    if word[:1].isdigit():
        return "x:" + _DIGITS.sub("", unicodedata.normalize("NFKC", word))[:LONGEST]
    base = base_of(language)
    tidy = tidy_of(word, base)
    letter = SCRIPTS[script_of(tidy)]
    stemmed = (base == "ru" and letter == "c") or (base in {"en", "tr"} and letter == "l")
    if stemmed:
        tidy, letter = stem(tidy, base), letter.upper()
    sounds = sounds_of(tidy, base)
    return f"{letter}:{sounds[:LONGEST]}" if sounds else ""


def tidy_of(word: str, base: str = "") -> str:
    """The word in normal form: one kind of apostrophe, small letters, nothing invisible."""
    word = _PARTED.sub("", word)
    if base == "tr":
        word = word.translate(_TO_TURKISH)
    tidy = normalise(word).replace(" ", "")
    return tidy if tidy[-2:] in {"oʻ", "gʻ"} else tidy.rstrip("ʻ")


def sounds_of(tidy: str, base: str = "") -> str:
    """What a word in normal form sounds like in a text of this language."""
    found = likeliest_reading(tidy.translate(_SPELT[base]) if base in _SPELT else tidy)
    return found or (tidy if script_of(tidy) == "other" else "")


def words_of(text: str, language: str = "") -> Iterator[Word]:
    """Yield the words of a text in order, with their places in it."""
    for found in _WORD.finditer(text):
        if term := term_of(found[0], language):
            yield Word(term, found.start(), found.end())


def terms_in_order(text: str, language: str = "") -> list[str]:
    """The term of every word of a text in order, "" for one that has none."""
    return [term_of(found, language) for found in _WORD.findall(text)]


def terms_of(text: str, language: str = "") -> list[str]:
    """The terms of a text in order."""
    return [term for term in terms_in_order(text, language) if term]


def words_with(text: str, marks: Iterable[int], named: Mapping[int, str]) -> list[Word]:
    """The words of a text that have a name, told by the marks of all its words in order: none is taken apart."""
    return [
        Word(named[mark], found.start(), found.end())
        for found, mark in zip(_WORD.finditer(text), marks, strict=False)
        if mark in named
    ]


@lru_cache(maxsize=400_000)
def mark_of(term: str) -> int:
    """A number of 64 bits for a term, the same everywhere; 0 for a word that has none."""
    if not term:
        return 0
    return int.from_bytes(blake2b(term.encode(), digest_size=8).digest(), "little")


def script_letter(term: str) -> str:
    """The script that a term was written in: c, l, a or x."""
    return term[:1].lower()


def sounds_in(term: str) -> str:
    return term[2:]


@lru_cache(maxsize=400_000)
def bones_of(term: str) -> str:
    """The consonants of a term: what is left where vowels are not written or are written otherwise."""
    return _VOWELS.sub("", sounds_in(term))


def head_of(term: str) -> str:
    """The first four sounds: words that begin alike have it in common."""
    return term[2:6]
