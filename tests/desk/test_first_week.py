"""After the ceremony: what is still to be done in the first week, and who waits to be let in."""

import pytest
from django.utils import timezone

from panah.desk.first_week import first_week
from panah.ground.accounts import actions as accounts
from panah.ground.audit import actions as audit
from panah.ground.vault import actions as vault
from panah.ground.vault.events import SHEET
from panah.ground.work.models import DueItem
from panah.ground.work.queries import items_of
from tests.conftest import CODE, PASSPHRASE


def steps(world, who="bakyt"):
    return {one.what: one.done for one in first_week(staff=world.staff[who], at=timezone.now())}


def test_bakyt_reads_what_the_first_week_asks_for_instead_of_nothing_is_due(world):
    page = world.client("bakyt").get("/").text
    assert "The first week" in page
    assert "Nothing is due" not in page
    for step in (
        "Open a line",
        "Give its key",
        "on duty",
        "rule sheet",
        "recovery sheet",
        "backup",
        "paging",
    ):
        assert step in page
    # Elena holds the key of a line here already.
    assert [what for what, done in steps(world).items() if done] == [
        "Open a line with its number",
        "Give its key to those who answer it",
    ]


@pytest.mark.parametrize("who", ["amina", "elena", "timur"])
def test_others_have_their_own_day(world, who):
    page = world.client(who).get("/").text
    assert "The first week" not in page
    assert "Nothing is due" in page


def test_what_was_done_is_marked(world):
    at = timezone.now()
    audit.record(event=SHEET, by=world.staff["bakyt"], at=at)
    done = {what for what, is_done in steps(world).items() if is_done}
    assert done == {
        "Open a line with its number",
        "Give its key to those who answer it",
        "Make the recovery sheet and put it away",
    }


def test_a_colleague_who_waits_for_admission_is_due_until_she_is_admitted(world):
    jamila = accounts.add_colleague(
        society=world.societies["north"],
        username="jamila",
        name="Jamila",
        roles=["caseworker"],
        branch=world.branches["arna"],
        by=world.staff["bakyt"],
        at=world.at,
    )
    vault.make_staff_key(staff=jamila, passphrase=PASSPHRASE, code=CODE, at=timezone.now())
    assert {item.owner.username for item in items_of(jamila.pk, purpose="admit")} == {"bakyt", "saule"}
    page = world.client("saule").get("/").text
    assert "A colleague waits to be admitted" in page
    assert f"/vault/colleagues/{jamila.pk}" in page
    assert "Jamila" not in page
    vault.admit(keys=world.keys("bakyt"), staff=jamila, at=timezone.now())
    assert "A colleague waits to be admitted" not in world.client("saule").get("/").text
    left = {
        (item.purpose, item.owner.username)
        for item in DueItem.objects.filter(subject=jamila.pk, done_at=None)
    }
    assert left == {("known", "saule"), ("known", "zarina")}


def test_after_the_ceremony_those_who_made_their_key_before_it_are_due(world):
    vault.tell_waiting(society=world.societies["north"].pk, at=timezone.now())
    assert not DueItem.objects.filter(purpose="admit").exists(), "everybody is admitted"
