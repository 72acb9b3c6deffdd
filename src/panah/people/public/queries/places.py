"""Help near a place, from the directory: what can be rung. Nothing tells where a bed is, no order of a list either."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from panah.ground.directory import queries as directory_queries
from panah.ground.directory.queries import Search, ServiceCard
from panah.ground.directory.words import Freshness, Need
from panah.people.public.queries.numbers import marks_unverified

# More than this nobody reads on a telephone: the page says how many there are besides.
MOST = 30


@dataclass(frozen=True)
class Places:
    """What was found. ``beds`` lie somewhere in the country; ``more``: how many are not shown."""

    near: list[ServiceCard]
    further: list[ServiceCard]
    beds: list[ServiceCard]
    more: int

    def __len__(self) -> int:
        return len(self.near) + len(self.further) + len(self.beds)


def places(search: Search, *, at: datetime) -> Places:
    """Return what fits and can be rung, MOST at most. ``search`` names a country. A house of beds has no address."""
    marks = marks_unverified(search.iso2, at.date())
    found = [
        one for one in directory_queries.search_services(search, at=at) if _may_be_shown(one, marks=marks)
    ]
    houses = directory_queries.organizations_with_beds()
    found = [replace(one, address="") if one.organization_id in houses else one for one in found]
    beds = [one for one in found if Need.SHELTER in one.needs]
    # The search sorts by how near a region is: of beds that would tell the region.
    beds.sort(key=lambda one: (one.verified.freshness != Freshness.FRESH, one.name.casefold()))
    others = [one for one in found if Need.SHELTER not in one.needs]
    shown = [*beds, *others][:MOST]
    return Places(
        near=[one for one in shown if Need.SHELTER not in one.needs and not one.elsewhere],
        further=[one for one in shown if Need.SHELTER not in one.needs and one.elsewhere],
        beds=[one for one in shown if Need.SHELTER in one.needs],
        more=len(found) - len(shown),
    )


def _may_be_shown(card: ServiceCard, *, marks: bool) -> bool:
    if not card.can_be_tried or not any(phone.dial for phone in card.phones):
        return False
    return marks or card.verified.freshness == Freshness.FRESH
