"""How a figure is said on a page: its value, who is counted, when, and how it is cited."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panah.ground.kit.dates import dated
from panah.ground.kit.numbers import number, percent
from panah.ground.network.words import country_name
from panah.programmes.figures.delivered import GivenFigure, given, in_words
from panah.programmes.figures.import_words import dimension_name
from panah.programmes.figures.models import Figure
from panah.programmes.figures.queries import value_of
from panah.programmes.figures.rules.comparing import rounded
from panah.programmes.figures.rules.intervals import Interval
from panah.programmes.figures.words import (
    NOT_DEDUPLICATED,
    Age,
    Exploitation,
    Flag,
    Measure,
    Sex,
    Unit,
    ValueKind,
)


def interval_text(value: Interval | None, *, small: bool = False) -> str:
    """Return a value in the reader's digits: "1,834", "1 to 4", "101 or more"."""
    if value is None:
        return _("not known")
    low = _digits(value.low, small)
    if value.is_exact:
        return low
    if value.high is None:
        return _("%(number)s or more") % {"number": low}
    return _("%(low)s to %(high)s") % {"low": low, "high": _digits(value.high, small)}


def _digits(value: Decimal, small: bool) -> str:
    shown = rounded(value) if small or value != value.to_integral_value() else value
    return str(number(int(shown)) if shown == shown.to_integral_value() and not small else number(shown, 2))


def country(iso2: str) -> str:
    return country_name(iso2, get_language() or "en") if iso2 else ""


@dataclass(frozen=True)
class Shown:
    """A figure in the reader's words; what is delivered with Panah, in her language."""

    figure: Figure

    @cached_property
    def given(self) -> GivenFigure | None:
        return given().figures.get(self.figure.delivered)

    @cached_property
    def interval(self) -> Interval | None:
        return value_of(self.figure)

    @property
    def value(self) -> str:
        one = self.figure
        if one.kind == ValueKind.TIMES:
            return _("%(number)s times another number") % {"number": interval_text(self.interval)}
        if one.kind == ValueKind.PERCENT and self.interval is not None:
            if self.interval.is_exact:
                return percent(self.interval.low / 100, 0 if self.interval.low % 1 == 0 else 1)
            return _("%(range)s per cent") % {"range": interval_text(self.interval)}
        if one.kind == ValueKind.RATE:
            return _("%(number)s per %(per)s") % {
                "number": interval_text(self.interval, small=True),
                "per": number(one.per),
            }
        return interval_text(self.interval)

    @property
    def formula(self) -> str:
        """How a rate is worked out, "" of any other figure."""
        one = self.figure
        if one.kind != ValueKind.RATE or one.numerator is None or one.denominator is None:
            return ""
        return _("%(above)s ÷ %(below)s × %(per)s = %(value)s") % {
            "above": interval_text(value_of(one.numerator)),
            "below": interval_text(value_of(one.denominator)),
            "per": number(one.per),
            "value": interval_text(self.interval, small=True),
        }

    @property
    def measure(self) -> str:
        return str(Measure(self.figure.measure).label)

    @property
    def who(self) -> str:
        return in_words(self.given.who) if self.given else self.figure.who

    @property
    def note(self) -> str:
        return in_words(self.given.note) if self.given else self.figure.note

    @property
    def base(self) -> str:
        return in_words(self.given.base) if self.given else self.figure.denominator_text

    @property
    def counted(self) -> list[str]:
        """Who and what is counted: in words first, then by the closed lists."""
        one, unit = self.figure, str(Unit(self.figure.unit).label)
        return [
            said
            for said in (
                self.who,
                "" if self.who.casefold() == unit.casefold() else unit,
                str(Sex(one.sex).label) if one.sex else "",
                str(Age(one.age).label) if one.age else "",
                str(Exploitation(one.exploitation).label) if one.exploitation else "",
                _("citizens of: %(country)s") % {"country": country(one.citizenship)}
                if one.citizenship
                else "",
                *(f"{dimension_name(name)}: {value}" for name, value in one.dimensions.items()),
            )
            if said
        ]

    @property
    def where(self) -> str:
        """The country, or the corridor."""
        one = self.figure
        way = [country(code) for code in (one.origin, one.transit, one.destination) if code]
        if len(way) > 1:
            return " → ".join(way)
        return country(one.country) or (way[0] if way else _("the world, or a region"))

    @property
    def when(self) -> str:
        one = self.figure
        if one.period_from and one.period_to:
            return _("%(begins)s to %(ends)s") % {
                "begins": dated(one.period_from),
                "ends": dated(one.period_to),
            }
        return str(one.data_year) if one.data_year else _("no year")

    @property
    def flags(self) -> list[str]:
        known = {*self.figure.flags}
        return [str(one.label) for one in Flag if one in known]

    @property
    def address(self) -> str:
        return f"{settings.PANAH_ADDRESS}{reverse('figures:figure', args=[self.figure.number])}"

    @property
    def citation(self) -> str:
        """One line, to be copied."""
        one = self.figure
        printed = f"“{one.as_printed}”" if one.as_printed else self.value
        parts = [one.publisher, f"{self.measure}, {self.where}, {self.when}: {printed}"]
        if one.kind != ValueKind.RATE:
            parts.append(_("In: %(title)s") % {"title": one.source.title})
        if one.source.link:
            parts.append(one.source.link)
        parts.append(_("Panah, register of figures, %(number)s") % {"number": one.number})
        if one.joint:
            parts.append(str(NOT_DEDUPLICATED))
        return ". ".join(part.rstrip(". ") for part in parts) + "."


def growth_text(times: Interval | None) -> str:
    """Return "× 1.86", "" where nothing is known."""
    return f"× {interval_text(times, small=True)}" if times is not None else ""
