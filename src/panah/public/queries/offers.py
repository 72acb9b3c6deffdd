"""Numbers to take along, and what a society recorded to be passed on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from panah.directory import queries as directory_queries
from panah.directory.queries import HotlineCard
from panah.directory.words import Freshness
from panah.network import queries as network_queries
from panah.network.queries import EmergencyNumbers


@dataclass(frozen=True, slots=True)
class NumbersToTake:
    """The numbers of one country; those of the societies at home, to be dialled from there."""

    iso2: str
    on: date
    danger: EmergencyNumbers
    there: tuple[HotlineCard, ...]
    home: tuple[HotlineCard, ...]


def home_lines(*, at: datetime, iso2: str = "") -> tuple[HotlineCard, ...]:
    """The numbers, verified lately, that the societies of this node answer themselves; of one country if asked."""
    own = directory_queries.own_numbers_of(network_queries.hosted_ids(), at=at)
    found = [one for lines in own.values() for one in lines if _good(one) and (not iso2 or one.iso2 == iso2)]
    return tuple(sorted(found, key=lambda one: (one.country.casefold(), one.name.casefold())))


def _good(one: HotlineCard) -> bool:
    # What goes round on paper and in messengers outlives a list that is put right: only what was tried lately.
    return bool(one.dial) and one.verified.freshness == Freshness.FRESH


def numbers_to_take(*, iso2: str, at: datetime) -> NumbersToTake | None:
    """What to write down for a country: danger first, lines there, the line at home; None where no country is named."""
    if not iso2:
        return None
    on = timezone.localdate(at)
    lines = [one for one in directory_queries.hotlines(at=at, iso2=iso2) if one.dial]
    return NumbersToTake(
        iso2=iso2,
        on=on,
        danger=network_queries.emergency_numbers(iso2=iso2, on=on),
        there=tuple(one for one in lines if one.verified.freshness != Freshness.FAILED),
        home=tuple(one for one in home_lines(at=at) if one.iso2 != iso2),
    )


def offer_sound(language: str) -> str:
    """The address of the recording of *A text to read aloud* in this language; "" where no society has made one."""
    return ""
