"""A threat and an interpreter in a browser: what a frightened colleague sees, at any size, in both languages."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from panah.safety import actions as safety
from panah.safety.models import Threat
from tests.browser.conftest import press


@pytest.fixture
def places(world):
    at, keys = timezone.now(), world.keys("bakyt")
    typed = {
        "story": "He waits at the gate.",
        "now": "no",
        "what": ["followed"],
        "where": "work",
        "source": "unknown",
    }
    threat = safety.report(keys=world.keys("amina"), once=uuid4(), typed=typed, concerned=(), at=at).row
    safety.take_step(
        keys=keys, threat=threat, step={"done": ["talked", "accompanied"], "agreed": "yes"}, at=at,
        review_on=timezone.localdate() + timedelta(days=3),
    )  # fmt: skip
    data = {
        "name": "Practice Voice Reed",
        "phone": "+000 12",
        "languages": ["uz", "ru"],
        "ways": ["phone", "face"],
        "hours": "evenings",
    }
    voice = safety.add_interpreter(keys=keys, typed=data, at=at)
    day = timezone.localdate()
    safety.ask_about_ties(keys=keys, row=voice, ask_first=True, ties="x", not_for="x", on=day, at=at)
    safety.vet(keys=keys, row=voice, checked="x", undertaking_on=day, until=day + timedelta(days=300), at=at)
    safety.add_interpreter(keys=keys, typed=data | {"name": "Practice Voice Anew"}, at=at)
    return {"threat": threat.file_id, "voice": voice.pk}


PAGES = [
    ("amina", "/safety/"),
    ("bakyt", "/safety/"),
    ("amina", "/safety/report/"),
    ("bakyt", "/safety/figures/"),
    ("bakyt", "/safety/threats/{threat}/"),
    ("bakyt", "/safety/threats/{threat}/done/"),
    ("amina", "/safety/interpreters/"),
    ("bakyt", "/safety/interpreters/{voice}/"),
    ("bakyt", "/safety/interpreters/{voice}/ties/"),
]


def test_the_pages_of_staff_safety_can_be_used_by_everyone(look_at_all, places):
    look_at_all(PAGES, **places)


@pytest.mark.parametrize(("width", "scripts"), [(360, False), (1280, True)])
def test_a_threat_is_reported_read_and_looked_after(world, visit, width, scripts):
    page = visit("elena", "/safety/", width=width, scripts=scripts)
    press(page.get_by_role("link", name="Report a threat").first)
    press(page.get_by_role("button", name="Protect and send to the focal points"))
    assert "Say in a few words what happened" in page.locator(".errors").inner_text()
    page.get_by_label("What happened, in your own words").fill("A car waits outside.")
    page.get_by_text("followed or watched").click()
    press(page.get_by_role("button", name="Protect and send to the focal points"))
    assert "Reported" in page.title() and "Bakyt" in page.locator("main").inner_text()
    assert page.complaints == []

    reader = visit("bakyt", "/safety/", width=width, scripts=scripts)
    press(reader.locator("li.row").first.get_by_role("link").first)
    assert "A car waits outside." in reader.locator("main").inner_text()
    press(reader.get_by_role("link", name="Write down what was done"))
    reader.get_by_text("does not go alone").click()
    press(reader.get_by_role("button", name="Write down what was done"))
    assert "does not go alone" in reader.locator("main").inner_text()
    assert reader.complaints == [] and Threat.objects.get().state == "open"
