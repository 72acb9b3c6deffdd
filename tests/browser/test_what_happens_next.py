"""A call in danger is finished by one key, nobody answers what happens next, and the next shift writes what came of it."""

from uuid import UUID

import pytest

from panah.ground.work.models import DueItem
from panah.people.hotline.models import Contact, Line
from tests.browser.conftest import press

LINE_NORTH = UUID("00000000-0000-4000-8000-00000000a001")


@pytest.fixture
def contact(world):
    line = Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1", made_at=world.at
    )
    answer = world.client("elena").post("/calls/take/", {"line": str(line.pk), "channel": "phone"})
    return Contact.objects.get(number=answer.url.strip("/").split("/")[-1])


@pytest.fixture
def in_danger(world, contact):
    typed = {"danger": "yes", "cut_off": "yes", "note": "They have locked the door", "ends": ["call_back"]}
    world.client("elena").post(f"/calls/{contact.number}/", {**typed, "back_when": "15min", "do": "finish"})
    return contact


@pytest.mark.parametrize("place", ["{}/next/", "", "hand-over/", "{}/page/"])
def test_what_is_not_decided_can_be_read_and_decided_by_everyone(look, world, in_danger, place):
    look("bakyt", f"/calls/{place.format(in_danger.number)}")


def test_from_one_key_in_the_evening_to_the_outcome_in_the_night(visit, world, contact):
    evening = visit("elena", f"/calls/{contact.number}/", width=360)
    evening.locator("label[for=id_danger_0], label:has(#id_danger_0)").first.click()
    with evening.expect_navigation():
        evening.keyboard.press("Alt+Enter")
    contact.refresh_from_db()
    assert contact.state == "finished"
    assert evening.url.endswith(f"/calls/{contact.number}/next/")
    # She is called away, and answers nothing.
    evening.goto("/calls/hand-over/")
    assert evening.locator(f"input[value='{contact.pk}']").is_checked()
    evening.get_by_label("Saule").check()
    press(evening.get_by_role("button", name="Hand the shift over"))
    assert evening.get_by_text("Not decided yet").is_visible(), "the others still see it"
    assert not evening.complaints
    _night(visit, world, contact)


def _night(visit, world, contact):
    """Saule, in Russian, on an old telephone without scripts."""
    night = visit("saule", "/calls/", width=360, language="ru", scripts=False)
    first = night.locator("main section").first
    assert "Ещё не решено" in first.inner_text() and "человек был в опасности" in first.inner_text()
    press(first.locator(".what a"))
    night.get_by_label("Больше ничего не нужно делать").check()
    press(night.get_by_role("button", name="Записать"))
    assert "следующая смена ничего другого не знает" in night.content()
    night.locator("#id_text").fill("Человек у сестры, дверь закрыта изнутри")
    press(night.get_by_role("button", name="Записать"))
    assert not DueItem.objects.filter(subject=contact.pk, done_at=None).exists()
    assert "Ещё не решено" not in night.content()
    night.goto(f"/calls/{contact.number}/page/")
    assert "Человек у сестры" in night.content()
