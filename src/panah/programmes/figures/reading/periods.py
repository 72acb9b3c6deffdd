"""Which time a row is about: a year, a quarter, a month, a year that begins in spring. As publishers write it."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from panah.programmes.figures.reading.values import NotUnderstood

FIRST, LAST = 1900, 2100
MONTHS = (
    ("january", "jan", "январь"),
    ("february", "feb", "февраль"),
    ("march", "mar", "март"),
    ("april", "apr", "апрель"),
    ("may", "май"),
    ("june", "jun", "июнь"),
    ("july", "jul", "июль"),
    ("august", "aug", "август"),
    ("september", "sep", "sept", "сентябрь"),
    ("october", "oct", "октябрь"),
    ("november", "nov", "ноябрь"),
    ("december", "dec", "декабрь"),
)
_YEAR = re.compile(r"(\d{4})(?:\.0+)?")
_TWO_YEARS = re.compile(r"(\d{4})\s*[/–-]\s*(?:\d{2})?(\d{2})")
_QUARTER = re.compile(r"(?:q|quarter|кв\.?|квартал)\s*([1-4])|([1-4])\s*(?:-?й)?\s*(?:кв\.?|квартал)")
_BOTH = re.compile(r"(\d{4})\s*[-\s]?\s*(q[1-4]|m?\d{1,2})|(q[1-4])\s*[-/\s]\s*(\d{4})")


@dataclass(frozen=True, order=True)
class Period:
    """``part``: "" for the year, "Q1" to "Q4", "01" to "12", or "FY" for a year that ends in the next one."""

    year: int
    part: str = ""

    @property
    def text(self) -> str:
        if self.part == "FY":
            return f"{self.year}/{(self.year + 1) % 100:02}"
        return f"{self.year}-{self.part}" if self.part else str(self.year)

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day; None of a year whose months the publisher does not name."""
        if self.part == "FY":
            return None
        first, months = 1, 12
        if self.part:
            first, months = (int(self.part[1]) * 3 - 2, 3) if self.part[0] == "Q" else (int(self.part), 1)
        last = first + months - 1
        return date(self.year, first, 1), date(self.year, last, monthrange(self.year, last)[1])


def read_period(text: str, part: str = "", *, whole: frozenset[str] = frozenset()) -> Period:
    """Return the time that a year and, where a column has it, a part of it name; ``whole``: words for all of it."""
    plain = " ".join(text.split()).lower()
    year = _YEAR.fullmatch(plain)
    if year is not None:
        return Period(_sound(year[1]), _part(part, whole))
    two = _TWO_YEARS.fullmatch(plain)
    if two is not None and int(two[2]) == (int(two[1]) + 1) % 100:
        return Period(_sound(two[1]), "FY")
    both = _BOTH.fullmatch(plain)
    if both is None or (part.strip() and part.strip().casefold() not in whole):
        raise NotUnderstood("not-a-year")
    return Period(_sound(both[1] or both[4]), _part((both[2] or both[3]).removeprefix("m"), whole))


def _sound(year: str) -> int:
    if not FIRST <= int(year) <= LAST:
        raise NotUnderstood("not-a-year")
    return int(year)


def _part(text: str, whole: frozenset[str]) -> str:
    plain = " ".join(text.split()).lower().removesuffix(".0")
    if not plain or plain in whole:
        return ""
    quarter = _QUARTER.fullmatch(plain)
    if quarter is not None:
        return f"Q{quarter[1] or quarter[2]}"
    if plain.isascii() and plain.isdecimal() and len(plain) < 3 and 1 <= int(plain) <= len(MONTHS):
        return f"{int(plain):02}"
    for number, names in enumerate(MONTHS, start=1):
        if plain in names:
            return f"{number:02}"
    raise NotUnderstood("not-a-part-of-a-year")
