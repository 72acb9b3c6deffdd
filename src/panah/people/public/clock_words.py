"""Hours as the pages of the door say them: in the reader's language, by the clock of the place where she is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.core import get_global
from babel.dates import format_date, get_timezone_location
from django.utils.translation import gettext as _

from panah.ground.directory.queries import Hours
from panah.ground.kit.dates import locale

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
# Languages in which a town is written as its zone is called.
LATIN_NAMES = ("en", "tr", "tk", "uz")
# A Monday, to name the days of a week by.
A_MONDAY = date(2024, 1, 1)


def said_at(moment: datetime, *, now: datetime, zone: str) -> str:
    """Say a moment of these days by the clock of ``zone``: "today at 18:00", "Monday at 9:00"."""
    there, here = moment.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    clock = f"{there:%H:%M}"
    away = (there.date() - here.date()).days
    if away == 0:
        return _("today at %(clock)s") % {"clock": clock}
    if away == 1:
        return _("tomorrow at %(clock)s") % {"clock": clock}
    weekday = format_date(there, "EEEE", locale=locale())
    return _("%(weekday)s at %(clock)s") % {"weekday": weekday, "clock": clock}


def clock_of(zone: str) -> str:
    """The town whose clock is meant, in the reader's words; its country where CLDR does not know the town in them."""
    here = locale()
    if (here.language in LATIN_NAMES and here.script != "Cyrl") or "city" in here.time_zones.get(zone, {}):
        return str(get_timezone_location(ZoneInfo(zone), locale=here, return_city=True))
    country = get_global("zone_territories").get(zone, "")
    return str(here.territories.get(country) or zone.rpartition("/")[2])


def week(spans: Iterable[Hours]) -> str:
    """Opening hours in short: "Mon–Fri 09:00–17:00"; "" where none are known."""
    return "; ".join(_span(span) for span in spans)


def _span(one: Hours) -> str:
    always = (one.opens, one.closes) == ("00:00", "24:00")
    clock = "" if always else f" {one.opens}–{one.closes}"
    days = [day for day in WEEK if day in one.byday]
    if len(days) == len(WEEK):
        return _("Day and night") if always else _("Every day") + clock
    first, last = WEEK.index(days[0]), WEEK.index(days[-1])
    in_a_row = len(days) > 2 and last - first == len(days) - 1
    said = (
        f"{_short(first)}–{_short(last)}" if in_a_row else ", ".join(_short(WEEK.index(day)) for day in days)
    )
    return said + clock


def _short(number: int) -> str:
    return format_date(A_MONDAY.replace(day=1 + number), "EEE", locale=locale())
