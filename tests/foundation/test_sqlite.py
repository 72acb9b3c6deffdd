"""Connections to SQLite that are kept from page to page: what must not be noticed, whatever happens to the file."""

import sqlite3
from contextlib import closing
from itertools import count, islice
from uuid import uuid4

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections, models
from django.db.utils import ConnectionHandler
from django.utils import timezone

from panah.ground.foundation.sqlite.base import LARGEST, SCATTER
from panah.practice import actions as practice
from tests.walk import come_in, walk

NUMBERS = count(1)
KEPT = ("ENGINE", "CONN_MAX_AGE", "CONN_HEALTH_CHECKS", "OPTIONS")

pytestmark = pytest.mark.skipif(
    connections["default"].vendor != "sqlite", reason="on PostgreSQL the server keeps the file"
)


@pytest.fixture
def node(tmp_path, django_db_blocker):
    """A connection as a web worker has it, to a file that says "before"."""
    settings_of_one = {name: settings.DATABASES["shred"][name] for name in KEPT}
    one = ConnectionHandler({"default": {**settings_of_one, "NAME": str(tmp_path / "node.sqlite3")}})[
        "default"
    ]
    file_that_says(tmp_path / "node.sqlite3", "before")
    with django_db_blocker.unblock():
        yield one
        one.close()


def file_that_says(path, word):
    with closing(sqlite3.connect(path)) as made:
        made.execute("CREATE TABLE said (word TEXT)")
        made.execute("INSERT INTO said VALUES (?)", [word])
        made.commit()


def next_page_reads(connection):
    connection.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM said")
        return cursor.fetchone()[0]


def test_the_next_page_uses_the_connection_of_the_last_one(node):
    assert next_page_reads(node) == "before"
    opened = node.connection
    assert next_page_reads(node) == "before"
    assert node.connection is opened


def test_after_a_restore_the_next_page_reads_and_writes_what_was_put_back(node, tmp_path):
    assert next_page_reads(node) == "before"
    file_that_says(tmp_path / "restored", "after")
    for beside in ("-wal", "-shm"):
        (tmp_path / f"node.sqlite3{beside}").unlink(missing_ok=True)
    (tmp_path / "restored").replace(tmp_path / "node.sqlite3")
    assert next_page_reads(node) == "after"
    with node.cursor() as cursor:
        cursor.execute("UPDATE said SET word = 'written'")
    with closing(sqlite3.connect(tmp_path / "node.sqlite3")) as other:
        assert other.execute("SELECT word FROM said").fetchone()[0] == "written"


def test_a_database_that_was_away_is_opened_again_when_it_is_back(node, tmp_path):
    assert next_page_reads(node) == "before"
    (tmp_path / "node.sqlite3").rename(tmp_path / "away")
    node.close_if_unusable_or_obsolete()
    (tmp_path / "away").rename(tmp_path / "node.sqlite3")
    assert next_page_reads(node) == "before"


def still_reading(alias):
    """Say whether a connection still reads an older state: then the log cannot be emptied."""
    with closing(sqlite3.connect(connections[alias].settings_dict["NAME"], timeout=0)) as other:
        other.execute(f"PRAGMA user_version = {next(NUMBERS)}")
        return bool(other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])


def test_no_page_leaves_a_question_half_read_which_would_show_yesterday_for_ever(transactional_db):
    person = practice.build(at=timezone.now()).kept["people"]["bakyt"]
    client = come_in({"name": "bakyt", **person}, "en")
    left = [page.address for page in islice(walk(client), 150) if any(map(still_reading, connections))]
    assert left == []


def test_the_control_a_question_half_read_is_seen(transactional_db):
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master")
        cursor.fetchone()
        assert still_reading("default")
    assert not still_reading("default")


def places(table):
    """Where the rows of a table lie, by the order in which they were made."""
    with connections["default"].cursor() as cursor:
        cursor.execute(f'SELECT rowid FROM "{table}" ORDER BY made')
        return [place for (place,) in cursor.fetchall()]


@pytest.fixture
def made_table(db):
    """A table with a random id as the models have it, and beside it the same as SQLite alone would make it."""
    with connections["default"].cursor() as cursor:
        for table in ("scattered", "in_a_row"):
            cursor.execute(f'CREATE TABLE "{table}" (id char(32) PRIMARY KEY, made integer)')
        cursor.execute(SCATTER.format(table="scattered", largest=LARGEST))

        def make(table, *numbers):
            for number in numbers:
                cursor.execute(f'INSERT INTO "{table}" VALUES (%s, %s)', [uuid4().hex, number])

        yield make


def test_rows_with_a_random_id_lie_in_no_order(made_table):
    made_table("scattered", *range(40))
    made_table("in_a_row", *range(40))
    found = places("scattered")
    assert found[0] == LARGEST and found[1:] != sorted(found[1:]) and len(set(found)) == 40
    assert places("in_a_row") == list(range(1, 41)), "control: SQLite numbers them in turn"


def test_when_the_first_row_of_all_goes_the_next_takes_its_place(made_table):
    made_table("scattered", *range(10))
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM scattered WHERE made = 0")
    made_table("scattered", *range(10, 40))
    found = places("scattered")
    assert found[9] == LARGEST and found[10:] != sorted(found[10:])


@pytest.mark.django_db(databases="__all__")
def test_every_table_with_a_random_id_has_it():
    scattered = set()
    for alias in connections:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT tbl_name FROM sqlite_master WHERE name LIKE '%_in_no_order'")
            scattered |= {name for (name,) in cursor.fetchall()}
    own = [model for model in apps.get_models() if model._meta.managed]
    wanted = {model._meta.db_table for model in own if not isinstance(model._meta.pk, models.AutoField)}
    assert wanted - scattered == set()
    assert {"vault_file", "vault_part", "vault_grant", "work_dueitem", "vault_shredrow"} <= wanted, "control"
