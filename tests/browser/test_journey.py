"""The whole journey in a real browser: a call becomes a case, a case becomes help, and the trail is there to read.

Elena answers, Amina takes the case on, Bakyt approves, a receiver without Panah opens a page once, the two meet, the
person changes her mind, and nothing that was typed can be read in the files of the database.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connections
from django.utils import timezone
from playwright.sync_api import Page, expect

from panah.ground.sign_in import second_factor
from panah.people.cases.models import Case
from panah.people.hotline.models import Line
from tests.browser.conftest import press
from tests.browser.walking import Walk
from tests.conftest import PASSPHRASE
from tests.dump_scan import scan

LINE_NORTH = UUID("00000000-0000-4000-8000-00000000a001")

TYPED = {
    "en": {
        "called": "Apricotella", "phone": "000 55 1234567", "name": "Gulzira Testova", "spelt": "Тестова Гульзира",
        "note": "the door is locked from outside",
        "understood": "that nobody is told without asking",
        "need": "sleeps badly after the workshop", "do": "find a quiet room",
        "receiver": "Clinic of Nowhere", "asked": "an examination with a woman doctor",
        "told": "a doctor who speaks softly",
        "keep": "the brother must not know", "answer": "come by the side entrance",
        "by_phone": "the head nurse said yes",
        "where": "bakery behind the mosque", "who": "nurse Namelessa", "sign": "blue scarf",
        "fallback": "ring the second number",
        "met": "came in a taxi, calm", "changed": "I do not want them to know more",
    },
    "ru": {
        "called": "Абрикосова", "phone": "000 55 7654321", "name": "Гульзира Пробова", "spelt": "Probova Gulzira",
        "note": "дверь заперта снаружи",
        "understood": "никому не скажут без спроса", "need": "плохо спит после цеха", "do": "найти тихую комнату",
        "receiver": "Клиника Нигде", "asked": "осмотр у женщины-врача", "told": "врач, говорящий тихо",
        "keep": "брат не должен знать", "answer": "заходите с бокового входа", "by_phone": "старшая сестра согласна",
        "where": "пекарня за мечетью", "who": "медсестра Безымянова", "sign": "синий шарф",
        "fallback": "звонить по второму номеру",
        "met": "приехала на такси, спокойна", "changed": "не хочу, чтобы знали больше",
    },
}  # fmt: skip


@pytest.fixture
def line(world: Any) -> Line:
    return Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1", made_at=world.at
    )


def elena_takes_a_call(elena: Walk, typed: dict[str, str]) -> str:
    elena.follow("Take a call")
    elena.press("Take a call")
    elena.tick("speak", "yes")
    elena.tick("danger", "no")
    elena.fill(note=typed["note"])
    for name in ("c_talk", "c_note", "c_back"):
        elena.tick(name, "yes")
    elena.fill(c_understood=typed["understood"], called=typed["called"], phone=typed["phone"])
    elena.pick(age_band="18-24", urgency="today", language="uz")
    elena.tick("ends", "case")
    elena.press("Finish")
    elena.sees(typed["note"])
    elena.sees_not(typed["called"], typed["phone"])
    owner = elena.page.locator("select[name=owner] option", has_text="Amina")
    elena.pick(owner=owner.get_attribute("value") or "")
    elena.press("Write it down")
    number = Case.objects.get().number
    expect(elena.page.locator("body")).to_contain_text(number)
    return number


def amina_makes_it_hers(amina: Walk, number: str, typed: dict[str, str]) -> None:
    """From the list of her day into the case; who this is; what the signs suggest; a need; the plan."""
    amina.page.goto("/")
    amina.sees(number)
    amina.page.locator("main .next h2 a").click()
    expect(amina.page.locator("main h1")).to_contain_text(number)
    amina.sees(typed["note"])
    amina.sees_not(typed["called"])
    amina.shows_who_this_is()
    amina.sees(typed["called"])
    amina.press("Correct or complete")
    amina.fill(name_1_text=typed["name"])
    amina.press("Keep and cover")
    amina.sees_not(typed["name"])


def amina_screens(amina: Walk, number: str) -> None:
    amina.follow("Story", inside=".tabs")
    amina.follow("Screening", inside=".tabs")
    amina.tick("profile", "operator_prompts")
    amina.press("Begin the meeting")
    asked = amina.page.locator("main fieldset.ask input[value=yes]")
    for i in range(3):
        asked.nth(i).check()
    amina.press("Save and end the meeting")
    amina.page.goto(f"/cases/{number}/screening/result/")
    amina.all_right()
    amina.sees(amina.word("Help does not depend on it, whatever the answers are."))


def amina_writes_a_need(amina: Walk, number: str, typed: dict[str, str]) -> None:
    amina.page.goto(f"/cases/{number}/")
    amina.follow("Write a need")
    amina.pick(type="medical")
    amina.fill(said=typed["need"], do=typed["do"])
    amina.press("Keep the need")
    amina.sees(typed["need"])
    amina.press("Ask for approval")


def bakyt_approves(bakyt: Walk, number: str) -> None:
    bakyt.page.goto("/")
    bakyt.sees(number)
    # What is not for today lies folded below it.
    folded = bakyt.page.locator("main details:not(.acts)", has_text=number).first
    folded.locator("> summary").click()
    folded.locator(".row", has_text=number).locator(".what a").first.click()
    expect(bakyt.page.locator("main h1")).to_contain_text(number)
    bakyt.follow("Open the plan")
    bakyt.press("Approve the plan")
    assert Case.objects.get().plan_state == "approved"


def amina_asks_consent(amina: Walk, number: str, typed: dict[str, str]) -> None:
    amina.page.goto(f"/cases/{number}/")
    amina.follow("Consent and referrals", inside=".tabs")
    amina.follow("Telling a partner here")
    amina.pick(receiver="other", way="spoken_face", interpreter="none")
    amina.fill(receiver_other=typed["receiver"])
    amina.tick("fields_agreed", "called", "needs")
    amina.tick("said", "yes")
    # Nothing comes ticked: she says of each point that it was told, and what the person understood.
    for told in amina.page.locator("input[name^='seven_'][value='yes']").all():
        told.check()
    amina.fill(understood=typed["understood"])
    amina.press("Keep this answer")
    amina.sees(typed["receiver"])


def amina_refers(amina: Walk, number: str, typed: dict[str, str]) -> tuple[str, str, str]:
    """Prepare, look, send as a page that opens once; returns the referral's page, the address and the code."""
    amina.page.goto(f"/cases/{number}/")
    amina.follow("Consent and referrals", inside=".tabs")
    amina.follow("Referrals", inside=".tabs >> nth=1")
    amina.follow("Find who can help")
    press(amina.page.get_by_role("link", name=typed["receiver"]))
    amina.fill(need=typed["asked"], tell_needs=typed["told"], note=typed["keep"])
    assert amina.page.locator("[name=tell_called]").input_value() == typed["called"]
    amina.press("Look at what would leave")
    packet = amina.page.locator(".packet")
    expect(packet).to_contain_text(typed["told"])
    expect(packet).not_to_contain_text(typed["keep"])
    expect(packet).not_to_contain_text(typed["name"])
    referral = amina.page.url
    amina.tick("way", "page")
    amina.press("Send exactly this")
    address, code = (one.inner_text() for one in amina.page.locator("main .code bdi").all())
    return referral, address, code


