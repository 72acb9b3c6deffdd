"""What became of a thing, undo, and danger in a case: on a phone, in both languages, also without scripts."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, DueItem
from panah.ground.work.words import DueKind, Urgency
from panah.people.cases import actions as cases
from panah.people.cases.words.due_types import EXTRA
from panah.people.hotline import actions as hotline
from panah.people.hotline.models import Contact
from tests.browser.conftest import press
from tests.hotline.conftest import line

__all__ = ["line"]

LANGUAGES = {
    "en": {
        "done": "Done",
        "reached": "Reached",
        "undo": "Undo",
        "back": "It is back on the list",
        "safety": "safety may hang on this",
        "take_off": "Take it off the list",
        "extreme": "extreme: life in danger now",
        "why": "Why",
        "keep": "Keep the level",
        "paged": "Paged, and nobody has answered yet",
        "call_back": "Call back",
    },
    "ru": {
        "done": "Готово",
        "reached": "Удалось связаться",
        "undo": "Отменить",
        "back": "Это снова в списке",
        "safety": "зависеть чья-то безопасность",
        "take_off": "Снять со списка",
        "extreme": "жизнь в опасности",
        "why": "Почему",
        "keep": "Сохранить уровень",
        "paged": "Вызваны, но ещё никто не ответил",
        "call_back": "Перезвонить",
    },
}


@pytest.fixture
def case(world):
    at = timezone.now()
    made = cases.open_case(
        keys=world.keys("amina"),
        by=world.staff["amina"],
        at=at,
        language="uz",
        age_group="adult",
        urgency="week",
    )
    for urgency, say in ((Urgency.WEEK, "Ring the clinic"), (Urgency.NOW, "Ask whether she is home")):
        work.due(
            replace(EXTRA, kind=DueKind.CALL), cases.on_case(made), keys=world.keys("amina"),
            due_at=at - timedelta(minutes=5), sentence=say, at=at, urgency=urgency,
        )  # fmt: skip
    Duty.objects.create(
        society=world.societies["north"], staff=world.staff["elena"], what="danger",
        starts_at=at - timedelta(hours=1), ends_at=at + timedelta(hours=8),
    )  # fmt: skip
    return made


def menu_of(page, what):
    """The menu of one line of a list: what else can be done with it."""
    return page.locator("details.acts", has=page.locator("summary", has_text=what))


def press_done(page, what, done):
    menu = menu_of(page, what)
    menu.locator("summary").click()
    press(menu.get_by_role("link", name=done, exact=True))


@pytest.mark.parametrize("scripts", [False, True], ids=["no-scripts", "scripts"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_amina_marks_a_thing_takes_it_back_and_is_asked_where_it_is_about_safety(
    world, visit, case, language, scripts
):
    say = LANGUAGES[language]
    page = visit("amina", "/", width=360, language=language, scripts=scripts)
    press_done(page, "Ring the clinic", say["done"])
    press(page.get_by_role("button", name=say["reached"], exact=True))
    assert not DueItem.objects.filter(done_at=None, kind="call", urgency="week").exists()
    press(page.locator(".said").get_by_role("button", name=say["undo"]))
    assert say["back"] in page.locator(".said").inner_text()
    assert menu_of(page, "Ring the clinic").count() == 1
    press_done(page, "Ask whether she is home", say["done"])
    assert say["safety"] in page.locator("main").inner_text()
    press(page.get_by_role("button", name=say["take_off"]))
    assert page.locator(".errors").count() == 1
    page.get_by_text(say["reached"], exact=True).first.click()
    page.locator("textarea").first.fill("She is home, her brother is with her.")
    press(page.get_by_role("button", name=say["take_off"]))
    assert DueItem.objects.get(urgency="now").outcome == "done"
    # The console says so when a form comes back with what is missing.
    assert [one for one in page.complaints if "422" not in one] == []


@pytest.mark.parametrize("scripts", [False, True], ids=["no-scripts", "scripts"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_life_in_danger_in_a_case_pages_and_elena_reads_whom_to_phone(world, visit, case, language, scripts):
    say = LANGUAGES[language]
    world.staff["elena"].email = "elena@practice.example"
    world.staff["elena"].save()
    page = visit("amina", f"/cases/{case.number}/safety/risk/", width=360, language=language, scripts=scripts)
    page.get_by_text(say["extreme"]).first.click()
    page.get_by_label(say["why"], exact=True).fill("He is at the door.")
    press(page.get_by_role("button", name=say["keep"]))
    assert page.url.endswith(f"/cases/{case.number}/danger/")
    text = page.locator("main").inner_text()
    assert say["paged"] in text and "Elena" in text
    alarm = Alarm.objects.get(subject=case.pk)
    elena = visit("elena", f"/calls/alarms/{alarm.pk}/", width=360, language=language, scripts=scripts)
    shown = elena.locator("main").inner_text()
    assert "Amina" in shown and case.number not in shown and "at the door" not in shown
    assert page.complaints == elena.complaints == []


def test_a_promised_call_back_leads_from_the_list_to_its_own_page(world, visit, line):
    elena = world.staff["elena"]
    at = timezone.now()
    contact = hotline.begin_contact(keys=world.keys("elena"), line=line, channel="phone", by=elena, at=at)
    hotline.plan_call_back(keys=world.keys("elena"), contact=contact, due_at=at, by=elena, at=at)
    page = visit("elena", "/", width=360, scripts=False)
    press(page.locator(".next").get_by_role("link", name="Call back", exact=True).last)
    assert page.url.endswith(f"/calls/{Contact.objects.get().number}/back/")


def test_the_new_pages_can_be_used_by_everyone(look, world, case):
    item = DueItem.objects.get(urgency="now")
    ordinary = DueItem.objects.get(kind="call", urgency="week")
    work.raise_alarm(
        society=case.society_id, room="cases", subject=case.pk, by=world.staff["amina"], at=timezone.now()
    )
    for place in (f"/due/{item.pk}/done", f"/due/{ordinary.pk}/done", f"/cases/{case.number}/danger/"):
        look("amina", place)
