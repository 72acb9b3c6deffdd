"""Plays a journey once and hears which columns it reads; changes each of them and plays it again.

What is compared is what the journey says came of it: who reads, who decides, what is dialled, what it was sealed to.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import connections, models, router
from django.utils import timezone

from benchmarks.columns.stage import HE, Stage, StoppedError, databases_of, noticed, raw

type Came = dict[str, frozenset[str]]
type Row = dict[str, Any]

KINDS = ("other", "his", "null", "now", "older")
HARMLESS, REFUSED, NOTICED, LISTED, OPEN = "harmless", "refused", "noticed", "listed", "OPEN"
# Whoever is asked to come once too often is borne; each other thing that comes to somebody is harm.
CALLED = "called"
# Seconds: after that a stage is built anew, before anybody's vault locks.
A_WHILE = 900
# Rows that are changed one by one where changing all of them at once breaks what the journey does: his own first.
ONE_BY_ONE = 4
LONG_AGO = timedelta(days=40)


@dataclass(frozen=True)
class Journey:
    """``begins`` comes before anybody writes past Panah; then the steps; ``came`` says what came of it.

    ``society``: whose focal points should be told.
    """

    name: str
    begins: Callable[[Stage], None]
    steps: tuple[Callable[[Stage], None], ...]
    came: Callable[[Stage], Came]
    society: str = "north"


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


@dataclass(frozen=True)
class Verdict:
    change: Change
    verdict: str
    what: str = ""

    @property
    def gains(self) -> bool:
        """Something came to somebody, or to some number or key, to whom it did not come before."""
        return ": + " in self.what.replace(f"{CALLED}: + ", "")


@dataclass
class Walk:
    """One journey on a stage that is built for it."""

    journey: Journey
    stage: Stage = field(init=False)
    stood: list[bytes] = field(init=False)
    read: list[set[tuple[str, str]]] = field(init=False)
    base: Came = field(init=False)
    built_at: float = 0.0
    _rows: dict[tuple[int, str], dict[Any, Row]] = field(default_factory=dict)

    def build(self) -> None:
        """Build the stage, and play the journey once as it is."""
        self._rows.clear()
        self.stage = stage = Stage()
        self.stood = [stage.stands()]
        self.journey.begins(stage)
        self.read = []
        for step in (*self.journey.steps, lambda one: setattr(self, "base", self.journey.came(one))):
            self.stood.append(stage.stands())
            with heard() as read:
                step(stage)
            self.read.append(read)
        self.built_at = time.monotonic()
        if told := noticed(self._society()):
            raise RuntimeError(f"{self.journey.name}: nobody changed anything, and focal points are told: {told}")
        if (again := self.play(0)[0]) != self.base:
            raise RuntimeError(f"{self.journey.name} does not come out alike twice: {differs(self.base, again)}")

    def _society(self) -> Any:
        society = self.stage.societies[self.journey.society]
        if society is None:
            raise LookupError(self.journey.society)
        return society.pk

    def play(self, first: int, change: Callable[[], None] = lambda: None) -> tuple[Came, str]:
        """Play from a step on, over how it stood then; returns what came, and where it stopped."""
        self.stage.stands_again(self.stood[first + 1])
        change()
        stopped = ""
        try:
            for step in self.journey.steps[first:]:
                step(self.stage)
        except Exception as error:  # noqa: BLE001  whatever stops a step, the people see that it stopped
            stopped = f"{type(error).__name__}: {error}" if isinstance(error, StoppedError) else type(error).__name__
        try:
            return self.journey.came(self.stage), stopped
        except Exception as error:  # noqa: BLE001  nothing can be said of what came
            return {}, stopped or type(error).__name__

    def rows(self, step: int, table: str) -> dict[Any, Row]:
        """Return the rows of a table before a step; -1: before the journey began."""
        if (step, table) not in self._rows:
            with closing(databases_of(self.stood[step + 1])) as database:
                self._rows |= {(step, one): rows_of(database, one) for one in tables()}
        return self._rows[step, table]

    def changes(self) -> Iterator[Change]:
        """Yield every change of every column that is read from a step on: what was just written, then what was there."""
        for step in reversed(range(len(self.read))):
            read = set().union(*self.read[step:])
            for table, model in sorted(tables().items()):
                columns = sorted(column for there, column in read if there == table)
                if columns and self._there(step, table):
                    fields = [field for one in columns if (field := field_of(model, one)) is not None]
                    yield from (
                        Change(step, table, one.column, kind) for kind in KINDS for one in fields if kind in kinds(one, step)
                    )

    def _there(self, step: int, table: str, column: str = "") -> dict[Any, Row]:
        rows = self.rows(step, table)
        return rows if step == 0 else new_in(rows, self.rows(step - 1, table), column)

    def values(self, change: Change) -> dict[Any, Any]:
        """Return what the change writes, by the key of each row; nothing where it changes nothing."""
        model, rows = tables()[change.table], self.rows(change.step, change.table)
        older = self.rows(change.step - 1, change.table)
        donors = self._donors(change.step, model, change.column)
        give = giver(model, change, rows, older, donors, self.stage)
        there = self._there(change.step, change.table, change.column)
        values = {pk: give(pk, row[change.column]) for pk, row in there.items()}
        return {pk: v for pk, v in values.items() if v is not KEEP and v != rows[pk][change.column]}

    def _donors(self, step: int, model: type[models.Model], column: str) -> list[Any]:
        """Return what a column may hold beside what stands in it: of what it points to, of what it may be."""
        field = field_of(model, column)
        if field is None or not field.is_relation:
            return [key for key, _label in field.choices or ()] if field is not None else []
        return list(self.rows(step, field.related_model._meta.db_table))

    def judged(self, changes: Iterable[Change]) -> Iterator[Verdict]:
        """Judge changes: those of one table together first, as most of them change nothing of what comes."""
        for _alike, some in groupby(changes, key=lambda one: (one.step, one.table, one.kind)):
            together = [(one, values) for one in some if (values := self.values(one))]
            yield from self._judged(together) if together else ()

    def _judged(self, together: Sequence[tuple[Change, Mapping[Any, Any]]]) -> Iterator[Verdict]:
        if time.monotonic() - self.built_at > A_WHILE:
            self.build()
            together = [(one, self.values(one)) for one, _values in together]
        if len(together) == 1:
            yield self._alone(*together[0])
        elif self._tried(together).verdict == HARMLESS:
            yield from (Verdict(change, HARMLESS) for change, _values in together)
        else:
            half = len(together) // 2
            yield from self._judged(together[:half])
            yield from self._judged(together[half:])

    def _alone(self, change: Change, values: Mapping[Any, Any]) -> Verdict:
        """Change all rows at once; where that breaks what the journey does, each by itself."""
        first = self._tried([(change, values)])
        if first.verdict in (HARMLESS, OPEN) or protected(change) or len(values) == 1:
            return first
        rows, his = self.rows(change.step, change.table), self.stage.staff[HE].pk.hex
        for pk in sorted(values, key=lambda one: his not in (one, *rows[one].values()))[:ONE_BY_ONE]:
            one = self._tried([(change, {pk: values[pk]})])
            if one.verdict == OPEN:
                return one
        return first

    def _tried(self, together: Sequence[tuple[Change, Mapping[Any, Any]]]) -> Verdict:
        change, written = together[0][0], [False]

        def write_all() -> None:
            written[0] = any([write(one, values) for one, values in together])

        came, stopped = self.play(change.step, write_all)
        if not written[0]:
            return Verdict(change, REFUSED, "the database refuses it")
        if came == self.base:
            return Verdict(change, HARMLESS)
        if len(together) > 1:
            return Verdict(change, OPEN)
        what = "; ".join(filter(None, (differs(self.base, came), stopped and f"stopped ({stopped})")))
        told = noticed(self._society())
        what += f"; noticed ({', '.join(told)})" if told else ""
        if Verdict(change, OPEN, what).gains:
            return Verdict(change, OPEN, what)
        return Verdict(change, NOTICED if told else REFUSED if stopped else OPEN, what)


KEEP = object()


def giver(
    model: type[models.Model], change: Change, rows: Mapping[Any, Row], older: Mapping[Any, Row],
    donors: list[Any], stage: Stage,
) -> Callable[[Any, Any], Any]:  # fmt: skip
    """Return what says, of a row's key and what stands there, what is written instead; KEEP where nothing is."""
    column, kind = change.column, change.kind
    field = field_of(model, column)
    dated = isinstance(field, models.DateField)
    held = list(dict.fromkeys(row[column] for row in rows.values() if row[column] is not None))
    held += [one for one in donors if one not in held]

    def other(_pk: Any, value: Any) -> Any:
        if isinstance(field, models.BooleanField):
            return int(not value)
        at = held.index(value) + 1 if value in held else 0
        return held[at % len(held)] if held else KEEP

    def before(pk: Any, value: Any) -> Any:
        if pk in older and older[pk][column] != value:
            return older[pk][column]
        return as_stored(field, timezone.now() - LONG_AGO) if dated and value is not None else KEEP

    empty = None if field is not None and field.null else b"" if isinstance(field, models.BinaryField) else ""
    return {
        "other": other,
        "his": lambda _pk, _value: stage.staff[HE].pk.hex,
        "null": lambda _pk, _value: empty,
        "now": lambda _pk, _value: as_stored(field, timezone.now()),
        "older": before,
    }[kind]


