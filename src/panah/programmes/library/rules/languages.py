"""Languages of pages: which there are, what tells them apart, and what recognises them on a picture. Plain Python."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

# Tag -> what tesseract calls it; "": there is no data for it.
READ_AS = {
    "ru": "rus", "kk": "kaz", "ky": "kir", "tg": "tgk", "uz": "uzb", "uz-cyrl": "uzb_cyrl", "tk": "", "tk-cyrl": "",
    "en": "eng", "tr": "tur", "fa": "fas", "ar": "ara",
}  # fmt: skip
# What is tried first where nobody knows the language, by the script of the page; then the language that this tells.
BY_SCRIPT = {"Cyrillic": ("rus", "kaz"), "Latin": ("eng",), "Arabic": ("fas",)}
# Scanned pages of Turkmen are recognised with a neighbour's letters; the page says so.
NEIGHBOUR = {"tk": "tur", "tk-cyrl": "kaz"}
TAGS = tuple(READ_AS)
NEEDED = 20
# A letter of Turkmen, Tatar, Uyghur and Dungan in Cyrillic, and of none that the detector tells apart here.
_TELLS_NOTHING = "җ"


def detected(text: str) -> str:
    """Return the tag of a text's language, or "" where it is too short or none that can be told."""
    letters = [one for one in text.lower() if one.isalpha()]
    if len(letters) < NEEDED:
        return ""
    cyrillic = sum("Ѐ" <= letter <= "ӿ" for letter in letters) * 2 > len(letters)
    if cyrillic and letters.count(_TELLS_NOTHING) * 500 > len(letters):
        return ""
    tag = _detector()(text[:4000])[0]
    if cyrillic:
        return {"uz": "uz-cyrl", "tk": "", "en": "", "tr": ""}.get(tag, tag if tag in READ_AS else "")
    return tag if tag in READ_AS else ""


@cache
def _detector() -> Callable[[str], tuple[str, float]]:
    """Return what tells the language of a text, and how well it fits."""
    import py3langid  # a fifth of a second: only whoever reads documents pays it

    found: Callable[[str], tuple[str, float]] = py3langid.classify
    return found


def data_for(tag: str) -> str:
    """Return what recognises pictures of pages in a language, of Turkmen that of a neighbour; "" for none."""
    return READ_AS.get(tag, "") or NEIGHBOUR.get(tag, "")


def like_words(text: str) -> float:
    """Return which share of a text stands in words as people write them, great letters in front or all through.

    What is read in the wrong script has great letters and digits amid its words.
    """
    pieces = text.split()
    words = [word.strip(".,:;!?()«»\"'“”-") for word in pieces]
    good = sum(len(word) for word in words if len(word) > 2 and word.isalpha() and _written(word))
    return good / max(1, sum(len(piece) for piece in pieces))


def _written(word: str) -> bool:
    return word[1:] == word[1:].lower() or word.isupper()
