"""What a release is made of, and what attacks on it find. Plain Python: it runs in a process of its own.

Nothing here opens a file or knows a key: rows come in, what may be packed goes out.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import numpy as np

from panah.evidence import ctdc
from panah.release.attack import AttackReport, Release, attack
from panah.release.cells import Dimension, Method, ProtectedTable, Rule, Table, count_rows
from panah.release.populations import Population
from panah.release.sentences import Sentence
from panah.release.tables import CannotProtect, protect_together

# Which tables there are is said here, older than any data: deleting a rare value changes nothing in their shape.
TABLES = (
    ("by-country", ("CountryOfExploitation", "gender")),
    ("by-citizenship", ("citizenship", "gender")),
    ("by-kind", ("gender", "isForcedLabour", "isSexualExploit", "isOtherExploit")),
)
NOT_KNOWN = "not known"
STATES = "tables.json"


@dataclass(frozen=True)
class Asked:
    """What a release is made from. ``earlier``: what earlier releases' ``tables.json`` hold."""

    product: str
    year: int
    society: str
    made_up: bool
    rows: list[dict[str, str]]
    epsilon: float = 0.0
    delta: float = 0.0
    earlier: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Made:
    """Files by name, and the report line by line: ``{"code", "values", "fails"}``."""

    files: dict[str, str]
    report: list[dict[str, Any]]
    passed: bool


def make(asked: Asked) -> Made:
    """Make one product and attack it."""
    return _tables(asked) if asked.product == "tables" else _rows(asked)


# -- tables of exact counts --------------------------------------------------------------------


def _tables(asked: Asked) -> Made:
    rule, tables = Rule(), _counted(asked)
    earlier = [one for text in asked.earlier for one in read_tables(text)]
    try:
        shown = protect_together(tables, rule, published=earlier)
    except CannotProtect as why:
        return Made({}, [_line(why.sentence, fails=True)], passed=False)
    truth = {one.name: one for one in tables}
    before = [Release("earlier", tuple(read_tables(text))) for text in asked.earlier]
    found = attack(Release("this", tuple(shown), truth), before)
    files = {f"{one.name}.csv": as_csv(one) for one in shown} | {STATES: write_tables(shown)}
    return Made(files, _report(found), found.passed)


def _counted(asked: Asked) -> list[Table]:
    domain = ctdc.domain()
    codes = domain.encode_records(asked.rows)
    measure = "made-up people" if asked.made_up else "people with a case who agreed to be counted"
    people = Population(measure, date(asked.year, 1, 1), date(asked.year, 12, 31), frozenset({asked.society}))
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


def as_csv(table: ProtectedTable) -> str:
    """One line a cell: its labels, the count where it is shown, and in words what stands there."""
    head = ",".join([*(one.name for one in table.dimensions), "count", "state"])
    lines = [head]
    for place in table.places():
        state = table.state(place)
        number = "" if table.values[place] < 0 else str(int(table.values[place]))
        labels = [f'"{one}"' if "," in one else one for one in table.labels(place)]
        lines.append(",".join([*labels, number, state.name.lower().replace("_", " ")]))
    return "\n".join(lines) + "\n"


def write_tables(tables: Sequence[ProtectedTable]) -> str:
    """Return tables as they may be read again, to be laid beside the next release."""
    return json.dumps(
        [
            {
                "name": one.name,
                "measure": one.population.measure,
                "since": one.population.since.isoformat(),
                "until": one.population.until.isoformat(),
                "places": sorted(one.population.places),
                "dimensions": [[d.name, list(d.values)] for d in one.dimensions],
                "states": one.states.tolist(),
                "values": one.values.tolist(),
                "rule": asdict(one.rule),
                "solver": one.solver,
            }
            for one in tables
        ],
        separators=(",", ":"),
    )


def read_tables(text: str) -> list[ProtectedTable]:
    found: list[ProtectedTable] = []
    for one in json.loads(text):
        people = Population(
            one["measure"],
            date.fromisoformat(one["since"]),
            date.fromisoformat(one["until"]),
            frozenset(one["places"]),
        )
        rule = Rule(**{**one["rule"], "method": Method(one["rule"]["method"])})
        dimensions = tuple(Dimension(name, tuple(values)) for name, values in one["dimensions"])
        states, values = np.asarray(one["states"], np.int8), np.asarray(one["values"], np.int64)
        found.append(ProtectedTable(one["name"], people, dimensions, states, values, rule, one["solver"]))
    return found


# -- rows --------------------------------------------------------------------------------------


def _rows(asked: Asked) -> Made:
    raise NotImplementedError


# -- the report --------------------------------------------------------------------------------


def _report(found: AttackReport) -> list[dict[str, Any]]:
    learnt = [_line(one.sentence, fails=True) for one in found.findings]
    return [*learnt, *(_line(one, fails=False) for one in found.tried)]


def _line(sentence: Sentence, *, fails: bool) -> dict[str, Any]:
    return {"code": sentence.code, "values": dict(sentence.values), "fails": fails}
