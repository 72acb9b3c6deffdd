"""Fold a word of any script to the sounds it may stand for (see ``letters`` for the alphabet of sounds)."""

import re
from functools import lru_cache
from itertools import product

from anyascii import anyascii

from panah.ground.names import letters
from panah.ground.names.letters import Sounds
from panah.ground.names.normalise import script_of, tokens

FOLD_VERSION = 1
"""Raise it with every change of the fold: stored keys of an older version must be made anew."""

_MOST_READINGS = 6
_GERMAN_SIGNS = frozenset(("w", "sch", "tsch", "dsch"))
_KAZAKH_V = re.compile("(?<=[اەوىۇېي])ۆ")  # в in Kazakh; elsewhere it is the ö of Uyghur
_MARKS = re.compile("[\u0300-\u036f\u064b-\u065f\u0670]")
_TIDY = [
    (re.compile(r"ts"), "c"),
    (re.compile(r"[dt]+j"), "j"),  # Ahmedjan, Ахметжан
    (re.compile(r"SC"), "S"),  # щ as şç
    (re.compile(r"ng"), "nG"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=[aeouAOU])[iI]"), "y"),  # ai, aı -> ay
    (re.compile(r"^[iI](?=[aou])"), "y"),  # Iurii, Iakov -> Yuri, Yakov
    (re.compile(r"y(?=e)"), ""),  # Yerlan, Baye v -> erlan, baev
    (re.compile(r"[iI]y(?=[aeouAOU])"), "i"),  # iya -> ia
    (re.compile(r"(?<=[^aeiouAOUIy])[iI](?=[aouAOU])"), "y"),  # Liudmila, Lyudmila
    (re.compile(r"[iI]y|y[iI]"), "i"),
    (re.compile(r"[iI]+(?=[iI])"), ""),
    (re.compile(r"(?<=[aAoe])h$"), ""),  # Abdullah, Abdulloh, Абдулла, -zadeh
    (re.compile(r"(.)\1+"), r"\1"),
]


def _tidy(sounds: str) -> str:
    for pattern, replacement in _TIDY:
        sounds = pattern.sub(replacement, sounds)
    return sounds


def _cut(word: str, table: dict[str, Sounds], longest: int = 7) -> list[str]:
    """Cut the word into the longest graphemes that the table knows; unknown signs stay single."""
    graphemes: list[str] = []
    at = 0
    while at < len(word):
        for size in range(min(longest, len(word) - at), 0, -1):
            if size == 1 or word[at : at + size] in table:
                graphemes.append(word[at : at + size])
                at += size
                break
    return graphemes


def _cyrillic_sounds(graphemes: list[str], at: int) -> Sounds:
    if at and graphemes[at - 1][-1] in letters.CYRILLIC_VOWELS:
        special = letters.CYRILLIC_AFTER_VOWEL.get(graphemes[at])
        if special:
            return special
    return letters.CYRILLIC.get(graphemes[at], ("",))


def _latin_sounds(graphemes: list[str], at: int) -> Sounds:
    grapheme = graphemes[at]
    before = graphemes[at - 1][-1] if at else ""
    after = graphemes[at + 1][0] if at + 1 < len(graphemes) else ""
    if grapheme == "y":
        glide = before in letters.LATIN_VOWELS or (after in letters.LATIN_VOWELS and after != "y")
        if before and after == "e" and before not in letters.LATIN_VOWELS:
            return ("I", "y")  # Durdyev is Дурдыев, Solovyev is Соловьев
        return ("y",) if glide and (before or after) else ("I",)
    if grapheme == "j" and before in letters.LATIN_VOWELS and after not in letters.LATIN_VOWELS:
        return ("y",)
    if grapheme == "j" and before and before not in letters.LATIN_VOWELS and after in letters.LATIN_VOWELS:
        return ("y", "j")
    if grapheme in letters.GERMAN and _GERMAN_SIGNS & set(graphemes):
        return letters.GERMAN[grapheme]
    if after and after in "eiyéíêëě":
        special = letters.LATIN_BEFORE_FRONT_VOWEL.get(grapheme)
        if special:
            return special
    return letters.LATIN.get(grapheme, ("",))


