"""What PostgreSQL itself writes, of a journey over the wire: tables, write-ahead log, its own log, what sorting spills.

A server of the test's own, told to log every statement, since a server that somebody set up to look for a fault does so.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.dump_scan import forms, scan
from tests.node_acts import CODES, NAMES, TEXTS
from tests.node_process import Node
from tests.vault.files_of_databases import files_of
from tools.postgres import Server, temporary_server

NEEDLES = (*NAMES, *TEXTS.values(), *CODES)
CONTROL = "Планта Контрольная"
SPILLED = ("exchange_outgoing", "exchange_incoming", "audit_entry", "vault_part")

pytestmark = pytest.mark.skipif(
    not os.environ.get("PANAH_DATABASE_OWNER_URL"), reason="for a run on PostgreSQL: ./panah test --postgres"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with temporary_server(log_statement="all", full_page_writes="on", wal_level="logical") as own:
        own.admit()
        yield own


@pytest.fixture(scope="module")
def lived_in(server, tmp_path_factory) -> Node:
    home = tmp_path_factory.mktemp("plain") / "home"
    home.mkdir()
    node = Node(home, server.addresses())
    node.act("begin")
    node.act("pair_both")
    node.act("offer_texts")
    return node


@contextmanager
def spilling(server: Server, *queries: str) -> Iterator[None]:
    """Let the server sort what these ask for on its disk, and lie there until the end."""
    import psycopg

    with psycopg.connect(server.url("postgres", "panah")) as connection:
        connection.execute("SET work_mem = '64kB'")
        for number, query in enumerate(queries):
            connection.execute(f"DECLARE spill_{number} CURSOR FOR {query} ORDER BY random()".encode())
            connection.execute(f"FETCH 1 FROM spill_{number}".encode())
        yield


def written_by(server: Server) -> list[Path]:
    """Return every file of the server once it has written out what it holds; what is twice the same, once."""
    import psycopg

    with psycopg.connect(server.url("postgres", "panah"), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
    files = {}
    for file in sorted(p for p in server.home.rglob("*") if p.is_file()):
        # A server at work drops files of its own between two looks.
        with suppress(FileNotFoundError):
            files.setdefault(hashlib.sha256(file.read_bytes()).digest(), file)
    return list(files.values())


def kinds_of(places: list[str]) -> set[str]:
    """Say in what kind of the server's files these lie."""
    named = {"pg_wal": "write-ahead log", "pgsql_tmp": "spilled", "base": "tables"}
    return {
        next((said for part, said in named.items() if part in Path(place).parts), Path(place).name)
        for place in places
    }


def test_nothing_of_a_journey_lies_in_any_file_of_the_server(server, lived_in):
    with spilling(server, *(f"SELECT t.* FROM {table} t, generate_series(1, 200)" for table in SPILLED)):
        files = written_by(server)
        assert {"write-ahead log", "spilled", "tables", "log"} <= kinds_of([str(f) for f in files])
        log = (server.home / "log").read_bytes()
        assert b'INSERT INTO "exchange_outgoing"' in log, "what came to the server stands in its log"
        found = scan([*files, *files_of(lived_in)], NEEDLES)
    assert not found, "\n".join(sorted({f"{f.needle} in {f.where} ({f.how})" for f in found})[:40])


def test_a_text_in_a_plain_column_is_found_in_each_kind_of_file(server, lived_in):
    lived_in.act("plant_in_database", CONTROL)
    with spilling(server, "SELECT t.facts FROM audit_entry t, generate_series(1, 3000)"):
        found = scan(written_by(server), [CONTROL])
    assert {"write-ahead log", "spilled", "tables", "log"} <= kinds_of([one.where for one in found])


def test_a_text_is_found_there_however_it_was_written(server):
    import psycopg

    with psycopg.connect(server.url("postgres", "panah"), autocommit=True) as connection:
        connection.execute("CREATE TABLE planted (raw bytea STORAGE EXTERNAL)")
        # Three times: at the border of a page of the log a text is cut in two by the page's head.
        for raw in [*forms(NAMES[0]).values()] * 3:
            connection.execute("INSERT INTO planted VALUES (%b)", [b"\x00before " + raw + b" after\xff"])
        connection.execute("SET log_statement = 'none'")
        files = [f for f in written_by(server) if "pg_wal" in f.parts]
        found = {one.how for one in scan(files, [NAMES[0]])}
        connection.execute("DROP TABLE planted")
    assert set(forms(NAMES[0])) <= found
