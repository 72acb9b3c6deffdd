"""The role of a machine that serves only the public door: every page of strangers works, and a thief of it finds nothing.

What it may do is looked at in the server itself: each table is asked for each thing, whether Panah knows it or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from panah.audit import actions as audit
from panah.audit.models import Entry, Waiting
from panah.foundation import rls_tables, tenancy
from panah.inbox import actions as inbox
from panah.inbox.models import Arrival
from panah.node import door_role
from panah.work.models import Alarm, DueItem

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="roles are PostgreSQL's: ./panah test --postgres"
)
ROLE = "panah_door"


@pytest.fixture
def let_in(db) -> None:
    with connection.cursor() as cursor:
        for statement in door_role.statements(ROLE):
            cursor.execute(statement)


@pytest.fixture
def at_the_door(let_in, settings) -> Iterator[None]:
    """Whatever is done inside a society, or by a page, is done by the door's role."""
    settings.PANAH_DATABASE_ROLE, settings.PANAH_DOOR_ONLY = ROLE, True
    settings.ROOT_URLCONF = "panah.config.door_urls"
    settings.ALLOWED_HOSTS = ["info.example"]
    settings.PANAH_DOOR_HOSTS = ["info.example"]


PAGES = ["/info/", "/info/about"]


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_reads_every_page_of_the_door(world, at_the_door, path):
    page = Client(headers={"host": "info.example"}).get(path)
    assert page.status_code == 200


# ---- what the role may do, as the server says it ---------------------------------------------------

ASKED = """
SELECT relname, attname,
       has_column_privilege('panah_door', pg_class.oid, attnum, 'SELECT'),
       has_column_privilege('panah_door', pg_class.oid, attnum, 'INSERT'),
       has_column_privilege('panah_door', pg_class.oid, attnum, 'UPDATE'),
       has_table_privilege('panah_door', pg_class.oid, 'DELETE, TRUNCATE, TRIGGER')
FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
WHERE relkind IN ('r', 'p', 'v', 'm') AND relnamespace = 'public'::regnamespace
"""


def allowed():
    """Return {(table, column): (reads, adds, changes)} of what the role really may do somewhere."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED)
        rows = cursor.fetchall()
    assert len({table for table, *_ in rows}) > 100, "control: all tables were asked"
    assert not any(ends for *_, ends in rows), "it takes nothing away, nowhere"
    return {(table, column): tuple(may) for table, column, *may, _ in rows if any(may)}


def meant():
    found = {
        ("django_migrations", column): (True, False, False) for column in ("id", "app", "name", "applied")
    }
    for label, opened in door_role.OPEN.items():
        meta = apps.get_model(label)._meta
        for one in meta.concrete_fields:
            may = (bool({"*", one.name} & {*opened.reads}), opened.adds, one.name in opened.changes)
            if any(may):
                found[meta.db_table, one.column] = may
    return found


def test_the_server_lets_the_role_do_what_is_written_down_and_nothing_else(let_in):
    assert allowed() == meant()


def test_rights_of_before_are_taken_back(let_in):
    with connection.cursor() as cursor:
        cursor.execute(f'GRANT SELECT, UPDATE ON accounts_staff, vault_part TO "{ROLE}"')
        assert allowed() != meant(), "control"
        for statement in door_role.statements(ROLE):
            cursor.execute(statement)
    assert allowed() == meant()


# Of what is published, who answers for it.
SAID_IN_THE_REGISTER = {"network.Society": {"closed_decided_by", "closed_receiver"}}


def test_nothing_that_is_open_says_who_works_here_or_who_was_helped():
    for label, opened in door_role.OPEN.items():
        model = apps.get_model(label)
        private = {*model.Privacy.identifying, *model.Privacy.sensitive, *model.Privacy.personal}
        read = {one.name for one in model._meta.concrete_fields} if "*" in opened.reads else {*opened.reads}
        assert private & read == SAID_IN_THE_REGISTER.get(label, set()), label


def test_a_thief_of_the_role_reads_no_colleague_no_case_and_no_arrival(world, let_in):
    for table in (
        "accounts_staff",
        "cases_case",
        "vault_part",
        "vault_keyheld",
        "inbox_arrival",
        "audit_entry",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), as_thief(world) as cursor:
            cursor.execute(f'SELECT * FROM "{table}" LIMIT 1')
    with as_thief(world) as cursor:
        cursor.execute("SELECT slug FROM network_society")
        assert cursor.fetchall(), "control: the register is for everybody"


@contextmanager
def as_thief(world):
    """Whoever has stolen the role's password, and names the society whose rows she wants."""
    with (
        override_settings(PANAH_DATABASE_ROLE=ROLE),
        tenancy.tenant_context(world.societies["north"].pk),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        yield cursor


# ---- what it leaves is taken up --------------------------------------------------------------------


def arrive_at_the_door(world, urgency):
    """A report as the door's machine leaves it: it reads no list and no journal."""
    north = world.societies["north"]
    with tenancy.tenant_context(north.pk):
        return inbox.receive(
            society=north.pk, source="web", sender=None, kind="report", urgency=urgency, conversation=None,
            header=b"{}", body=b"sealed", to_key="intake:1", expires_at=None, at=world.at,
        )  # fmt: skip


def test_what_the_doors_machine_left_is_on_the_lists_and_pages_a_second_later(world, at_the_door, settings):
    arrival = arrive_at_the_door(world, "now")
    assert Arrival.objects.get(pk=arrival.pk).state == "sealed"
    assert not DueItem.objects.filter(subject=arrival.pk).exists()
    assert not Entry.objects.filter(about=arrival.pk).exists()
    settings.PANAH_DATABASE_ROLE, settings.PANAH_DOOR_ONLY = "panah", False
    with tenancy.tenant_context(world.societies["north"].pk):
        assert audit.take_up(at=timezone.now()) == 1
        assert audit.take_up(at=timezone.now()) == 0, "once"
    assert DueItem.objects.filter(subject=arrival.pk).exists()
    assert Alarm.objects.filter(subject=arrival.pk).exists()
    assert "inbox:arrival:came" in Entry.objects.filter(about=arrival.pk).values_list("event", flat=True)


def test_a_thief_writes_nothing_else_into_the_journal(world, let_in):
    with as_thief(world) as cursor:
        cursor.execute(
            "INSERT INTO audit_waiting (id, society, at, event, about, facts) VALUES"
            " (gen_random_uuid(), %s, now(), 'vault:key:opened', gen_random_uuid(), '{}')",
            [world.societies["north"].pk],
        )
    before = Entry.objects.count()
    with tenancy.tenant_context(world.societies["north"].pk):
        assert audit.take_up(at=timezone.now()) == 1
    assert (Entry.objects.count(), Waiting.objects.count()) == (before, 0)


def test_the_walls_between_societies_stand_for_it_too(world, let_in):
    protected = rls_tables.protected_tables()
    assert {"audit.Waiting", "inbox.Arrival"} <= set(protected)
    with pytest.raises(DatabaseError, match="row-level security"), as_thief(world) as cursor:
        cursor.execute(
            "INSERT INTO audit_waiting (id, society, at, event, facts) VALUES"
            " (gen_random_uuid(), %s, now(), 'x', '{}')",
            [world.societies["south"].pk],
        )
