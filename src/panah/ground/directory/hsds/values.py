"""Single values from elsewhere, whatever they are: cleaned, bounded, or left out with a word about it."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from panah.ground.directory import rules
from panah.ground.directory.hsds.drafts import Problem

type Record = dict[str, Any]

is_address = URLValidator(schemes=["http", "https"])
CLOCK = re.compile(r"^(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$")
MOST_SPANS = 14


class Reading:
    """One record that is being read: takes its fields out, and remembers what was wrong with them."""

    def __init__(self, record: Record, *, kind: str, number: int, problems: list[Problem]) -> None:
        self.record, self.kind, self.number, self.problems = record, kind, number, problems
        self.name = clean(record.get("name"))[:80]

    def wrong(self, field: str, code: str) -> None:
        found = Problem(self.kind, self.number, self.name, field, code)
        if found not in self.problems[-20:]:
            self.problems.append(found)

    def text(self, field: str, most: int) -> str:
        """The text of a field; "" for nothing, and for what is longer than `most`: half a sentence may mislead."""
        return self.bounded(field, self.record.get(field), most)

    def bounded(self, field: str, value: object, most: int) -> str:
        if value is not None and not isinstance(value, str | int | float):
            self.wrong(field, "not-text")
            return ""
        text = clean(value)
        if len(text) > most:
            self.wrong(field, "too-long")
            return ""
        return text

    def age(self, field: str) -> int | None:
        value = self.record.get(field)
        if value in (None, ""):
            return None
        try:
            found = (
                float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else -1.0
            )
        except (ValueError, OverflowError):
            found = -1.0
        if not 0 <= found <= 120:
            self.wrong(field, "no-age")
            return None
        return int(found)

    def web(self, field: str, most: int) -> str:
        text = self.text(field, 1000)
        return text if self._passes(field, text, is_address, "no-web-address", most) else ""

    def mail(self, field: str) -> str:
        text = self.text(field, 254)
        return text if self._passes(field, text, validate_email, "no-mail-address", 254) else ""

    def _passes(self, field: str, text: str, check: Callable[[str], None], code: str, most: int) -> bool:
        if not text:
            return False
        try:
            check(text)
        except (ValidationError, ValueError):
            self.wrong(field, code)
            return False
        if len(text) > most:
            self.wrong(field, code)
            return False
        return True

    def day(self, field: str, *, latest: date) -> str:
        text = self.text(field, 40)
        if not text:
            return ""
        try:
            found = date.fromisoformat(text[:10])
        except ValueError:
            found = None
        if found is None or found > latest:
            self.wrong(field, "no-day")
            return ""
        return found.isoformat()

    def records(self, field: str) -> list[Record]:
        """The records in a list; whatever else stands there is named and passed over."""
        value = self.record.get(field)
        if value is None:
            return []
        if not isinstance(value, list):
            self.wrong(field, "no-list")
            return []
        found = [one for one in value if isinstance(one, dict)]
        if len(found) != len(value):
            self.wrong(field, "no-list")
        if len(found) > 200:
            self.wrong(field, "too-many")
        return found[:200]


def clean(value: object) -> str:
    """A text without what no database keeps and no page shows: control characters, halves of characters."""
    if value is None or isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value).encode("utf-8", "ignore").decode()
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()


def number_of(value: object) -> str:
    """A telephone number as it may be dialled; "" for what is none."""
    text = " ".join(clean(value).strip("\"'").split())
    digits = sum(c.isdigit() for c in text)
    if len(text) > 40 or digits < 2 or not re.fullmatch(r"[+*#\d\s()./\-–a-zA-Z]+", text):
        return ""
    return text


def clock(value: object) -> str:
    """A time as "09:00", from whatever a schedule writes; "" for what is no time."""
    found = CLOCK.match(clean(value))
    if found is None or int(found["hour"]) > 24 or int(found["minute"]) > 59:
        return ""
    return f"{int(found['hour']):02}:{found['minute']}"


def days(value: object) -> tuple[str, ...]:
    """The weekdays of a `byday`, in order; () for none, or for a numbered one ("1MO": each first Monday)."""
    given: Iterable[object] = value if isinstance(value, list) else clean(value).split(",")
    found = {clean(one).upper() for one in given} - {""}
    return tuple(day for day in rules.BYDAY if day in found) if found <= set(rules.BYDAY) else ()


def span(record: Record) -> rules.Span | None:
    """One span of opening in our shape; None where the schedule says something that it cannot hold."""
    byday, opens, closes = (
        days(record.get("byday")),
        clock(record.get("opens_at")),
        clock(record.get("closes_at")),
    )
    if clean(record.get("freq")).upper() not in ("", "WEEKLY") or not byday or not opens or not closes:
        return None
    if clean(record.get("interval")) not in ("", "1", "1.0"):
        return None
    closes = "24:00" if closes in ("23:59", "00:00", "24:00") else closes
    if opens.startswith("24") or (closes.startswith("24") and closes != "24:00"):
        return None
    return {"byday": list(byday), "opens": opens, "closes": closes}


def hours(schedules: list[Record]) -> tuple[list[rules.Span], list[str], bool]:
    """(the spans, what schedules say in words, whether every schedule was understood)."""
    spans: list[rules.Span] = []
    said: list[str] = []
    whole = True
    for one in schedules:
        found = span(one)
        if found is None:
            whole = whole and not any(one.get(name) for name in ("byday", "opens_at", "freq"))
        elif found not in spans and len(spans) < MOST_SPANS:
            spans.append(found)
        said += [text for text in (clean(one.get("description")),) if text and text not in said]
    return spans, said, whole
