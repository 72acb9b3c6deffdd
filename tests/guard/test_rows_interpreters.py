"""Somebody changes what is written of an interpreter: nobody is asked for whom the row alone vouches."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.people.safety import actions as safety
from tests.guard.past_panah import noticed, sql, swap
from tests.interpreters import add, vetted

INTERPRETERS = "safety_interpreter"


@pytest.fixture
def north(world):
    return world.societies["north"].pk


def listed(world, who="amina"):
    return world.client(who).get(reverse("safety:interpreters") + "?language=uz").text


def page_of(world, row, who="amina"):
    return world.client(who).get(reverse("safety:interpreter", args=[row.pk])).text


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def test_whom_to_ask_about_first_is_not_made_free_of_ties_by_a_row(world, north, committed):
    row = committed(vetted, world=world, name="Practice Voice Ask", ask_first=True)
    assert "ask a focal point first" in page_of(world, row), "control"
    swap(INTERPRETERS, "ties", "none", id=row.pk)
    page = page_of(world, row)
    assert "asked, none known" not in page and ("+000 12" not in page or "ask a focal point first" in page)
    assert noticed(north)


def test_vetting_that_has_run_out_does_not_count_on_for_a_row(world, north, committed):
    row, keys = committed(add, world=world, name="Practice Voice Late"), world.keys("bakyt")
    given = {"keys": keys, "row": row, "at": timezone.now() - timedelta(days=400)}
    committed(safety.ask_about_ties, ask_first=False, ties="none", not_for="", on=today(-400), **given)
    committed(safety.vet, checked="Two colleagues", undertaking_on=today(-400), until=today(-1), **given)
    assert "vetting has run out" in listed(world), "control"
    swap(INTERPRETERS, "vetted_until", today(500), id=row.pk)
    assert "vetting has run out" in listed(world) or "+000 12" not in page_of(world, row)
    assert noticed(north)


def test_whom_nobody_vetted_is_not_vetted_by_a_row(world, north, committed):
    committed(vetted, world=world, name="Practice Voice Zorro")
    row = committed(add, world=world, name="Practice Voice Anew")
    sql(
        f'UPDATE "{INTERPRETERS}" SET "vetted_by_id" = %s, "vetted_on" = %s, "vetted_until" = %s, '
        '"undertaking_on" = %s, "ties" = %s, "ties_asked_on" = %s WHERE "id" = %s',
        world.staff["bakyt"].pk, today(), today(300), today(), "none", today(), row.pk,
    )  # fmt: skip
    page, text = page_of(world, row), listed(world)
    assert "Not vetted" in page or "+000 12" not in page
    assert "Anew" not in text or text.index("Zorro") < text.index("Anew")
    assert noticed(north)


def test_an_interpreter_who_was_ended_comes_back_by_no_flag(world, north, committed):
    row = committed(vetted, world=world, name="Practice Voice Gone")
    committed(safety.end_interpreter, keys=world.keys("bakyt"), row=row, why="Practice", at=timezone.now())
    assert "Practice Voice Gone" not in listed(world), "control"
    swap(INTERPRETERS, "ended_on", None, id=row.pk)
    text = listed(world)
    assert "Practice Voice Gone" not in text or "+000 12" not in page_of(world, row)
    assert noticed(north)


def test_an_interpreter_speaks_what_was_written_of_her(world, north, committed):
    row = committed(vetted, world=world, name="Practice Voice Reed", languages=["ru"])
    assert "Practice Voice Reed" not in listed(world), "control"
    swap(INTERPRETERS, "languages", ["uz", "ky", "tg"], id=row.pk)
    assert "Practice Voice Reed" not in listed(world)
    assert noticed(north)
