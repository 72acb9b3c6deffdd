"""Write a Cyrillic name in Latin letters the way passports, libraries and newspapers do, and in Arabic script.

Small tables of our own for building test material; the comparison itself does not use them.
"""

import re


def _table(pairs: str) -> dict[str, str]:
    """Read ``sign=letters`` words; nothing after the sign is silence."""
    return {sign: letters for sign, _, letters in (pair.partition("=") for pair in pairs.split())}


_BASE = _table("""
    а=a б=b в=v г=g д=d з=z и=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f ы=y э=e қ=q ғ=gh ң=ng ө=o ү=u ұ=u
    һ=h ҳ=h ӣ=i ӯ=u і=i ә=a ў=o ъ= ь=
""")
_ENGLISH = _BASE | _table("е=e ё=yo ж=zh й=y х=kh ц=ts ч=ch ш=sh щ=shch ю=yu я=ya җ=j ҷ=j")

SYSTEMS: dict[str, dict[str, str]] = {
    "english": _ENGLISH,
    "plain": _ENGLISH | _table("қ=k ғ=g ң=n х=h ж=j дж=j"),
    "passport": _ENGLISH | _table("ё=e й=i ю=iu я=ia қ=k ғ=g ң=n ъ=ie"),
    "library": _ENGLISH | _table("ж=ž й=j х=h ц=c ч=č ш=š щ=ŝ ю=û я=â э=è ё=ë ь=ʹ ғ=ġ қ=ķ ө=ô ү=ù ә=a̋"),
    "german": _ENGLISH
    | _table(
        "в=w ж=sch дж=dsch з=s й=i х=ch ц=z ч=tsch ш=sch щ=schtsch ю=ju я=ja ё=jo ө=ö ү=ü ев=jew ғ=g қ=k ң=n"
    ),
    "french": _ENGLISH
    | _table("ж=j дж=dj у=ou ұ=ou ү=u ч=tch ш=ch ц=ts ю=iou я=ia й=ï ғ=g қ=k ң=n х=kh ө=eu"),
    "polish": _ENGLISH | _table("в=w ж=ż дж=dż й=j х=ch ц=c ч=cz ш=sz щ=szcz ю=ju я=ja ё=jo ғ=g қ=k ң=n"),
    "turkish": _ENGLISH | _table("ж=j дж=c х=h ч=ç ш=ş щ=şç ы=ı ө=ö ү=ü ғ=ğ қ=k ң=n ә=e"),
    "kazakh": _ENGLISH | _table("ә=ä ө=ö ү=ü ұ=ū ғ=ğ ң=ñ ж=j ш=ş ч=ç х=h й=i і=ı ю=iu я=ia ц=s"),
    "kazakh2019": _ENGLISH | _table("ә=á ө=ó ү=ú ғ=ǵ ң=ń ж=j х=h й=ı и=ı у=ý ю=ıý я=ıa"),
    "uzbek": _ENGLISH | _table("ж=j дж=j х=x ў=oʻ ғ=gʻ ц=s"),
    "turkmen": _ENGLISH | _table("в=w ж=ž й=ý х=h ч=ç ш=ş ә=ä ө=ö ү=ü ң=ň ю=ýu я=ýa ё=ýo ц=s"),
}
OF_LANGUAGE = {
    "kk": ("kazakh", "kazakh2019"),
    "uz": ("uzbek",),
    "tk": ("turkmen",),
    "ky": ("turkish",),
    "tg": (),
    "ru": (),
}
ANYWHERE = (
    "english",
    "english",
    "english",
    "plain",
    "plain",
    "passport",
    "library",
    "german",
    "french",
    "polish",
    "turkish",
)

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
        if (
            sign == "е"
            and system in ("english", "turkmen", "uzbek")
            and (not at or low[at - 1] in _VOWELS + "ьъ")
        ):
            written.append("ýe" if system == "turkmen" else "ye")
        else:
            written.append(table.get(sign, sign))
        at += 1
    return "".join(written).capitalize()


_ARABIC = _table("""
    б=ب п=پ в=و г=گ ғ=غ д=د ж=ژ ҷ=ج җ=ج з=ز к=ک қ=ق л=ل м=م н=ن ң=نگ р=ر с=س т=ت ф=ف х=خ ҳ=ح һ=ه ц=تس ч=چ ш=ش щ=شچ
    й=ی дж=ج ья=یا ия=یه ю=یو я=یا ё=یا и=ی ӣ=ی у=و ӯ=و ў=و ө=و ү=و ұ=و ъ=ع
""")
_ENDINGS = _table("ович=وویچ евич=یویچ овна=وونا евна=یونا ова=وا ева=یوا ов=وف ев=یف зода=زاده")


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
