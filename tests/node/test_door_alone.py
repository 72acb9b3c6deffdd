"""The public door on a machine of its own: another folder, another role, none of the node's keys; what a thief of it can do."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import closing
from http.client import HTTPConnection
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from tests.node.served_node import PATIENCE, of_this_node, served
from tests.node_process import Node
from tests.public.writing import Stranger
from tools.postgres import Server, temporary_server

pytestmark = pytest.mark.skipif(
    not os.environ.get("PANAH_DATABASE_OWNER_URL"), reason="for a run on PostgreSQL: ./panah test --postgres"
)
DOOR = "panah_door"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with temporary_server() as own:
        own.admit()
        as_role(own, "postgres", "postgres", "CREATE DATABASE shred OWNER panah")
        as_role(own, "postgres", "postgres", "CREATE DATABASE shred_copy OWNER panah")
        yield own


def as_role(server: Server, role: str, database: str, *statements: str) -> list[tuple[object, ...]]:
    import psycopg

    with psycopg.connect(server.url(role, database), autocommit=True) as connection:
        for statement in statements:
            answer = connection.execute(statement.encode())
        return answer.fetchall() if answer.description else []


@pytest.fixture(scope="module")
def node(server, tmp_path_factory) -> Node:
    home = tmp_path_factory.mktemp("node") / "home"
    home.mkdir()
    more = server.addresses() | {
        "PANAH_SHRED_URL": server.url("panah", "shred"),
        "PANAH_SHRED_COPY_URL": server.url("panah", "shred_copy"),
    }
    made = Node(home, more)
    made.act("begin")
    return made


@pytest.fixture(scope="module")
def door(node, server, tmp_path_factory) -> Node:
    """Another machine: of the node it gets the door's host file and the two key files of the shred store."""
    home = tmp_path_factory.mktemp("door") / "home"
    home.mkdir()
    done = node.panah("grantdoor", "--role", DOOR, "--host-file", str(home / "host.json"))
    assert done.returncode == 0, done.stderr
    (home / "copy").mkdir()
    shutil.copy(node.home / "store.key", home / "store.key")
    shutil.copy(node.home / "copy" / "store.key", home / "copy" / "store.key")
    more = {
        "PANAH_DATABASE_URL": server.url(DOOR, "panah"),
        "PANAH_SHRED_URL": server.url(DOOR, "shred"),
        "PANAH_SHRED_COPY_URL": server.url(DOOR, "shred_copy"),
        "PANAH_DOOR_ONLY": "1",
        "PANAH_DOOR_HOST": "localhost",
        "PANAH_HOSTS": "127.0.0.1",
    }
    return Node(home, more, from_the_beginning=True)


def ask(
    port: int, path: str, host: str = "localhost", form: Mapping[str, object] | None = None
) -> tuple[int, bytes]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as line:
        said = {"Host": host}
        if form is None:
            line.request("GET", path, headers=said)
        else:
            said["Content-Type"] = "application/x-www-form-urlencoded"
            line.request("POST", path, urlencode(form), said)
        answer = line.getresponse()
        return answer.status, answer.read()


@pytest.fixture
def receipt(door) -> str:
    """The digits of a message that was left at the door of its own."""
    with served(door, host="127.0.0.1") as (_process, port):
        return Stranger(Line(port)).writes("Practice: our papers are kept.").digits


class Line:
    """What a ``Stranger`` asks through: the line to a door that is served."""

    def __init__(self, port: int) -> None:
        self.port = port

    def get(self, path: str, query: Mapping[str, object]) -> SimpleNamespace:
        return self._answered(f"{path}?{urlencode(query)}")

    def post(self, path: str, form: Mapping[str, object]) -> SimpleNamespace:
        return self._answered(path, form)

    def _answered(self, path: str, form: Mapping[str, object] | None = None) -> SimpleNamespace:
        status, page = ask(self.port, path, form=form)
        assert status == 200, page
        return SimpleNamespace(status_code=status, content=page)


def test_a_stranger_is_answered_by_a_machine_that_has_no_key_of_the_node(node, door):
    kept = json.loads((door.home / "host.json").read_text())
    ours = json.loads((node.home / "host.json").read_text())
    assert {name for name in ours if name in kept and kept[name] == ours[name]} <= {"what"}
    with served(door, host="127.0.0.1") as (process, port):
        status, page = ask(port, "/info/")
        assert status == 200
        assert b"Information" in page
        for path in ("/vault/sign-in", "/cases/", "/exchange/v1/envelopes", "/healthz"):
            status, page = ask(port, path)
            assert status == 404
            assert b"Panah" not in page
        assert ask(port, "/healthz", "127.0.0.1")[0] == 200
        assert not any("worker" in said.split() for said in of_this_node(door).values()), "no job runs here"
        process.terminate()
        assert process.wait(PATIENCE) == 0


