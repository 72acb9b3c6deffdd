"""The practice node for tests that only read it: building it takes sixteen processor seconds, so a process builds it once."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

import pytest
from django.db import connection, connections
from django.utils import timezone

from panah.ground.vault import shred_store
from panah.practice import actions as practice
from tests.rows_again import A_WHILE
from tests.walk import undone

# By the database and the table: every row that stands there.
Rows = dict[tuple[str, str], list[tuple[Any, ...]]]
# What was built in this process, as bytes, its rows, and when: under which keys of the shred store, and on which day.
KEPT: dict[str, tuple[bytes, Rows, datetime]] = {}


def build_or_write_again() -> Any:
    """Return the practice node in an empty database: built, or as it was built for a file before, row by row."""
    at = timezone.now()
    kept = KEPT.get(under(at))
    # Later an alarm rings for whoever waits in it, on every page.
    if kept and (at - kept[2]).total_seconds() < A_WHILE:
        write(kept[1])
        return pickle.loads(kept[0])  # noqa: S301  its own bytes
    KEPT.clear()
    if connection.vendor != "sqlite":
        # Rows as SQLite gives them are rows as it takes them; PostgreSQL builds two nodes in a run of its own.
        return practice.build(at=at)
    before = read()
    built = practice.build(at=at)
    rows = {place: rows for place, rows in read().items() if place not in before}
    KEPT[under(at)] = pickle.dumps(built), rows, at
    return built


def under(at: datetime) -> str:
    """Keys lie in files, which nothing rolls back; and what is due today is told from what is due tomorrow."""
    return repr((timezone.localdate(at), [store.keys.load() for store in shred_store.copies()]))


def read() -> Rows:
    found: Rows = {}
    for alias in connections:
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                # A time of day is the one thing that SQLite's own driver reads and cannot write.
                if rows := [tuple(map(written, row)) for row in cursor.fetchall()]:
                    found[alias, table] = rows
    return found


def written(value: Any) -> Any:
    return str(value) if isinstance(value, time) else value


def write(rows: Rows) -> None:
    for (alias, table), these in rows.items():
        values = ", ".join(["%s"] * len(these[0]))
        with connections[alias].cursor() as cursor:
            cursor.executemany(f'INSERT INTO "{table}" VALUES ({values})', these)


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: Any, host_keys: None) -> Iterator[Any]:
    """The practice node, as one file of tests has it; whatever is done on it is undone at the end."""
    with django_db_blocker.unblock(), undone():
        yield build_or_write_again()


@pytest.fixture
def practised(built: Any) -> Iterator[Any]:
    """The practice node as it was built: what a test does on it is undone after it."""
    with undone():
        yield built
