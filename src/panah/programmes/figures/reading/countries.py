"""Which country a word means: two or three letters, or its name in English or Russian; in practice invented ones."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from babel.core import get_global
from django.conf import settings
from django.utils.translation import override

from panah.ground.kit.languages import INTERFACE
from panah.ground.network.words import ANYWHERE, INVENTED, country_name

# As the United Nations write them, where that is not the everyday name.
LONG_NAMES = {
    "united kingdom of great britain and northern ireland": "GB",
    "great britain": "GB",
    "united states of america": "US",
    "russian federation": "RU",
    "российская федерация": "RU",
    "republic of moldova": "MD",
    "kyrgyz republic": "KG",
    "кыргызская республика": "KG",
    "кыргызстан": "KG",
    "республика казахстан": "KZ",
    "республика узбекистан": "UZ",
    "республика таджикистан": "TJ",
    "iran (islamic republic of)": "IR",
    "türkiye": "TR",
    "turkey": "TR",
    "republic of korea": "KR",
    "viet nam": "VN",
    "syrian arab republic": "SY",
    "united republic of tanzania": "TZ",
    "venezuela (bolivarian republic of)": "VE",
    "bolivia (plurinational state of)": "BO",
    "lao people's democratic republic": "LA",
    "czech republic": "CZ",
}


@lru_cache(maxsize=1)
def _named() -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in ("en", "ru"):
        for code, name in Locale.parse(tag).territories.items():
            if len(code) == 2 and code.isalpha():
                found.setdefault(_plain(str(name)), code)
                found[code.casefold()] = code
    for alias, codes in get_global("territory_aliases").items():
        if len(str(alias)) == 3 and str(alias).isalpha() and len(codes) == 1:
            found.setdefault(str(alias).casefold(), codes[0])
    return found | LONG_NAMES


@lru_cache(maxsize=1)
def _invented() -> dict[str, str]:
    found: dict[str, str] = {}
    for tag, _name in INTERFACE:
        with override(tag):
            found |= {_plain(country_name(code, tag)): code for code in INVENTED if code != ANYWHERE}
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold().replace("’", "'")


def country_of(text: str) -> str | None:
    """Return two capital letters, or None where no country is called so."""
    plain = _plain(text)
    return _named().get(plain) or (_invented().get(plain) if settings.PANAH_PRACTICE else None)