def _readings(graphemes: list[str], sounds: list[Sounds]) -> tuple[str, ...]:
    """Every way to read the word, the likeliest first; one grapheme is read alike within a word."""
    choices: dict[tuple[str, Sounds], Sounds] = {}
    for grapheme, options in zip(graphemes, sounds, strict=True):
        if len(options) > 1:
            choices.setdefault((grapheme, options), options)
    keys = list(choices)
    orders = sorted(product(*(range(len(choices[key])) for key in keys)), key=sum)
    found: dict[str, None] = {}
    for order in orders:
        picked = dict(zip(keys, order, strict=True))
        text = "".join(
            options[picked.get((grapheme, options), 0)]
            for grapheme, options in zip(graphemes, sounds, strict=True)
        )
        found.setdefault(_tidy(text))
        if len(found) >= _MOST_READINGS:
            break
    return tuple(found)


def _arabic(word: str) -> tuple[str, ...]:
    bare = _MARKS.sub("", word)
    if bare[-1:] in "هہ" and len(bare) > 2:
        bare = bare[:-1] + ("" if bare[-2] == "ا" else "ة")  # Shah is folded to Sha in every script
    bare = _KAZAKH_V.sub("ۋ", bare)
    text = "".join(letters.ARABIC.get(sign, ("",))[0] for sign in bare)
    text = (
        text.replace("ts", "c")
        .replace("tS", "C")
        .replace("ng", "nG")
        .replace("SC", "S")
        .replace("yA", "A")
        .replace("YA", "A")
    )
    found = [text]
    if text[:2] in ("@W", "@Y"):  # او, ای at the beginning: u or o, i or e; also av, ay
        found.insert(0, text[1:])
    if bare.startswith("ال") and len(bare) > 4:  # the article, or a name that begins so: Alisher
        found.append(text[2:])
    return tuple(re.sub(r"(.)\1+", r"\1", reading) for reading in found)


@lru_cache(maxsize=200_000)
def readings(word: str) -> tuple[str, ...]:
    """The sounds a normalised word may stand for, likeliest first; empty when it holds no sound at all."""
    script = script_of(word)
    found = _arabic(word) if script == "arabic" else _readings(*_taken_apart(word, script))
    return tuple(reading for reading in found if reading)


def likeliest_reading(word: str) -> str:
    """The first of ``readings``, for whoever needs no other; "" when the word holds no sound at all."""
    script = script_of(word)
    if script != "arabic":
        _graphemes, sounds = _taken_apart(word, script)
        if first := _tidy("".join(options[0] for options in sounds)):
            return first
    return next(iter(readings(word)), "")


def _taken_apart(word: str, script: str) -> tuple[list[str], list[Sounds]]:
    """Return the graphemes of a word, and of each what it may sound like."""
    if script == "cyrillic":
        graphemes = _cut(_MARKS.sub("", word), letters.CYRILLIC, 2)
        return graphemes, [_cyrillic_sounds(graphemes, at) for at in range(len(graphemes))]
    latin = "".join(
        sign if sign in letters.LATIN or sign in "yʻ" else anyascii(sign).lower() for sign in word
    )
    graphemes = _cut(latin, letters.LATIN)
    return graphemes, [_latin_sounds(graphemes, at) for at in range(len(graphemes))]


def is_abjad(word: str) -> bool:
    """Whether short vowels are not written: Arabic script without the vowel letters of Kazakh or Uyghur."""
    return script_of(word) == "arabic" and not set("ەۇۆۈې") & set(word)


def words(name: str) -> list[str]:
    """The words of the name that hold a sound."""
    return [word for word in tokens(name) if readings(word)]
