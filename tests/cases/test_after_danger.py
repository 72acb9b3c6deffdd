"""After a call in danger became a case, the risk is looked at within a day, beginning with what was heard."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from panah.ground.work.models import DueItem
from panah.people.cases.models import Case
from panah.people.hotline.models import Contact, Line


@pytest.fixture
def elenas(world):
    Line.objects.create(
        pk=UUID("00000000-0000-4000-8000-00000000a001"),
        society=world.societies["north"],
        name_en="Line 1",
        made_at=world.at,
    )
    return world.client("elena")


@pytest.fixture
def contact(elenas):
    answer = elenas.post("/calls/take/", {"channel": "phone"})
    return Contact.objects.get(number=answer.url.strip("/").split("/")[-1])


def becomes_a_case(world, elenas, contact, **typed):
    elenas.post(f"/calls/{contact.number}/", {**typed, "do": "finish"})
    elenas.post(f"/calls/{contact.number}/case", {"owner": str(world.staff["amina"].pk)})
    return Case.objects.get()


def looks(case):
    return DueItem.objects.filter(subject=case.pk, purpose="review", done_at=None)


def test_the_holder_looks_at_the_risk_within_a_day_of_the_call_and_begins_with_what_was_heard(
    world, elenas, contact
):
    case = becomes_a_case(world, elenas, contact, danger="yes", alone="no")
    item = looks(case).get()
    assert (item.owner, item.urgency) == (world.staff["amina"], "now")
    assert item.due_at == contact.started_at + timedelta(hours=24)
    aminas = world.client("amina")
    form = aminas.get(f"/cases/{case.number}/safety/risk/").content.decode()
    assert "not assessed yet" in form and "Hurt or threatened right now? Yes" in form
    assert 'name="level"' in form and "checked" not in form, "no level is assumed"
    assert "the call told of danger" in aminas.get("/").content.decode()
    page = aminas.get(f"/cases/{case.number}/safety/").content.decode()
    assert "Hurt or threatened right now? Yes" in page and "Elena" in page and "not looked at yet" in page


def test_after_the_first_look_the_next_one_is_empty_and_comes_by_its_level(world, elenas, contact):
    case = becomes_a_case(world, elenas, contact, danger="yes")
    aminas = world.client("amina")
    aminas.post(f"/cases/{case.number}/safety/risk/", {"level": "high", "why": "he knows the house"})
    item = looks(case).get()
    assert item.due_at > timezone.now()
    assert "not assessed yet" not in aminas.get(f"/cases/{case.number}/safety/risk/").content.decode()


def test_a_call_that_was_only_paged_says_so(world, elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {"do": "emergency"})
    case = becomes_a_case(world, elenas, contact)
    form = world.client("amina").get(f"/cases/{case.number}/safety/risk/").content.decode()
    assert "A colleague was called in: danger now." in form


def test_danger_in_a_call_of_days_ago_is_looked_at_now(world, elenas, contact):
    Contact.objects.update(started_at=timezone.now() - timedelta(days=3))
    case = becomes_a_case(world, elenas, contact, danger="yes")
    assert looks(case).get().due_at <= timezone.now()


def test_a_case_without_danger_has_its_first_look_within_a_day_and_nothing_heard(world, elenas, contact):
    case = becomes_a_case(world, elenas, contact, danger="no")
    assert timedelta(hours=23) < looks(case).get().due_at - timezone.now() <= timedelta(hours=24)
    aminas = world.client("amina")
    assert "not assessed yet" not in aminas.get(f"/cases/{case.number}/safety/risk/").content.decode()


def test_danger_now_from_a_page_of_a_call_that_became_a_case_is_looked_at_in_the_case(world, elenas, contact):
    case = becomes_a_case(world, elenas, contact)
    for _ in range(2):
        elenas.post(f"/calls/{contact.number}/emergency/", {"do": "start"})
    now = looks(case).filter(due_at__lte=timezone.now())
    assert now.get().owner == world.staff["amina"]
    assert "heard" not in world.client("amina", open_vault=False).get("/").content.decode()
