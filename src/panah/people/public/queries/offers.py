"""The lines that stand on a picture, and what a society recorded to be passed on."""

from __future__ import annotations

from datetime import datetime

from panah.ground.directory import queries as directory_queries
from panah.ground.directory.queries import HotlineCard
from panah.ground.directory.words import Freshness
from panah.ground.network import queries as network_queries
from panah.people.materials import queries as materials_queries
from panah.people.materials.queries import Paper


def home_lines(*, at: datetime, iso2: str = "") -> tuple[HotlineCard, ...]:
    """The numbers, verified lately, that the societies of this node answer themselves; of one country if asked."""
    own = directory_queries.own_numbers_of(network_queries.hosted_ids(), at=at)
    found = [one for lines in own.values() for one in lines if _good(one) and (not iso2 or one.iso2 == iso2)]
    return tuple(sorted(found, key=lambda one: (one.country.casefold(), one.name.casefold())))


def _good(one: HotlineCard) -> bool:
    # What goes round on paper and in messengers outlives a list that is put right: only what was tried lately.
    return bool(one.dial) and one.verified.freshness == Freshness.FRESH


def offer_sound(language: str) -> Paper | None:
    """The recording of *A text to read aloud* in this language; None where no society has published one."""
    return materials_queries.sound(language)


def offer_picture(language: str) -> Paper | None:
    """The picture that a society has made itself, in this language; None where there is none."""
    return materials_queries.picture(language)
