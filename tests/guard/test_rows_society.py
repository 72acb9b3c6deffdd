"""One row says that a society works in another way, or not here at all: it works as two people decided."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from panah.ground.network import actions as network
from panah.ground.network import capabilities
from panah.ground.network import queries as network_queries
from panah.ground.work import actions as work
from panah.node import jobs
from panah.people.public.queries.doors import doors_for
from tests.guard.past_panah import noticed, put_in, sql, swap

SOCIETY = "network_society"


@pytest.fixture
def north(world):
    return world.societies["north"].pk


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def decides(world, closed):
    """What two focal points decide."""
    network.set_closed(
        society=world.societies["north"], closed=closed, from_day=today(), decided_by="Bakyt, Saule",
        by=world.staff["bakyt"], at=timezone.now(),
    )  # fmt: skip


def doors():
    return [one.slug for one in doors_for(on=today())]


@pytest.mark.parametrize("column", ["closed", "closed_before"])
def test_no_row_closes_what_a_society_does(world, north, column):
    swap(SOCIETY, column, capabilities.light(), id=north)
    if column == "closed":
        swap(SOCIETY, "closed_from", today(-1), id=north)
    assert "practice-north" in doors()
    assert world.client("gulnar").get(reverse("shelter:places")).status_code == 200
    assert noticed(north)


@pytest.mark.parametrize("column", ["closed", "closed_from"])
def test_no_row_takes_up_again_what_two_people_left_to_others(world, north, column):
    decides(world, capabilities.light())
    assert world.client("gulnar").get(reverse("shelter:places")).status_code == 403, "control"
    swap(SOCIETY, column, [] if column == "closed" else None, id=north)
    assert world.client("gulnar").get(reverse("shelter:places")).status_code == 403
    assert "practice-north" not in doors()
    assert noticed(north)
    work.put_rows_right(at=timezone.now())
    world.societies["north"].refresh_from_db()
    assert world.societies["north"].closed == capabilities.light()


def test_what_two_people_decide_after_a_row_was_changed_stands_on_what_was_true(world, north):
    decides(world, capabilities.light())
    swap(SOCIETY, "closed_since", {}, id=north)
    decides(world, capabilities.light())
    assert capabilities.closed_since(world.societies["north"], capabilities.light()[0]) == today()
    decides(world, [])
    assert "practice-north" in doors()


def test_danger_calls_on_where_a_row_says_that_the_society_does_not_work_here(world, north):
    bakyt = world.staff["bakyt"]
    bakyt.email = "bakyt@practice.example"
    bakyt.save()
    work.raise_alarm(society=north, room="hotline", subject=bakyt.pk, by=None, at=timezone.now())
    swap(SOCIETY, "hosted", False, id=north)
    jobs.run_due({}, at=timezone.now(), lane=jobs.PAGING)
    jobs.finish(at=timezone.now())
    assert {to for message in mail.outbox for to in message.to} == {"bakyt@practice.example"}
    assert "practice-north" in doors()
    work.put_rows_right(at=timezone.now())
    world.societies["north"].refresh_from_db()
    assert world.societies["north"].hosted


def test_a_society_that_a_row_says_works_here_is_left_in_the_register(world, north):
    put_in(
        SOCIETY, slug="practice-west", iso2="XC", iso3="XCC", fdrs="", name_en="West", name_ru="", names={},
        names_unchecked=[], website="", central_asian=False, practice=True, hosted=True, time_zone="UTC", languages=[],
        edited_at=None, closed=[], closed_from=None, closed_before=[], closed_since={}, closed_receiver={},
        closed_decided_by="",
    )  # fmt: skip
    work.put_all_rows_right(at=timezone.now())
    assert sql(f'SELECT 1 FROM "{SOCIETY}" WHERE "slug" = %s', "practice-west")
    assert north in network_queries.hosted_ids()
