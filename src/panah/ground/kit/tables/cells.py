"""What stands in one cell: a text that is whole, a day, an address; or the code of what is wrong with it."""

import re
import unicodedata
from datetime import date, timedelta
from functools import lru_cache

from babel.core import get_global

from panah.ground.kit.languages import SPOKEN, language_name
from panah.ground.kit.tables import formulas
from panah.ground.kit.tables.workbooks import FORMULA, MERGED, SHORTENED, as_heading

LONGEST = 10_000
OLDEST = 120
# A Russian Excel writes a tick in a CSV as its own word.
YES, NO = {"true", "1", "yes", "да", "истина"}, {"false", "0", "no", "нет", "ложь"}
FEMALE = ("ж", "жен", "жен.", "женский", "женщина", "f", "female")
MALE = ("м", "муж", "муж.", "мужской", "мужчина", "m", "male")
DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
DATE_RU = re.compile(r"(?:(\d{1,2})\.)?(\d{1,2})\.(\d{4})")
NOT_THERE = {FORMULA: "formula", MERGED: "merged", SHORTENED: "shortened"}
# What spreadsheets write instead of a value, also in Russian: an error, a column too narrow, a long number.
ERROR = re.compile(r"#(?:[A-ZА-Я/0]{1,9}[!?]|N/A|Н/Д|#{2,})")
LONG_NUMBER = re.compile(r"\d(?:[.,]\d+)?E\+\d{2,}", re.ASCII)
# Қайрат in a table that has no Kazakh letters. A doubt stands behind a name: Ann?
LOST = re.compile(r"\?(?=\w)|\?\?")
# From 1927 on; four digits are a year.
DAY_COUNT = re.compile(r"[1-9][0-9]{4}")
FIRST_DAY = date(1899, 12, 30)
MIDNIGHT = re.compile(r"[ T]00:00(?::00)?$|\s*(?:г\.?|года)$")


class CellError(Exception):
    """A cell that cannot be taken over."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def clean(text: str) -> str:
    """Return the text as it was meant, or raise CellError."""
    if text in NOT_THERE:
        raise CellError(NOT_THERE[text])
    if ERROR.fullmatch(text):
        raise CellError("sheet-error")
    if LONG_NUMBER.fullmatch(text):
        raise CellError("shortened")
    if len(text) > LONGEST:
        raise CellError("too-long")
    if (
        any(unicodedata.category(c) in ("Cc", "Cs", "Cn") and c not in "\n\r\t" for c in text)
        or "\ufffd" in text
    ):
        raise CellError("control")
    return formulas.without_apostrophe(text.replace("\r\n", "\n").replace("\r", "\n"))


def email(text: str) -> str:
    """Return an e-mail address, or raise CellError."""
    if not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@]+", text) or len(text) > 254:
        raise CellError("not-an-address")
    return text


def partial_date(text: str, today: date) -> str:
    """A date as far as it is known, year first (2001, 2001-05, 2001-05-17) or day first with dots (17.05.2001)."""
    text = MIDNIGHT.sub("", text)
    found = DATE.fullmatch(text)
    swapped = DATE_RU.fullmatch(text)
    if DAY_COUNT.fullmatch(text):
        # A spreadsheet's number of a day: whole days since the end of 1899.
        counted = FIRST_DAY + timedelta(days=int(text))
        year, month, day = f"{counted.year:04}", f"{counted.month:02}", f"{counted.day:02}"
    elif found:
        year, month, day = found.groups()
    elif swapped:
        day, month, year = swapped.groups()
    else:
        raise CellError("slashes" if "/" in text else "not-a-date")
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise CellError("no-such-day") from None
    if first > today:
        raise CellError("in-future")
    if today.year - first.year > OLDEST:
        raise CellError("too-old")
    return "-".join(
        [f"{first.year:04}", *([f"{first.month:02}"] if month else []), *([f"{first.day:02}"] if day else [])]
    )


def flag(text: str) -> str:
    """Return yes or no, or raise CellError."""
    if text.lower() in YES:
        return "yes"
    if text.lower() in NO:
        return "no"
    raise CellError("not-yes-or-no")


def language(text: str) -> str:
    """ISO 639 in two or three letters, or its name in English or Russian; returns the tag that pages offer."""
    tag = named_languages().get(as_heading(text)) or text.strip().lower()
    tag = tag if tag in SPOKEN else get_global("language_aliases").get(tag, tag)
    if tag not in SPOKEN:
        raise CellError("not-a-language")
    return tag


# As tables from elsewhere write it.
ALSO_CALLED = {"киргизский": "ky", "kirghiz": "ky"}


@lru_cache(maxsize=1)
def named_languages() -> dict[str, str]:
    named = {as_heading(language_name(tag, spoken_in)): tag for spoken_in in ("en", "ru") for tag in SPOKEN}
    return {**named, **ALSO_CALLED}
