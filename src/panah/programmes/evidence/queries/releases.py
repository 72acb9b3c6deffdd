"""Releases as colleagues of the society see them, and what a file that somebody brings is."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.shortcuts import get_object_or_404

from panah.ground.foundation import dialled_numbers
from panah.programmes.evidence import rules
from panah.programmes.evidence.kept_tables import read_tables
from panah.programmes.evidence.models import ColumnsFile, Package, Population, PublishedFile, Release
from panah.programmes.evidence.products import Data
from panah.programmes.evidence.words import OUT, OWN_COUNT, Product, ReleaseState, What
from panah.programmes.figures import queries as figures_queries
from panah.programmes.figures.words import SourceKind
from panah.programmes.release.accounting import epsilon_of

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.figures.models import Figure


def releases(*, to: Staff) -> list[Release]:
    """Return all releases of the society, the newest first."""
    rows = Release.objects.visible(to=to).select_related("population", "prepared_by")
    return list(rows)


def release_or_404(pk: UUID, *, to: Staff) -> Release:
    rows = Release.objects.visible(to=to)
    found: Release = get_object_or_404(
        rows.select_related(
            *("population__columns", "society", "prepared_by", "read_by", "decided_by", "withdrawn_by")
        ),
        pk=pk,
    )
    return found


def earlier_of(release: Release, *, to: Staff) -> list[Release]:
    """Return every other release of the society that left, withdrawn ones too: whoever has them keeps them.

    A rehearsal stands beside rehearsals only: of made-up people nobody learns anything about people.
    """
    return _earlier(release, that_left(to=to))


def that_left(*, to: Staff) -> list[Release]:
    """Return every release of the society that left, as the rows tell it."""
    rows = Release.objects.visible(to=to).filter(state__in=OUT)
    return list(rows.select_related("population", "society"))


def _earlier(release: Release, left: Iterable[Release]) -> list[Release]:
    made_up = release.population.what == What.REHEARSAL
    others = [one for one in left if one.pk != release.pk]
    return [other for other in others if (other.population.what == What.REHEARSAL) == made_up]


def laid_beside(release: Release, left: Iterable[Release]) -> list[Release]:
    """Return those of what left whose tables lie beside those of this one: what an attack on it must have seen."""
    if release.product == Product.MICRODATA:
        return []
    earlier = [one for one in _earlier(release, left) if one.product != Product.MICRODATA]
    return [one for one in earlier if release.product != Product.JOINT or one.product == Product.JOINT]


def package_of(release: Release) -> Package | None:
    """Return the package as it stands now: the last that was written."""
    return Package.objects.filter(release=release).order_by("number").last()


def made_of(release: Release) -> Data:
    """Return what was drawn for a release, without anything that had to stay hidden."""
    if not release.made:
        return {"tables": []}
    kept: Data = json.loads(zlib.decompress(bytes(release.made)))
    return kept


def may_be_given(release: Release) -> bool:
    """Say whether its counts may go to another society for a joint release: two people have let them out."""
    return release.product == Product.TABLES and release.state == ReleaseState.PUBLISHED


def own_tables(population: UUID, left: Iterable[Release]) -> Release | None:
    """Return the newest tables of a population, of what left, whose counts may be joined with others'."""
    own = [one for one in left if one.population_id == population and may_be_given(one)]
    return max(own, key=lambda one: (one.begun_on, one.pk), default=None)


def told_figures(year: int, *, to: Staff) -> list[Figure]:
    """Return what of the society's own count of a year was ever told: what was replaced is still read."""
    rows = figures_queries.figures(to=to).filter(source__kind=SourceKind.OWN_COUNT, source__title=OWN_COUNT)
    return list(rows.filter(data_year=year))


def wholes_of(told: Iterable[Figure]) -> set[int]:
    """Return how many people these figures say there are in all."""
    return {whole for one in told if (whole := rules.whole_in(one.denominator_text)) is not None}


def tells_few_beside_figures(release: Release, *, to: Staff) -> bool:
    """Say whether its tables and the register tell together who is one of very few."""
    if release.product != Product.TABLES or release.population.what != What.CASES:
        return False
    told = wholes_of(told_figures(release.population.year, to=to))
    return any(rules.by_few(whole, one) for whole in _wholes_in(release) for one in told)


