"""Countries that a text names, in any language of the library: by them documents of different languages meet."""

from __future__ import annotations

from functools import cache, lru_cache

from babel import Locale

from panah.programmes.library.rules.analysis import sounds_in, sounds_of, stem, tidy_of

COUNTRIES = (
    *(
        "AE",
        "AF",
        "AM",
        "AZ",
        "BH",
        "BY",
        "CN",
        "DE",
        "EG",
        "GE",
        "ID",
        "IL",
        "IN",
        "IQ",
        "IR",
        "JO",
        "KG",
        "KR",
    ),
    *(
        "KW",
        "KZ",
        "LB",
        "MD",
        "MM",
        "MN",
        "MY",
        "OM",
        "PK",
        "PL",
        "QA",
        "RU",
        "SA",
        "SY",
        "TH",
        "TJ",
        "TM",
        "TR",
    ),
    *("UA", "UZ", "VN"),
)
_LANGUAGES = {
    "en": "en", "ru": "ru", "kk": "", "ky": "", "tg": "", "uz": "", "uz_Cyrl": "", "tk": "", "tr": "tr", "fa": "",
}  # fmt: skip
_LONGEST_ENDING = 5


@cache
def _names() -> dict[str, str]:
    """Return {sounds of a country's name: its two letters}: names of one word, whole and as they are stemmed."""
    found: dict[str, str] = {}
    for tag, stemmed in _LANGUAGES.items():
        territories = Locale.parse(tag).territories
        for code in COUNTRIES:
            name = str(territories.get(code, ""))
            if not name or not name.isalpha():
                continue
            tidy = tidy_of(name, stemmed)
            for one in {tidy, stem(tidy, stemmed)}:
                sounds = sounds_of(one, stemmed)
                if len(sounds) >= 4:
                    found.setdefault(sounds, code.lower())
    return found


@lru_cache(maxsize=400_000)
def country_of(term: str) -> str:
    """The country that a term names, perhaps with an ending: two small letters, or ""."""
    sounds, names = sounds_in(term), _names()
    for ending in range(_LONGEST_ENDING + 1):
        at = len(sounds) - ending
        if at < 4:
            return ""
        if found := names.get(sounds[:at]):
            return found if not ending or (term[0].islower() and at >= 5) else ""
    return ""
