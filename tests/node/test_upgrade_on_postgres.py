"""A node whose database has one role so far gets its owner by the statements of docs/operations/upgrade.md, as they stand."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator

import pytest

from tests.node_process import ROOT, Node
from tools.postgres import Server, temporary_server

pytestmark = pytest.mark.skipif(
    not os.environ.get("PANAH_DATABASE_OWNER_URL"), reason="for a run on PostgreSQL: ./panah test --postgres"
)
BEGUN = ("init", "--society", "kyrgyzstan", "--focal-points", "aigul", "bermet")
# What pages and jobs see and may do, by the role that serves them.
LOOK = """
import json
from django.test import Client
from django.utils import timezone
from panah.ground.accounts.models import Staff
from panah.ground.audit.models import Entry
from panah.ground.foundation.tenancy import tenant_context
from panah.ground.network.models import Society
health = Client(headers={"host": "localhost"}).get("/healthz").json()
ours = Society.objects.get(slug="kyrgyzstan").pk
other = Society.objects.exclude(pk=ours).first().pk
seen = {}
for name, society in (("ours", ours), ("theirs", other)):
    with tenant_context(society):
        seen[name] = Entry.objects.count()
seen["nobody's"] = Entry.objects.count()
with tenant_context(ours):
    Staff.objects.filter(username="aigul").update(theme="dark")
print(json.dumps({"health": health, "seen": seen, "colleagues": Staff.objects.count()}))
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with temporary_server() as own:
        yield own


def as_administrator(server: Server, database: str, *statements: str) -> list[tuple[object, ...]]:
    import psycopg

    with psycopg.connect(server.url("postgres", database), autocommit=True) as connection:
        for statement in statements:
            answer = connection.execute(statement.encode())
        return answer.fetchall() if answer.description else []


def documented() -> list[str]:
    """Return the statements of the page, in their order."""
    page = (ROOT / "docs/operations/upgrade.md").read_text()
    (block,) = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    return [line.strip() for line in block.split(";") if line.strip()]


@pytest.fixture(scope="module")
def old_node(server, tmp_path_factory) -> Node:
    """A node of before: one role that owns all of it, and no wall."""
    as_administrator(
        server,
        "postgres",
        f"CREATE ROLE panah LOGIN BYPASSRLS CREATEDB PASSWORD '{server.password}'",
        "CREATE DATABASE panah OWNER panah",
    )
    home = tmp_path_factory.mktemp("upgrade") / "home"
    home.mkdir()
    node = Node(home, {"PANAH_DATABASE_URL": server.url("panah", "panah")})
    begun = node.panah(*BEGUN)
    assert begun.returncode == 0, begun.stderr
    for (table,) in as_administrator(server, "panah", "SELECT DISTINCT tablename FROM pg_policies"):
        as_administrator(
            server,
            "panah",
            f'DROP POLICY one_society ON "{table}"',
            f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
        )
    return node


def test_a_node_of_one_role_gets_its_owner_and_stands_behind_the_wall(server, old_node):
    owned = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
    assert as_administrator(server, "panah", owned) == [("panah",)]
    rows = as_administrator(server, "panah", "SELECT count(*) FROM audit_entry")[0][0]
    assert rows

    as_administrator(server, "panah", *(one.replace("…", server.password) for one in documented()))
    assert as_administrator(server, "panah", owned) == [("panah_owner",)]
    alone = old_node.panah("init")
    assert alone.returncode != 0, "by the serving role alone the tables are not brought up to date any more"

    old_node.more = server.addresses()
    upgraded = old_node.panah("init")
    assert upgraded.returncode == 0, upgraded.stderr
    looked = old_node.panah("django", "shell", "--no-imports", "-c", LOOK)
    assert looked.returncode == 0, looked.stderr
    said = json.loads(looked.stdout.strip().splitlines()[-1])
    assert (said["health"]["status"], said["health"]["walls"]) == ("ok", "stand")
    assert said["seen"] == {"ours": rows, "theirs": 0, "nobody's": 0}
    assert said["colleagues"] == 2, "the people who work here may sign in"
