"""Danger on an old telephone, 360 px wide and without scripts, in Russian: nothing leads away, everything leads back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from panah.ground.accounts.models import Duty
from panah.ground.foundation import dialled_numbers
from panah.ground.vault import actions as vault
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm
from panah.people.hotline import actions as hotline
from panah.people.hotline.models import Contact, Line
from panah.people.inbox.models import Arrival
from panah.people.reporters import queries as reporters_queries
from tests.browser.conftest import press
from tests.hotline.conftest import LINE_NORTH
from tests.reporters.conftest import Stranger

PHONE = {"width": 360, "language": "ru", "scripts": False}
# What is read without a scroll, also under the bar of a browser.
FIRST_SCREEN = 640
WORDS = "Practice: he has locked the door, I am in the house by the river."
SAULES = "+996555000002"


@pytest.fixture
def line(world):
    row = Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1",
        languages=["ru"], takes_chats=True, made_at=world.at,
    )  # fmt: skip
    vault.make_line_key(keys=world.keys("bakyt"), line=row.pk, operators=[world.staff["elena"]], at=world.at)
    now = timezone.now()
    for what in ("calls", "danger"):
        Duty.objects.create(
            society=world.societies["north"], staff=world.staff["elena"], what=what,
            starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=8),
        )  # fmt: skip
    return row


def takes(world, who, line):
    """A colleague takes a call and says that the person is in danger."""
    client = world.client(who)
    answer = client.post("/calls/take/", {"line": str(line.pk), "channel": "phone"})
    number = answer.url.strip("/").split("/")[-1]
    client.post(f"/calls/{number}/", {"do": "emergency"})
    return Contact.objects.get(number=number)


def chat(line, *, danger=False):
    return hotline.start_chat(
        line=line,
        token=reporters_queries.new_token(),
        language="ru",
        danger=danger,
        text=WORDS,
        at=timezone.now(),
    )


@pytest.fixture
def hers(world, line):
    return takes(world, "elena", line)


@pytest.fixture
def another(world, line, hers):
    """Bakyt has another person in danger on the line; Saule has a number, and nobody but Elena is on duty."""
    world.staff["saule"].duty_phone = SAULES
    world.staff["saule"].save()
    dialled_numbers.keep([world.staff["saule"]])
    return takes(world, "bakyt", line)


def top(place):
    box = place.bounding_box()
    assert box, "it is shown"
    return box["y"]


def of_first_screen(page, selector):
    return [one for one in page.locator(selector).all() if one.is_visible() and top(one) < FIRST_SCREEN]


def test_in_her_danger_call_nothing_on_the_first_screen_leads_elena_away(visit, line, hers, another):
    chat(line)
    here = f"/calls/{hers.number}/emergency/"
    page = visit("elena", here, **PHONE)
    assert page.locator("[data-quiet]").count() == 1, "the chat that waits is one grey line"
    assert page.locator('[role="alert"]').count() == 1, "another danger is read"
    for one in of_first_screen(page, ".btn-main"):
        leads = one.evaluate("b => b.href || b.formAction || (b.form && b.form.action) || ''")
        assert f"/calls/{hers.number}/" in leads, leads
    assert not page.locator('main a[href*="/calls/chats/"], .note a[href*="/calls/alarms/"]').count()


def test_another_danger_says_whom_to_ring_and_then_who_comes(visit, world, hers, another):
    here = f"/calls/{hers.number}/emergency/"
    page = visit("elena", here, **PHONE)
    comes = page.locator("[data-comes]")
    assert "Saule" in comes.inner_text() and SAULES in comes.inner_text()
    work.answer_alarm(alarm=Alarm.objects.get(subject=another.pk), by=world.staff["saule"], at=timezone.now())
    page = visit("elena", here, **PHONE)
    comes = page.locator("[data-comes]")
    assert "Saule" in comes.inner_text() and SAULES not in comes.inner_text()
    assert not page.locator('[role="alert"]').count(), "it is not called out once somebody comes"


def test_every_other_page_shows_the_bar_back_and_it_leads_back(visit, hers):
    page = visit("elena", "/calls/log/", **PHONE)
    back = page.locator(f'a.btn-main[href="/calls/{hers.number}/emergency/"]')
    assert top(back) < FIRST_SCREEN
    press(back)
    assert page.url.endswith(f"/calls/{hers.number}/emergency/")
    assert not page.locator(f'.note a.btn-main[href="/calls/{hers.number}/emergency/"]').count()


def test_the_list_of_open_calls_marks_the_one_in_danger(visit, world, line, hers):
    world.client("elena").post("/calls/take/", {"line": str(line.pk), "channel": "phone"})
    page = visit("elena", "/calls/", **PHONE)
    rows = page.locator("section:has(#open) ol > li")
    assert rows.count() == 2
    first, second = rows.all()
    assert hers.number in first.inner_text()
    assert first.locator('[data-tone="urgent"]').or_(first.and_(page.locator('[data-tone="urgent"]'))).count()
    assert not second.locator('[data-tone="urgent"]').count()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_last_words_of_a_danger_chat_stand_on_the_first_screen_then_the_place_then_the_reply(
    visit, world, line, width
):
    about = chat(line, danger=True)
    assert world.client("elena").post(f"/calls/chats/{about}/").status_code == 302
    contact = Contact.objects.get(pk=about)
    page = visit("elena", f"/calls/{contact.number}/emergency/", **PHONE | {"width": width})
    words, place = page.locator("[data-last]").last, page.locator("[name=e_place]")
    assert WORDS in words.inner_text() and top(words) < FIRST_SCREEN
    fields = page.locator("main form :is(input:not([type=hidden]), select, textarea):visible").all()
    below = sorted((top(one), one.get_attribute("name")) for one in fields if top(one) > top(words))
    assert [name for _top, name in below][:2] == ["e_place", "reply"]
    assert top(place) - top(words) < FIRST_SCREEN


def test_a_line_that_is_sent_in_danger_leaves_the_place_that_is_being_typed(visit, world, line):
    """The answer takes the place of the reply alone; what the person said meanwhile stands above."""
    about = chat(line, danger=True)
    world.client("elena").post(f"/calls/chats/{about}/")
    contact = Contact.objects.get(pk=about)
    page = visit("elena", f"/calls/{contact.number}/emergency/", width=360)
    page.locator("[name=e_place]").fill("Practice house 7, second floor")
    page.locator("[name=reply]").fill("Somebody comes.")
    page.locator("button[value=say]").click()
    expect(page.locator("#chat-lines")).to_contain_text("Somebody comes.")
    assert page.locator("[name=e_place]").input_value() == "Practice house 7, second floor"
    assert page.locator("[name=reply]").input_value() == ""
    assert page.locator("#chat-last").count() == page.locator("#chat").count() == 1
    assert WORDS in page.locator("#chat-last").inner_text()


def test_the_last_words_of_a_report_in_danger_stand_on_the_first_screen_and_the_place_right_after(
    visit, world
):
    stranger, answers = Stranger(world), {"danger": "yes", "place": "Practice house 7"}
    content = {"text": WORDS, "about": "me", "answers": answers}
    stranger.writes(content=content, urgency="now", at=timezone.now())
    row = Arrival.objects.get(kind="report")
    world.client("bakyt").post(f"/inbox/{row.pk}/open/")
    page = visit("bakyt", f"/inbox/{row.pk}/", **PHONE)
    words, place = page.locator("[data-last]").first, page.locator("dd", has_text=answers["place"])
    assert WORDS in words.inner_text() and top(words) < FIRST_SCREEN
    assert 0 < top(place) - top(words) < FIRST_SCREEN
