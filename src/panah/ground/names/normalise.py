"""Bring a written name to one tidy form and cut it into words. Nothing here guesses at sounds."""

import re
import unicodedata

from panah.ground.names.letters import LEGACY_TAJIK, LOOKALIKE_TO_CYRILLIC, LOOKALIKE_TO_LATIN

# Signs that people type for the Uzbek tutuq, the Turkic okina and the soft sign.
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘`´ʻʼʹʽʿʾ′ˈꞌ＇\"”“″ʺ"), "ʻ")
_HYPHENS = dict.fromkeys(map(ord, "-‐‑‒–—−­﹣－_"), "-")
_INVISIBLE = dict.fromkeys(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0x640]
)
_STRESS = "\u0301\u0300"
_LEGACY_SIGNS = frozenset("њќљѓЊЌЉЃ")
# Letters of living alphabets that the legacy fonts could not type: seeing one rules legacy out.
_NOT_LEGACY = re.compile("[ҳқҷғӣӯіћђџјєґ]")
# Words in small and capital letters of one alphabet that have one form alone: most of any text.
_PLAIN_LATIN = re.compile("[A-Za-z]+")
_PLAIN_CYRILLIC = re.compile("[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІіЎўҲҳҶҷӢӣӮӯ]+")
_WORD = re.compile(r"[^\W\d_]+(?:[ʻ\u0300-\u036f\u0483-\u0489\u064b-\u0652]*[^\W\d_]+)*ʻ?")


def script_of(word: str) -> str:
    """``"cyrillic"``, ``"latin"``, ``"arabic"`` or ``"other"``: the script most letters belong to."""
    if _PLAIN_CYRILLIC.fullmatch(word):
        return "cyrillic"
    if _PLAIN_LATIN.fullmatch(word):
        return "latin"
    counts = {"cyrillic": 0, "latin": 0, "arabic": 0, "other": 0}
    for sign in word:
        code = ord(sign)
        if not sign.isalpha():
            continue
        if 0x400 <= code < 0x530 or 0x1C80 <= code < 0x1C90:
            counts["cyrillic"] += 1
        elif code < 0x250 or 0x1E00 <= code < 0x1F00 or code == 0x259:
            counts["latin"] += 1
        elif 0x600 <= code < 0x780 or 0xFB50 <= code < 0xFE00 or 0xFE70 <= code < 0xFF00:
            counts["arabic"] += 1
        else:
            counts["other"] += 1
    return max(counts, key=lambda script: counts[script])


def is_mixed(word: str) -> bool:
    """Whether a word has letters of both alphabets."""
    has_cyrillic = any(0x400 <= ord(sign) < 0x530 for sign in word)
    return has_cyrillic and any("a" <= sign <= "z" or "A" <= sign <= "Z" or sign == "ə" for sign in word)


def in_one_script(word: str) -> str:
    """Replace look-alike letters of the other alphabet: one Latin a in a Cyrillic word."""
    if not is_mixed(word):
        return word
    if script_of(word) == "cyrillic":
        return word.translate(LOOKALIKE_TO_CYRILLIC)
    return word.translate(LOOKALIKE_TO_LATIN)


def _without_stress(text: str) -> str:
    """Drop stress marks from Cyrillic vowels (Ива́нов) but keep й, ё, ӣ, ӯ whole."""
    decomposed = unicodedata.normalize("NFD", text)
    kept: list[str] = []
    for sign in decomposed:
        if sign in _STRESS and kept and kept[-1] in "аеиоуыэюяәөүұіАЕИОУЫЭЮЯ":
            continue
        kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))


def is_legacy_tajik(text: str) -> bool:
    """Whether the text looks like Tajik typed in a legacy font: њ ќ љ ѓ and nothing that speaks against it."""
    return bool(_LEGACY_SIGNS & set(text)) and not _NOT_LEGACY.search(text.lower())


def normalise(name: str) -> str:
    """The name in composed form, lower case, one kind of apostrophe and hyphen, single spaces.

    Look-alike letters are put into the script of their word; Tajik in a legacy font is put into
    today's letters when the name shows that it is (``Њамид`` becomes ``ҳамид``). Idempotent; never raises.
    """
    if _PLAIN_CYRILLIC.fullmatch(name) or _PLAIN_LATIN.fullmatch(name):
        return name.lower()
    # Apostrophes first: the compatibility form of an acute accent standing alone begins with a space.
    text = unicodedata.normalize("NFKC", name.translate(_APOSTROPHES)).translate(_INVISIBLE)
    text = text.translate(_APOSTROPHES).translate(_HYPHENS)
    if is_legacy_tajik(text):
        text = text.translate(LEGACY_TAJIK)
    text = text.replace("İ", "i").replace("I\u0307", "i").lower()
    text = unicodedata.normalize("NFC", _without_stress(text)).replace("i\u0307", "i")
    return " ".join(in_one_script(word) for word in text.split())


def tokens(name: str) -> list[str]:
    """The words of a name in normal form. Hyphens, dots, commas and digits part words; order is kept."""
    return [
        word.strip("ʻ") if word[-1:] != "ʻ" or word[-2:-1] not in "og" else word
        for word in _WORD.findall(normalise(name))
        if word.strip("ʻ")
    ]
