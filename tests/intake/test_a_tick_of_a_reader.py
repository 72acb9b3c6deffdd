"""A reader of complaints who is meant opens the report first, and ticks the others as meant: that decides nothing alone."""

from __future__ import annotations

import pytest
from django.utils import timezone

from panah.ground.accounts.models import RoleHeld
from panah.ground.vault import queries as vault_queries
from panah.ground.work.models import DueItem
from panah.people.complaints.models import Matter
from panah.people.inbox.models import Arrival
from tests.guard.past_panah import chain_on
from tests.reporters.conftest import Stranger

STORY = "Practice: the officer for complaints asks women for money before she helps."


def text(answer):
    return answer.content.decode()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def sealed_to_two(world, intake, now):
    """A report about Zarina, who reads complaints with Saule, and opened it first."""
    RoleHeld.objects.create(staff=world.staff["saule"], role="data_protection_officer", since=now)
    Stranger(world).writes(STORY, at=now, about_staff=True)
    arrival = Arrival.objects.get()
    assert world.client("zarina").post(f"/inbox/{arrival.pk}/open/").status_code == 302
    return arrival


def ticks(world, who, arrival, *concerns):
    said = {"concerns": [str(world.staff[one].pk) for one in concerns]}
    return world.client(who).post(f"/inbox/{arrival.pk}/colleague/", said)


def steps(world, who, step, **said):
    return world.client(who).post(f"/complaints/matter/{Matter.objects.get().number}/{step}/", said)


ANSWER = {"outcome": "not_right", "done": "Nothing was found.", "way": "receipt"}


def readers():
    return {one.username for one in vault_queries.holders(Matter.objects.get().file_id)}


@pytest.fixture
def left_out(world, sealed_to_two):
    """Zarina has ticked Saule: Bakyt, who leads, reads it with her."""
    answer = ticks(world, "zarina", sealed_to_two, "saule")
    assert answer.status_code == 302, text(answer)
    assert readers() == {"zarina", "bakyt"}
    return Matter.objects.get()


def test_a_reader_does_not_leave_herself_alone_by_ticking_everybody_else(world, sealed_to_two):
    refused = ticks(world, "zarina", sealed_to_two, "saule", "bakyt")
    assert refused.status_code == 422 and "nobody but you would read it" in text(refused)
    assert not Matter.objects.exists()
    assert STORY in text(
        world.client("saule").post(f"/inbox/{sealed_to_two.pk}/", {"purpose": "check"}, follow=True)
    )


def test_a_focal_point_who_finds_it_in_the_intake_does_not_leave_himself_alone_either(world, intake, now):
    RoleHeld.objects.create(staff=world.staff["saule"], role="data_protection_officer", since=now)
    Stranger(world).writes(STORY, at=now)
    arrival = Arrival.objects.get()
    assert world.client("bakyt").post(f"/inbox/{arrival.pk}/open/").status_code == 302
    assert ticks(world, "bakyt", arrival, "saule", "zarina").status_code == 422
    assert not Matter.objects.exists()


def test_whoever_ticked_another_reader_ends_nothing_before_a_second_has_said_so_too(world, left_out):
    assert steps(world, "zarina", "look").status_code == 302
    refused = steps(world, "zarina", "answer", **ANSWER)
    assert refused.status_code == 422 and "A second person has to say" in text(refused)
    Matter.objects.filter(pk=left_out.pk).update(state="answered", answered_at=timezone.now())
    assert steps(world, "zarina", "close").status_code == 422
    left_out.refresh_from_db()
    assert left_out.state == "answered"


def test_nor_does_she_erase_it_by_saying_that_the_person_asks_for_it(world, left_out):
    now = timezone.now()
    Matter.objects.filter(pk=left_out.pk).update(state="closed", closed_at=now, keep_until=now.date())
    refused = steps(world, "zarina", "erase", number=left_out.number, person_asks="on")
    assert refused.status_code == 422
    left_out.refresh_from_db()
    assert left_out.erased_at is None


def test_she_does_not_agree_with_herself_and_the_other_finds_it_on_his_list(world, left_out):
    page = text(world.client("zarina").get(f"/complaints/matter/{left_out.number}/"))
    assert "A second person has to say" in page and f"/{left_out.number}/meant/" not in page
    assert steps(world, "zarina", "meant", meant="yes").status_code == 404
    (item,) = DueItem.objects.filter(subject=left_out.pk, purpose="meant", done_at=None)
    assert item.owner.username == "bakyt"
    assert f"/{left_out.number}/meant/" in text(
        world.client("bakyt").get(f"/complaints/matter/{left_out.number}/")
    )


def test_once_the_other_says_that_they_are_meant_it_goes_on(world, left_out):
    assert steps(world, "bakyt", "meant", meant="yes").status_code == 302
    assert not DueItem.objects.filter(subject=left_out.pk, purpose="meant", done_at=None).exists()
    assert readers() == {"zarina", "bakyt"}
    assert steps(world, "zarina", "answer", **ANSWER).status_code == 302
    assert "/meant/" not in text(world.client("bakyt").get(f"/complaints/matter/{left_out.number}/"))


def test_once_the_other_says_that_they_are_not_meant_they_read_it_too(world, left_out):
    saule = world.client("saule")
    assert saule.get(f"/complaints/matter/{left_out.number}/").status_code == 404
    assert steps(world, "bakyt", "meant", meant="no").status_code == 302
    assert readers() == {"zarina", "bakyt", "saule"}
    page = text(saule.get(f"/complaints/matter/{left_out.number}/"))
    assert STORY in page and "Whom it concerns" not in page
    assert DueItem.objects.filter(owner=world.staff["saule"], subject=left_out.pk, done_at=None).exists()
    assert steps(world, "saule", "answer", **ANSWER).status_code == 302


def test_a_second_who_was_written_into_the_journal_is_none(world, left_out):
    chain_on(
        left_out.society_id, "complaints:matter:meant", left_out.file_id, who=world.staff["bakyt"].pk,
        at=timezone.now(),
    )  # fmt: skip
    assert steps(world, "zarina", "answer", **ANSWER).status_code == 422


def test_whoever_says_of_herself_alone_that_she_is_meant_needs_no_second(world, sealed_to_two):
    assert ticks(world, "zarina", sealed_to_two, "zarina").status_code == 302
    assert steps(world, "saule", "answer", **ANSWER).status_code == 302
