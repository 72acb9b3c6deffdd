"""A chat in two real browsers: hers on a bad line, and Elena's, which is killed in mid-message."""
# ruff: noqa: F811  fixtures of the hotline are used here too

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from panah.ground.accounts.models import Duty
from panah.people.hotline import actions as hotline
from panah.people.hotline.models import Contact, LineChat
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.models import ChatLine
from tests.browser.conftest import press
from tests.hotline.chatting import open_line  # noqa: F401
from tests.hotline.conftest import line  # noqa: F401

TALK = "/info/talk?in=en&country=XA"
FIRST = "We are locked in a house by a river"
SECOND = "There are four of us and one is ill"
OFFLINE = "He has come back into the yard"


@pytest.fixture
def begun(visit, open_line):
    """Her page, after she has begun a chat."""
    page = visit(None, TALK, width=360)
    page.fill("textarea[name=text]", FIRST)
    press(page.get_by_role("button", name="Begin the chat"))
    return page


def waiting(open_line):
    token = reporters_queries.new_token()
    return hotline.start_chat(
        line=open_line, token=token, language="ru", danger=True, text=FIRST, at=timezone.now()
    )


@pytest.mark.parametrize("country", ["", "XA"])
def test_the_page_of_a_chat_can_be_used_by_everyone(look, open_line, country):
    look(None, f"/info/talk?country={country}")


def test_the_page_where_nobody_is_on_duty_can_be_used_by_everyone(look, open_line):
    Duty.objects.all().delete()
    look(None, "/info/talk?country=XA")


def test_the_pages_of_a_chat_in_the_desk_can_be_used_by_everyone(look, world, open_line):
    first, second = waiting(open_line), waiting(open_line)
    look("elena", "/calls/")
    look("elena", f"/calls/chats/{first}/")
    world.client("bakyt").post(f"/calls/chats/{second}/")
    look("elena", f"/calls/chats/{second}/")
    contact = Contact.objects.get(pk=second)
    look("bakyt", f"/calls/{contact.number}/")
    look("bakyt", f"/calls/{contact.number}/emergency/")


def test_a_chat_survives_a_killed_browser_a_broken_line_and_is_read_by_nobody_on_the_way(visit, world, begun):
    sent = []
    begun.on("request", lambda request: sent.append(request.post_data or ""))
    expect(begun.locator("#talk")).to_contain_text(FIRST)
    expect(begun.locator("#talk")).to_contain_text("We have told a person of our team.")

    desk = visit("elena", "/calls/")
    expect(desk.locator("#waiting-chats")).to_contain_text("Somebody waits for an answer")
    press(desk.locator("#waiting-chats a.btn"))
    press(desk.locator("main").get_by_role("button", name="Take the chat"))
    expect(desk.locator("#chat-lines")).to_contain_text(FIRST)
    number = desk.url.rstrip("/").split("/")[-1]

    # Killed in mid-message: what was typed is in the contact already.
    desk.locator("textarea[name=reply]").press_sequentially("Can you speak quietly", delay=5)
    expect(desk.locator("[data-saved]").first).to_have_attribute("data-state", "")
    expect(desk.locator("[data-saved]").first).to_contain_text(re.compile(r"\d"))
    desk.close(run_before_unload=False)
    again = visit("elena", f"/calls/{number}/")
    expect(again.locator("textarea[name=reply]")).to_have_value("Can you speak quietly")
    again.locator("textarea[name=reply]").fill("Can you speak quietly now?")
    again.get_by_role("button", name="Send to the person").click()
    expect(again.locator("#chat-lines")).to_contain_text("Can you speak quietly now?")
    expect(again.locator("textarea[name=reply]")).to_have_value("")
    expect(begun.locator("#talk")).to_contain_text("Can you speak quietly now?")
    expect(begun.locator("#talk")).to_contain_text("A person of our team is here.")

    # With scripts her words are locked before they leave.
    begun.fill("#text", SECOND)
    begun.get_by_role("button", name="Send", exact=True).click()
    expect(again.locator("#chat-lines")).to_contain_text(SECOND)
    assert sent, "control"
    assert not any("four of us" in one for one in sent)

    # The line breaks: it waits, is said so, and arrives once.
    begun.context.set_offline(True)
    begun.fill("#text", OFFLINE)
    begun.get_by_role("button", name="Send", exact=True).click()
    expect(begun.locator("[data-unsent]")).to_contain_text("Not sent yet")
    begun.context.set_offline(False)
    begun.evaluate("dispatchEvent(new Event('online'))")
    expect(again.locator("#chat-lines")).to_contain_text(OFFLINE)
    expect(begun.locator("[data-unsent]")).to_have_count(0)
    assert begun.locator("#talk").inner_text().count(OFFLINE) == 1
    assert ChatLine.objects.count() == 4

    begun.get_by_role("button", name="End the chat").click()
    expect(begun.locator("main")).to_contain_text("May we keep what was written?")
    expect(again.locator("#chat-lines")).to_contain_text("The person ended the chat at")
    assert again.complaints == []


def test_without_scripts_a_chat_goes_on_by_pressing_buttons(visit, world, open_line):
    page = visit(None, TALK, width=360, scripts=False)
    page.fill("textarea[name=text]", FIRST)
    page.get_by_role("button", name="Begin the chat").click()
    expect(page.locator("#talk")).to_contain_text(FIRST)
    chat = LineChat.objects.get()
    world.client("elena").post(f"/calls/chats/{chat.pk}/")
    contact = Contact.objects.get(pk=chat.pk)
    world.client("elena").post(f"/calls/{contact.number}/say", {"reply": "I am here", "reply_once": "a"})
    page.get_by_role("button", name="Look for new words").click()
    expect(page.locator("#talk")).to_contain_text("I am here")
    page.fill("#text", SECOND)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("#talk")).to_contain_text(SECOND)
    assert page.complaints == []


def test_whoever_waits_too_long_reads_the_truth_without_doing_anything(visit, begun):
    LineChat.objects.update(waits_since=timezone.now() - timedelta(minutes=11))
    expect(begun.locator("#talk")).to_contain_text("we do not know when somebody will")
    assert LineChat.objects.get().second_called_at is not None
