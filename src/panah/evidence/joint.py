"""What two societies of a node publish together: each gives protected counts, and sees no exact ones of the other.

A cell that one of them hides is hidden together, and in no total. Of the rest, a cell that one society alone fed is
hidden again, and what would tell it: the other could subtract its own. One table alone, by country: what is hidden
differs from table to table, so that totals of several would not fit each other. Plain Python, but for who signs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import TypedDict

import numpy as np

from panah.evidence.products import TABLES, KeptTable, Line, Made, read_tables, report_of, write_tables
from panah.release.attack import Release, attack
from panah.release.cells import ProtectedTable, Rule, State, Table, with_totals
from panah.release.populations import Population
from panah.release.tables import CannotProtect, protect_together
from panah.release.verifying import is_signed

SIGNED_AS = b"panah counts for a joint release 1\n"
MOST_BYTES = 20 * 1024 * 1024


class Given(TypedDict):
    """The protected counts of a society, as it gives them."""

    # Ids of the society, which its name may change, and of the release that these are the counts of.
    of: str
    release: str
    society: str
    year: int
    made_up: bool
    tables: list[KeptTable]


def write(given: Given, *, sign: Callable[[bytes], bytes]) -> bytes:
    """Return the file that a society hands over."""
    text = json.dumps(given, sort_keys=True)
    return json.dumps({"counts": text, "signature": sign(SIGNED_AS + text.encode()).hex()}).encode()


def read(body: bytes, *, keys: Collection[bytes]) -> Given | None:
    """Return what one of these keys signed; None for anything else."""
    try:
        packed = json.loads(body)
        text, signature = str(packed["counts"]), bytes.fromhex(packed["signature"])
    except (ValueError, KeyError, TypeError):
        return None
    if not any(is_signed(SIGNED_AS + text.encode(), signature, key) for key in keys):
        return None
    found: Given = json.loads(text)
    return found


def make(own: Given, other: Given, *, earlier: Sequence[Sequence[KeptTable]]) -> Made:
    """Return the joint tables, attacked as any reader and as each of the two."""
    before = [read_tables(kept) for kept in earlier]
    tables = [
        _joined(one, another, own["society"], other["society"])
        for one, another in zip(_by_country(own), _by_country(other), strict=True)
    ]
    try:
        shown = protect_together(tables, Rule(), published=[one for kept in before for one in kept])
    except CannotProtect as why:
        line: Line = {"code": why.sentence.code, "values": dict(why.sentence.values), "fails": True}
        return Made({"tables": []}, [line], passed=False)
    truth = {one.name: one for one in tables}
    found = attack(Release("this", tuple(shown), truth), [Release("earlier", tuple(kept)) for kept in before])
    return Made({"tables": write_tables([_as_hidden(one) for one in shown])}, report_of(found), found.passed)


def _by_country(given: Given) -> list[ProtectedTable]:
    return [one for one in read_tables(given["tables"]) if one.name == TABLES[0][0]]


def _joined(one: ProtectedTable, another: ProtectedTable, own: str, other: str) -> Table:
    if one.dimensions != another.dimensions:
        raise ValueError("the tables of both count by different columns")
    inner = tuple(slice(-1) for _ in one.dimensions)
    hidden = (one.states[inner] == State.HIDDEN) | (another.states[inner] == State.HIDDEN)
    counts = {
        name: np.where(hidden, 0, table.values[inner]) for name, table in ((own, one), (other, another))
    }
    people = one.population
    both = Population(people.measure, people.since, people.until, frozenset({own, other}))
    return Table(one.name, both, one.dimensions, counts, not_asked=hidden)


def _as_hidden(table: ProtectedTable) -> ProtectedTable:
    """What one of them hides was asked: it is said to be hidden; and nobody is only where nothing is hidden."""
    inner = tuple(slice(-1) for _ in table.dimensions)
    hides = with_totals((table.states[inner] == State.NOT_ASKED).astype(np.int64)) > 0
    hidden = (table.states == State.NOT_ASKED) | ((table.states == State.ZERO) & hides)
    states = np.where(hidden, State.HIDDEN, table.states).astype(np.int8)
    return replace(table, states=states, values=np.where(hidden, -1, table.values))
