"""Days and hours as people here say them: today 10:31, Tue 24 Nov, 2 h late.

Every function takes an aware datetime (or a date, where said) and speaks in the active language and time zone:
middleware activates both, the zone being that of the reader's society. ``now`` is given in tests, else it is now.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# Where the reader's order of day and month is not what CLDR's default country would say (English is not American here).
PATTERNS = {"en": ("EEE d MMM", "EEE d MMM y"), "ru": ("EEE d MMM", "EEE d MMM y")}
SOON = timedelta(hours=24)


@lru_cache(maxsize=32)
def locale_of(language: str) -> Locale:
    """Babel's locale for a Django language code; English (British order) where Babel has none."""
    try:
        return Locale.parse("en_GB" if language.startswith("en") else language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en_GB")


def locale() -> Locale:
    return locale_of(translation.get_language() or "en")


def local(value: datetime | date) -> datetime | date:
    return timezone.localtime(value) if isinstance(value, datetime) else value


def day_of(value: datetime | date) -> date:
    """The calendar day of ``value`` where the reader is."""
    here = local(value)
    return here.date() if isinstance(here, datetime) else here


def day(value: datetime | date | None, now: datetime | None = None) -> str:
    """Today and yesterday by word, else ``Tue 24 Nov``, with the year when it is not this one. Nothing for None."""
    if value is None:
        return ""
    # A list says a day in each of its lines: the zone is looked up once for both.
    here = timezone.get_current_timezone()
    the_day = value.astimezone(here).date() if isinstance(value, datetime) else value
    return _near(the_day, (now or timezone.now()).astimezone(here).date())


def _near(the_day: date, today: date) -> str:
    away = (the_day - today).days
    if abs(away) <= 1:
        return _("today") if away == 0 else _("tomorrow") if away == 1 else _("yesterday")
    same_year = the_day.year == today.year
    return day_written(the_day, translation.get_language() or "en", same_year)


def dated(value: datetime | date | None) -> str:
    """``Tue 24 Nov`` also where it is today or tomorrow: after *on*, and in a table whose days are counted."""
    if value is None:
        return ""
    the_day = day_of(value)
    return day_written(the_day, translation.get_language() or "en", the_day.year == timezone.localdate().year)


def on_paper(value: datetime | date | None) -> str:
    """``Tue 24 Nov 2026``, of a moment ``Tue 24 Nov 2026 10:31``: paper is read on another day, so no "today"."""
    if value is None:
        return ""
    said = day_written(day_of(value), translation.get_language() or "en", same_year=False)
    return f"{said} {clock(value)}" if isinstance(value, datetime) else said


@lru_cache(maxsize=1024)
def day_written(the_day: date, language: str, same_year: bool) -> str:
    """``Tue 24 Nov``: a list says few days many times."""
    here = locale_of(language)
    pattern = PATTERNS.get(here.language)
    if pattern:
        # Without the point of "дек.": sentences end with a day, and two points end none.
        return format_date(the_day, pattern[0 if same_year else 1], locale=here).replace(".", "")
    return format_skeleton("MMMEd" if same_year else "yMMMEd", the_day, locale=here)


def long_day(value: datetime | date | None, now: datetime | None = None) -> str:
    """``Tuesday 24 November 2026``: for a heading or a letter."""
    if value is None:
        return ""
    if locale().language in PATTERNS:
        return format_date(day_of(value), "EEEE d MMMM y", locale=locale())
    return format_skeleton("yMMMMEEEEd", day_of(value), locale=locale())


def clock(value: datetime | time | None) -> str:
    """``10:31``, 24 hours, where the reader is."""
    if value is None:
        return ""
    here = value.astimezone(timezone.get_current_timezone()) if isinstance(value, datetime) else value
    return f"{here.hour:02}:{here.minute:02}"


def moment(value: datetime) -> str:
    """``Tuesday 24 November 2026, 10:31``: in a text that is read in years."""
    return f"{long_day(value)}, {clock(value)}"


def zone(value: datetime) -> str:
    """``UTC+5``: said where two societies read the same time."""
    minutes = int((timezone.localtime(value).utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes >= 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def when(value: datetime | None, *, zoned: bool = False, now: datetime | None = None) -> str:
    """``today 10:31``, ``Tue 24 Nov 10:31``, with ``zoned`` also ``(UTC+5)``."""
    if value is None:
        return ""
    here = timezone.get_current_timezone()
    there = value.astimezone(here)
    said = f"{_near(there.date(), (now or timezone.now()).astimezone(here).date())} {there:%H:%M}"
    return f"{said} ({zone(value)})" if zoned else said


def span(length: timedelta) -> str:
    """How long, in the largest unit that still says enough: ``20 min``, ``2 h``, ``3 days``."""
    minutes = int(length.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(num)s min", "%(num)s min", minutes) % {"num": minutes}
    if minutes < 48 * 60:
        return ngettext("%(num)s h", "%(num)s h", minutes // 60) % {"num": minutes // 60}
    days = minutes // (24 * 60)
    return ngettext("%(num)s day", "%(num)s days", days) % {"num": days}


def overdue(due: datetime | None, now: datetime | None = None) -> str:
    """``2 h late``; nothing while it is not late by a whole minute."""
    over = ((now or timezone.now()) - due) if due else timedelta()
    if over < timedelta(minutes=1):
        return ""
    minutes = int(over.total_seconds() // 60)
    number, unit = (
        (minutes, "min")
        if minutes < 60
        else (minutes // 60, "h")
        if minutes < 48 * 60
        else (minutes // (24 * 60), "day")
    )
    return overdue_by(number, unit, translation.get_language() or "en")


@lru_cache(maxsize=1024)
def overdue_by(number: int, unit: str, _language: str) -> str:
    """``2 h late`` in the active language."""
    if unit == "min":
        return ngettext("%(num)s min late", "%(num)s min late", number) % {"num": number}
    if unit == "h":
        return ngettext("%(num)s h late", "%(num)s h late", number) % {"num": number}
    return ngettext("%(num)s day late", "%(num)s days late", number) % {"num": number}


# Up to five days what runs out is said in hours: whoever must act counts them.
IN_HOURS = 120


def time_until(due: datetime | None, now: datetime | None = None, *, hours: int = 48) -> str:
    """``in 3 h``, in days from so many ``hours`` on; nothing once the time has come."""
    left = (due - (now or timezone.now())) if due else timedelta()
    if left <= timedelta():
        return ""
    minutes = max(1, int(left.total_seconds() // 60))
    if minutes < 60:
        return ngettext("in %(num)s min", "in %(num)s min", minutes) % {"num": minutes}
    if minutes < hours * 60:
        return ngettext("in %(num)s h", "in %(num)s h", minutes // 60) % {"num": minutes // 60}
    days = minutes // (24 * 60)
    return ngettext("in %(num)s day", "in %(num)s days", days) % {"num": days}


def urgency_tone(due: datetime | None, now: datetime | None = None) -> str:
    """The tone of a due time: urgent when late, soon within a day, else none."""
    if due is None:
        return ""
    left = due - (now or timezone.now())
    return "urgent" if left < timedelta() else "soon" if left <= SOON else ""


def iso(value: datetime | date | None) -> str:
    """For ``<time datetime>``: ISO 8601, times in UTC."""
    if value is None:
        return ""
    return (
        value.astimezone(UTC).isoformat(timespec="seconds")
        if isinstance(value, datetime)
        else value.isoformat()
    )


def date_order(language: str | None = None) -> tuple[str, str, str]:
    """Day, month and year in the order in which this language writes them."""
    pattern = locale_of(language or translation.get_language() or "en").date_formats["short"].pattern
    places = {part: pattern.find(letter) for part, letter in (("day", "d"), ("month", "M"), ("year", "y"))}
    return tuple(sorted(places, key=lambda part: places[part]))  # type: ignore[return-value]


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date as far as it is known: a year, a month of a year, or a day."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs a month")
        date(self.year, self.month or 1, self.day or 1)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """From ``2026``, ``2026-11`` or ``2026-11-24``; raises ValueError."""
        if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
            raise ValueError("not a date of the form 2026, 2026-11 or 2026-11-24")
        return cls(*(int(part) for part in text.split("-")))

    def __str__(self) -> str:
        parts = (f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part is not None))
        return "-".join(parts)

    @property
    def whole(self) -> date | None:
        return date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def first(self) -> date:
        """The earliest day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The latest day that it can be."""
        if self.whole:
            return self.whole
        year, month = (self.year, self.month + 1) if self.month and self.month < 12 else (self.year + 1, 1)
        return date(year, month, 1) - timedelta(days=1)

    def said(self) -> str:
        """``2026``, ``November 2026`` or ``24 November 2026`` in the reader's language."""
        if self.month is None:
            return str(self.year)
        if self.day is None:
            return format_skeleton("yMMMM", self.first, locale=locale())
        return format_date(self.first, "long", locale=locale())


FILTERS: dict[str, Callable[..., str]] = {
    "day": day,
    "dated": dated,
    "on_paper": on_paper,
    "long_day": long_day,
    "clock": clock,
    "when": when,
    "late": overdue,
    "ahead": time_until,
    "tone": urgency_tone,
    "span": span,
    "machine": iso,
}


def morning(day: date) -> datetime:
    """Return when what is due on a day is on the list: at nine, in the zone that is active."""
    return timezone.make_aware(datetime.combine(day, time(9)))
