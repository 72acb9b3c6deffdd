"""What goes into a package beside the numbers: how they were made, whom they count, what is promised."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from panah.programmes.evidence import ctdc
from panah.programmes.evidence.kept_tables import read_tables
from panah.programmes.evidence.products import Data, Estimated, KeptColumns, Paid, population
from panah.programmes.evidence.rules import right_in_a_hundred
from panah.programmes.evidence.words import Product, What
from panah.programmes.release.accounting import rho_for
from panah.programmes.release.coverage import Coverage
from panah.programmes.release.domain import read_domain, shipped
from panah.programmes.release.package import Budget, Contents, Line, Rows, SignedColumns

if TYPE_CHECKING:
    from panah.programmes.evidence.models import Release

READ_WITHIN = timedelta(days=14)
MADE_UP = (
    "THESE PEOPLE ARE MADE UP. This package was made to rehearse a release. It says nothing about anybody."
)
WHO = """\
Who is in it: people with a case of the society begun in that year, who agreed to be counted, as their cards stood \
when it was made.
A person counts once for each card. Cases that were linked as one person's have one card together. Cards cannot be \
joined: who has two cases that were never linked counts as two, and what protects one card then protects her less. \
Across nodes nobody can know whether two cards are one person's.
Not deduplicated across societies: one person helped by two societies is in the numbers of both."""
COLUMNS = """\
Which columns and values there are stands in columns.toml (%(version)s, SHA-256 %(hash)s), %(signed)s. It is older \
than the people or, unchanged, the file that Panah brings to every society; what no card can fill is left out. \
A value that is not declared counts as another one; several countries of one person count as another country."""
SIGNED = "signed by the society on %(day)s with the key in columns-key.pem"
NOT_SIGNED = "which nobody signed"
ROWS = """\
The rows are of people who do not exist. Counts of single columns, pairs and, where there are many people, threes got \
noise, a model was fitted to the noisy counts, and the rows were drawn from it. The tables in estimates/ are made of \
the same noisy counts: of 20 true numbers 19 lie between low and high. estimates/utility.csv says by how many people \
counts of so many columns together are missed on average, and how many combinations are lost or made up.
Nothing exact leaves.
That there are rows at all says that at least %(floor)s people were counted; this is told exactly."""
TABLES = """\
Exact counts. Those of one to four people are not shown, and with them all that would let a reader work them out, also \
beside earlier releases of the society. Zero is nobody; not shown protects people; not asked was asked of nobody.
No epsilon describes exact counts."""
JOINT = """\
Several societies together: %(societies)s. Each gave what it may show: a cell that one of them hides is hidden here, \
and in no total. A cell that one society alone fed is hidden too, and what would tell it, so that another cannot \
subtract its own. \
Totals are sums of what all show. Not deduplicated: one person helped by two counts twice, and across nodes nobody can \
know. No epsilon describes these counts."""
UTILITY = [
    "columns together",
    "combinations",
    "tables miss by",
    "rows miss by",
    "per cent lost",
    "per cent made up",
]
SENTENCE = """\
Somebody who only guesses whether one person is in here is right 50 times of 100. After reading this release: at most \
%(right)s."""


def contents_of(row: Release, made: Data, *, floor: int, published: date | None) -> Contents:
    """Return what is packed. ``made``: what was drawn for it."""
    kept = made.get("columns")
    text = kept["text"] if kept else ""
    quality: list[tuple[str, Sequence[Line]]] = (
        [("utility", [UTILITY, *made["quality"]])] if "quality" in made else []
    )
    return Contents(
        release=str(row.pk),
        title=row.title,
        contact=row.contact,
        published=published,
        population=_population(row, made),
        tables=read_tables(made["tables"]),
        rows=Rows(ctdc.domain(text), [tuple(one) for one in made["rows"]]) if "rows" in made else None,
        estimates=[*map(_estimated, made.get("estimates", ())), *quality],
        budget=_budget(row, made["paid"]) if "paid" in made else None,
        columns=_columns(kept),
        method=_method(row, made, floor),
        meanings=_meanings(text),
    )


def _population(row: Release, made: Data) -> Coverage:
    """Whom it counts, with the societies by their names: an id tells no reader anything."""
    made_up = row.population.what == What.REHEARSAL
    names = frozenset(made.get("societies") or [row.society.name_en])
    return replace(population(row.population.year, str(row.society_id), made_up=made_up), places=names)


def _columns(kept: KeptColumns | None) -> SignedColumns | None:
    if kept is None:
        return None
    signature, public = bytes.fromhex(kept["signature"]), bytes.fromhex(kept["public"])
    return SignedColumns(kept["text"].encode(), signature, public)


def _method(row: Release, made: Data, floor: int) -> list[str]:
    who = MADE_UP if row.population.what == What.REHEARSAL else WHO
    how = TABLES if row.epsilon is None else ROWS
    if row.product == Product.JOINT:
        how = JOINT
    kept = made.get("columns")
    text = kept["text"].encode() if kept else shipped()
    day = kept["signed_on"] if kept else ""
    known = {
        "version": read_domain(text).version,
        "hash": sha256(text).hexdigest(),
        "signed": SIGNED % {"day": day} if day else NOT_SIGNED,
        "floor": floor,
        "societies": ", ".join(made.get("societies", ())),
    }
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


def _meanings(text: str) -> dict[str, str]:
    said = tomllib.loads(text or shipped().decode())
    return {one["name"]: one.get("label", "") for one in said["column"]}
