"""Somebody writes in the main database who reads and who leads: nothing is sealed to whom nobody named.

Whoever was named reads what comes next all the same, and focal points hear of it.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.vault.models import Grant
from panah.people.complaints import actions
from panah.people.complaints.models import Matter
from panah.people.safety.models import Threat
from tests.complaints.conftest import STORY, name_second
from tests.conftest import PASSPHRASE
from tests.guard.past_panah import copied, noticed, put_back, put_in, sql, swap, take_out
from tests.reporters.conftest import Stranger, opens
from tests.two_people import end_access

ROLES = "accounts_roleheld"
READERS = "complaints_secondreader"


@pytest.fixture
def second(world):
    return name_second(world)


@pytest.fixture
def north(world):
    return world.societies["north"].pk


def granted(file):
    return {one.staff.username for one in Grant.objects.filter(file=file, staff__isnull=False)}


def complains(world, who="elena"):
    """She takes a complaint down on the page; returns to whom it was granted."""
    form = {"once": str(uuid4()), "what": STORY, "called": "Practice Person Snowdrop", "speaker": "anonymous"}
    answer = world.client(who).post("/complaints/new/", form)
    assert answer.status_code == 200
    return granted(Matter.objects.get().file_id)


def is_threatened(world, who="elena", concerns=()):
    """She reports a threat on the page; returns to whom it was granted."""
    form = {"once": str(uuid4()), "story": STORY, "against": "me", "source": "unknown", "where": "road"}
    form["concerns"] = [str(world.staff[name].pk) for name in concerns]
    assert world.client(who).post(reverse("safety:report"), form).status_code == 200
    return granted(Threat.objects.get().file_id)


def gives_himself(world, role, who="timur"):
    return put_in(ROLES, staff_id=world.staff[who].pk, role=role, since=world.at)


# -- a role that is added ----------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["timur", "amina"])
def test_a_role_that_was_put_in_for_an_admitted_account_reads_no_complaint(world, second, north, who):
    gives_himself(world, "data_protection_officer", who)
    assert complains(world) == {"gulnar", "zarina"}
    row = Matter.objects.get()
    assert world.client(who).get(f"/complaints/matter/{row.number}/").status_code == 404
    assert STORY in world.client("gulnar").get(f"/complaints/matter/{row.number}/").text
    assert noticed(north)


@pytest.mark.parametrize("role", ["data_protection_officer", "focal_point"])
def test_a_role_that_was_put_in_reads_no_threat(world, north, role):
    gives_himself(world, role)
    # Of two focal points the other one and the officer read it: where one may be meant, somebody is called beside her.
    assert is_threatened(world, concerns=["bakyt"]) == {"saule", "zarina"}
    page = reverse("safety:threat", args=[Threat.objects.get().file_id])
    assert world.client("timur").get(page).status_code == 404
    assert world.client("saule").get(page).status_code == 200
    assert noticed(north)


def test_a_role_that_was_turned_into_another_reads_nothing(world, second, north):
    swap(ROLES, "role", "focal_point", staff_id=world.staff["timur"].pk)
    assert is_threatened(world) == {"bakyt", "saule"}
    swap(ROLES, "role", "data_protection_officer", staff_id=world.staff["timur"].pk)
    assert complains(world) == {"gulnar", "zarina"}
    assert noticed(north)


def test_the_row_of_the_officer_given_to_another_account_leaves_the_officer_reading(world, second, north):
    swap(ROLES, "staff_id", world.staff["timur"].pk, staff_id=world.staff["zarina"].pk)
    assert complains(world) == {"gulnar", "zarina"}
    assert noticed(north)


def test_a_stranger_who_writes_about_a_colleague_is_read_by_those_who_were_named(world, second, north):
    gives_himself(world, "data_protection_officer")
    stranger = Stranger(world)
    stranger.writes(about_staff=True, content={"text": STORY, "about": "me"})
    with pytest.raises(Exception):  # noqa: B017, PT011  whatever refuses him
        opens(world, stranger.report, "timur")
    assert opens(world, stranger.report, "zarina")["text"] == STORY
    assert noticed(north)


@pytest.mark.parametrize(
    ("role", "page"),
    [
        ("focal_point", "/safety/interpreters/new/"),
        ("hotline_operator", "/calls/"),
        ("caseworker", "/cases/new/"),
    ],
)
def test_a_role_that_was_put_in_opens_no_page_that_its_account_did_not_have(world, north, role, page):
    """Beside keys: what a role alone shows. ``timur`` keeps the accounts and nothing else."""
    before = world.client("timur").get(page).status_code
    gives_himself(world, role)
    after = world.client("timur").get(page).status_code
    assert after == before, "the row alone opened it"
    assert noticed(north)


# -- a role that is taken away -----------------------------------------------------------------------


@pytest.mark.parametrize("how", ["deleted", "turned"])
def test_whoever_was_named_reads_the_next_complaint_when_his_row_is_gone(world, second, north, how):
    zarina = world.staff["zarina"].pk
    if how == "deleted":
        take_out(ROLES, staff_id=zarina)
    else:
        swap(ROLES, "role", "volunteer", staff_id=zarina)
    assert complains(world) == {"gulnar", "zarina"}
    assert noticed(north)


def test_both_focal_points_read_the_next_threat_when_the_row_of_one_is_gone(world, north):
    take_out(ROLES, staff_id=world.staff["saule"].pk)
    assert is_threatened(world) == {"bakyt", "saule"}
    assert noticed(north)


def test_with_every_role_spoiled_complaints_and_threats_go_to_whom_they_went(world, second, north):
    for name in ("bakyt", "saule", "zarina"):
        swap(ROLES, "role", "caseworker", staff_id=world.staff[name].pk)
    gives_himself(world, "focal_point")
    gives_himself(world, "data_protection_officer")
    assert is_threatened(world) == {"bakyt", "saule"}
    assert complains(world) == {"gulnar", "zarina"}
    assert noticed(north)


# -- the second reader -------------------------------------------------------------------------------


def test_another_account_in_the_row_of_the_second_reader_reads_nothing(world, second, north):
    swap(READERS, "staff_id", world.staff["amina"].pk, id=second.pk)
    assert complains(world) == {"gulnar", "zarina"}
    row = Matter.objects.get()
    assert STORY not in world.client("amina").get(f"/complaints/matter/{row.number}/").text
    assert noticed(north)


def test_a_second_reader_whom_nobody_named_reads_nothing(world, north):
    """No society has named one: he writes the row that two would have made."""
    put_in(
        READERS, society_id=north, staff_id=world.staff["timur"].pk, named_by_id=world.staff["bakyt"].pk,
        named_at=world.at, confirmed_by_id=world.staff["zarina"].pk, confirmed_at=world.at, ended_at=None,
    )  # fmt: skip
    assert "timur" not in complains(world)
    assert noticed(north)


def test_a_named_one_whom_nobody_confirmed_is_not_confirmed_by_a_row(world, north):
    row = actions.name_second(
        staff=world.staff["gulnar"], by=world.staff["bakyt"], at=timezone.now() - timedelta(hours=25)
    )
    sql(
        f'UPDATE "{READERS}" SET "confirmed_by_id" = %s, "confirmed_at" = %s WHERE "id" = %s',
        world.staff["zarina"].pk, world.at, row.pk,
    )  # fmt: skip
    assert "gulnar" not in complains(world)
    assert noticed(north)


def test_a_second_reader_ended_by_a_row_reads_the_next_complaint(world, second, north):
    swap(READERS, "ended_at", timezone.now(), id=second.pk)
    assert complains(world) == {"gulnar", "zarina"}
    assert noticed(north)


def test_the_row_of_the_second_reader_put_back_complete_after_she_ended_reads_nothing(world, second, north):
    old, after = copied(READERS, id=second.pk), name_second(world, "ibrat")
    assert copied(READERS, id=second.pk)["ended_at"], "control"
    swap(READERS, "ended_at", timezone.now(), id=after.pk)
    put_back(READERS, old)
    assert complains(world) == {"ibrat", "zarina"}
    assert noticed(north)


# -- who is here, and where --------------------------------------------------------------------------


def test_whoever_left_and_is_made_active_by_a_row_reads_nothing(world, second, north):
    end_access(world, "zarina", at=world.at)
    sql_active(world, "zarina")
    assert "zarina" not in complains(world)
    assert noticed(north)


def sql_active(world, name):
    """Both columns that say it, and the role that went with her."""
    pk = world.staff[name].pk
    sql('UPDATE "accounts_staff" SET "is_active" = %s, "left_at" = NULL WHERE "id" = %s', True, pk)
    if not sql(f'SELECT "id" FROM "{ROLES}" WHERE "staff_id" = %s', pk):
        gives_himself(world, "data_protection_officer", name)


def test_whoever_left_and_is_made_active_by_a_row_signs_in_to_nothing(world, north):
    end_access(world, "amina", at=world.at)
    sql_active(world, "amina")
    answer = world.client(None).post("/sign-in", {"username": "amina", "passphrase": PASSPHRASE})
    assert "sessionid" not in answer.cookies and answer.status_code != 302
    assert noticed(north)


def test_an_officer_of_another_society_who_is_moved_here_by_a_row_reads_nothing(world, second, north):
    gives_himself(world, "data_protection_officer", "daler")
    swap("accounts_staff", "society_id", north, id=world.staff["daler"].pk)
    assert "daler" not in complains(world)
    assert "daler" not in is_threatened(world, concerns=["bakyt"])
    assert noticed(north)


# -- who is signed in --------------------------------------------------------------------------------


def test_the_sign_in_of_another_written_over_his_own_signs_in_nobody(world):
    """He has a cookie of his own, and copies what lies in the row of somebody who is signed in."""
    saules, timurs = world.client("saule"), world.client("timur")
    assert saules.get("/").status_code == timurs.get("/").status_code == 200, "control"
    here = 'FROM "accounts_session" WHERE "staff_id" = %s'
    [(hers,)] = sql(f'SELECT "session_data" {here}', world.staff["saule"].pk)
    sql(
        'UPDATE "accounts_session" SET "session_data" = %s WHERE "staff_id" = %s',
        hers,
        world.staff["timur"].pk,
    )
    answer = timurs.get("/")
    assert answer.status_code == 302 and "/sign-in" in answer.url
    assert saules.get("/").status_code == 200, "whose it is stays signed in"
