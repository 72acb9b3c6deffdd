"""Code lists and fields of a case after HTCDS 2.0, from ``htcds.json``: identifiers verbatim, labels in two languages.

A coded answer is ``{"answer": "yes" | "no" | "unknown", "values": [...]}``; a field that is missing was not asked.
*Unknown* (asked, nobody knows) is not *no* (asked, none applies) is not *not asked*.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from django.utils.translation import get_language

from panah.ground.foundation import delivered
from panah.ground.kit.languages import language_name
from panah.ground.network.words import INVENTED, country_name

HERE = Path(__file__).parent / "htcds.json"
# Countries of the region and those that people most often come from and are taken to: first in every list.
NEAR = (
    "KZ",
    "KG",
    "TJ",
    "TM",
    "UZ",
    "RU",
    "TR",
    "AE",
    "AF",
    "CN",
    "KR",
    "TH",
    "MM",
    "KH",
    "BY",
    "UA",
    "AZ",
    "GE",
    "PK",
    "IN",
)
NOT_COUNTRIES = {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"}


@dataclass(frozen=True)
class CodeValue:
    value: str
    en: str
    ru: str
    extension: bool = False

    @property
    def label(self) -> str:
        return self.ru if (get_language() or "en").startswith("ru") else self.en


@dataclass(frozen=True)
class CodeField:
    """One field: ``kind`` is one, many, countries, language, number or flag."""

    field: str
    section: str
    kind: str
    list: str
    en: str
    ru: str
    hint_en: str
    hint_ru: str
    core: bool
    extension: bool

    @property
    def label(self) -> str:
        return self.ru if (get_language() or "en").startswith("ru") else self.en

    @property
    def hint(self) -> str:
        return self.hint_ru if (get_language() or "en").startswith("ru") else self.hint_en

    @property
    def codes(self) -> tuple[CodeValue, ...]:
        return book().lists.get(self.list, ())


@dataclass(frozen=True)
class CodeSection:
    key: str
    en: str
    ru: str

    @property
    def label(self) -> str:
        return self.ru if (get_language() or "en").startswith("ru") else self.en


@dataclass(frozen=True)
class CodeBook:
    version: str
    sections: tuple[CodeSection, ...]
    lists: Mapping[str, tuple[CodeValue, ...]]
    fields: Mapping[str, CodeField]

    def of(self, section: str) -> tuple[CodeField, ...]:
        return tuple(f for f in self.fields.values() if f.section == section)


@lru_cache(maxsize=1)
def book() -> CodeBook:
    """The whole book of codes, read once a process."""
    kept = delivered.read(HERE)
    return CodeBook(
        kept["version"],
        tuple(CodeSection(**one) for one in kept["sections"]),
        {name: tuple(CodeValue(**row) for row in rows) for name, rows in kept["lists"].items()},
        {one["field"]: CodeField(**one) for one in kept["fields"]},
    )


def label_of(list_name: str, value: str) -> str:
    """The reader's words for a code; the code itself if it is not in the list any more."""
    return next((c.label for c in book().lists.get(list_name, ()) if c.value == value), value)


def choices_of(list_name: str) -> list[tuple[str, str]]:
    return [(c.value, c.label) for c in book().lists[list_name]]


@lru_cache(maxsize=4)
def _territories(language: str) -> tuple[tuple[str, str], ...]:
    known = [str(c) for c in Locale("en").territories]
    codes = [c for c in known if len(c) == 2 and c.isalpha() and c not in NOT_COUNTRIES]
    near = [(c, country_name(c, language)) for c in NEAR]
    rest = sorted(((c, country_name(c, language)) for c in codes if c not in NEAR), key=lambda one: one[1])
    return (*near, *rest)


def country_choices(*, practice: bool = False) -> list[tuple[str, str]]:
    """(ISO 3166 two letters, name for the reader): near ones first, then by name; invented ones for practice."""
    language = get_language() or "en"
    invented = [(c, country_name(c, language)) for c in INVENTED if c != "ZZ"] if practice else []
    return [("", "–"), *invented, *_territories(language)]


def say_value(field: CodeField, value: object) -> str:
    """One value in the reader's words."""
    language = get_language() or "en"
    if field.kind == "countries":
        return country_name(str(value), language)
    if field.kind == "language":
        return language_name(str(value), language)
    return label_of(field.list, str(value)) if field.list else str(value)


def merged(codes: Mapping[str, Any], more: Mapping[str, Iterable[str]]) -> dict[str, object]:
    """Add values to a coded record: what an episode tells is not typed twice."""
    out = dict(codes)
    for name, values in more.items():
        new = [v for v in values if v]
        if new:
            known = out.get(name, {}).get("values", [])
            kind = book().fields[name].kind
            joined = new[:1] if kind == "one" and not known else [*known, *(v for v in new if v not in known)]
            out[name] = {"answer": "yes", "values": known if kind == "one" and known else joined}
    return out


def htcds(codes: Mapping[str, Any]) -> dict[str, list[str]]:
    """The record in HTCDS 2.0 columns: extensions of the project become ``Other`` or are left out."""
    out: dict[str, list[str]] = {}
    for name, answer in codes.items():
        field = book().fields.get(name)
        if field is None or field.extension or answer.get("answer") != "yes":
            continue
        own = {c.value for c in field.codes if c.extension}
        values = ["Other" if v in own else str(v) for v in answer.get("values", [])]
        out[name] = list(dict.fromkeys(values))
    return out
