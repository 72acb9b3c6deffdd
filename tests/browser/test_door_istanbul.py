"""A cleaner from Tajikistan in Istanbul, on a borrowed telephone and a thin line, and her employer comes in."""
# ruff: noqa: F811  fixtures of the hotline are used here too

from __future__ import annotations

import time

from django.utils import timezone
from playwright.sync_api import expect

from panah.people.inbox.models import Arrival
from panah.people.reporters import actions as reporters
from panah.people.reporters.models import Report
from tests.browser.conftest import press
from tests.browser.door_away import away, back, register  # noqa: F401
from tests.hotline.conftest import elenas, line, take  # noqa: F401
from tests.public.writing import content_of

# 50 kbit/s each way, 400 ms there and back.
THIN = {"offline": False, "latency": 400, "downloadThroughput": 6250, "uploadThroughput": 6250}
WORDS, ANSWER = "Соҳиби хона шиносномаамро гирифт.", "Мо хондем. Рӯзи ҷумъа занг занед."
WRITE = "/info/write?in=tg&country=TR&society=practice-north"


def go(page, which):
    page.locator(f"[data-go={which}]:visible").click()


def writes(page, text):
    """Answer what is asked, by what a button does and not by its words, which she reads in Tajik."""
    page.locator("[name=about][value=me]").check()
    for _ in range(3):
        go(page, "next")
    page.locator("[name=text]").fill(text)


def test_she_writes_is_gone_in_a_moment_comes_back_with_her_digits_and_her_employer_learns_nothing(
    visit, world, register, away, elenas, take
):
    page = visit(None, "/info/?in=tg", width=360)
    page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", THIN)
    origin = page.url.split("/info")[0]

    # Four seconds before he comes in: what is not sent is gone with her, and Back shows none of it.
    page.goto(origin + WRITE)
    expect(page.locator("[data-protected=here]")).to_be_visible()
    writes(page, WORDS)
    began = time.monotonic()
    covered = page.evaluate(
        "() => { document.querySelector('[data-leave]').click(); return document.querySelector('.cover') !== null; }"
    )
    assert covered and time.monotonic() - began < 1, "covered before anything was loaded"
    page.wait_for_url(away)
    back(page)
    assert WORDS not in page.content() and not Arrival.objects.exists()

    # Later she writes again and sends it; the digits stand on the screen.
    page.goto(origin + WRITE)
    expect(page.locator("[data-protected=here]")).to_be_visible()
    writes(page, WORDS)
    go(page, "send")
    digits = page.locator(".digits").inner_text().strip().replace(" ", "")
    assert content_of(world, Arrival.objects.get(), timezone.now())["text"] == WORDS
    page.evaluate("document.querySelector('[data-leave]').click()")
    page.wait_for_url(away)

    # Nobody is on duty: no chat is promised, and numbers are offered.
    page.goto(f"{origin}/info/talk?in=tg&country=TR")
    assert page.locator("button[name=do][value=start]").count() == 0
    assert page.locator("a[href^='tel:']").count() > 0

    # She comes back with her digits, and reads the answer.
    reporters.answer(keys=world.keys("bakyt"), report=Report.objects.get(), text=ANSWER, at=timezone.now())
    page.goto(f"{origin}/info/answer?in=tg")
    page.locator("[name=number]").fill(digits)
    press(page.locator("main form button.btn-main"))
    expect(page.get_by_text(ANSWER)).to_be_visible()

    # Her employer rings the line: on a call nothing is found, and nothing of her stands on the page of the call.
    contact = take(elenas)
    call = elenas.get(f"/calls/{contact.number}/", follow=True).text
    assert contact.number in call, "control"
    assert WORDS not in call and digits not in call and str(Report.objects.get().arrival_id) not in call
    found = elenas.post("/find/", {"q": "Зарина"}, follow=True)
    assert found.status_code == 404 or "Finding is closed while a call is open." in found.text
