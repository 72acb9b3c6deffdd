"""Write a Cyrillic name in Latin letters the way passports, libraries and newspapers do, and in Arabic script.

Small tables of our own for building test material; the comparison itself does not use them.
"""

import re

_BASE = dict(zip(
    "а б в г д з и к л м н о п р с т у ф ы э қ ғ ң ө ү ұ һ ҳ ӣ ӯ і ә ў ъ ь".split(),
    "a b v g d z i k l m n o p r s t u f y e q gh ng o u u h h i u i a o".split() + ["", ""],
    strict=True,
))
_ENGLISH = _BASE | {"е": "e", "ё": "yo", "ж": "zh", "й": "y", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
                    "щ": "shch", "ю": "yu", "я": "ya", "җ": "j", "ҷ": "j"}

SYSTEMS: dict[str, dict[str, str]] = {
    "english": _ENGLISH,
    "plain": _ENGLISH | {"қ": "k", "ғ": "g", "ң": "n", "х": "h", "ж": "j", "дж": "j"},
    "passport": _ENGLISH | {"е": "e", "ё": "e", "й": "i", "ю": "iu", "я": "ia", "қ": "k", "ғ": "g", "ң": "n",
                            "щ": "shch", "ъ": "ie"},
    "library": _ENGLISH | {"ж": "ž", "й": "j", "х": "h", "ц": "c", "ч": "č", "ш": "š", "щ": "ŝ", "ю": "û",
                           "я": "â", "э": "è", "ё": "ë", "ь": "ʹ", "ғ": "ġ", "қ": "ķ", "ө": "ô", "ү": "ù", "ә": "a̋"},
    "german": _ENGLISH | {"в": "w", "ж": "sch", "дж": "dsch", "з": "s", "й": "i", "х": "ch", "ц": "z", "ч": "tsch",
                          "ш": "sch", "щ": "schtsch", "ю": "ju", "я": "ja", "ё": "jo", "ө": "ö", "ү": "ü", "ев": "jew",
                          "ғ": "g", "қ": "k", "ң": "n"},
    "french": _ENGLISH | {"ж": "j", "дж": "dj", "у": "ou", "ұ": "ou", "ү": "u", "ч": "tch", "ш": "ch", "ц": "ts",
                          "ю": "iou", "я": "ia", "й": "ï", "ғ": "g", "қ": "k", "ң": "n", "х": "kh", "ө": "eu"},
    "polish": _ENGLISH | {"в": "w", "ж": "ż", "дж": "dż", "й": "j", "х": "ch", "ц": "c", "ч": "cz", "ш": "sz",
                          "щ": "szcz", "ю": "ju", "я": "ja", "ё": "jo", "ғ": "g", "қ": "k", "ң": "n"},
    "turkish": _ENGLISH | {"ж": "j", "дж": "c", "й": "y", "х": "h", "ц": "ts", "ч": "ç", "ш": "ş", "щ": "şç",
                           "ы": "ı", "ө": "ö", "ү": "ü", "ғ": "ğ", "қ": "k", "ң": "n", "ә": "e"},
    "kazakh": _ENGLISH | {"ә": "ä", "ө": "ö", "ү": "ü", "ұ": "ū", "ғ": "ğ", "ң": "ñ", "ж": "j", "ш": "ş", "ч": "ç",
                          "х": "h", "й": "i", "и": "i", "і": "ı", "у": "u", "ю": "iu", "я": "ia", "ы": "y", "ц": "s"},
    "kazakh2019": _ENGLISH | {"ә": "á", "ө": "ó", "ү": "ú", "ұ": "u", "ғ": "ǵ", "ң": "ń", "ж": "j", "х": "h",
                              "й": "ı", "и": "ı", "і": "i", "у": "ý", "ю": "ıý", "я": "ıa"},
    "uzbek": _ENGLISH | {"ж": "j", "дж": "j", "х": "x", "ҳ": "h", "ў": "oʻ", "ғ": "gʻ", "қ": "q", "ц": "s",
                         "ё": "yo", "ч": "ch", "ш": "sh"},
    "turkmen": _ENGLISH | {"в": "w", "ж": "ž", "җ": "j", "й": "ý", "х": "h", "ч": "ç", "ш": "ş", "ы": "y", "ә": "ä",
                           "ө": "ö", "ү": "ü", "ң": "ň", "ю": "ýu", "я": "ýa", "ё": "ýo", "ц": "s"},
}
OF_LANGUAGE = {"kk": ("kazakh", "kazakh2019"), "uz": ("uzbek",), "tk": ("turkmen",), "ky": ("turkish",), "tg": (), "ru": ()}
ANYWHERE = ("english", "english", "english", "plain", "plain", "passport", "library", "german", "french", "polish", "turkish")

