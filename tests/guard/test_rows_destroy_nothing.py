# ruff: noqa: F811  fixtures of other rooms are used here too
"""One row says that somebody's file is to go, or that its time is over: nothing is destroyed, and it is noticed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground import jobs
from panah.ground.audit.models import Entry
from panah.ground.foundation import tenancy
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault import shred_store
from panah.ground.vault.keyring import HALF
from panah.ground.vault.models import Erasure, File
from panah.ground.work import actions as work
from panah.ground.work.models import DueItem
from panah.people.hotline.models import Contact
from tests.guard.past_panah import copied, put_in, sql, swap, take_out, told_of_rows
from tests.hotline.conftest import contact, elenas, line, take  # noqa: F401
from tests.referrals.across import open_case
from tests.vault.cut_off import erasing_cut_off

LONG_AGO = timezone.localdate() - timedelta(days=900)


@pytest.fixture
def north(world):
    return world.societies["north"].pk


@pytest.fixture
def case(world):
    return open_case(world)


def the_node_works(north, at=None):
    """All that a node does by itself about files that are to go; returns how many files it says are not as written."""
    at = at or timezone.now()
    vault.finish_erasures(at=at)
    with tenancy.tenant_context(north):
        wrong = jobs.put_erasures_right(at=at) + vault.look_for_set_back(society=north, at=at)
        work.put_all_rows_right(at=at)
    vault.sweep_orphans(at=at)
    return wrong


def opens(world, who, file):
    return vault_queries.opens(keys=world.keys(who), file=file)


def all_copied(table, by, value):
    found = sql(f'SELECT "id" FROM "{table}" WHERE "{by}" = %s', value)
    return [copied(table, id=pk) for (pk,) in found]


def test_a_row_that_wants_a_file_erased_destroys_nothing(world, north, case):
    put_in("vault_erasure", file=case.file_id, society_id=north, wanted_at=LONG_AGO, step="wanted")
    assert the_node_works(north)
    assert DueItem.objects.filter(society=north, purpose="journal", done_at=None).exists()
    assert Entry.objects.filter(event="vault:file:not-erased", about=case.file_id).exists()
    assert opens(world, "amina", case.file_id)
    assert not Erasure.objects.exists()


def test_an_erasing_that_was_wanted_is_finished_whatever_its_rows_say(world, north, case):
    with erasing_cut_off("erasure: wanted"):
        vault.erase(keys=world.keys("amina"), file=case.file_id, at=timezone.now())
    assert shred_store.get(HALF, case.file_id), "control: not yet"
    swap("vault_file", "erasing_since", None, id=case.file_id)
    swap("vault_erasure", "done_at", LONG_AGO, file=case.file_id)
    the_node_works(north)
    assert shred_store.get(HALF, case.file_id) is None
    assert File.objects.get(pk=case.file_id).erased_at is not None


def test_an_erasing_that_is_said_to_be_done_is_done_nevertheless(world, north, case):
    row = {"wanted_at": LONG_AGO, "step": "done", "done_at": LONG_AGO}
    put_in("vault_erasure", file=case.file_id, society_id=north, **row)
    vault.erase(keys=world.keys("amina"), file=case.file_id, at=timezone.now())
    assert not opens(world, "amina", case.file_id)
    assert File.objects.get(pk=case.file_id).erased_at is not None


@pytest.mark.parametrize("column", ["erasing_since", "erased_at"])
def test_a_file_that_only_its_row_says_is_erased_opens_again_within_the_hour(world, north, case, column):
    swap("vault_file", column, LONG_AGO, id=case.file_id)
    assert the_node_works(north)
    assert opens(world, "amina", case.file_id)
    assert world.client("amina").get(f"/cases/{case.number}/").status_code == 200


def test_a_file_that_was_taken_out_is_noticed_and_opens_when_a_backup_brings_it_back(
    world, north, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        case = open_case(world)
    tables = {"vault_part": "file_id", "vault_grant": "file_id", "vault_file": "id"}
    rows = {table: all_copied(table, by, case.file_id) for table, by in tables.items()}
    for table, by in tables.items():
        take_out(table, **{by: case.file_id})
    now = timezone.now()
    for days in (0, 2, 12):
        assert the_node_works(north, now + timedelta(days=days))
    for table in reversed(tables):
        for row in rows[table]:
            put_in(table, **row)
    assert opens(world, "amina", case.file_id)


def test_no_row_alone_lets_a_call_go(world, north, elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {"note": "asked the way", "do": "finish"})
    swap("hotline_contact", "erase_on", LONG_AGO, id=contact.pk)
    world.client("bakyt").post("/calls/keeping/")
    assert opens(world, "elena", contact.file_id)
    the_node_works(north)
    assert told_of_rows(north)
    assert Contact.objects.get().erase_on is None


@pytest.mark.parametrize("into", ["nothing", "a case"])
def test_a_call_that_only_its_row_says_became_a_case_goes_nowhere(world, north, elenas, contact, case, into):
    elenas.post(f"/calls/{contact.number}/", {"note": "asked the way", "do": "finish"})
    became = case.pk if into == "a case" else None
    sql("UPDATE hotline_contact SET state = 'case', became_case = %s WHERE id = %s", became, contact.pk)
    elenas.get("/calls/")
    elenas.get(f"/calls/{contact.number}/")
    assert opens(world, "elena", contact.file_id)