def _wholes_in(release: Release) -> set[int]:
    tables = read_tables(made_of(release)["tables"])
    return {whole for table in tables if (whole := int(table.values[(-1,) * table.values.ndim])) > 0}


def released_wholes(year: int, left: Iterable[Release]) -> set[int]:
    """Return how many people tables of a year's cases that left say there are in all, where they say it."""
    wanted = (Product.TABLES, What.CASES, year)
    rows = [one for one in left if (one.product, one.population.what, one.population.year) == wanted]
    return {whole for row in rows for whole in _wholes_in(row)}


def fingerprint(release: Release, *, to: Staff) -> str:
    """Return one hash of all that a second person reads: package, report, and what left before."""
    package = package_of(release)
    read = [
        package.sha256 if package else "",
        release.report,
        sorted([str(one.pk), one.state] for one in earlier_of(release, to=to)),
    ]
    return hashlib.sha256(json.dumps(read, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class BudgetView:
    """The ledger of a population as a page says it. ``spent`` and ``whole`` are ε at this δ."""

    epsilon: Decimal
    spent: Decimal
    delta: Decimal
    share: int
    exact: bool

    # Of 100 guesses at even odds, how many come true at most, once the whole budget is spent.
    right_at_most: int

    @property
    def one_in(self) -> int:
        return rules.one_in(self.delta)


def budget_of(population: Population) -> BudgetView:
    """Return what was promised of a population, and what of it is spent."""
    parts = sum(population.spends.values_list("rho", flat=True))
    spent = epsilon_of(rules.rho_of(parts), float(population.delta)) if parts else Decimal(0)
    return BudgetView(
        epsilon=population.epsilon,
        spent=spent,
        delta=population.delta,
        share=round(100 * parts / population.budget),
        exact=population.exact_released,
        right_at_most=rules.right_in_a_hundred(rules.rho_of(population.budget)),
    )


def is_closed(population: Population, product: str) -> bool:
    """Say whether nothing of this kind can be made of these people any more: what excludes it was made."""
    if product == Product.MICRODATA:
        return population.exact_released
    return product == Product.TABLES and population.spends.exists()


def floor() -> int:
    """Return how many people there are at least in a population of which rows are released."""
    return int(settings.PANAH_RELEASE_FLOOR)


def same_package(digest: str, *, to: Staff) -> Package | None:
    """Return the package with this hash that is, or was, published; one that was changed before never left."""
    rows = Package.objects.filter(release__society=to.society_id, release__state__in=OUT, sha256=digest)
    found: Package | None = rows.select_related("release").first()
    return found if found is not None and package_of(found.release) == found else None


def columns_files(*, to: Staff) -> list[ColumnsFile]:
    """Return the files of columns that the society signed, the newest first."""
    return list(ColumnsFile.objects.visible(to=to).select_related("signed_by"))


def columns_file_or_404(pk: UUID, *, to: Staff) -> ColumnsFile:
    found: ColumnsFile = get_object_or_404(ColumnsFile.objects.visible(to=to), pk=pk)
    return found


def published_file(digest: str) -> PublishedFile | None:
    """Return what everybody may know of a file with this hash, of any society of the node; None: it never left.

    Also None where it was changed past Panah: then nothing true can be said of it.
    """
    rows = PublishedFile.objects.filter(sha256=digest).select_related("society")
    found: PublishedFile | None = next((one for one in dialled_numbers.compared(rows)), None)
    return None if found is None or found.changed_outside else found


def file_of(release: UUID) -> PublishedFile | None:
    """Return what the door says of a release of any society of the node; None where it was changed past Panah."""
    rows = dialled_numbers.compared(PublishedFile.objects.filter(release=release))
    return next((row for row in rows if not row.changed_outside), None)


def stands(release: UUID) -> bool:
    """Say whether what left of a release, of any society of the node, was neither withdrawn nor changed past Panah."""
    told = file_of(release)
    return told is not None and told.withdrawn_on is None


def told_withdrawn(society: UUID) -> list[PublishedFile] | None:
    """Return what the door calls withdrawn; None where what it says was changed past Panah."""
    rows = dialled_numbers.compared(published_files(society))
    if any(row.changed_outside for row in rows):
        return None
    return [row for row in rows if row.withdrawn_on is not None]


def published_files(society: UUID) -> Iterable[PublishedFile]:
    """Return what a society published, for whoever compares it with what is kept elsewhere."""
    return PublishedFile.objects.filter(society=society)
