"""Somebody who can write in the database cuts the journal off, or its disk loses the end of it: it is said by itself.

No witness was asked: how far the journal was is kept in the shred store, and compared every quarter of a minute.
"""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from panah.ground.audit.models import ChainHead, Entry
from panah.ground.foundation import tenancy
from panah.ground.vault import actions as vault
from panah.ground.vault import journal_pins
from panah.ground.vault.models import File, Grant, ShredRow
from panah.ground.work import actions as work
from panah.ground.work.models import DueItem
from panah.node import jobs, serving
from panah.people.cases import actions as cases
from tests.guard.past_panah import chain_on

NAMES = {"journal-kept", "stored-as-written"}
# The focal points, and the data protection officer.
TOLD = {"bakyt", "saule", "zarina"}


@pytest.fixture
def case(world):
    return cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=world.at, language="uz", note="tea"
    )


def work_on(case, world, times=3):
    for _note in range(times):
        cases.add_note(keys=world.keys("amina"), case=case, text="tea", at=world.at)


def hours_go_by(world):
    """The worker does what it does again and again."""
    for job in jobs.jobs():
        if job.name in NAMES:
            with tenancy.tenant_context(world.societies["north"].pk):
                job.run(at=timezone.now())


def lines(world):
    found = DueItem.objects.filter(purpose="journal", society=world.societies["north"].pk, done_at=None)
    return {item.owner.username for item in found}


def health(world):
    return json.loads(world.client(None).get("/healthz").content)


def journal_of(world):
    society = world.societies["north"].pk
    return list(Entry.objects.filter(society=society).order_by("number").values()), dict(
        ChainHead.objects.filter(society=society).values()[0]
    )


def cut_off(world, number):
    """Leave what a shortened chain looks like: whole by itself."""
    society = world.societies["north"].pk
    Entry.objects.filter(society=society, number__gt=number).delete()
    last = Entry.objects.get(society=society, number=number)
    ChainHead.objects.filter(society=society).update(number=number, hash=last.hash)


def put_back(world, journal):
    society = world.societies["north"].pk
    entries, head = journal
    Entry.objects.filter(society=society).delete()
    Entry.objects.bulk_create(Entry(**one) for one in entries)
    ChainHead.objects.filter(society=society).update(number=head["number"], hash=head["hash"])


def verified(world, capsys):
    """What ``./panah journal verify`` says, and whether it ends well."""
    try:
        call_command("journal", "verify", society=world.societies["north"].slug)
    except SystemExit:
        return False, capsys.readouterr().out
    return True, capsys.readouterr().out


def test_a_journal_that_is_cut_off_is_noticed_without_a_witness(world, case, capsys):
    hours_go_by(world)
    work_on(case, world)
    hours_go_by(world)
    journal = journal_of(world)
    assert lines(world) == set() and health(world)["stored"] == "as written", "control"
    assert verified(world, capsys)[0], "control"
    # Only what the database says of the file is taken back too: its own pin is not what is tried here.
    cut_off(world, len(journal[0]) - 2)
    hours_go_by(world)
    assert lines(world) == TOLD
    assert health(world)["stored"] == "not as written"
    held, said = verified(world, capsys)
    assert not held and "it was further" in said
    page = world.client("bakyt").post("/journal/check", {}).text
    assert "The journal does not go on from what this node kept of it." in page, "coming in wrote in it again"
    put_back(world, journal)
    hours_go_by(world)
    assert health(world)["stored"] == "as written"
    assert lines(world) == TOLD, "whoever cut it off put it back: it stays until somebody looked"
    again = "The node found the journal, or something else that is stored, as it was written again."
    assert again in world.client("zarina").get("/journal").text
    for one in DueItem.objects.filter(purpose="journal"):
        work.complete(item=one, by=one.owner, at=timezone.now())
    hours_go_by(world)
    assert lines(world) == set()


def test_a_journal_that_goes_on_after_it_was_cut_off_is_noticed_too(world, case, capsys):
    work_on(case, world)
    hours_go_by(world)
    cut_off(world, len(journal_of(world)[0]) - 2)
    work_on(case, world, times=5)
    hours_go_by(world)
    assert lines(world) == TOLD
    assert not verified(world, capsys)[0]


@pytest.mark.parametrize("what", ["facts", "event", "number"])
def test_an_entry_that_is_changed_between_two_looks_is_never_taken_for_true(world, case, what):
    hours_go_by(world)
    before = journal_of(world)[1]["number"]
    work_on(case, world)
    one = Entry.objects.filter(society=world.societies["north"].pk, number=before + 1)
    one.update(
        **{"facts": {"facts": {}}, "event": {"event": "cases:note:dropped"}, "number": {"number": 10**6}}[
            what
        ]
    )
    for _twice in range(2):
        hours_go_by(world)
    assert lines(world) == TOLD


def test_an_entry_that_decides_and_fits_the_chain_but_was_never_written_is_an_alarm_that_stays(world, case):
    hours_go_by(world)
    north = world.societies["north"].pk
    chain_on(north, "complaints:matter:meant", case.file_id, who=world.staff["bakyt"].pk, at=world.at)
    for _twice in range(2):
        hours_go_by(world)
        assert lines(world) == TOLD
    said = "The node found an entry in the journal that it never wrote."
    assert said in world.client("zarina").get("/journal").text
    for one in DueItem.objects.filter(purpose="journal"):
        work.complete(item=one, by=one.owner, at=timezone.now())
    hours_go_by(world)
    assert lines(world) == set(), "it is told once"


