"""The search under pressure: need, place, language, who can be admitted, open now; the nearest that works first."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from panah.ground.directory import rules, words
from panah.ground.directory.models import Service
from panah.ground.directory.queries.agreements import our_agreement, today, with_ours
from panah.ground.directory.queries.cards import Search, ServiceCard
from panah.ground.directory.queries.entries import service_card, services_with
from panah.ground.directory.queries.written_rows import Wanted, columns, service_rows
from panah.ground.directory.words import Opening, TermKind
from panah.ground.foundation import dialled_numbers
from panah.ground.network import queries as network_queries
from panah.ground.network.words import folded

if TYPE_CHECKING:
    from panah.ground.network.models import Region, Society


# More than this nobody reads with a person on the line: the page asks to narrow the search.
MOST = 100
# Farther than anything: a region whose main town nobody has written down.
NOWHERE = 100_000

type Point = tuple[float, float]


def _matching(search: Search) -> Wanted:
    """Return which services the search asks for, by what is kept of them."""
    shown = (words.ServiceStatus.ACTIVE, words.ServiceStatus.PAUSED)
    fit = [services_with(TermKind.NEED, search.need)] if search.need else []
    other = []
    for kind, term in ((TermKind.LANGUAGE, search.language), (TermKind.ADMITS, search.admits)):
        if term:
            other.append(services_with(kind) - services_with(kind, term))
    return lambda row: (
        row["status"] in shown
        and (not search.iso2 or row["iso2"] == search.iso2)
        and all(row["pk"] in these for these in fit)
        and not any(row["pk"] in these for these in other)
    )


def search_services(
    search: Search, *, at: datetime, society: Society | None = None
) -> tuple[ServiceCard, ...]:
    """Services that fit, the one to try first on top: two queries, at most MOST answers.

    With a region asked for, first what lies there or serves the whole country, then what lies in other regions of
    the country. In each part: verified before stale before never verified; among equals the nearest, measured
    between the regions' main towns. What failed or is closed for now comes last of all. A service that lists no
    languages or admits nobody by name is kept: unknown is not no. A closed service is left out only by
    ``open_now``; one whose hours are unknown stays. A region costs one query more; so does ``society``, whose
    agreements are then said.
    """
    return tuple(card for card, _row in _found(search, at=at, society=society)[:MOST])


def listed_countries() -> list[str]:
    """The countries (ISO2) that a service lies in. No query."""
    return sorted({str(row["iso2"]) for row in columns(Service)})


def services_found(search: Search, *, at: datetime) -> list[Service]:
    """The rows of everything that the search shows, beyond its first answers too, in its order. Two queries.

    For a file that leaves: without those whose numbers were changed outside Panah.
    """
    found = _found(search, at=at, society=None, contacts=True)
    return [row for _card, row in found if not row.changed_outside]


def _found(
    search: Search, *, at: datetime, society: Society | None, contacts: bool = False
) -> list[tuple[ServiceCard, Service]]:
    rows = service_rows(_matching(search), contacts=contacts)
    if society is not None:
        with_ours(rows, society)
    here = _main_town(search.region)
    found = []
    for row in dialled_numbers.compared(rows):
        card = _placed(service_card(row, at=at), row, search, here)
        if society is not None:
            card = replace(card, agreement=our_agreement(_ours(row), on=today(society, at)))
        if _fits(card, search):
            found.append((card, row))
    return sorted(found, key=lambda one: _order(one[0], search))


def _ours(row: Any) -> Any:
    return row.organization.ours


def _main_town(code: str) -> Point | None:
    return _point(network_queries.region_or_none(code) if code else None)


def _point(region: Region | None) -> Point | None:
    if region is None or region.latitude is None or region.longitude is None:
        return None
    return region.latitude, region.longitude


def _placed(card: ServiceCard, row: Service, search: Search, here: Point | None) -> ServiceCard:
    """With how far it is: nothing for the region asked for and for what serves the whole country."""
    if not search.region or not card.region_code or card.region_code == search.region:
        return card
    there = _point(row.region)
    km = rules.kilometres(here, there) if here and there else None
    return replace(card, elsewhere=True, km=km)


def _says(row: ServiceCard, wanted: str) -> bool:
    spoken = (row.name, row.organization, row.description, row.region, row.country)
    text = folded(" ".join(spoken))
    return all(word in text for word in folded(wanted).split())


def _fits(card: ServiceCard, search: Search) -> bool:
    if search.open_now and (card.opening == Opening.CLOSED or not card.works):
        return False
    return not search.words or _says(card, search.words)


def _order(card: ServiceCard, search: Search) -> tuple[object, ...]:
    unsure = bool(search.language) and search.language not in card.languages
    nationwide = bool(search.region) and not card.region_code
    return (
        not card.works,
        card.verified.freshness == words.Freshness.FAILED,
        card.elsewhere,
        rules.RANK[card.verified.freshness.value],
        # An entry whose source has said nothing for a quarter sinks below those that nobody has tried.
        card.told is not None and card.told.long_ago,
        nationwide,
        card.km if card.km is not None else NOWHERE if card.elsewhere else 0,
        unsure,
        card.opening == Opening.CLOSED,
        card.country.casefold(),
        card.name.casefold(),
    )