def test_with_the_role_of_the_node_it_does_not_start(node, door, server):
    more = door.more | {"PANAH_DATABASE_URL": server.url("panah", "panah")}
    done = Node(door.home, more, from_the_beginning=True).panah("serve", "--port", "1")
    assert done.returncode == 1
    assert "a role of its own" in done.stderr


def test_a_role_that_passes_walls_is_no_role_for_the_door(node, server):
    for role in ("panah_owner", "panah", "postgres", "nobody_here"):
        done = node.panah("grantdoor", "--role", role)
        assert done.returncode == 1
        assert "the door's alone" in done.stderr


# What strangers may see anyway, and to whose keys what they write is sealed.
SHOWN_AT_THE_DOOR = {
    *("dialled", "phones", "hotlines", "services", "serviceterms", "partners", "tries", "societies", "rules"),
    *("keys", "staff-keys", "roles"),
}
OF_RECEIPTS = "kind IN ('reports', 'chats', 'door_word', 'door_line')"
HALF = "INSERT INTO vault_shredrow (id, kind, key, store_key, wrapped) VALUES ({}, '{}', gen_random_uuid(), 1, '\\x00')"


@pytest.mark.parametrize("database", ["shred", "shred_copy"])
def test_a_thief_of_the_role_destroys_no_half_of_a_key_and_sees_none(node, door, server, database):
    import psycopg

    as_role(server, "panah", database, HALF.format(10, "half"))
    before = as_role(server, "panah", database, "SELECT kind, key, wrapped FROM vault_shredrow ORDER BY id")
    kinds = {kind for kind, *_ in before}
    seen = {kind for (kind,) in as_role(server, DOOR, database, "SELECT DISTINCT kind FROM vault_shredrow")}
    assert seen < kinds, "some are hers to read, the others are not there for her"
    assert seen <= SHOWN_AT_THE_DOOR
    for act in (
        "UPDATE vault_shredrow SET wrapped = '\\x00'",
        "DELETE FROM vault_shredrow",
        "TRUNCATE vault_shredrow",
        "DROP TABLE vault_shredrow",
        "ALTER TABLE vault_shredrow DISABLE ROW LEVEL SECURITY",
        HALF.format(1, "half"),
        HALF.format(1, "dialled"),
        HALF.format(1, "roles"),
        HALF.format(1, "keys"),
        HALF.format(1, "arrived") + " ON CONFLICT (kind, key) DO UPDATE SET wrapped = excluded.wrapped",
    ):
        with pytest.raises(psycopg.Error, match=r"permission denied|must be owner|row-level security"):
            as_role(server, DOOR, database, act)
    assert before == as_role(
        server, "panah", database, "SELECT kind, key, wrapped FROM vault_shredrow ORDER BY id"
    )
    as_role(server, DOOR, database, HALF.format(2, "arrived"))
    again = "INSERT INTO vault_shredrow (id, kind, key, store_key, wrapped) VALUES (3, 'arrived', '{}', 1, '\\x01')"
    (key,) = as_role(server, "panah", database, "SELECT key FROM vault_shredrow WHERE id = 2")[0]
    with pytest.raises(psycopg.Error, match="duplicate key"):
        as_role(server, DOOR, database, again.format(key))


def test_at_a_door_of_its_own_she_comes_back_adds_to_it_and_takes_it_back(door, receipt):
    with served(door, host="127.0.0.1") as (_process, port):
        zarina = Stranger(Line(port)).types(receipt)
        assert "We have your message" in zarina.page
        assert "It has arrived." in zarina.acts("more", text="Practice: and my sister's.").page
        zarina.types(receipt).acts("withdraw")
        assert "Your message is taken back" in zarina.acts("withdraw-now").page


def test_at_a_door_of_its_own_a_chat_is_read_by_both_sides(door):
    assert door.act("chat_at_the_door", PANAH_DATABASE_AS="") == ["Practice: are you there?"]


@pytest.mark.parametrize("database", ["shred", "shred_copy"])
def test_a_thief_of_the_role_and_of_the_stores_keys_lists_no_receipts(door, server, database, receipt):
    door.act("chat_at_the_door", PANAH_DATABASE_AS="")
    kept = as_role(server, "panah", database, f"SELECT kind, key FROM vault_shredrow WHERE {OF_RECEIPTS}")
    assert {kind for kind, _key in kept} >= {"reports", "chats", "door_line"}, "control"
    listed = f"SELECT kind, key FROM vault_shredrow WHERE {OF_RECEIPTS}"
    assert as_role(server, DOOR, database, listed) == []
    for kind, key in kept:
        asked = f"{listed} AND kind = '{kind}' AND key = '{key}'"
        assert as_role(server, DOOR, database, asked) == [], "she does not learn it by asking for many"
    kind, key = kept[0]
    assert as_role(server, DOOR, database, f"SET panah.named = '{key}'", listed) == [(kind, key)], "control"