def the_receiver_answers(receiver: Walk, address: str, code: str, typed: dict[str, str]) -> None:
    receiver.page.goto(address)
    receiver.sees_not(typed["called"], typed["receiver"])
    receiver.fill(code=code.lower())
    receiver.press("Open the message")
    receiver.sees(typed["called"], typed["asked"], typed["told"])
    receiver.sees_not(typed["name"], typed["keep"], typed["note"])
    receiver.tick("answer", "accepted")
    receiver.fill(note=typed["answer"])
    receiver.press("Send the answer")
    receiver.sees(receiver.word("Your answer has arrived."))


def amina_brings_them_together(amina: Walk, referral: str, typed: dict[str, str]) -> None:
    amina.page.goto("/")
    amina.page.goto(referral)
    amina.sees(typed["answer"])
    amina.tick("answer", "accepted")
    amina.fill(note=typed["by_phone"])
    amina.press("Write it down")
    amina.moment("when", timezone.now() + timedelta(hours=5))
    amina.fill(where=typed["where"], who=typed["who"], sign=typed["sign"], fallback=typed["fallback"])
    amina.tick("stands", "agreed")
    amina.press("Write it down")
    amina.sees(typed["sign"])
    amina.tick("met", "yes")
    # What happened under way, and a no of theirs, are written down on the same page.
    met = amina.page.locator("main form:has([name=met])")
    met.locator("[name=note]").fill(typed["met"])
    press(met.get_by_role("button", name=amina.word("Write it down")))
    amina.all_right()
    amina.sees(typed["met"])


def amina_plans_the_follow_up(amina: Walk, number: str) -> None:
    amina.page.goto(f"/cases/{number}/dates/")
    amina.press("Begin the follow-up")
    assert amina.page.locator("#follow .trail li").count() == 5
    amina.page.goto("/")
    amina.sees(number)


