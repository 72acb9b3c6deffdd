"""The two copies of the shred store: one is lost, damaged, carried elsewhere, or its key file is missing."""

import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, connections

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import later, queries, shred_store
from panah.ground.vault.keyring import HALF
from panah.ground.vault.models import ShredRow
from panah.ground.vault.seals import DoesNotOpen
from panah.ground.vault.words import FileKind
from panah.people.cases import actions as cases
from tests.node_process import Node

ALL = {"opened": 6, "notes": 6}
CARDS = ["name 0", "name 1", "name 2"]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A node with three cases and three calls, and their search cards."""
    folder = tmp_path_factory.mktemp("copies")
    (folder / "home").mkdir()
    node = Node(folder / "home")
    node.act("begin")
    node.act("many", "3")
    node.act("make_cards")
    return node


@pytest.fixture
def node(template, tmp_path):
    shutil.copytree(template.home.parent, tmp_path / "node")
    return Node(tmp_path / "node" / "home")


def lose(node, which):
    """The disk of a copy is gone, with its key file."""
    if which == "second":
        shutil.rmtree(node.home / "copy")
    else:
        for path in node.home.glob("shred.sqlite3*"):
            path.unlink()
        (node.home / "store.key").unlink()


@pytest.mark.parametrize("which", ["first", "second"])
def test_what_is_there_still_opens_when_one_copy_is_lost(node, which):
    lose(node, which)
    assert node.act("unlock_all", "bakyt") == ALL
    assert node.act("count_cards") == CARDS


@pytest.mark.parametrize("which", ["first", "second"])
def test_a_new_disk_is_filled_from_the_other_one_and_then_stands_alone_if_it_must(node, which):
    lose(node, which)
    done = node.panah("init")
    assert done.returncode == 0, done.stderr
    assert "is filled from the other one" in done.stdout
    assert "destroy it and its key file" in done.stdout
    lose(node, "first" if which == "second" else "second")
    assert node.act("unlock_all", "bakyt") == ALL
    assert node.act("count_cards") == CARDS
    assert "is filled from the other one" in node.panah("init").stdout
    assert "is filled" not in node.panah("init").stdout, "control: two that are whole are left alone"
    assert node.act("replace_store_keys", "8")
    assert node.act("unlock_all", "bakyt") == ALL


def test_a_node_whose_second_disk_is_not_mounted_says_what_to_do_and_does_not_start(node):
    lose(node, "second")
    done = node.panah("serve", "--port", "1")
    assert done.returncode == 1
    assert "A copy of the shred store does not answer: PANAH_SHRED_COPY_URL" in done.stderr
    assert "./panah init" in done.stderr


def test_files_put_in_the_place_of_the_other_copy_are_not_taken_for_one(node):
    lose(node, "first")
    for name in ("shred.sqlite3", "store.key"):
        shutil.copy(node.home / "copy" / name, node.home / name)
    assert node.act("unlock_all", "bakyt") == ALL, "the second copy opens them"
    done = node.panah("init")
    assert done.returncode == 1
    assert "does not open with its key file" in done.stderr
    assert "move this copy and its key away" in done.stderr
    lose(node, "first")
    assert node.panah("init").returncode == 0
    lose(node, "second")
    assert node.act("unlock_all", "bakyt") == ALL


def test_a_missing_key_file_is_said_and_not_hidden_by_a_new_one(node):
    (node.home / "store.key").unlink()
    assert node.act("unlock_all", "bakyt") == ALL, "the second copy opens them"
    done = node.panah("init")
    assert done.returncode == 1
    assert "does not open with its key file" in done.stderr
    assert not (node.home / "store.key").exists()


def test_on_a_node_what_was_said_to_be_saved_is_on_the_disk_when_the_power_fails(tmp_path):
    (tmp_path / "copy").mkdir()
    ask = (
        "import django; django.setup(); from django.db import connections\n"
        "for one in connections.all():\n"
        "    print(one.cursor().execute('PRAGMA synchronous').fetchone()[0])"
    )
    env = {k: v for k, v in os.environ.items() if not k.startswith("PANAH_")}
    env |= {"PANAH_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "panah.config.settings"}
    said = subprocess.run([sys.executable, "-c", ask], env=env, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["2", "2", "2"], "FULL, not NORMAL"


# -- inside a process -------------------------------------------------------------------------


@pytest.fixture
def case(world):
    return cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at)


@pytest.fixture
def key_file():
    """The key file of the first copy; what a test does to it is undone."""
    store = shred_store.copies()[0]
    kept = store.keys.path.read_bytes()
    yield store.keys.path
    store.keys.path.write_bytes(kept)


def test_nothing_new_is_kept_under_a_key_made_up_for_a_missing_one(world, case, key_file):
    key_file.unlink()
    with pytest.raises(Refusal, match="no-store-key"):
        vault.begin_file(keys=world.keys("amina"), kind=FileKind.CASE, at=world.at)
    assert not key_file.exists()


def test_a_process_that_was_idle_for_weeks_wraps_under_the_key_of_today(world, case, key_file):
    idle, busy = shred_store.Store("shred"), shred_store.Store("shred")
    idle.put_many(HALF, {uuid4(): b"x" * 32}, None)
    for week in (1, 2, 3):
        busy.replace_key(at=world.at + timedelta(weeks=week))
    key = uuid4()
    idle.put_many(HALF, {key: b"y" * 32}, None)
    row = ShredRow.objects.using("shred").get(kind=HALF, key=key)
    assert shred_store.Store("shred").unwrap(row) == b"y" * 32


def damage(alias, key):
    ShredRow.objects.using(alias).filter(key=key).update(wrapped=b"\x11" + bytes(60))


def test_a_damaged_row_does_not_keep_the_old_store_key_alive_and_is_made_whole_from_the_other_copy(
    world, case, key_file
):
    store = shred_store.copies()[0]
    damage("shred", case.file_id)
    store.keys.save(store.keys.load(), at=world.at)
    for week in (1, 2):
        assert shred_store.replace_keys_when_due(at=world.at + timedelta(weeks=week))
    assert len(store.keys.load()) == 2
    assert store.unwrap(ShredRow.objects.using("shred").get(kind=HALF, key=case.file_id))


def test_a_row_that_no_copy_opens_keeps_nothing_up_and_is_left_for_whoever_may_mend_it(world, case, key_file):
    other = cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at)
    for alias in ("shred", "shred_copy"):
        damage(alias, case.file_id)
    for store in shred_store.copies():
        store.keys.save(store.keys.load(), at=world.at)
    for week in (1, 2, 3):
        assert shred_store.replace_keys_when_due(at=world.at + timedelta(weeks=week))
    assert all(len(store.keys.load()) == 2 for store in shred_store.copies())
    assert not queries.opens(keys=world.keys("amina"), file=case.file_id)
    assert queries.opens(keys=world.keys("amina"), file=other.file_id)
    assert ShredRow.objects.using("shred").filter(kind=HALF, key=case.file_id).exists()


def test_a_damaged_value_in_a_list_is_read_from_the_other_copy(world):
    north, key = world.societies["north"].pk, uuid4()
    shred_store.put("search", key, b"a card", society=north)
    damage("shred", key)
    assert dict(shred_store.each("search", north)) == {key: b"a card"}
    damage("shred_copy", key)
    with pytest.raises(DoesNotOpen):
        list(shred_store.each("search", north))


@contextmanager
def away(alias):
    """The disk of a copy is not there for a while."""
    path = Path(connections[alias].settings_dict["NAME"])
    with connections[alias].cursor() as cursor:
        # Another test's thread may still have it open: then its log stays when we close, and holds what we need.
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connections[alias].close()
    kept = {one: one.with_name(f"away-{one.name}") for one in path.parent.glob(f"{path.name}*")}
    for one, there in kept.items():
        one.rename(there)
    try:
        yield
    finally:
        connections[alias].close()
        for made in path.parent.glob(f"{path.name}*"):
            made.unlink()
        for one, there in kept.items():
            there.rename(one)


on_sqlite = pytest.mark.skipif(
    connections["shred"].vendor != "sqlite", reason="a lost disk is made with SQLite's files"
)


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_an_erasure_reaches_the_copy_that_answers_and_is_finished_when_the_other_one_is_back(world, case):
    health = world.client(None)
    assert health.get("/healthz").json()["status"] == "ok", "control"
    with away("shred"):
        with pytest.raises(DatabaseError):
            vault.erase(keys=world.keys("amina"), file=case.file_id, at=world.at)
        assert not ShredRow.objects.using("shred_copy").filter(kind=HALF, key=case.file_id).exists()
        answer = health.get("/healthz")
        assert answer.status_code == 503
        assert answer.json()["status"] == "a copy of the shred store does not answer"
    assert vault.finish_erasures(at=world.at) == 1
    assert shred_store.get(HALF, case.file_id) is None


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_where_both_copies_are_away_nothing_is_taken_for_gone(world, case):
    with away("shred"), away("shred_copy"):
        for ask in (lambda: shred_store.get(HALF, case.file_id), lambda: shred_store.keys_of(HALF)):
            with pytest.raises(DatabaseError):
                ask()
    assert queries.opens(keys=world.keys("amina"), file=case.file_id)


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_what_waits_is_found_in_the_copy_that_was_there_and_done_once(world):
    north = world.societies["north"].pk
    later.add(society=north, what="x", values=[], at=world.at)
    with away("shred"):
        later.add(society=north, what="x", values=[{"n": 1}], at=world.at)
    (one,) = later.due(society=north, what="x", at=world.at + later.MOST)
    assert one.value == {"n": 1}, "the first copy does not know of it"
    later.settle(society=north, done=[one.id])
    assert later.waiting(society=north, what="x") == []


@on_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("copy", ["shred", "shred_copy"])
def test_what_was_done_while_a_copy_was_away_is_not_done_again_when_it_is_back(world, copy):
    north, late = world.societies["north"].pk, world.at + later.MOST
    later.add(society=north, what="x", values=[{"n": 1}, {"n": 2}], at=world.at)
    one, other = later.due(society=north, what="x", at=late)
    with away(copy):
        later.settle(society=north, done=[one.id])
    assert [each.id for each in later.due(society=north, what="x", at=late)] == [other.id]
    later.settle(society=north, done=[])
    assert all(one.id.hex not in str(later._unpacked(raw)) for raw in shred_store.get_each("later", north))
    with away("shred"):
        assert [each.id for each in later.due(society=north, what="x", at=late)] == [other.id]
    with away("shred_copy"):
        assert [each.id for each in later.due(society=north, what="x", at=late)] == [other.id]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite's logs are emptied: ./panah test")
@pytest.mark.django_db(transaction=True)
def test_a_log_that_cannot_be_emptied_leaves_its_database_as_patient_as_before(world):
    def patience():
        with connections["default"].cursor() as cursor:
            return cursor.execute("PRAGMA busy_timeout").fetchone()

    usual = patience()
    with connections["default"].cursor() as reading:
        reading.execute("SELECT id FROM accounts_staff")
        assert reading.fetchone(), "control: half read"
        with pytest.raises(DatabaseError):
            vault.truncate_logs(at=world.at)
    assert patience() == usual
