"""What each database of a node holds before anybody has worked in it: everything in one, one table in the shred stores."""

from contextlib import closing, contextmanager

import pytest
from django.apps import apps
from django.db import connections
from django.db.migrations import AddField, Migration, RemoveField, RenameModel, RunPython, RunSQL
from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.models import IntegerField
from django.db.utils import ConnectionHandler

from panah.ground.vault.management.commands.migrate import Executor
from panah.ground.vault.models import ShredRouter, ShredRow
from tests.node_process import Node, own_postgres
from tests.schema import whole


@contextmanager
def made_by(act, home):
    """A node whose databases an act has made."""
    home.mkdir()
    with own_postgres() as addresses:
        node = Node(home, addresses)
        node.act(act)
        yield node


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """What a new node's databases hold."""
    with made_by("migrate", tmp_path_factory.mktemp("tables") / "home") as node:
        return node.act("tables")


def columns_of(tables, alias):
    """The first two of what is said of each column: its table and its name."""
    return {tuple(one[1:-1].replace("'", "").split(", ")[:2]) for one in tables[alias]["columns"]}


@pytest.mark.parametrize("alias", ShredRouter.aliases)
def test_a_shred_store_holds_its_one_table_as_the_model_says_and_nothing_about_anybody(tables, alias):
    made = columns_of(tables, alias)
    assert {table for table, _column in made} == {
        "django_migrations",
        "sqlite_sequence",
        ShredRow._meta.db_table,
    }
    assert {column for table, column in made if table == ShredRow._meta.db_table} == {
        field.column for field in ShredRow._meta.local_concrete_fields
    }
    assert tables[alias]["rows"] == []


def test_the_main_database_holds_no_halves(tables):
    made = {table for table, _column in columns_of(tables, "default")}
    assert ShredRow._meta.db_table not in made
    assert "vault_part" in made, "control: its own are there"


def test_tables_made_at_once_are_those_that_every_step_would_have_made(tables, tmp_path):
    """Tables, bounds, indexes, triggers, walls, grants and first rows, in a database of each kind."""
    with made_by("migrate_step_by_step", tmp_path / "home") as node:
        stepwise = node.act("tables")
    for alias in ("default", "shred"):
        made = tables[alias]
        assert made.keys() == stepwise[alias].keys()
        for what, found in made.items():
            assert found == stepwise[alias][what], (alias, what)
        assert made["columns"] and made["steps"], "control: something was compared"
    assert tables["default"]["rows"], "control: first rows too"


def test_the_tests_own_tables_are_those_of_a_node(db, tables):
    """They come straight from the models, which have a step for each change."""
    for alias, made in tables.items():
        for what, found in whole(connections[alias]).items():
            if what not in ("rows", "grants"):
                assert ours(found) == ours(made[what]), (alias, what)
    assert ours(tables["default"]["columns"]), "control: something was compared"


def ours(said):
    """Of Panah's rooms: Django's migrations and models differ in the size of a number that nobody asks for."""
    names = tuple(
        begins
        for model in apps.get_models(include_auto_created=True)
        if apps.get_app_config(model._meta.app_label).name.startswith("panah.")
        for begins in (f"('{model._meta.db_table}'", f"{model._meta.db_table} ")
    )
    return [one for one in said if one.startswith(names)]


def test_nothing_is_left_to_do_after_the_tables_were_made(tables):
    """Steps that change nothing in a database are written down too: the next version asks only for what is new."""
    for alias in tables:
        assert tables[alias]["left"] == []
        assert tables[alias]["steps"] == tables["default"]["steps"] != []


@pytest.fixture
def empty(db):
    """A database in which nothing is yet."""
    one = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})[
        "default"
    ]
    with closing(one):
        yield one


def is_new(connection, *operations, done=0):
    step = Migration("0001_first", "vault")
    step.operations = list(operations)
    steps = [(step, False)]
    return Executor(connection)._is_new(steps[done:], steps)


def test_tables_are_made_at_once_where_nothing_is_yet(empty):
    assert is_new(empty, AddField("part", "more", IntegerField(default=0)))
    assert not is_new(empty, AddField("part", "more", IntegerField(default=0)), done=1)
    with empty.cursor() as cursor:
        cursor.execute("CREATE TABLE of_somebody (id integer)")
    assert not is_new(empty, AddField("part", "more", IntegerField(default=0)))


@pytest.mark.parametrize(
    ("step", "at_once"),
    [
        (RunSQL("CREATE TRIGGER ..."), False),
        (RunPython(RunPython.noop), False),
        (RunPython(RunPython.noop, elidable=True), True),
        (SeparateDatabaseAndState(state_operations=[RemoveField("part", "data")]), False),
    ],
    ids=["SQL", "Python", "Python that a new database has no rows for", "another state than tables"],
)
def test_a_step_of_which_the_models_say_nothing_is_carried_out(empty, step, at_once):
    assert is_new(empty, step) is at_once


STEPS = {
    "a column is added": (AddField("shredrow", "more", IntegerField(default=0)), True),
    "the table is renamed": (RenameModel("ShredRow", "Half"), True),
    "a column goes within a step": (
        SeparateDatabaseAndState(database_operations=[RemoveField("shredrow", "data")]),
        True,
    ),
    "a column goes in the state alone": (
        SeparateDatabaseAndState(state_operations=[RemoveField("shredrow", "data")]),
        False,
    ),
    "another table's column": (AddField("part", "more", IntegerField(default=0)), False),
    "rows are changed": (RunPython(RunPython.noop), False),
}


@pytest.mark.parametrize(("step", "changes"), STEPS.values(), ids=list(STEPS))
def test_a_step_that_changes_the_table_of_the_shred_stores_is_carried_out_there_and_no_other(
    db, step, changes
):
    assert Executor(connections["shred"])._changes(step, Migration("9999_next", "vault")) is changes