def the_person_changes_her_mind(amina: Walk, number: str, referral: str, typed: dict[str, str]) -> None:
    amina.page.goto(f"/cases/{number}/consent/")
    # The yes to the partner is the newest; what was agreed to on the first call stands below it.
    amina.page.locator("main a[href$='/withdraw/']").first.click()
    amina.sees(amina.word("What this stops"), typed["receiver"])
    amina.sees_not(amina.word("Nothing is on its way. Nothing more will leave for this purpose."))
    amina.fill(words=typed["changed"])
    amina.press("Withdraw this consent")
    amina.page.goto(referral)
    amina.sees(amina.word("Consent withdrawn"))


def the_page_is_closed(receiver: Walk, address: str, code: str, typed: dict[str, str]) -> None:
    receiver.page.goto(address)
    receiver.fill(code=code)
    with receiver.page.expect_navigation() as answer:
        receiver.button("Open the message").click()
    assert answer.value.status == 404  # type: ignore[union-attr]
    receiver.sees_not(typed["called"], typed["told"])


def amina_finds_the_person_again(amina: Walk, number: str, typed: dict[str, str]) -> None:
    """Months later somebody rings with the name in another script and the end of a number."""
    amina.page.goto("/find/")
    amina.fill(name=typed["spelt"], phone_tail=typed["phone"][-4:])
    amina.press("Look for the person")
    expect(amina.page.locator("section[aria-labelledby=matches]")).to_contain_text(number)
    amina.sees_not(typed["name"])


def the_trail_is_there(amina: Walk, number: str, typed: dict[str, str]) -> None:
    for address in (f"/cases/{number}/journal/", "/about-me"):
        amina.page.goto(address)
        amina.all_right()
        assert amina.page.locator("main .trail li").count() >= 10
        amina.sees_not(*typed.values())


def nothing_can_be_read(typed: dict[str, str]) -> None:
    """Every byte of both databases, in every way a text could be written down; a planted text is found."""
    if any(connections[name].vendor != "sqlite" for name in connections):
        print("The files were not read: this database is not SQLite, tests/vault scans its dump.")  # noqa: T201
        return
    files = []
    for name in connections:
        with connections[name].cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database = Path(str(connections[name].settings_dict["NAME"]))
        files += [path for path in database.parent.glob(f"{database.name}*") if path.is_file()]
    assert files
    assert scan(files, typed.values()) == []
    # The control: what may be read, the case's number, is found in the same bytes.
    assert scan(files, [Case.objects.get().number])


def sign_in_at_the_door(visit: Callable[..., Page], world: Any, name: str, **kind: Any) -> Page:
    second_factor.activate(world.staff[name], second_factor.new_secret())
    page = visit(None, "/", **kind)
    page.locator("[name=name]").fill(name)
    page.locator("[name=passphrase]").fill(PASSPHRASE)
    page.locator("[name=digits]").fill(second_factor.current_code(world.staff[name]))
    page.locator("main button.btn-main").click()
    return page


@pytest.mark.parametrize(
    ("language", "scripts", "by_the_door"),
    # What a script does is the same in any language, and what a language does, with and without scripts.
    [("en", True, True), ("ru", False, False)],
    ids=["English", "Russian without scripts"],
)
def test_a_call_becomes_help_and_nothing_of_it_can_be_read(
    visit, world, line, language, scripts, by_the_door
):
    for staff in world.staff.values():
        staff.language = language
        staff.save()
    kind = {"language": language, "scripts": scripts}
    typed = TYPED[language]
    elena = Walk(visit("elena", "/", **kind), language)
    number = elena_takes_a_call(elena, typed)
    page = sign_in_at_the_door(visit, world, "amina", **kind) if by_the_door else visit("amina", "/", **kind)
    amina = Walk(page, language)
    amina_makes_it_hers(amina, number, typed)
    amina_screens(amina, number)
    amina_writes_a_need(amina, number, typed)
    bakyt_approves(Walk(visit("bakyt", "/", **kind), language), number)
    amina_asks_consent(amina, number, typed)
    referral, address, code = amina_refers(amina, number, typed)
    receiver = Walk(visit(None, "/vault/sign-in", **kind), language)
    the_receiver_answers(receiver, address, code, typed)
    amina_brings_them_together(amina, referral, typed)
    amina_plans_the_follow_up(amina, number)
    the_person_changes_her_mind(amina, number, referral, typed)
    the_page_is_closed(receiver, address, code, typed)
    amina_finds_the_person_again(amina, number, typed)
    the_trail_is_there(amina, number, typed)
    nothing_can_be_read(typed)
