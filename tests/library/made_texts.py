"""The texts of the made documents: the leaflets of the practice library, our own words, about nobody."""

from __future__ import annotations

import tomllib
from pathlib import Path

_FILE = Path(__file__).parents[2] / "src" / "panah" / "practice" / "leaflets.toml"
_READ = tomllib.loads(_FILE.read_text("utf-8"))

# The languages of the library by the tags of `kit.languages`.
LANGUAGES = ("kk", "ky", "tg", "uz", "uz-cyrl", "tk", "ru", "en", "tr", "fa")
TITLES: dict[str, tuple[str, ...]] = {tag: tuple(_READ[tag]["titles"]) for tag in LANGUAGES}
PARAGRAPHS: dict[str, tuple[str, ...]] = {tag: tuple(_READ[tag]["paragraphs"]) for tag in LANGUAGES}
# Turkmen as it was written until 1993: no detector knows it, no words of it are packaged for reading scans.
TURKMEN_CYRILLIC = (
    "Иш хакы долы ве өз вагтында төленйәр. Хич кимиң ишгәриң паспортыны алмага, умумы яшайыш җайының гапысыны "
    "гулпламага я-да кеселләнлиги үчин җериме салмага хакы ёк. Үч айлап хак алмадык адам зәхмет гөзегчилигине "
    "я-да казыете йүз тутуп билер."
)
# A neighbour's language: the mistake that somebody makes in a hurry.
WRONG = {
    "kk": "ru", "ky": "ru", "tg": "ru", "uz": "en", "uz-cyrl": "ru", "tk": "en", "ru": "kk", "en": "tr", "tr": "en",
    "fa": "en",
}  # fmt: skip
