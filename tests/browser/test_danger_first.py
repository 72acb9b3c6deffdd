"""Danger goes first: from the press to whoever comes, on two old telephones, 360 px wide, without scripts, in Russian."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.foundation import dialled_numbers
from panah.ground.vault import actions as vault
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, DueItem
from panah.people.hotline import actions as hotline
from panah.people.hotline.models import Contact, Line
from panah.people.reporters import queries as reporters_queries
from tests.browser.conftest import press
from tests.hotline.conftest import LINE_NORTH

PHONE = {"width": 360, "language": "ru", "scripts": False}
BAKYTS = "+996555000001"
ANSWER = 'form[action^="/calls/alarms/"]'
MINUTE = timedelta(minutes=1)


@pytest.fixture
def line(world):
    """Elena answers calls and danger, Bakyt is second for danger and has a number; Saule can take a call as well."""
    row = Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1",
        languages=["ru"], takes_chats=True, made_at=world.at,
    )  # fmt: skip
    vault.make_line_key(keys=world.keys("bakyt"), line=row.pk, operators=[world.staff["elena"]], at=world.at)
    now = timezone.now()
    for who, what in (("elena", "calls"), ("elena", "danger"), ("bakyt", "danger_second")):
        Duty.objects.create(
            society=world.societies["north"], staff=world.staff[who], what=what,
            starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=8),
        )  # fmt: skip
    world.staff["bakyt"].duty_phone = BAKYTS
    world.staff["bakyt"].save()
    dialled_numbers.keep([world.staff["bakyt"]])
    return row


def has_an_address(world, *names):
    """E-mail reaches them: only who has a way of being called can be told."""
    for name in names:
        world.staff[name].email = f"{name}@practice.example"
        world.staff[name].save()


def takes(visit, who, line):
    """Somebody calls: a colleague takes it with one press, and is in the page of the call."""
    page = visit(who, "/calls/", **PHONE)
    press(page.locator(f'form:has([name=line][value="{line.pk}"]) button'))
    return page, Contact.objects.get(number=page.url.strip("/").split("/")[-1])


def danger(page):
    press(page.locator('header button[name=do][value="emergency"]'))
    assert page.url.endswith("/emergency/")


def status(page, tone):
    return page.locator(f'#danger-status [data-tone="{tone}"]')


def chat_waits(line):
    token = reporters_queries.new_token()
    hotline.start_chat(
        line=line, token=token, language="ru", danger=False, text="Practice: a question", at=timezone.now()
    )


def is_narrow(page):
    return page.evaluate("document.documentElement.scrollWidth") <= 360


def test_nobody_can_be_told_so_the_page_says_in_red_whom_to_ring(visit, line):
    page, contact = takes(visit, "elena", line)
    danger(page)
    said = status(page, "urgent")
    assert said.locator(f'b a[href="tel:{BAKYTS}"]').count() == 1 and "Bakyt" in said.inner_text()
    assert is_narrow(page)
    for place in ("prompts", "services"):
        page.goto(f"/calls/{contact.number}/{place}/")
        here = page.locator(".danger-here")
        assert here.locator('button[name=do][value="start"]').is_visible()
        assert here.locator(f'[data-ring] a[href="tel:{BAKYTS}"]').is_visible() and is_narrow(page)


def test_whoever_called_does_not_answer_and_sees_who_comes(visit, world, line):
    has_an_address(world, "bakyt", "saule")
    page, contact = takes(visit, "elena", line)
    danger(page)
    assert "Bakyt" in status(page, "urgent").inner_text()
    assert not status(page, "urgent").locator("b a[href^='tel:']").count(), (
        "he was told: it need not say more"
    )
    alarm = Alarm.objects.get()
    for address in (f"/calls/alarms/{alarm.pk}/", "/calls/alarms/now", "/calls/log/"):
        page.goto(address)
        assert not page.locator(ANSWER).count(), address
    second = visit("bakyt", "/", **PHONE)
    press(second.locator(f"{ANSWER} button").first)
    assert second.url.endswith(f"/calls/{contact.number}/emergency/")
    page.goto(f"/calls/{contact.number}/emergency/")
    assert "Bakyt" in status(page, "good").inner_text()
    assert not status(page, "urgent").count() and is_narrow(page)


def test_in_her_danger_call_work_is_one_grey_line_and_another_danger_calls_the_second(visit, world, line):
    has_an_address(world, "bakyt", "saule")
    page, contact = takes(visit, "elena", line)
    danger(page)
    Alarm.objects.update(answered_at=timezone.now(), answered_by=world.staff["saule"])
    chat_waits(line)
    others, another = takes(visit, "saule", line)
    danger(others)
    page.goto(f"/calls/{contact.number}/emergency/")
    assert page.locator("[data-quiet]").count() == 1
    assert "Bakyt" in page.locator("[data-comes]").inner_text()
    assert not page.locator(ANSWER).count(), "nothing calls her away"
    second = visit("bakyt", "/", **PHONE)
    press(second.locator(f"{ANSWER} button").first)
    assert second.url.endswith(f"/calls/{another.number}/emergency/")


def test_what_nobody_decided_calls_at_its_minute_and_again(visit, world, line):
    has_an_address(world, "elena", "bakyt")
    page, contact = takes(visit, "elena", line)
    page.locator("label[for=id_danger_0], label:has(#id_danger_0)").first.click()
    press(page.locator('button[name=do][value="finish"]').first)
    assert page.url.endswith(f"/calls/{contact.number}/next/")
    late = DueItem.objects.get(subject=contact.pk, purpose="decide", done_at=None).due_at
    work.page_undecided(at=late)
    work.escalate(at=late + 5 * MINUTE)
    second = visit("bakyt", "/", **PHONE)
    press(second.locator(f"{ANSWER} button").first)
    assert second.url.endswith(f"/calls/{contact.number}/next/") and is_narrow(second)
    answered = Alarm.objects.get().answered_at
    work.page_undecided(at=answered + 14 * MINUTE)
    assert not Alarm.objects.filter(answered_at=None).exists(), "he has a quarter of an hour"
    again = DueItem.objects.get(subject=contact.pk, purpose="decide", done_at=None).pages_at
    work.page_undecided(at=again)
    work.escalate(at=again + 5 * MINUTE)
    second.goto("/")
    assert second.locator(ANSWER).count() == 1
