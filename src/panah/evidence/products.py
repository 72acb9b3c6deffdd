"""What a release is made of, and what attacks on it find. Plain Python: it runs in a process of its own.

Nothing here opens a file or knows a key: rows come in, what may be packed goes out.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NotRequired, TypedDict

import numpy as np

from panah.evidence import ctdc
from panah.release.attack import AttackReport, Release, attack
from panah.release.cells import Dimension, Method, ProtectedTable, Rule, Table, count_rows
from panah.release.domain import Domain
from panah.release.estimate import Estimate
from panah.release.made_up import with_classes
from panah.release.populations import Population
from panah.release.rows_attack import Rehearsal
from panah.release.sentences import Sentence
from panah.release.synthesis import prepare
from panah.release.tables import CannotProtect, protect_together

# Which tables there are is said here, older than any data: deleting a rare value changes nothing in their shape.
TABLES = (
    ("by-country", ("CountryOfExploitation", "gender")),
    ("by-citizenship", ("citizenship", "gender")),
    ("by-kind", ("gender", "isForcedLabour", "isSexualExploit", "isOtherExploit")),
)
NOT_KNOWN = "not known"
# So many made-up people are counted, and as many are not, when the way of making rows is attacked.
REHEARSED = 1000


class KeptTable(TypedDict):
    """A protected table as it is kept: read again to be packed, and to be laid beside the next release."""

    name: str
    measure: str
    since: str
    until: str
    places: list[str]
    dimensions: list[tuple[str, list[str]]]
    # Nested as deep as there are dimensions, with totals.
    states: list[object]
    values: list[object]
    threshold: int
    protection: int
    method: str
    base: int
    seed: int
    solver: str


class Estimated(TypedDict):
    """A table with error bars: its columns, and lines of values, count, low and high."""

    columns: list[str]
    lines: list[list[str | int]]


class Paid(TypedDict):
    """What rows cost, and by what they were made private."""

    rho: str
    mechanism: str
    seed: int


class Data(TypedDict):
    """What may be packed of a release."""

    tables: list[KeptTable]
    rows: NotRequired[list[list[str]]]
    estimates: NotRequired[list[Estimated]]
    paid: NotRequired[Paid]
    # Ids of the releases that had left when it was attacked.
    beside: NotRequired[list[str]]


class Line(TypedDict):
    """A line of the report: a sentence by its code, and whether it broke something."""

    code: str
    values: dict[str, str]
    fails: bool


@dataclass(frozen=True)
class Asked:
    """What a release is made from. ``earlier``: the kept tables of each earlier release."""

    product: str
    year: int
    society: str
    made_up: bool
    rows: list[dict[str, str]]
    epsilon: float = 0.0
    delta: float = 0.0
    earlier: list[list[KeptTable]] = field(default_factory=list)


@dataclass(frozen=True)
class Made:
    """What may be packed, and what the attacks found."""

    data: Data
    report: list[Line]
    passed: bool


def make(asked: Asked) -> Made:
    """Make one product and attack it."""
    return _tables(asked) if asked.product == "tables" else _rows(asked)


# -- tables of exact counts --------------------------------------------------------------------


def _tables(asked: Asked) -> Made:
    rule, tables = Rule(), _counted(asked)
    earlier = [one for kept in asked.earlier for one in read_tables(kept)]
    try:
        shown = protect_together(tables, rule, published=earlier)
    except CannotProtect as why:
        return Made({"tables": []}, [_line(why.sentence, fails=True)], passed=False)
    truth = {one.name: one for one in tables}
    before = [Release("earlier", tuple(read_tables(kept))) for kept in asked.earlier]
    found = attack(Release("this", tuple(shown), truth), before)
    return Made({"tables": write_tables(shown)}, report_of(found), found.passed)


def population(year: int, society: str, *, made_up: bool) -> Population:
    """Whom a release of a year counts."""
    measure = "made-up people" if made_up else "people with a case who agreed to be counted"
    return Population(measure, date(year, 1, 1), date(year, 12, 31), frozenset({society}))


def _counted(asked: Asked) -> list[Table]:
    domain = ctdc.domain()
    codes = domain.encode_records(asked.rows)
    people = population(asked.year, asked.society, made_up=asked.made_up)
    found = []
    for name, columns in TABLES:
        at = [domain.names.index(one) for one in columns]
        dimensions = [
            Dimension(one, (NOT_KNOWN, *domain.columns[place].values[1:]))
            for one, place in zip(columns, at, strict=True)
        ]
        whose = np.zeros(len(codes), np.int64)
        found.append(count_rows(name, people, dimensions, codes[:, at], [asked.society], whose))
    return found


def write_tables(tables: Sequence[ProtectedTable]) -> list[KeptTable]:
    """Return tables as they are kept."""
    return [
        {
            "name": one.name,
            "measure": one.population.measure,
            "since": one.population.since.isoformat(),
            "until": one.population.until.isoformat(),
            "places": sorted(one.population.places),
            "dimensions": [(d.name, list(d.values)) for d in one.dimensions],
            "states": one.states.tolist(),
            "values": one.values.tolist(),
            "threshold": one.rule.threshold,
            "protection": one.rule.protection,
            "method": one.rule.method.value,
            "base": one.rule.base,
            "seed": one.rule.seed,
            "solver": one.solver,
        }
        for one in tables
    ]


def read_tables(kept: Iterable[KeptTable]) -> list[ProtectedTable]:
    """Return what ``write_tables`` kept."""
    found: list[ProtectedTable] = []
    for one in kept:
        since, until = date.fromisoformat(one["since"]), date.fromisoformat(one["until"])
        people = Population(one["measure"], since, until, frozenset(one["places"]))
        rule = Rule(one["threshold"], one["protection"], Method(one["method"]), one["base"], one["seed"])
        dimensions = tuple(Dimension(name, tuple(values)) for name, values in one["dimensions"])
        states, values = np.asarray(one["states"], np.int8), np.asarray(one["values"], np.int64)
        found.append(ProtectedTable(one["name"], people, dimensions, states, values, rule, one["solver"]))
    return found


# -- rows --------------------------------------------------------------------------------------


def _rows(asked: Asked) -> Made:
    domain = ctdc.domain()
    made = prepare(domain.encode_records(asked.rows), domain, asked.epsilon, asked.delta, _seed())
    found = attack(Release("this", (), has_rows=True), rehearsal=_rehearsed(asked))
    data: Data = {
        "tables": [],
        "rows": [list(one) for one in domain.decode(made.rows)],
        "estimates": [_estimated(domain, one) for one in made.tables.values() if len(one.table) <= 2],
        "paid": {"rho": str(made.method.rho), "mechanism": made.method.mechanism, "seed": made.method.seed},
    }
    return Made(data, report_of(found), found.passed)


def _seed() -> int:
    # Of the model and the drawing, which see noisy counts alone: it may be published, the noise has none.
    return secrets.randbelow(2**31)


def _rehearsed(asked: Asked) -> Rehearsal:
    """Attack the way of making rows on made-up people under the same budget: real ones would have to pay for it."""
    domain = ctdc.domain()
    everybody = with_classes(domain, 2 * REHEARSED, 1)
    counted, others = everybody[:REHEARSED], everybody[REHEARSED:]
    return Rehearsal(prepare(counted, domain, asked.epsilon, asked.delta, 1).rows, counted, others)


def _estimated(domain: Domain, one: Estimate) -> Estimated:
    """A table of one or two columns with its error bars: the cells that are not surely empty."""
    columns = [domain.columns[at] for at in one.table]
    lines = [
        [
            *(column.values[at] or NOT_KNOWN for column, at in zip(columns, place, strict=True)),
            *_bar(one, place),
        ]
        for place in np.ndindex(*one.counts.shape)
        if round(float(one.counts[place] + one.half[place])) > 0
    ]
    return {"columns": [column.name for column in columns], "lines": lines}


def _bar(one: Estimate, place: tuple[int, ...]) -> tuple[int, int, int]:
    count, half = float(one.counts[place]), float(one.half[place])
    return round(count), max(0, round(count - half)), round(count + half)


# -- the report --------------------------------------------------------------------------------


def report_of(found: AttackReport) -> list[Line]:
    learnt = [_line(one.sentence, fails=True) for one in found.findings]
    return [*learnt, *(_line(one, fails=False) for one in found.tried)]


def _line(sentence: Sentence, *, fails: bool) -> Line:
    return {"code": sentence.code, "values": dict(sentence.values), "fails": fails}
