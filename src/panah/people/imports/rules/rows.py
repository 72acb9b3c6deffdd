"""One row as a case to be: checked cell by cell against the standard, or what is wrong with it, by column and code."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from babel.core import get_global

from panah.ground.kit.tables.cells import (
    FEMALE,
    LOST,
    MALE,
    CellError,
    clean,
    email,
    flag,
    language,
    partial_date,
)
from panah.ground.kit.tables.workbooks import as_heading
from panah.ground.network.words import INVENTED, country_name
from panah.people.cases.words import codes
from panah.people.imports import columns

LONGEST_NAME = 200
ONE_LINE = (*columns.NAMES, *columns.ROW_ID, "prs_IdentityNumber", "prs_MailingCity", "prs_MailingPostalCode")
MANY = re.compile(r"[;|]")
SEXES = {**dict.fromkeys(FEMALE, "Feminine"), **dict.fromkeys(MALE, "Masculine")}
STATUS_WORDS = {
    **dict.fromkeys(("в работе", "открыт", "открыто", "активный", "активно", "open"), "Active"),
    **dict.fromkeys(("сопровождение", "дальнейшее сопровождение", "follow-up", "follow up"), "FollowUp"),
    **dict.fromkeys(("закрыт", "закрыто", "завершен", "завершено"), "Closed"),
    **dict.fromkeys(("передан", "передано", "закрыт, передан"), "ClosedReferred"),
}
OTHER_NAMES = {
    **dict.fromkeys(("рф", "российская федерация", "russian federation"), "RU"),
    **dict.fromkeys(("кыргызстан", "киргизия", "кыргызская республика"), "KG"),
    **dict.fromkeys(("республика казахстан",), "KZ"),
    **dict.fromkeys(("туркмения",), "TM"),
    **dict.fromkeys(("республика узбекистан",), "UZ"),
    **dict.fromkeys(("республика таджикистан",), "TJ"),
    **dict.fromkeys(("оаэ", "эмираты", "uae"), "AE"),
    **dict.fromkeys(("турция", "turkey"), "TR"),
    **dict.fromkeys(("корея", "южная корея", "south korea"), "KR"),
    **dict.fromkeys(("сша", "usa"), "US"),
}


@dataclass
class ImportedPerson:
    """A good row: what is sealed, and the few work facts that lists show."""

    identity: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, Any] = field(default_factory=dict)
    noted: dict[str, str] = field(default_factory=dict)
    status: str = "Active"
    closing: str = ""
    language: str = ""
    born: str = ""
    row_id: str = ""
    id_column: str = ""
    digest: bytes = b""


def check(cells: Mapping[str, str], *, today: date) -> tuple[ImportedPerson | None, list[tuple[str, str]]]:
    """Return the person of a row, or None and (column, code) of everything that is wrong with it."""
    person, wrong = ImportedPerson(), []
    filled = {name: text for name, text in cells.items() if text}
    for name, text in filled.items():
        try:
            filled[name] = clean(text)
            if name in ONE_LINE and ("\n" in text or "\r" in text):
                raise CellError("line-break")  # noqa: TRY301  it is one of the answers
            if name in (*columns.NAMES, *columns.ADDRESS) and LOST.search(text):
                raise CellError("lost-letters")  # noqa: TRY301  and this another
            _take(person, name, filled[name], today)
        except CellError as problem:
            wrong.append((name, problem.code))
    if not wrong and not any(n in filled for n in (*columns.IDENTITY, *columns.coded(), *columns.ALL_NOTED)):
        wrong.append(("", "nothing"))
    if wrong:
        return None, wrong
    _whole_identity(person, filled)
    person.id_column = next((n for n in columns.ROW_ID if n in filled), "")
    person.row_id = filled.get(person.id_column, "")
    person.digest = hashlib.sha256(
        "\x1f".join(f"{n}\x1e{t}" for n, t in sorted(filled.items())).encode()
    ).digest()
    return person, []


def _take(person: ImportedPerson, name: str, text: str, today: date) -> None:
    book = codes.book().fields
    if name in book:
        person.codes[name] = _coded(book[name], text)
        if name == "prs_PrimaryLanguage":
            person.language = person.codes[name]["values"][0]
    elif name == "prs_Birthdate":
        person.born = person.identity["born"] = partial_date(text, today)
    elif name in columns.PHONES:
        kept = {"number": phone(text), "safe": "unknown", "note": "", "of": name}
        person.identity.setdefault("phones", []).append(kept)
    elif name == "prs_Email":
        person.identity["email"] = email(text)
    elif name == "prs_MailingCountry":
        country(text)
    elif name in columns.IDENTITY and len(text) > LONGEST_NAME:
        raise CellError("too-long")
    elif name == "cas_Status":
        person.status = _status(text)
    elif name == "cas_ReasonForCaseClosure":
        person.closing = text
    elif name in columns.ALL_NOTED:
        person.noted[name] = text
    elif name in columns.ROW_ID and len(text) > LONGEST_NAME:
        raise CellError("too-long")


def _status(text: str) -> str:
    found = _spelled(text, columns.STATUSES) or STATUS_WORDS.get(as_heading(text))
    if found is None:
        raise CellError("not-in-list")
    return found


def _spelled(text: str, allowed: Any) -> str | None:
    """The code as the standard writes it. Only the case of letters may differ."""
    return next((one for one in allowed if one.lower() == text.lower()), None)


def _coded(asked: codes.CodeField, text: str) -> dict[str, object]:
    if asked.kind == "flag":
        return {"answer": flag(text)}
    if asked.kind == "number":
        return {"answer": "yes", "values": [number(text)]}
    if asked.kind == "language":
        return {"answer": "yes", "values": [language(text)]}
    parts = [one.strip() for one in MANY.split(text) if one.strip()]
    if len(parts) == 1 and "," in text and _meant(asked, text) is None:
        # The label of a code may have a comma of its own.
        parts = [one.strip() for one in text.split(",") if one.strip()]
    if asked.kind == "one" and len(parts) > 1:
        raise CellError("only-one")
    values = [country(part) if asked.kind == "countries" else _of_list(part, asked) for part in parts]
    if not values:
        raise CellError("not-in-list")
    return {"answer": "yes", "values": list(dict.fromkeys(values))}


def _of_list(text: str, asked: codes.CodeField) -> str:
    """The code that a cell means: as the standard writes it, or in the words of our pages, in either language."""
    found = _meant(asked, text)
    if found is None:
        raise CellError("not-in-list")
    return found


def _meant(asked: codes.CodeField, text: str) -> str | None:
    return _spelled(text, [code.value for code in asked.codes]) or spoken(asked.field).get(as_heading(text))


@lru_cache(maxsize=64)
def spoken(field: str) -> dict[str, str]:
    """Codes of a field by how people write them, in small letters; what two codes are called means neither."""
    labels = [
        (as_heading(t), code.value) for code in codes.book().fields[field].codes for t in (code.en, code.ru)
    ]
    meant = {label: {value for other, value in labels if other == label} for label, _value in labels}
    plain = {label: values.pop() for label, values in meant.items() if len(values) == 1}
    return plain | (SEXES if field == "prs_Gender" else {})


def number(text: str) -> str:
    """A whole number of at most two digits, as the pages take it."""
    if not re.fullmatch(r"\d{1,2}", text, re.ASCII):
        raise CellError("not-a-number")
    return str(int(text))


def country(text: str) -> str:
    """ISO 3166 in two or three letters; returns two."""
    code = named_countries().get(as_heading(text)) or text.strip().upper()
    if re.fullmatch("[A-Z]{3}", code):
        code = (get_global("territory_aliases").get(code) or [""])[0]
    if code not in _countries():
        raise CellError("not-a-country")
    return code


@lru_cache(maxsize=1)
def named_countries() -> dict[str, str]:
    """Countries by their names in Russian and English, in small letters, and as they were called before."""
    known = {c for c, _ in codes.country_choices() if len(c) == 2}
    named = {as_heading(country_name(code, tag)): code for tag in ("en", "ru") for code in sorted(known)}
    return named | OTHER_NAMES


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    return frozenset(value for value, _ in codes.country_choices() if value) | frozenset(INVENTED)


def phone(text: str) -> str:
    """E.164: plus, country code, at most 15 digits; blanks, dashes and brackets are taken out."""
    plain = re.sub(r"[\s\u00a0().\-\u2010-\u2013]", "", text)
    plain = "+" + plain[2:] if plain.startswith("00") else plain
    if not re.fullmatch(r"\+[1-9]\d{7,14}", plain, re.ASCII):
        raise CellError("not-a-phone")
    return plain


def bounds(born: str) -> tuple[date, date] | None:
    """The earliest and the latest day that a date as far as known may mean."""
    if not born:
        return None
    year, month, day = [*(int(one) for one in born.split("-")), 0, 0][:3]
    if day:
        return date(year, month, day), date(year, month, day)
    if month:
        after = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), date.fromordinal(after.toordinal() - 1)
    return date(year, 1, 1), date(year, 12, 31)


def _whole_identity(person: ImportedPerson, filled: Mapping[str, str]) -> None:
    parts = {name: filled[name] for name in columns.NAMES if name in filled}
    if parts:
        text = " ".join(parts.values())
        person.identity["names"] = [{"text": text, "kind": "full", "parts": parts}]
    where = {name: filled[name] for name in columns.ADDRESS if name in filled}
    state = filled.get("prs_MailingCountry", "")
    if where or state:
        code = country(state) if state else ""
        kept = {"text": ", ".join(where.values()), "country": code, "note": "", "parts": where}
        person.identity["addresses"] = [kept]
    if "prs_IdentityNumber" in filled:
        person.identity["papers"] = [{"kind": "other", "number": filled["prs_IdentityNumber"]}]
    if person.identity.get("email"):
        person.identity["contact"] = person.identity["email"]
