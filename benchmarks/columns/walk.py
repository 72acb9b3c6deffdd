"""Plays a journey once and hears which columns it reads; changes each of them and plays it again.

What is compared is what the journey says came of it: who reads, who decides, what is dialled, what it was sealed to.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from django.db import models

from benchmarks.columns.changes import (
    KEEP,
    KINDS,
    Cell,
    Change,
    Rows,
    field_of,
    giver,
    kinds,
    new_in,
    protected,
    rows_of,
    tables,
    write,
)
from benchmarks.columns.stage import HE, Stage, StoppedError, databases_of, noticed, raw

type Came = dict[str, frozenset[str]]
type Together = tuple[Change, Mapping[Cell, Cell]]

LEADS = {"north": "bakyt", "south": "rustam"}
NOBODY: frozenset[str] = frozenset()

HARMLESS, REFUSED, NOTICED, LISTED, OPEN = "harmless", "refused", "noticed", "listed", "OPEN"
# Whoever is asked to come once too often is borne; each other thing that comes to somebody is harm.
CALLED = "called"
# Seconds: after that a stage is built anew, before anybody's vault locks.
A_WHILE = 900
# Rows that are changed one by one where changing all of them at once breaks what the journey does: his own first.
ONE_BY_ONE = 4


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
    before: list[Came] = field(default_factory=list)
    _rows: dict[tuple[int, str], Rows] = field(default_factory=dict)

    def build(self) -> None:
        """Build the stage, and play the journey once as it is."""
        self._rows.clear()
        self.stage = stage = Stage()
        self.stood = [stage.stands()]
        self.journey.begins(stage)
        self.read = []
        for step in (*self.journey.steps, self._look):
            self.stood.append(stage.stands())
            with heard() as read:
                step(stage)
            self.read.append(read)
        self.built_at = time.monotonic()
        if told := noticed(self._society()):
            raise RuntimeError(
                f"{self.journey.name}: nobody changed anything, and focal points are told: {told}"
            )
        if (again := self.play(0)[0]) != self.base:
            raise RuntimeError(
                f"{self.journey.name} does not come out alike twice: {differs(self.base, again)}"
            )
        self.before = [self._came_before(step) for step in range(len(self.journey.steps))]

    def _came_before(self, step: int) -> Came:
        self.stage.stands_again(self.stood[step + 1])
        with suppress(Exception):
            return self.journey.came(self.stage)
        # So early that nothing can be said of it.
        return {}

    def _look(self, stage: Stage) -> None:
        self.base = self.journey.came(stage)

    def _society(self) -> UUID:
        return self.stage.keys(LEADS[self.journey.society]).staff.society_id

    def play(self, first: int, change: Callable[[], None] = lambda: None) -> tuple[Came, str]:
        """Play from a step on, over how it stood then; returns what came, and where it stopped."""
        self.stage.stands_again(self.stood[first + 1])
        change()
        stopped, reached = "", first
        try:
            for step in self.journey.steps[first:]:
                step(self.stage)
                reached += 1
        except Exception as error:  # noqa: BLE001  whatever stops a step, the people see that it stopped
            stopped = f"{type(error).__name__} {error if isinstance(error, StoppedError) else ''}".strip()
        try:
            came = self.journey.came(self.stage)
        except Exception as error:  # noqa: BLE001  nothing can be said of what came
            return {}, stopped or type(error).__name__
        return (self._since(reached, came) if reached < len(self.journey.steps) else came), stopped

    def _since(self, step: int, came: Came) -> Came:
        """Leave out what stood before a step already, and its people see that it did not go on: nobody gained it."""
        gone = {key: some - self.base.get(key, NOBODY) for key, some in self.before[step].items()}
        return {key: some - gone.get(key, NOBODY) for key, some in came.items()}

    def rows(self, step: int, table: str) -> Rows:
        """Return the rows of a table before a step; -1: before the journey began."""
        if (step, table) not in self._rows:
            with closing(databases_of(self.stood[step + 1])) as database:
                self._rows |= {(step, one): rows_of(database, one) for one in tables()}
        return self._rows[step, table]

    def changes(self) -> Iterator[Change]:
        """Yield every change of every column that is read from a step on: what was just written comes first."""
        for step in reversed(range(len(self.read))):
            read = set().union(*self.read[step:])
            for table, model in sorted(tables().items()):
                fields = [
                    f for there, column in sorted(read) if there == table and (f := field_of(model, column))
                ]
                if fields and self._there(step, table):
                    can = [(kind, one) for kind in KINDS for one in fields if kind in kinds(one, step)]
                    yield from (Change(step, table, str(one.column), kind) for kind, one in can)

    def _there(self, step: int, table: str, column: str = "") -> Rows:
        rows = self.rows(step, table)
        return rows if step == 0 else new_in(rows, self.rows(step - 1, table), column)

    def values(self, change: Change) -> dict[Cell, Cell]:
        """Return what the change writes, by the key of each row; nothing where it changes nothing."""
        step, table, column = change.step, change.table, change.column
        rows, there = self.rows(step, table), self._there(step, table, column)
        his = self.stage.staff[HE].pk.hex
        give = giver(change, rows, self.rows(step - 1, table), self._donors(change), his)
        values = {pk: give(pk, row[column]) for pk, row in there.items()}
        return {pk: value for pk, value in values.items() if value is not KEEP and value != rows[pk][column]}

    def _donors(self, change: Change) -> list[Cell]:
        """Return what a column may hold beside what stands in it: of what it points to, of what it may be."""
        field = field_of(change.model, change.column)
        to = field.related_model if field is not None else None
        if isinstance(to, type) and issubclass(to, models.Model):
            return list(self.rows(change.step, to._meta.db_table))
        return [key for key, _label in (field.choices if field is not None else None) or ()]

    def judged(self, changes: Iterable[Change]) -> Iterator[Verdict]:
        """Judge changes: those of one table together first, as most of them change nothing of what comes."""
        for _alike, some in groupby(changes, key=lambda one: (one.step, one.table, one.kind)):
            together = [(one, values) for one in some if (values := self.values(one))]
            yield from self._judged(together) if together else ()

    def _judged(self, together: Sequence[Together]) -> Iterator[Verdict]:
        if time.monotonic() - self.built_at > A_WHILE:
            self.build()
            together = [(one, values) for one, _before in together if (values := self.values(one))]
        if len(together) <= 1:
            yield from (self._alone(change, values) for change, values in together)
        elif self._tried(together).verdict == HARMLESS:
            yield from (Verdict(change, HARMLESS) for change, _values in together)
        else:
            half = len(together) // 2
            yield from self._judged(together[:half])
            yield from self._judged(together[half:])

    def _alone(self, change: Change, values: Mapping[Cell, Cell]) -> Verdict:
        """Change all rows at once; where that breaks what the journey does, each by itself, his own first."""
        found = [self._tried([(change, values)])]
        if found[0].verdict != HARMLESS and not found[0].gains and not protected(change) and len(values) > 1:
            rows, his = self.rows(change.step, change.table), self.stage.staff[HE].pk.hex
            first = sorted(values, key=lambda pk: his not in (pk, *rows[pk].values()))[:ONE_BY_ONE]
            found += [self._tried([(change, {pk: values[pk]})]) for pk in first]
        return max(found, key=lambda one: (one.gains, one.verdict == OPEN, one is found[0]))

    def _tried(self, together: Sequence[Together]) -> Verdict:
        written: list[bool] = []
        change = together[0][0]
        came, stopped = self.play(change.step, lambda: written.extend(write(*one) for one in together))
        if not any(written):
            return Verdict(change, REFUSED, "the database refuses it")
        if came == self.base:
            return Verdict(change, HARMLESS)
        if len(together) > 1:
            return Verdict(change, OPEN)
        what = "; ".join(filter(None, (differs(self.base, came), stopped and f"stopped ({stopped})")))
        try:
            told = noticed(self._society())
        except Exception as error:  # noqa: BLE001  whatever it is, nobody is told
            told, what = [], f"{what}; what looks for it stops ({type(error).__name__})"
        what += f"; noticed ({', '.join(told)})" if told else ""
        if Verdict(change, OPEN, what).gains:
            return Verdict(change, OPEN, what)
        return Verdict(change, NOTICED if told else REFUSED if stopped else OPEN, what)


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
    said = [
        f"{key}: {sign} {one}"
        for key in base
        for sign, some in (("+", came.get(key, NOBODY) - base[key]), ("-", base[key] - came.get(key, NOBODY)))
        for one in sorted(some)
    ]
    return ", ".join(said)
