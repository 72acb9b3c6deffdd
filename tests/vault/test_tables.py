"""What each database of a node holds after ``migrate``: everything in one, one table in the shred stores."""

import re

import pytest
from django.apps import apps
from django.db import connections
from django.db.migrations import AddField, Migration, RemoveField, RenameModel, RunPython
from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.models import IntegerField

from panah.vault.management.commands.migrate import Executor
from panah.vault.models import ShredRouter, ShredRow
from tests.node_process import Node, own_postgres


def made_by(act, home):
    """What a node's databases hold when an act has made them."""
    home.mkdir()
    with own_postgres() as addresses:
        node = Node(home, addresses)
        node.act(act)
        return node.act("tables")


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """What a new node's databases hold; the tests' own databases are made without migrations."""
    return made_by("migrate", tmp_path_factory.mktemp("tables") / "home")


@pytest.mark.parametrize("alias", ShredRouter.aliases)
def test_a_shred_store_holds_its_one_table_as_the_model_says_and_nothing_about_anybody(tables, alias):
    made = tables[alias]["columns"]
    assert set(made) == {"django_migrations", ShredRow._meta.db_table}
    assert set(made[ShredRow._meta.db_table]) == {
        field.column for field in ShredRow._meta.local_concrete_fields
    }


def test_the_main_database_holds_no_halves(tables):
    made = tables["default"]["columns"]
    assert ShredRow._meta.db_table not in made
    assert "vault_part" in made, "control: its own are there"


def test_the_migrations_make_the_tables_that_the_models_describe(tables, tmp_path):
    """The tests' own tables come straight from the models: they must be those that a node has, to the last index."""
    straight = made_by("make_tables", tmp_path / "home")
    for alias, made in tables.items():
        there = straight[alias]
        assert {n: sorted(c) for n, c in made["columns"].items()} == {
            n: sorted(c) for n, c in there["columns"].items()
        }
        assert (made["applied"], made["left"]) == (there["applied"], there["left"])
        for what in ("columns", "bounds"):
            assert ours(made[what]) == ours(there[what]), (alias, what)


def ours(tables):
    """Those of Panah's rooms: Django's migrations and models differ in the size of a number that nobody asks for."""
    names = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if apps.get_app_config(model._meta.app_label).name.startswith("panah.")
    }
    return {name: sorted(map(without_number, held)) for name, held in tables.items() if name in names}


def without_number(held):
    """SQLite numbers what has no name of its own, in the order in which it was made."""
    return re.sub(r"^\('(fk|__unnamed_constraint)_\d+", r"('\1", held)


def test_nothing_is_left_to_do_after_the_tables_were_made(tables):
    """Steps that change nothing in a database are written down too: the next version asks only for what is new."""
    for alias in tables:
        assert tables[alias]["left"] == []
        assert tables[alias]["applied"] == tables["default"]["applied"] != []


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
