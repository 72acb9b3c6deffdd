"""What goes into a package beside the numbers: how they were made, whom they count, what is promised."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from typing import TYPE_CHECKING

from panah.evidence import ctdc
from panah.evidence.products import Data, Estimated, Paid, population, read_tables
from panah.evidence.rules import right_in_a_hundred
from panah.evidence.words import Product, What
from panah.release.accounting import rho_for
from panah.release.domain import shipped
from panah.release.package import Budget, Contents, Rows
from panah.release.populations import Population

if TYPE_CHECKING:
    from panah.evidence.models import Release

READ_WITHIN = timedelta(days=14)
MADE_UP = (
    "THESE PEOPLE ARE MADE UP. This package was made to rehearse a release. It says nothing about anybody."
)
WHO = """\
Who is in it: people with a case of the society begun in that year, who agreed to be counted, as their cards stood \
when it was made.
A person counts once for each card. Cards cannot be joined: who has two cases that were never brought together counts \
as two, and what protects one card then protects her less. Across nodes nobody can know.
Not deduplicated across societies: one person helped by two societies is in the numbers of both."""
COLUMNS = """\
Which columns and values there are was declared before anything was counted (%(version)s, SHA-256 %(hash)s). A value \
that is not declared counts as another one; several countries of one person count as another country."""
ROWS = """\
The rows are of people who do not exist. Counts of single columns, pairs and, where there are many people, threes got \
noise, a model was fitted to the noisy counts, and the rows were drawn from it. The tables in estimates/ are made of \
the same noisy counts: of 20 true numbers 19 lie between low and high. Nothing exact leaves.
That there are rows at all says that at least %(floor)s people were counted; this is told exactly."""
TABLES = """\
Exact counts. Those of one to four people are not shown, and with them all that would let a reader work them out, also \
beside earlier releases of the society. Zero is nobody; not shown protects people; not asked was asked of nobody.
No epsilon describes exact counts."""
JOINT = """\
Two societies together. Each gave what it may show: a cell that one of them hides is hidden here, and in no total. A \
cell that one society alone fed is hidden too, and what would tell it, so that the other cannot subtract its own. \
Totals are sums of what both show. Not deduplicated: one person helped by both counts twice. No epsilon describes \
these counts."""
SENTENCE = """\
Whoever thought it even odds whether one person is in here is right in at most %(right)s of 100 cases after reading \
this release; without it, in 50."""


def contents_of(row: Release, made: Data, *, floor: int, published: date | None) -> Contents:
    """Return what is packed. ``made``: what was drawn for it."""
    tables = read_tables(made["tables"])
    return Contents(
        release=str(row.pk),
        title=row.title,
        contact=row.contact,
        published=published,
        population=tables[0].population if tables else _population(row),
        tables=tables,
        rows=Rows(ctdc.domain(), [tuple(one) for one in made["rows"]]) if "rows" in made else None,
        estimates=[_estimated(one) for one in made.get("estimates", ())],
        budget=_budget(row, made["paid"]) if "paid" in made else None,
        method=_method(row, floor),
        meanings=_meanings(),
    )


def _population(row: Release) -> Population:
    made_up = row.population.what == What.REHEARSAL
    return population(row.population.year, row.society.name_en, made_up=made_up)


def _method(row: Release, floor: int) -> list[str]:
    domain = ctdc.domain()
    who = MADE_UP if row.population.what == What.REHEARSAL else WHO
    how = TABLES if row.epsilon is None else ROWS
    if row.product == Product.JOINT:
        how = JOINT
    known = {"version": domain.version, "hash": domain.hash, "floor": floor}
    return [*([row.about] if row.about else []), who, COLUMNS % known, how % known]


def _estimated(one: Estimated) -> tuple[str, list[list[str | int]]]:
    return "-".join(one["columns"]), [[*one["columns"], "count", "low", "high"], *one["lines"]]


def _budget(row: Release, paid: Paid) -> Budget:
    rho = rho_for(float(row.epsilon or 0), float(row.population.delta))
    return Budget(
        epsilon=str(row.epsilon),
        delta=str(row.population.delta),
        rho=str(paid["rho"]),
        mechanism=str(paid["mechanism"]),
        sentence=SENTENCE % {"right": right_in_a_hundred(rho)},
    )


def _meanings() -> dict[str, str]:
    return {one["name"]: one.get("label", "") for one in tomllib.loads(shipped().decode())["column"]}
