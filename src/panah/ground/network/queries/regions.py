"""Regions of a country, with the older codes that cover each, as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from panah.ground.network import words
from panah.ground.network.models import FormerRegion, Region, Society
from panah.ground.network.queries.societies import countries, reader


@dataclass(frozen=True, slots=True)
class FormerCode:
    """An older code; `whole` where it and today's region are the same ground."""

    code: str
    name: str
    whole: bool
    changed_on: date | None
    note: str


@dataclass(frozen=True, slots=True)
class RegionCard:
    id: UUID
    code: str
    name: str
    own_names: tuple[str, ...]
    kind: str
    iso2: str
    former: tuple[FormerCode, ...] = ()


def _region_card(region: Region, former: Iterable[FormerRegion], language: str) -> RegionCard:
    name = region.name_in(language)
    own = {n for tag, n in region.names.items() if tag not in ("en", "ru") and n != name}
    return RegionCard(
        id=region.pk,
        code=region.code,
        name=name,
        own_names=tuple(sorted(own)),
        kind=str(words.RegionKind(region.kind).label),
        iso2=region.iso2,
        former=tuple(
            FormerCode(
                f.code, f.name, f.whole, f.changed_on, str(words.FormerNote(f.note).label) if f.note else ""
            )
            for f in sorted(former, key=lambda f: (f.scheme, f.code))
        ),
    )


def regions_of(iso2: str) -> tuple[RegionCard, ...]:
    """The regions of a country with the older codes that cover each. Two queries."""
    language = reader()
    rows = Region.objects.filter(iso2=iso2).prefetch_related("former")
    cards = (_region_card(r, r.former.all(), language) for r in rows)
    return tuple(sorted(cards, key=lambda c: c.name.casefold()))


def region_choices(iso2: str) -> tuple[tuple[str, str], ...]:
    """(ISO 3166-2 code, name for the reader), by name."""
    language = reader()
    rows = ((r.code, r.name_in(language)) for r in Region.objects.filter(iso2=iso2))
    return tuple(sorted(rows, key=lambda row: row[1].casefold()))


def regions_by_code() -> dict[str, Region]:
    return {one.code: one for one in Region.objects.all()}


def region_or_none(code: str, *, iso2: str = "") -> Region | None:
    """The region with this ISO 3166-2 code, in this country if one is named."""
    rows = Region.objects.filter(code=code)
    return (rows.filter(iso2=iso2) if iso2 else rows).first()


def regions_today(scheme: str, code: str) -> tuple[tuple[RegionCard, bool], ...]:
    """What an older code covers today: (region, whether the two are the same ground)."""
    language = reader()
    rows = FormerRegion.objects.filter(scheme=scheme, code=code).select_related("region")
    return tuple((_region_card(f.region, (), language), f.whole) for f in rows)


def place_choices(*, listed: Iterable[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Places to search in, by country: the whole country first ("KZ"), then its regions ("KZ-71").

    Countries that this node's societies or Central Asia lie in, or that are `listed` (ISO2) besides. Three queries.
    """
    language = reader()
    here = set(Society.objects.filter(Q(hosted=True) | Q(central_asian=True)).values_list("iso2", flat=True))
    here |= set(listed)
    regions: dict[str, list[tuple[str, str]]] = {iso2: [] for iso2 in here}
    for region in Region.objects.filter(iso2__in=here):
        regions[region.iso2].append((region.code, region.name_in(language)))
    return [
        (
            name,
            [
                (iso2, _("%(country)s, everywhere") % {"country": name}),
                *sorted(regions[iso2], key=lambda row: row[1].casefold()),
            ],
        )
        for iso2, name in countries()
        if iso2 in here
    ]
