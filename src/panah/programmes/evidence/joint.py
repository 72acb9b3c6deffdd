"""What societies publish together: each gives protected counts that it has published, and sees no exact ones of others.

A cell that one of them hides is hidden together, and in no total. Of the rest, a cell that one society alone fed is
hidden again, and what would tell it: the other could subtract its own. One table alone, by country: what is hidden
differs from table to table, so that totals of several would not fit each other. Plain Python, but for who signs.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import NotRequired, TypedDict
from uuid import UUID

import numpy as np

from panah.programmes.evidence.kept_tables import EarlierRelease, KeptTable, read_tables
from panah.programmes.evidence.products import TABLES, ReleaseResult, tables_result
from panah.programmes.evidence.protecting import protect_beside
from panah.programmes.release.cells import ProtectedTable, State, Table, with_totals
from panah.programmes.release.coverage import Coverage
from panah.programmes.release.verifying import is_signed

SIGNED_AS = b"panah counts for a joint release 1\n"
MOST_BYTES = 20 * 1024 * 1024
YEARS = range(2000, 2101)


class GivenCounts(TypedDict):
    """The protected counts of a society, as it gives them."""

    # Ids of the society, which its name may change, and of the release that these are the counts of.
    of: str
    release: str
    society: str
    year: int
    made_up: bool
    tables: list[KeptTable]
    # Whether the release is this node's own, so that its withdrawal is known. Set on reading, not in the file.
    here: NotRequired[bool]


def write(given: GivenCounts, *, sign: Callable[[bytes], bytes]) -> bytes:
    """Return the file that a society hands over."""
    text = json.dumps(given, sort_keys=True)
    return json.dumps({"counts": text, "signature": sign(SIGNED_AS + text.encode()).hex()}).encode()


def read(body: bytes, *, keys: Collection[bytes]) -> GivenCounts | None:
    """Return what one of these keys signed; None for anything else."""
    try:
        packed = json.loads(body)
        text, signature = str(packed["counts"]), bytes.fromhex(packed["signature"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not any(is_signed(SIGNED_AS + text.encode(), signature, key) for key in keys):
        return None
    found: GivenCounts = json.loads(text)
    return found if _is_whole(found) else None


def kept(given: Sequence[GivenCounts]) -> bytes:
    """Return what others gave as it lies beside a release."""
    return zlib.compress(json.dumps(given).encode())


def given_in(body: bytes) -> list[GivenCounts]:
    """Return what ``kept`` kept."""
    found: list[GivenCounts] = json.loads(zlib.decompress(body))
    return found


def _is_whole(given: GivenCounts) -> bool:
    """Whoever signs may sign anything: counts that do not fit their columns are none."""
    try:
        table = _by_country(given)
        shape = tuple(len(one.values) + 1 for one in table.dimensions)
        shown = table.values[table.states != State.HIDDEN]
        named = all(isinstance(given[name], str) for name in ("of", "release", "society"))
        UUID(given["release"])
        asked = given["year"] in YEARS and isinstance(given["made_up"], bool)
        return asked and named and shape == table.states.shape == table.values.shape and not (shown < 0).any()
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, StopIteration):
        return False


def told_apart(given: Sequence[GivenCounts]) -> bool:
    """Say whether no two of them are one society, or called alike: a name stands for a society's counts."""
    return all(len({one[name] for one in given}) == len(given) for name in ("of", "society"))


def count_alike(given: Sequence[GivenCounts]) -> bool:
    """Say whether all of them count the same year of the same kind of people by the same columns."""
    return len({(one["year"], one["made_up"], repr(_by_country(one).dimensions)) for one in given}) == 1


def make(given: Sequence[GivenCounts], *, earlier: Sequence[EarlierRelease]) -> ReleaseResult:
    """Return the joint table, attacked as any reader and as each of the societies. ``given``: the own ones too."""
    exact = [_joined(given)]
    shown, learnt, tried = protect_beside(exact, earlier)
    made = tables_result(exact, [_as_hidden(one) for one in shown], learnt, tried)
    return replace(made, data={**made.data, "societies": sorted(one["society"] for one in given)})


def _by_country(given: GivenCounts) -> ProtectedTable:
    return next(table for table in read_tables(given["tables"]) if table.name == TABLES[0][0])


def _joined(given: Sequence[GivenCounts]) -> Table:
    tables = [_by_country(one) for one in given]
    people, dimensions = tables[0].population, tables[0].dimensions
    inner = tuple(slice(-1) for _ in dimensions)
    hidden = np.any([one.states[inner] == State.HIDDEN for one in tables], axis=0)
    counts = {
        one["society"]: np.where(hidden, 0, table.values[inner])
        for one, table in zip(given, tables, strict=True)
    }
    everybody = Coverage(people.measure, people.since, people.until, frozenset(one["of"] for one in given))
    return Table(TABLES[0][0], everybody, dimensions, counts, not_asked=hidden)


def _as_hidden(table: ProtectedTable) -> ProtectedTable:
    """What one of them hides was asked: it is said to be hidden; and nobody is only where nothing is hidden."""
    inner = tuple(slice(-1) for _ in table.dimensions)
    hides = with_totals((table.states[inner] == State.NOT_ASKED).astype(np.int64)) > 0
    hidden = (table.states == State.NOT_ASKED) | ((table.states == State.ZERO) & hides)
    states = np.where(hidden, State.HIDDEN, table.states).astype(np.int8)
    return replace(table, states=states, values=np.where(hidden, -1, table.values))
