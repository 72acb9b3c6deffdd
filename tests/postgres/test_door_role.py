"""The role of a machine that serves only the public door: every page of strangers works, and a thief of it finds nothing.

What it may do is looked at in the server itself: each table is asked for each thing, whether Panah knows it or not.
"""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone

from panah.ground.audit import actions as audit
from panah.ground.audit.models import Entry, Waiting
from panah.ground.foundation import rls_tables, tenancy
from panah.ground.work.models import Alarm, DueItem
from panah.node import door_role
from panah.people.inbox import actions as inbox
from panah.people.inbox.models import Arrival
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.models import Chat, Piece, Report
from panah.people.reporters.words import Stands
from tests.declared_privacy import declared
from tests.house.url_patterns import every_pattern
from tests.postgres import role_of_the_door
from tests.postgres.role_of_the_door import ROLE, as_thief, on_the_node

at_the_door = role_of_the_door.at_the_door
let_in = role_of_the_door.let_in
register = role_of_the_door.register
zarina = role_of_the_door.zarina

pytestmark = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="roles are PostgreSQL's: ./panah test --postgres"
)


# ---- what strangers do at the door, by its role ----------------------------------------------------


def pages():
    """Every page of the door that is asked for by its address alone."""
    found = [one for one in every_pattern(get_resolver("panah.people.public.urls")) if one[0]]
    return sorted({name for name, _view in found})


@pytest.mark.parametrize("query", ["", "?in=tg&country=XA", "?in=ar&country=XB&need=shelter"])
def test_a_stranger_reads_every_page_of_the_door(register, at_the_door, query):
    stranger = Client(headers={"host": "info.example"})
    assert len(pages()) >= 4, "control"
    for name in pages():
        try:
            address = reverse(f"public:{name}")
        except NoReverseMatch:
            continue
        page = stranger.get(address + query)
        assert page.status_code in (200, 302), name
        assert b"Panah" not in page.content


def test_she_writes_comes_back_reads_the_answer_adds_to_it_and_takes_it_back(world, at_the_door, zarina):
    north = world.societies["north"].pk
    zarina.writes("Practice: our papers are kept.", danger="no", young="no")
    digits = zarina.digits
    assert Report.objects.count() == Piece.objects.count() + 1
    with on_the_node(), tenancy.tenant_context(north):
        audit.take_up(at=timezone.now())
        report = Report.objects.get()
        opened = inbox.open_arrival(
            keys=world.keys("bakyt"), arrival=report.arrival, by=world.staff["bakyt"], at=timezone.now()
        )
        assert opened["text"] == "Practice: our papers are kept."
        reporters.answer(
            keys=world.keys("bakyt"), report=report, text="Practice: we call after dark.", at=timezone.now()
        )
    assert "Practice: we call after dark." in zarina.types(digits).page
    said = reporters_queries.parse(digits)
    assert said
    back = reporters.come_back(handle=said[0], secret=said[1], at=timezone.now()).opened
    assert back
    reporters.mark_seen(opened=back, at=timezone.now())
    reporters.add_words(
        opened=back, token=reporters_queries.new_token(), content={"text": "Practice: thank you."}, at=timezone.now(),
        files=[reporters_queries.PlainFile(b"%PDF-1.7 practice", "paper.pdf", "application/pdf", "file")],
    )  # fmt: skip
    assert reporters.withdraw(opened=back, at=timezone.now()) == reporters.Withdrawn(deleted=2, kept=0)
    with on_the_node(), tenancy.tenant_context(north):
        audit.take_up(at=timezone.now())
        assert Report.objects.get().state == "withdrawn"
        assert not Piece.objects.exists()
    assert str(Stands.WITHDRAWN.label) in zarina.types(digits).page or "took" in zarina.page


