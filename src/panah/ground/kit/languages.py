"""The languages of the interface and those that are spoken with people: one list of each for all rooms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.utils.translation.trans_real import parse_accept_lang_header

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django_stubs_ext import StrPromise

# What the interface speaks. The complete ones come first.
INTERFACE = [("en", "English"), ("ru", "Русский")]
# What the pages of strangers, volunteers and trainers speak besides (`kit.page_words`).
REGION = [
    ("kk", "Қазақша"), ("ky", "Кыргызча"), ("tg", "Тоҷикӣ"), ("uz", "Oʻzbekcha"), ("uz-cyrl", "Ўзбекча"),
    ("tk", "Türkmençe"),
]  # fmt: skip
READERS = [*INTERFACE, *REGION]
# What the public door speaks besides: the languages of the countries people are taken to.
DESTINATIONS = [("tr", "Türkçe"), ("ar", "العربية"), ("ko", "한국어")]
DOOR = [*READERS, *DESTINATIONS]

# The languages of the region and of the people who come through it, the most spoken first.
SPOKEN = (
    "ru", "kk", "ky", "uz", "tg", "tk", "kaa", "ug", "dng", "sgh", "fa", "prs", "ps", "tr", "ar", "en", "ko", "zh",
    "hi", "ur", "th", "de", "he", "uk", "az",
)  # fmt: skip

# Languages that CLDR has no word for in English or Russian.
UNNAMED: dict[str, StrPromise] = {
    "sgh": _("Shughni"),
    "dng": _("Dungan"),
    "prs": _("Dari"),
    "uz-cyrl": _("Uzbek, Cyrillic"),
    "tk-cyrl": _("Turkmen, Cyrillic"),
}
# Names of languages that are not CLDR's: it has «киргизский», and Kyrgyzstan itself says «кыргызский», as network.words
# does of the country.
OTHERWISE = {("ky", "ru"): "кыргызский"}


def language_asked(request: HttpRequest, offered: Sequence[tuple[str, str]] = INTERFACE) -> str:
    """The language that an address asks for with ``?in=``, else the reader's: for what is printed."""
    asked = request.GET.get("in", "")
    return asked if asked in dict(offered) else get_language() or "en"


def language_of_reader(request: HttpRequest, offered: Sequence[tuple[str, str]] = READERS) -> str:
    """The language of a page without a sign-in: asked for with ``?in=``, else the first that the browser names."""
    asked = request.GET.get("in", "")
    if asked in dict(offered):
        return asked
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        ours = [tag for tag, _name in offered if f"{wanted}-".startswith(f"{tag.lower()}-")]
        if ours:
            return max(ours, key=len)
    return get_language() or "en"


def language_name(tag: str, reader: str = "") -> str:
    """The language ``tag`` in the reader's words: "kk" is "казахский" for a Russian reader; "" for none."""
    if tag in UNNAMED or not tag:
        return str(UNNAMED.get(tag, ""))
    # CLDR does not know every language in those of the region.
    return _named(tag, reader or get_language() or "en") or gettext(_named(tag, "en"))


@lru_cache(maxsize=1024)
def _named(tag: str, reader: str) -> str:
    from babel import (  # the settings read this module: what is slow to load comes later
        Locale,
        UnknownLocaleError,
    )

    try:
        names = Locale.parse(reader.replace("-", "_")).languages
    except (UnknownLocaleError, ValueError):
        names = Locale("en").languages
    if (tag, reader) in OTHERWISE:
        return OTHERWISE[tag, reader]
    return str(names.get(tag) or names.get(tag.split("-")[0]) or ("" if reader != "en" else tag))


def spoken_tag(said: str) -> str:
    """The tag of our list for one from elsewhere: "uz" for "uz-Cyrl"; "" for what is not in it."""
    return next((tag for tag in (said, said.split("-")[0]) if tag in SPOKEN), "")


def spoken(*nothing: object) -> list[tuple[str, object]]:
    """The languages to choose from in the reader's words; ``nothing``: what stands first where none need be chosen."""
    return [*(("", one) for one in nothing), *((tag, language_name(tag)) for tag in SPOKEN)]