def kinds(field: models.Field[Any, Any], step: int) -> Iterator[str]:
    """Yield what can be written into a column."""
    yield "other"
    to_staff = field.is_relation and field.related_model is apps.get_model(settings.AUTH_USER_MODEL)
    if to_staff:
        yield "his"
    if field.null or isinstance(field, models.CharField | models.TextField | models.BinaryField):
        yield "null"
    if isinstance(field, models.DateField):
        yield "now"
    if step or isinstance(field, models.DateField) or not field.is_relation:
        yield "older"


def as_stored(field: Any, moment: Any) -> Any:
    ops = connections["default"].ops
    return ops.adapt_datetimefield_value(moment) if isinstance(field, models.DateTimeField) else str(moment.date())


def write(change: Change, values: Mapping[Any, Any]) -> bool:
    """Write as whoever has the database's password; returns False where the database takes none of it."""
    connection, key = raw("default"), tables()[change.table]._meta.pk.column
    sql = f'UPDATE "{change.table}" SET "{change.column}" = ? WHERE "{key}" = ?'  # noqa: S608  our own names
    connection.execute("PRAGMA foreign_keys=OFF")
    written = 0
    for _turn in range(2):
        # Where each may stand once, another's value is free only after that one has been changed.
        for pk, value in values.items():
            try:
                written += connection.execute(sql, (value, pk)).rowcount
            except sqlite3.IntegrityError:
                continue
    connection.execute("PRAGMA foreign_keys=ON")
    return written > 0


