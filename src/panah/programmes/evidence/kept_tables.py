"""Tables as they are kept: protected ones beside a release, exact ones sealed to the facts key. Plain Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypedDict

import numpy as np

from panah.programmes.release.cells import Dimension, Method, ProtectedTable, Rule, Table
from panah.programmes.release.coverage import Coverage


class _Counted(TypedDict):
    """Whom a table counts, and by what."""

    name: str
    measure: str
    since: str
    until: str
    places: list[str]
    dimensions: list[tuple[str, list[str]]]


class KeptTable(_Counted):
    """A protected table: read again to be packed, and to be laid beside the next release."""

    # Nested as deep as there are dimensions, with totals.
    states: list[object]
    values: list[object]
    threshold: int
    protection: int
    method: str
    base: int
    seed: int
    solver: str


class ExactTable(_Counted):
    """Exact counts, by the society that contributed them. In clear in a keyholder's session alone."""

    by_society: dict[str, list[object]]


class EarlierRelease(TypedDict):
    """What left before: its tables as they were shown, and its exact counts."""

    tables: list[KeptTable]
    exact: list[ExactTable]


def write_tables(tables: Sequence[ProtectedTable]) -> list[KeptTable]:
    """Return tables as they are kept."""
    return [
        {
            **_counted(table),
            "states": table.states.tolist(),
            "values": table.values.tolist(),
            "threshold": table.rule.threshold,
            "protection": table.rule.protection,
            "method": table.rule.method.value,
            "base": table.rule.base,
            "seed": table.rule.seed,
            "solver": table.solver,
        }
        for table in tables
    ]


def read_tables(kept: Iterable[KeptTable]) -> list[ProtectedTable]:
    """Return what ``write_tables`` kept."""
    found: list[ProtectedTable] = []
    for one in kept:
        people, dimensions = _read_counted(one)
        rule = Rule(one["threshold"], one["protection"], Method(one["method"]), one["base"], one["seed"])
        states, values = np.asarray(one["states"], np.int8), np.asarray(one["values"], np.int64)
        found.append(ProtectedTable(one["name"], people, dimensions, states, values, rule, one["solver"]))
    return found


def write_exact(tables: Sequence[Table]) -> list[ExactTable]:
    """Return exact tables as they are sealed."""
    return [
        {**_counted(table), "by_society": {who: counts.tolist() for who, counts in table.by_society.items()}}
        for table in tables
    ]


def read_exact(kept: Iterable[ExactTable]) -> list[Table]:
    """Return what ``write_exact`` kept."""
    return [
        Table(
            one["name"],
            *_read_counted(one),
            {who: np.asarray(counts, np.int64) for who, counts in one["by_society"].items()},
        )
        for one in kept
    ]


def _counted(table: Table | ProtectedTable) -> _Counted:
    return {
        "name": table.name,
        "measure": table.population.measure,
        "since": table.population.since.isoformat(),
        "until": table.population.until.isoformat(),
        "places": sorted(table.population.places),
        "dimensions": [(one.name, list(one.values)) for one in table.dimensions],
    }


def _read_counted(kept: _Counted) -> tuple[Coverage, tuple[Dimension, ...]]:
    since, until = date.fromisoformat(kept["since"]), date.fromisoformat(kept["until"])
    people = Coverage(kept["measure"], since, until, frozenset(kept["places"]))
    return people, tuple(Dimension(name, tuple(values)) for name, values in kept["dimensions"])
