"""What each database of a node holds after ``migrate``: everything in one, one table in the shred stores."""

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.db.migrations import AddField, Migration, RemoveField, RenameModel, RunPython
from django.db.migrations.operations import SeparateDatabaseAndState
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import IntegerField

from panah.vault.management.commands.migrate import Executor
from panah.vault.models import ShredRouter, ShredRow


@pytest.mark.parametrize("alias", ShredRouter.aliases)
def test_a_shred_store_holds_its_one_table_as_the_model_says_and_nothing_about_anybody(db, alias):
    with connections[alias].cursor() as cursor:
        tables = set(connections[alias].introspection.table_names(cursor))
        columns = {
            one.name
            for one in connections[alias].introspection.get_table_description(cursor, ShredRow._meta.db_table)
        }
    assert tables == {"django_migrations", ShredRow._meta.db_table}
    assert columns == {field.column for field in ShredRow._meta.local_concrete_fields}


def test_the_main_database_holds_no_halves(db):
    with connections["default"].cursor() as cursor:
        tables = set(connections["default"].introspection.table_names(cursor))
    assert ShredRow._meta.db_table not in tables
    assert "vault_part" in tables, "control: its own are there"


@pytest.mark.parametrize("alias", list(settings.DATABASES))
def test_nothing_is_left_to_do_after_the_tables_were_made(db, alias):
    """Steps that change nothing in a database are written down too: the next version asks only for what is new."""
    call_command("migrate", database=alias, check_unapplied=True, verbosity=0)
    written = MigrationRecorder(connections[alias]).applied_migrations()
    assert set(written) == set(MigrationRecorder(connections["default"]).applied_migrations())


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