def protected(change: Change) -> bool:
    """Say whether the column is kept outside the database."""
    protection = getattr(tables()[change.table], "protection", None)
    field = field_of(tables()[change.table], change.column)
    return protection is not None and field is not None and field.name in protection.columns


def tables() -> dict[str, type[models.Model]]:
    """Return every table of ours with its model."""
    found = (one for one in apps.get_models(include_auto_created=True) if one._meta.managed and not one._meta.proxy)
    return {one._meta.db_table: one for one in found if router.allow_migrate_model("default", one)}


def field_of(model: type[models.Model], column: str) -> models.Field[Any, Any] | None:
    """Return the field of a column that can be changed: the key of a row is not."""
    return next((f for f in model._meta.concrete_fields if f.column == column and not f.primary_key), None)


def rows_of(database: sqlite3.Connection, table: str) -> dict[Any, Row]:
    """Return all rows of a table by their keys."""
    cursor = database.execute(f'SELECT * FROM "{table}"')  # noqa: S608  our own names
    names, key = [one[0] for one in cursor.description], tables()[table]._meta.pk.column
    return {row[key]: row for row in (dict(zip(names, values, strict=True)) for values in cursor)}


def new_in(rows: Mapping[Any, Row], before: Mapping[Any, Row], column: str = "") -> dict[Any, Row]:
    """Return the rows that were not there before, and those that were changed, in this column or in any."""

    def changed(pk: Any, row: Row) -> bool:
        return pk not in before or (row[column] != before[pk][column] if column else row != before[pk])

    return {pk: row for pk, row in rows.items() if changed(pk, row)}


@contextmanager
def heard() -> Iterator[set[tuple[str, str]]]:
    """Hear which columns of the main database are read meanwhile. Setting it lets every statement be prepared anew."""
    read: set[tuple[str, str]] = set()

    def listen(action: int, table: str | None, column: str | None, *_more: object) -> int:
        if action == sqlite3.SQLITE_READ and table and column:
            read.add((table, column))
        return sqlite3.SQLITE_OK

    raw("default").set_authorizer(listen)
    try:
        yield read
    finally:
        raw("default").set_authorizer(None)


def differs(base: Came, came: Came) -> str:
    """Say in words what came otherwise."""
    said = []
    for key, before in base.items():
        after = came.get(key, frozenset())
        said += [f"{key}: + {one}" for one in sorted(after - before)] + [f"{key}: - {one}" for one in sorted(before - after)]
    return ", ".join(said)
