"""Connections to SQLite that are kept from page to page: what must not be noticed, whatever happens to the file."""

import sqlite3
from contextlib import closing
from itertools import count, islice

import pytest
from django.conf import settings
from django.db import connections
from django.db.utils import ConnectionHandler
from django.utils import timezone

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
