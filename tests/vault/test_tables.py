"""What each database of a node holds after ``migrate``: everything in one, one table in the shred stores."""

import pytest
from django.db import connections
from django.db.migrations import AddField, Migration, RemoveField, RenameModel, RunPython
from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.models import IntegerField

from panah.vault.management.commands.migrate import Executor
from panah.vault.models import ShredRouter, ShredRow
from tests.node_process import Node, own_postgres


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """What a new node's databases hold; the tests' own database is made without migrations."""
    home = tmp_path_factory.mktemp("tables") / "home"
    home.mkdir()
    with own_postgres() as addresses:
        node = Node(home, addresses)
        node.act("begin")
        return node.act("tables")


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


def test_the_migrations_make_the_tables_that_the_models_describe(tables, db):
    """The tests' own tables come straight from the models: they must be those that a node has."""
    main = connections["default"]
    with main.cursor() as cursor:
        look = main.introspection
        ours = {
            name: sorted(one.name for one in look.get_table_description(cursor, name))
            for name in look.table_names(cursor)
        }
    ours.pop("django_migrations", None)
    made = {name: sorted(columns) for name, columns in tables["default"]["columns"].items()}
    made.pop("django_migrations")
    assert made == ours


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
