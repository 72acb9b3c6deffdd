"""The numbers that somebody writes down before she or he goes: short, since they are printed on a small card."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language

from panah.ground.directory.words import Freshness
from panah.ground.network.words import country_name
from panah.people.public import queries
from panah.people.public.help_presenters import emergency_said, tried
from panah.people.public.queries import Line


@dataclass(frozen=True, slots=True)
class NumberToTake:
    """A number for a piece of paper. ``doubt``: a sentence where nobody has tried it lately; else ""."""

    name: str
    number: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class NumbersToTake:
    """The numbers of one country, and the lines at home that can be dialled from there; ``on``: the day of printing."""

    iso2: str
    country: str
    on: date
    danger: tuple[NumberToTake, ...]
    danger_note: str
    there: tuple[NumberToTake, ...]
    home: tuple[NumberToTake, ...]


def numbers_to_take(iso2: str, *, at: datetime) -> NumbersToTake | None:
    """What *Get help now* tells of a country, for paper; None where no country was chosen."""
    if not iso2:
        return None
    language = get_language() or "en"
    found = queries.numbers_for(iso2, language, at=at)
    danger = emergency_said(found.emergency)
    lines = [one for one in (*found.children, *found.lines) if one.card.dial]
    return NumbersToTake(
        iso2=iso2,
        country=country_name(iso2, language),
        on=timezone.localdate(at),
        danger=tuple(NumberToTake(what, number) for _dial, number, what, _reach in danger.numbers),
        danger_note=danger.note,
        there=tuple(_written(line) for line in lines if line.here),
        # From abroad a number rings only with the code of its country.
        home=tuple(_written(line) for line in lines if not line.here and line.card.dial.startswith("+")),
    )


def _written(line: Line) -> NumberToTake:
    fresh = line.card.verified.freshness == Freshness.FRESH
    return NumberToTake(line.card.name, line.card.number, "" if fresh else tried(line.card.verified))
