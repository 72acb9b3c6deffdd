"""Rows that were made once in a process, and are written down again for each test that begins with them.

Building a statement costs the ORM many times what the database needs to carry it out: it is built once, then said again.
"""

from __future__ import annotations

import pickle
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import groupby
from operator import itemgetter
from time import monotonic
from typing import Any, ClassVar, Self

from django.apps import apps
from django.db import connections, transaction
from django.db.models import Model
from django.test import Client

from tests.committed_rows import what_panah_wrote_is_committed


class RowsAgain:
    """``rows`` as they were read; ``replaces``: some stand there already and are changed."""

    def __init__(self, rows: Sequence[Model], *, replaces: bool = False) -> None:
        self.rows, self.replaces = pickle.dumps(rows), replaces
        # Once they were written down again: each statement with its database and its values.
        self.statements: list[tuple[str, str, Any]] = []

    def write(self) -> None:
        if not self.statements:
            self.statements = self._built()
            return
        for alias, said in groupby(self.statements, key=itemgetter(0)):
            with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
                for _alias, sql, params in said:
                    cursor.execute(sql, params)

    def _built(self) -> list[tuple[str, str, Any]]:
        """Write them down for the first time; returns what the ORM said."""
        heard: list[tuple[str, str, Any]] = []

        def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            # Where nothing is open yet, a transaction is begun too.
            if sql.startswith("INSERT"):
                heard.append((context["connection"].alias, sql, params))
            return execute(sql, params, many, context)

        with ExitStack() as stack:
            for alias in connections:
                stack.enter_context(connections[alias].execute_wrapper(listen))
            rows: list[Model] = pickle.loads(self.rows)  # noqa: S301  its own bytes
            for model, alike in groupby(rows, key=lambda row: row._meta.model):
                model._base_manager.bulk_create(alike, **self._how(model))
        return heard

    def _how(self, model: type[Model]) -> dict[str, Any]:
        others = [one.name for one in model._meta.concrete_fields if not one.primary_key]
        if not self.replaces or not others:
            return {}
        return {"update_conflicts": True, "unique_fields": [model._meta.pk.name], "update_fields": others}


# By a name and what it began with: what was made, as bytes; every row that this made or changed; which rows it took away;
# and when that was.
KEPT: dict[Any, tuple[bytes, RowsAgain, dict[type[Model], list[Any]], float]] = {}
# Seconds. Whoever signed in, or was paired, just now did so at most as long ago, however slow the machine.
A_WHILE = 300


def forget_old() -> None:
    """Before a test begins: once something is too old it is made anew, and with it what was made over its rows."""
    if any(monotonic() - made_at > A_WHILE for *_what, made_at in KEPT.values()):
        KEPT.clear()


def forget_all() -> None:
    """Let everything be made anew."""
    KEPT.clear()


def once[T](key: Any, make: Callable[[], T]) -> T:
    """Return what ``make`` makes, over rows that are always the same: it is done once in a process.

    For each later test its rows are written down again, and it reads one of its own of what was returned.
    """
    if key not in KEPT:
        before = everything()
        made = make()
        what_panah_wrote_is_committed()
        after = everything()
        changed = [row for pk, row in after.items() if pk not in before or values(before[pk]) != values(row)]
        gone: dict[type[Model], list[Any]] = defaultdict(list)
        for model, pk in before.keys() - after.keys():
            gone[model].append(pk)
        KEPT[key] = pickle.dumps(made), RowsAgain(changed, replaces=True), gone, monotonic()
        return made
    raw, rows, gone, _made_at = KEPT[key]
    for model, pks in gone.items():
        model._base_manager.filter(pk__in=pks).delete()
    rows.write()
    again: T = pickle.loads(raw)  # noqa: S301  its own bytes
    return again


class Begun:
    """A story of several people, each at a browser of her own, whose beginning many tests of a file share.

    ``begun`` gives the story as it was made, ``first`` what comes next, each done once for a file of tests.
    """

    BROWSERS: ClassVar[tuple[str, ...]]
    world: Any
    # How many rows were written when it had begun.
    written: int

    @classmethod
    def begun(cls, world: Any) -> Self:
        story = cls.__new__(cls)
        story.world = world
        story._comes_to(once((STORY, cls, world.at), lambda: cls(world)._stands()))  # type: ignore[call-arg]
        story.written = rows_written()
        return story

    def first(self, act: Callable[[Self], object]) -> None:
        """Let this be done, as the first of all: nothing but ``begun`` came before it."""
        assert rows_written() == self.written, "what came before would be kept for other tests, or be lost"

        def done() -> dict[str, Any]:
            act(self)
            return self._stands()

        self._comes_to(once((STORY, type(self), self.world.at, act.__qualname__), done))

    def _stands(self) -> dict[str, Any]:
        left_out = {"world", "written", *self.BROWSERS}
        rest = {name: value for name, value in vars(self).items() if name not in left_out}
        browsers = {who: getattr(self, who).cookies for who in self.BROWSERS}
        return {"rest": rest, "cookies": {who: dict(jar.items()) for who, jar in browsers.items()}}

    def _comes_to(self, stands: dict[str, Any]) -> None:
        vars(self).update(stands["rest"])
        for who, cookies in stands["cookies"].items():
            browser = Client()
            browser.cookies.update(cookies)
            setattr(self, who, browser)


STORY = "story"


def forget_stories() -> None:
    """At the end of a file: in the next one something else may have the same name."""
    for key in [one for one in KEPT if one[0] == STORY]:
        del KEPT[key]


def rows_written() -> int:
    """Return how many rows this test wrote so far."""
    return sum(map(_written_in, connections.all()))


def _written_in(connection: Any) -> int:
    if connection.vendor == "sqlite":
        return connection.connection.total_changes if connection.connection else 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0] or 0)


def everything() -> dict[tuple[type[Model], Any], Model]:
    """Return every row of our rooms, by its model and its id."""
    ours = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return {(model, row.pk): row for model in ours for row in model._base_manager.all()}


def values(row: Model) -> list[Any]:
    return [getattr(row, one.attname) for one in row._meta.concrete_fields]