def test_she_begins_a_chat_and_says_a_line_that_a_colleague_reads(world, at_the_door):
    north, token = world.societies["north"].pk, reporters_queries.new_token()
    began = reporters.start_chat(
        society=north, token=token, language="tg", urgency="today", at=timezone.now()
    )
    chat = reporters_queries.find_chat(began.receipt.handle, began.receipt.secret)
    assert chat
    reporters.say_as_reporter(opened=chat, once=uuid4(), text="Practice: are you there?", at=timezone.now())
    with on_the_node(), tenancy.tenant_context(north):
        row = Chat.objects.get()
        (line,) = reporters_queries.lines_of(keys=world.keys("bakyt"), chat=row) or []
        assert line.text == "Practice: are you there?"
    reporters.end_own_chat(opened=chat, at=timezone.now())


def test_a_thief_of_the_role_finds_no_report_whose_digits_she_has_not_got(world, at_the_door, zarina):
    zarina.writes("Practice: our papers are kept.", danger="no", young="no")
    verifier = bytes(Report.objects.values_list("verifier", flat=True).get())
    tables = ("reporters_report", "reporters_word", "reporters_upload", "reporters_piece", "reporters_chat",
              "reporters_chatline", "inbox_arrival")  # fmt: skip
    for shown, found in ((b"", 0), (b"x" * 32, 0), (verifier, 1)):
        tenancy.forget_shown()
        tenancy.show(shown)
        with as_thief(world) as cursor:
            counted = {}
            for table in tables:
                cursor.execute(f'SELECT count(*) FROM "{table}"')
                counted[table] = cursor.fetchone()[0]
            cursor.execute("UPDATE reporters_report SET came_back = came_back")
            assert cursor.rowcount == found
        assert counted["reporters_report"] == counted["inbox_arrival"] == found
        assert sum(counted.values()) == 2 * found


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
SAID_IN_THE_REGISTER = {
    "network.Society": {"closed_decided_by", "closed_receiver"},
    "network.RuleLine": {"checked_by", "entered_by"},
    "directory.ServicePhone": {"number"},
    "directory.Verification": {"by"},
    "directory.Organization": {"email"},
    # Ids alone: that somebody is there, of all colleagues; who opened something, of her own report.
    "vault.KeyHeld": {"staff"},
    "inbox.Arrival": {"opened_by", "ended_by", "owner"},
    "reporters.Chat": {"claimed_by"},
}


def test_nothing_that_is_open_says_who_works_here_or_who_was_helped():
    for label, opened in door_role.OPEN.items():
        model = apps.get_model(label)
        private = {*declared(model, "identifying", "sensitive", "personal")}
        read = {one.name for one in model._meta.concrete_fields} if "*" in opened.reads else {*opened.reads}
        assert private & read == SAID_IN_THE_REGISTER.get(label, set()), label


def test_a_thief_of_the_role_reads_no_colleague_no_case_and_no_arrival(world, let_in):
    for table in (
        "accounts_staff",
        "cases_case",
        "vault_part",
        "vault_keyheld",
        "work_dueitem",
        "audit_entry",
    ):
        with pytest.raises(DatabaseError, match="permission denied"), as_thief(world) as cursor:
            cursor.execute(f'SELECT * FROM "{table}" LIMIT 1')
    with as_thief(world) as cursor:
        cursor.execute("SELECT slug FROM network_society")
        assert cursor.fetchall(), "control: the register is for everybody"


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
    with on_the_node(), tenancy.tenant_context(world.societies["north"].pk):
        assert audit.take_up(at=timezone.now()) == 1
        assert audit.take_up(at=timezone.now()) == 0, "once"
    assert DueItem.objects.filter(subject=arrival.pk).exists()
    assert Alarm.objects.filter(subject=arrival.pk).exists()
    assert "inbox:arrival:came" in Entry.objects.filter(about=arrival.pk).values_list("event", flat=True)


def test_a_thief_writes_nothing_else_into_the_journal(world, let_in):
    with as_thief(world) as cursor:
        cursor.execute(
            "INSERT INTO audit_waiting (id, society, at, event, about, facts, first, tries) VALUES"
            " (gen_random_uuid(), %s, now(), 'vault:key:opened', gen_random_uuid(), '{}', true, 0)",
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
            "INSERT INTO audit_waiting (id, society, at, event, facts, first, tries) VALUES"
            " (gen_random_uuid(), %s, now(), 'x', '{}', false, 0)",
            [world.societies["south"].pk],
        )
