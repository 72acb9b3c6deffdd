"""Who asked and who decided is not what a row says: whoever holds the database's password decides nothing alone.

Bakyt asks, and puts Saule into the column that says who asked, with SQL. Then he decides at his own page.
"""

import pytest
from django.db import connection

from panah.ground.vault import actions as vault
from panah.ground.vault.words import FileKind
from panah.people.hotline.actions.authorities import take_request
from tests.casework import at as page_of
from tests.casework import opened

JOURNAL = "The journal does not"
GIVE = {"decision": "give", "reason": "a court's paper", "basis": "order", "lawyer": "yes"}


def changed(row, **columns):
    """Whoever has the database's password changes columns of one row, written as the database keeps them."""
    fields = {one.column: one for one in row._meta.concrete_fields}
    sets = ", ".join(f"{column} = %s" for column in columns)
    values = [fields[column].get_db_prep_save(value, connection) for column, value in columns.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {row._meta.db_table} SET {sets} WHERE id = %s",
            [*values, row._meta.pk.get_db_prep_save(row.pk, connection)],
        )
    row.refresh_from_db()


@pytest.fixture
def bakyts(world):
    return world.client("bakyt")


@pytest.fixture
def case(world):
    made = opened(world)
    for name in ("bakyt", "saule"):
        vault.grant(keys=world.keys("amina"), file=made.file_id, to=world.staff[name], at=world.at)
    return made


NEED = {"type": "medical", "horizon": "now", "state": "open", "do": "a doctor", "who": "Amina"}


def test_a_plan_is_not_approved_by_who_asked_for_it(world, bakyts, case):
    bakyts.post(page_of("need", case), NEED)
    assert bakyts.post(page_of("plan_ask", case)).status_code == 302
    changed(case, plan_asked_by_id=world.staff["saule"].pk)
    assert bakyts.post(page_of("plan_decide", case), {"decision": "approve"}).status_code == 403
    case.refresh_from_db()
    assert case.plan_state == "waiting"
    world.client("saule").post(page_of("plan_decide", case), {"decision": "approve"})
    case.refresh_from_db()
    assert case.plan_state == "approved"


def test_a_plan_that_was_changed_since_it_was_asked_for_waits_for_nobody(world, bakyts, case):
    """Amina asks, Bakyt writes another line, and puts the row back to where it was."""
    amina = world.client("amina")
    amina.post(page_of("need", case), NEED)
    assert amina.post(page_of("plan_ask", case)).status_code == 302
    case.refresh_from_db()
    asked_at, asked_by = case.plan_asked_at, case.plan_asked_by_id
    bakyts.post(page_of("need", case), NEED | {"do": "send her home"})
    changed(case, plan_state="waiting", plan_asked_at=asked_at, plan_asked_by_id=asked_by)
    assert JOURNAL in bakyts.get(page_of("plan", case)).text
    assert JOURNAL in bakyts.post(page_of("plan_decide", case), {"decision": "approve"}).text
    case.refresh_from_db()
    assert case.plan_state == "waiting"


def test_a_case_is_not_closed_by_who_asked_for_it(world, bakyts, case):
    bakyts.post(page_of("close_ask", case), {"reason": "goals", "text": "x"})
    changed(case, close_asked_by_id=world.staff["saule"].pk)
    assert bakyts.post(page_of("close_decide", case), {"decision": "close"}).status_code == 403
    case.refresh_from_db()
    assert case.is_open
    world.client("saule").post(page_of("close_decide", case), {"decision": "close"})
    case.refresh_from_db()
    assert not case.is_open


def test_a_closing_that_nobody_asked_for_is_decided_by_nobody(world, bakyts, case):
    changed(case, close_asked_at=world.at, close_asked_by_id=world.staff["saule"].pk)
    assert JOURNAL in bakyts.get(page_of("close", case)).text
    assert JOURNAL in bakyts.post(page_of("close_decide", case), {"decision": "close"}).text
    case.refresh_from_db()
    assert case.is_open


@pytest.fixture
def closed(world, bakyts, case):
    world.client("amina").post(page_of("close_ask", case), {"reason": "goals", "text": "x"})
    bakyts.post(page_of("close_decide", case), {"decision": "close"})
    case.refresh_from_db()
    assert not case.is_open
    return case


def test_a_case_is_not_erased_by_who_asked_for_it(world, bakyts, closed):
    bakyts.post(page_of("erase_ask", closed), {"text": "x"})
    changed(closed, erase_asked_by_id=world.staff["saule"].pk)
    assert bakyts.post(page_of("erase", closed), {"number": closed.number}).status_code == 422
    closed.refresh_from_db()
    assert closed.erased_at is None
    world.client("saule").post(page_of("erase", closed), {"number": closed.number})
    closed.refresh_from_db()
    assert closed.erased_at


def test_an_erasing_that_nobody_asked_for_is_confirmed_by_nobody(world, bakyts, closed):
    changed(closed, erase_asked_at=world.at, erase_asked_by_id=world.staff["saule"].pk)
    assert JOURNAL in bakyts.post(page_of("erase", closed), {"number": closed.number}).text
    closed.refresh_from_db()
    assert closed.erased_at is None


@pytest.fixture
def asked(world):
    return take_request(
        keys=world.keys("amina"), typed={"who": "police"}, by=world.staff["amina"], at=world.at
    )


def authority(row):
    return f"/calls/authorities/{row.number}/"


def test_an_authority_gets_nothing_by_one_who_decides_twice(world, bakyts, asked):
    assert bakyts.post(authority(asked), GIVE).status_code == 302
    changed(asked, first_decider_id=world.staff["saule"].pk)
    assert "You have decided." in bakyts.get(authority(asked)).text
    assert "You have decided already" in bakyts.post(authority(asked), GIVE).text
    asked.refresh_from_db()
    assert asked.state == "waiting"
    assert world.client("saule").post(authority(asked), GIVE).status_code == 302
    asked.refresh_from_db()
    assert asked.state == "decided"
    assert {asked.first_decider_id, asked.second_decider_id} == {
        world.staff[n].pk for n in ("bakyt", "saule")
    }


def test_an_authority_gets_nothing_by_a_row_that_says_that_two_decided(world, bakyts, asked):
    """Bakyt's own decision is copied as if a second one had been made."""
    bakyts.post(authority(asked), GIVE)
    saule, bakyt = world.staff["saule"].pk, world.staff["bakyt"].pk
    changed(asked, first_decider_id=saule, second_decider_id=bakyt, state="decided")
    answer = bakyts.post(authority(asked), {"handed_over": "her address", "person_told": "yes"})
    assert answer.status_code == 422 and "Nothing leaves without two decisions" in answer.text
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_what_nobody_wrote_down_is_decided_by_nobody(world, bakyts, asked):
    """The row stands for a file of which the journal does not say that an authority asked."""
    other = vault.begin_file(
        keys=world.keys("amina"), kind=FileKind.AUTHORITY, focal_points=True, at=world.at
    )
    changed(asked, file_id=other)
    assert JOURNAL in bakyts.post(authority(asked), GIVE).text
