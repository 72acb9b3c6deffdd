"""Which societies can be written to through the door, and which countries it knows something of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import get_language

from panah.ground.directory import queries as directory_queries
from panah.ground.network import queries as network_queries
from panah.ground.network.capabilities import closed_on
from panah.ground.network.words import country_name

if TYPE_CHECKING:
    from panah.ground.network.models import Society

# The capability that a society closes when it takes no messages from strangers.
DOOR = "public_door"
# Stands in a choice for a country that no list has.
ELSEWHERE = "other"


@dataclass(frozen=True)
class Door:
    """A society that takes messages from the door, in the words of the reader's language."""

    society: Society
    name: str
    country: str
    iso2: str
    languages: tuple[str, ...]

    @property
    def slug(self) -> str:
        return self.society.slug


def doors_for(country: str = "", speaks: str = "", *, on: date) -> list[Door]:
    """Return the societies that can be written to on a day: that of ``country`` first, then who speaks ``speaks``.

    Both may be empty. A society that closed its door is not among them: none may be. One query.
    """
    language = get_language() or "en"
    found = [
        Door(row, row.name_in(language), country_name(row.iso2, language), row.iso2, tuple(row.languages))
        for row in network_queries.hosted_rows()
        if DOOR not in closed_on(row, on)
    ]
    wanted = speaks.split("-")[0]
    return sorted(
        found, key=lambda one: (one.iso2 != country, wanted not in one.languages, one.name.casefold())
    )


def door_or_none(slug: str, *, on: date) -> Door | None:
    """Return the door of a society by its short name; None where there is none, and where it is closed."""
    return next((one for one in doors_for(on=on) if one.slug == slug), None)


def countries() -> list[tuple[str, str]]:
    """(ISO2, name for the reader) of the countries of which something is known, this node first. Four queries."""
    language = get_language() or "en"
    here = [row.iso2 for row in network_queries.hosted_rows()]
    known = {
        *network_queries.countries_with_emergency_numbers(),
        *directory_queries.countries_with_lines(),
        *directory_queries.listed_countries(),
        *here,
    }
    named = [(iso2, country_name(iso2, language)) for iso2 in known]
    return sorted(named, key=lambda one: (one[0] not in here, one[1].casefold()))
