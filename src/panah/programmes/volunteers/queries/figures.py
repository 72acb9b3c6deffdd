"""Counts by sex and band of age, in the names of the Federation's databank (FDRS)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from panah.programmes.volunteers import permissions, rules
from panah.programmes.volunteers.models import Volunteer
from panah.programmes.volunteers.permissions import parts_seen_by
from panah.programmes.volunteers.words import Sex, VolunteerState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

TOTAL, OTHER = "KPI_PeopleVol_Tot", "Other"
LETTERS = {Sex.FEMALE: "F", Sex.MALE: "M"}


@dataclass(frozen=True)
class BandOfAge:
    """One band: how it reads, its end in a code of FDRS, and how many women, men and others are in it."""

    label: str
    code: str
    women: int
    men: int
    others: int

    @property
    def whole(self) -> int:
        return self.women + self.men + self.others


@dataclass(frozen=True)
class Figures:
    """Volunteers of one year. In ``women`` and ``men`` only those whose sex is written down so."""

    year: int
    bands: list[BandOfAge]

    @property
    def women(self) -> int:
        return sum(one.women for one in self.bands)

    @property
    def men(self) -> int:
        return sum(one.men for one in self.bands)

    @property
    def whole(self) -> int:
        return sum(one.whole for one in self.bands)

    def indicators(self) -> list[tuple[str, int]]:
        """Return (indicator, number) as FDRS asks for them."""
        found = [(TOTAL, self.whole), (f"{TOTAL}_M", self.men), (f"{TOTAL}_F", self.women)]
        for letter, name in (("M", "men"), ("F", "women")):
            found += [(f"KPI_PeopleVol_{letter}_age_{one.code}", getattr(one, name)) for one in self.bands]
        return found


def figures(*, to: Staff, year: int, not_known: str) -> Figures:
    """Count whoever was a volunteer at some time of a year: of the branch of its coordinator, else of the society.

    The age is the one reached in that year. ``not_known`` is how the last band reads.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    parts = (
        parts_seen_by(to)
        if permissions.keeps_volunteers(to)
        else [Volunteer.objects.filter(society=to.society_id)]
    )
    there = (Q(joined_on=None) | Q(joined_on__lte=last)) & (Q(left_on=None) | Q(left_on__gte=first))
    there &= Q(state__in=(VolunteerState.ACTIVE, VolunteerState.PAUSED, VolunteerState.LEFT))
    counted: Counter[tuple[tuple[int, int] | None, str]] = Counter()
    for rows in parts:
        # By branch too, as the index is ordered: nothing is to be sorted.
        groups = (
            rows.filter(there).order_by().values("branch", "sex", "born_year").annotate(number=Count("*"))
        )
        for sex, born, number in groups.values_list("sex", "born_year", "number"):
            counted[rules.age_band(born, last), sex if sex in LETTERS else ""] += number
    bands: list[tuple[tuple[int, int] | None, str, str]] = [
        (band, *(("80+", "80") if band[0] == 80 else (f"{band[0]}–{band[1]}", f"{band[0]}_{band[1]}")))
        for band in rules.BANDS
    ]
    return Figures(
        year,
        [
            BandOfAge(label, code, counted[band, Sex.FEMALE], counted[band, Sex.MALE], counted[band, ""])
            for band, label, code in [*bands, (None, not_known, OTHER)]
        ],
    )