def test_an_old_entry_that_is_changed_is_found_by_night(world, case):
    work_on(case, world)
    hours_go_by(world)
    before = journal_of(world)
    Entry.objects.filter(society=world.societies["north"].pk, number=2).update(facts={"made": "up"})
    hours_go_by(world)
    assert lines(world) == TOLD
    put_back(world, before)
    hours_go_by(world)
    assert lines(world) == TOLD, "put back by whoever changed it"


def test_a_file_whose_row_is_gone_is_found_by_night(world, case):
    hours_go_by(world)
    assert lines(world) == set(), "control"
    lost = vault.begin_file(keys=world.keys("amina"), kind="case", staff=[world.staff["amina"]], at=world.at)
    hours_go_by(world)
    assert lines(world) == set(), "control"
    Grant.objects.filter(file=lost).delete()
    File.objects.filter(pk=lost).delete()
    hours_go_by(world)
    assert lines(world) == TOLD


@pytest.mark.parametrize("how", ["taken away", "written over"])
def test_who_takes_the_pin_away_gets_no_new_one(world, case, how):
    hours_go_by(world)
    assert health(world)["stored"] == "as written", "control"
    for alias in ("shred", "shred_copy"):
        rows = ShredRow.objects.using(alias).filter(kind=journal_pins.PIN, key=world.societies["north"].pk)
        if how == "taken away":
            rows.delete()
        else:
            rows.update(wrapped=b"practice: not what was sealed")
    for _twice in range(2):
        hours_go_by(world)
    assert lines(world) == TOLD
    assert health(world)["stored"] == "not as written"


def test_the_node_says_so_when_it_starts(world, case):
    work_on(case, world)
    hours_go_by(world)
    assert serving.not_as_written() == [], "control"
    cut_off(world, len(journal_of(world)[0]) - 1)
    (said,) = serving.not_as_written()
    assert world.societies["north"].slug in said and "journal" in said


def test_a_restored_journal_counts_and_what_was_lost_never_comes_back_into_it(world, case):
    hours_go_by(world)
    begun = journal_of(world)
    work_on(case, world)
    hours_go_by(world)
    lost = journal_of(world)
    put_back(world, begun)
    vault.accept_restored(society=world.societies["north"].pk, at=world.at)
    hours_go_by(world)
    assert lines(world) == set(), "a restore is a state with a name"
    put_back(world, lost)
    hours_go_by(world)
    assert lines(world) == TOLD


def test_a_look_costs_as_much_as_was_written_since_the_last(world, case, django_assert_max_num_queries):
    work_on(case, world, times=40)
    hours_go_by(world)
    read = []
    with django_assert_max_num_queries(12) as asked:
        journal_pins.look(world.societies["north"].pk)
    read = [one["sql"] for one in asked.captured_queries if "audit_entry" in one["sql"]]
    assert read and all('"number" >=' in sql or '"number" =' in sql or "MAX(" in sql for sql in read)


def test_how_a_pin_of_the_journal_is_kept_is_frozen():
    pin = journal_pins.JournalPin(1203, bytes(range(32)), 0, 29_000_000)
    raw = "00000000000004b3" + bytes(range(32)).hex() + "00000000" + "01ba8140"
    assert journal_pins.packed(pin).hex() == raw
    assert journal_pins.unpacked(bytes.fromhex(raw)) == pin
    counted = replace(pin, pages=7)
    assert journal_pins.packed(counted).hex() == raw + "0000000000000007"
    assert journal_pins.unpacked(journal_pins.packed(counted)) == counted


@pytest.mark.skipif(
    connections["default"].vendor != "postgresql", reason="PostgreSQL counts its damaged pages"
)
def test_only_pages_of_our_own_databases_that_were_damaged_since_the_last_night_are_said(world, case):
    def counted(ours, others):
        for connection in connections.all():
            if connection.vendor != "postgresql":
                continue
            with connection.cursor() as cursor:
                cursor.execute(
                    "CREATE OR REPLACE TEMPORARY VIEW pg_stat_database AS SELECT datname, CASE WHEN datname ="
                    f" current_database() THEN {int(ours)} ELSE {int(others)} END::bigint AS checksum_failures"
                    " FROM pg_catalog.pg_stat_database"
                )
                cursor.execute("GRANT SELECT ON pg_stat_database TO PUBLIC")
                cursor.execute("SET LOCAL search_path TO pg_temp, public, pg_catalog")
        hours_go_by(world)
        return lines(world)

    assert counted(ours=3, others=0) == set(), "of years ago: nobody looked yet"
    assert counted(ours=3, others=9) == set(), "another database of the same server"
    assert counted(ours=4, others=9) == TOLD
    assert counted(ours=4, others=9) == set(), "the disk is another one: the count stays, and no more came"


def test_a_month_later_the_worker_still_looks_every_quarter_of_a_minute_and_every_night():
    every = {job.name: job.every for job in jobs.jobs()}
    assert every["journal-kept"] <= timedelta(seconds=15)
    assert every["stored-as-written"] <= timedelta(days=1)
