"""Is the text that lies in a file what the reader of the page sees? Plain Python.

A broken font, an old encoding read as another one: such text looks like text to a program, and is found by nobody.
"""

from __future__ import annotations

BROKEN_FONT, OLD_ENCODING, NO_VOWELS, NO_TEXT = "broken-font", "old-encoding", "no-vowels", "no-text"
VOWELS = frozenset("aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýÿāēīōūıəоаеёиіїуыэюяәөүұӣӯўѣєAEIOUYАЕЁИОУЫЭЮЯІӘӨҮҰӢӮЎ")
# Fewer letters than this tell nothing, neither good nor bad.
ENOUGH = 12


def distrusted(text: str) -> str:
    """Return why a text layer is not believed, or "": the code of a sentence in ``sentences.py``."""
    seen = [one for one in text if not one.isspace()]
    if not seen:
        return NO_TEXT
    strange = sum(_is_strange(one) for one in seen)
    if strange * 33 > len(seen):
        return BROKEN_FONT
    letters = [one for one in seen if one.isalpha()]
    if len(letters) < ENOUGH:
        return BROKEN_FONT if len(seen) > 4 * ENOUGH and not any(one.isdigit() for one in seen) else ""
    if sum("\u00a1" <= one <= "\u00ff" for one in seen) * 3 > len(letters):
        return OLD_ENCODING
    return _by_words(text)


def _is_strange(one: str) -> bool:
    """Private use, a replaced letter, a control character: what a broken font leaves."""
    return "\ue000" <= one <= "\uf8ff" or one in "\ufffd\u25a1" or (one < " " or "\x7f" <= one < "\xa0")


def _by_words(text: str) -> str:
    words = [
        word for word in text.split() if len(word) >= 4 and word.isalpha() and not _no_vowels_anyway(word)
    ]
    if len(words) < 5:
        return ""
    without = sum(not any(one in VOWELS or one.lower() in VOWELS for one in word) for word in words)
    if without * 4 > len(words):
        return NO_VOWELS
    mixed = sum(_is_mixed(word) for word in words)
    return BROKEN_FONT if mixed * 5 > len(words) else ""


def _no_vowels_anyway(word: str) -> bool:
    """Arabic script writes few vowels; an abbreviation has none; scripts that we do not read tell nothing."""
    return word.isupper() or not all(one < "\u0590" for one in word)


def _is_mixed(word: str) -> bool:
    return any(one < "\u0250" for one in word) and any("\u0400" <= one <= "\u04ff" for one in word)


def recoded(text: str) -> str:
    """Return Cyrillic that was read as Latin-1 (Windows-1251 or KOI8-R), or "" where that gives no words either."""
    found = []
    for encoding in ("cp1251", "koi8-r"):
        try:
            found.append(text.encode("cp1252", errors="strict").decode(encoding))
        except UnicodeError:
            try:
                found.append(text.encode("latin-1").decode(encoding))
            except UnicodeError:
                continue
    good = [one for one in found if not distrusted(one)]
    # Read in the wrong one of the two, small letters come out as capitals.
    return max(good, key=lambda one: sum(letter.islower() for letter in one), default="")