_VOWELS = "аеёиоуыэюяәөүұіӣӯў"


def romanise(word: str, system: str) -> str:
    """The Cyrillic word in the Latin letters of the system, first letter a capital."""
    table = SYSTEMS[system]
    low = word.lower()
    written: list[str] = []
    at = 0
    while at < len(low):
        pair = low[at : at + 2]
        if pair in table and (pair != "ев" or at + 2 == len(low)):
            written.append(table[pair])
            at += 2
            continue
        sign = low[at]
        if sign == "е" and system in ("english", "turkmen", "uzbek") and (not at or low[at - 1] in _VOWELS + "ьъ"):
            written.append("ýe" if system == "turkmen" else "ye")
        else:
            written.append(table.get(sign, sign))
        at += 1
    return "".join(written).capitalize()


_ARABIC = dict(zip(
    "б п в г ғ д ж ҷ җ з к қ л м н ң р с т ф х ҳ һ ц ч ш щ й".split(),
    "ب پ و گ غ د ژ ج ج ز ک ق ل م ن نگ ر س ت ف خ ح ه تس چ ش شچ ی".split(),
    strict=True,
)) | {"дж": "ج", "ья": "یا", "ия": "یه", "ю": "یو", "я": "یا", "ё": "یا", "и": "ی", "ӣ": "ی", "у": "و", "ӯ": "و",
      "ў": "و", "ө": "و", "ү": "و", "ұ": "و", "ъ": "ع"}


_ENDINGS = {"ович": "وویچ", "евич": "یویچ", "овна": "وونا", "евна": "یونا", "ова": "وا", "ева": "یوا", "ов": "وف",
            "ев": "یف", "зода": "زاده"}


def in_arabic(word: str, *, tajik: bool) -> str:
    """The word in Perso-Arabic letters: short vowels left out, long ones written. Tajik о is a long a."""
    if " " in word:
        return " ".join(in_arabic(piece, tajik=tajik) for piece in word.split())
    low = re.sub(r"(.)\1+", r"\1", word.lower())
    for ending, letters in _ENDINGS.items():
        if low.endswith(ending) and len(low) > len(ending) + 1:
            return in_arabic(low.removesuffix(ending), tajik=tajik) + letters
    written: list[str] = []
    at = 0
    while at < len(low):
        sign, last = low[at], at == len(low) - 1
        if low[at : at + 2] in _ARABIC:
            written.append(_ARABIC[low[at : at + 2]])
            at += 2
            continue
        if sign in "аеэыіоә":
            written.append(_vowel(sign, first=at == 0, last=last, tajik=tajik))
        elif at == 0 and sign in "иӣуӯўөүұ":
            written.append("ا" + _ARABIC[sign])
        else:
            written.append(_ARABIC.get(sign, ""))
        at += 1
    return "".join(written)


def _vowel(sign: str, *, first: bool, last: bool, tajik: bool) -> str:
    if first:
        return "آ" if sign == "о" and tajik else "ا"
    if sign == "о":
        return "ا" if tajik else "و"
    if sign == "а":
        return "ا" if last or not tajik else ""
    return "ی" if sign in "ыі" else ("ه" if last else "")
