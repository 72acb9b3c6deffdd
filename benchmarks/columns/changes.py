"""What is written into a column past Panah: another row's value, his own id, nothing, now, an older value."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from uuid import uuid4

from django.apps import apps
from django.conf import settings
from django.db import connections, models, router
from django.utils import timezone

from benchmarks.columns.stage import raw

# What stands in a cell as the database keeps it, a row by its columns, and rows by their keys.
type Cell = object
type Row = dict[str, Cell]
type Rows = Mapping[Cell, Row]
type Field = models.Field[object, object]
type Giver = Callable[[Cell, Cell], Cell]

KINDS = ("other", "his", "null", "now", "older")
LONG_AGO = timedelta(days=40)


@dataclass(frozen=True)
class Change:
    """One column of some rows gets other values, just before a step."""

    step: int
    table: str
    column: str
    kind: str

    @property
    def name(self) -> str:
        return f"{self.table}.{self.column}"

    @property
    def model(self) -> type[models.Model]:
        return tables()[self.table]


KEEP = object()


def giver(change: Change, rows: Rows, older: Rows, donors: Sequence[Cell], his: Cell) -> Giver:
    """Return what says, of a row's key and what stands there, what is written instead; KEEP where nothing is.

    ``older``: the rows as they stood before the step before. ``donors``: what else may stand there. ``his``: his id.
    """
    column, field = change.column, field_of(change.model, change.column)
    held = list(dict.fromkeys(row[column] for row in rows.values() if row[column] is not None))
    held += [one for one in donors if one not in held]

    def other(_pk: Cell, value: Cell) -> Cell:
        if isinstance(field, models.BooleanField):
            return int(not value)
        at = held.index(value) + 1 if value in held else 0
        return held[at % len(held)] if held else KEEP

    def before(pk: Cell, value: Cell) -> Cell:
        if pk in older and older[pk][column] != value:
            return older[pk][column]
        dated = isinstance(field, models.DateField) and value is not None
        return _as_stored(field, timezone.now() - LONG_AGO) if dated else KEEP

    empty = None if field is not None and field.null else b"" if isinstance(field, models.BinaryField) else ""
    return {
        "other": other,
        "his": lambda _pk, _value: his,
        "null": lambda _pk, _value: empty,
        "now": lambda _pk, _value: _as_stored(field, timezone.now()),
        "older": before,
    }[change.kind]


def kinds(field: Field, step: int) -> set[str]:
    """Return what can be written into a column."""
    dated, related = isinstance(field, models.DateField), field.is_relation
    empty = field.null or isinstance(field, models.CharField | models.TextField | models.BinaryField)
    to_staff = related and field.related_model is apps.get_model(settings.AUTH_USER_MODEL)
    can = {"his": to_staff, "null": empty, "now": dated, "older": step > 0 or dated or not related}
    return {"other", *(kind for kind, may in can.items() if may)}


def _as_stored(field: Field | None, moment: datetime) -> Cell:
    ops = connections["default"].ops
    return (
        ops.adapt_datetimefield_value(moment)
        if isinstance(field, models.DateTimeField)
        else str(moment.date())
    )


def write(change: Change, values: Mapping[Cell, Cell]) -> bool:
    """Write as whoever has the database's password; returns False where the database takes none of it."""
    connection, key = raw("default"), key_of(change.model)
    sql = f'UPDATE "{change.table}" SET "{change.column}" = ? WHERE "{key}" = ?'  # noqa: S608  our own names
    old = f'SELECT "{change.column}" FROM "{change.table}" WHERE "{key}" = ?'  # noqa: S608  our own names

    def put(pk: Cell, value: Cell) -> bool:
        try:
            return connection.execute(sql, (value, pk)).rowcount > 0
        except sqlite3.IntegrityError:
            return False

    connection.execute("PRAGMA foreign_keys=OFF")
    stuck = [pk for pk, value in values.items() if not put(pk, value)]
    # Where each may stand once, another's value is free only after that one has made room.
    before = {pk: connection.execute(old, (pk,)).fetchone()[0] for pk in stuck}
    number = isinstance(field_of(change.model, change.column), models.IntegerField)
    parked = [pk for pk in stuck if put(pk, uuid4().int >> 66 if number else uuid4().hex)]
    left = [pk for pk in parked if not put(pk, values[pk])]
    for pk in left:
        put(pk, before[pk])
    connection.execute("PRAGMA foreign_keys=ON")
    return len(values) > len(stuck) - len(parked) + len(left)


def protected(change: Change) -> bool:
    """Say whether the column is kept outside the database."""
    protection = getattr(change.model, "protection", None)
    field = field_of(change.model, change.column)
    return protection is not None and field is not None and field.name in protection.columns


@cache
def tables() -> dict[str, type[models.Model]]:
    """Return every table of the main database with its model."""
    ours = (
        one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy
    )
    return {one._meta.db_table: one for one in ours if router.allow_migrate_model("default", one)}


def key_of(model: type[models.Model]) -> str:
    """Return the column by which a row is known."""
    return str(model._meta.pk.column)


def field_of(model: type[models.Model], column: str) -> Field | None:
    """Return the field of a column that can be changed: the key of a row is not."""
    return next((f for f in model._meta.concrete_fields if f.column == column and not f.primary_key), None)


def rows_of(database: sqlite3.Connection, table: str) -> Rows:
    """Return all rows of a table by their keys."""
    cursor = database.execute(f'SELECT * FROM "{table}"')  # noqa: S608  our own names
    names, key = [one[0] for one in cursor.description], key_of(tables()[table])
    return {row[key]: row for row in (dict(zip(names, values, strict=True)) for values in cursor)}


def new_in(rows: Rows, before: Rows, column: str = "") -> Rows:
    """Return the rows that were not there before, and those that were changed, in this column or in any."""

    def changed(pk: Cell, row: Row) -> bool:
        return pk not in before or (row[column] != before[pk][column] if column else row != before[pk])

    return {pk: row for pk, row in rows.items() if changed(pk, row)}
