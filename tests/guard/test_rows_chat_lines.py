# ruff: noqa: F811  fixtures of the hotline are used here too
"""Somebody changes the row of a line of a chat: no side is told that the other said what it did not say."""

from __future__ import annotations

import re
from typing import Any

import pytest

from panah.people.hotline.models import Contact, LineChat
from panah.people.reporters.models import ChatLine
from tests.guard.past_panah import swap, take_out
from tests.hotline.chatting import open_line, send, url  # noqa: F401
from tests.hotline.conftest import elenas, line  # noqa: F401
from tests.public.talking_phone import WORDS, Phone

LINE, HERS, OURS = "reporters_chatline", "Practice: they moved us again.", "Practice: stay in the house."


@pytest.fixture
def phone(world: Any, open_line: Any, elenas: Any) -> Phone:
    """She has begun a chat, Elena took it and answered, and she has written once more."""
    phone = Phone().starts(WORDS)
    assert elenas.post(f"/calls/chats/{phone.row.pk}/").status_code == 302
    assert send(elenas, Contact.objects.get(), OURS).status_code < 400
    phone.presses("look")
    phone.says(HERS)
    return phone


def on_her_page(phone):
    """Who said what, as her page has it."""
    page = phone.presses("look")
    return re.findall(r'<li class="word"[^>]*><b>([^<]*)</b><p class="said" dir="auto">([^<]*)</p>', page)


def on_our_page(elenas):
    page = elenas.get(url(Contact.objects.get())).content.decode()
    return page[page.index('class="match"') :]


def row_of(number):
    return ChatLine.objects.get(number=number, chat=LineChat.objects.get().chat)


def test_each_side_reads_what_both_said(phone, elenas):
    assert on_her_page(phone) == [("You", WORDS), ("Our team", OURS), ("You", HERS)]
    page = on_our_page(elenas)
    assert all(text in page for text in (WORDS, OURS, HERS)) and "cannot be read any more" not in page


def test_what_she_said_is_never_shown_to_her_as_our_answer_nor_to_us_as_what_a_colleague_said(phone, elenas):
    swap(LINE, "direction", "to-reporter", id=row_of(3).pk)
    assert on_her_page(phone) == [("You", WORDS), ("Our team", OURS), ("Our team", "This answer is gone.")]
    page = on_our_page(elenas)
    assert HERS not in page and "cannot be read any more" in page


def test_what_a_colleague_said_is_never_shown_as_what_she_said(phone, elenas):
    swap(LINE, "direction", "to-staff", id=row_of(2).pk)
    assert ("You", OURS) not in on_her_page(phone)
    page = on_our_page(elenas)
    assert OURS not in page and "cannot be read any more" in page


@pytest.mark.parametrize("how", ["numbered otherwise", "taken out"])
def test_where_a_line_is_missing_both_sides_see_that_something_was_said(phone, elenas, how):
    if how == "numbered otherwise":
        swap(LINE, "number", 0, id=row_of(2).pk)
    else:
        take_out(LINE, id=row_of(2).pk)
    assert on_her_page(phone) == [("You", WORDS), ("Our team", "This answer is gone."), ("You", HERS)]
    assert "cannot be read any more" in on_our_page(elenas)


def test_a_last_line_that_was_taken_out_is_missed_on_both_sides(phone, elenas):
    take_out(LINE, id=row_of(3).pk)
    assert on_her_page(phone) == [("You", WORDS), ("Our team", OURS), ("Our team", "This answer is gone.")]
    page = on_our_page(elenas)
    assert HERS not in page and "cannot be read any more" in page
    phone.says("Practice: are you there?")
    assert on_her_page(phone)[-1] == ("You", "Practice: are you there?")


def test_a_number_past_all_others_makes_no_page_without_end(phone, elenas):
    swap(LINE, "number", 2_000_000_000, id=row_of(3).pk)
    gone = ("Our team", "This answer is gone.")
    assert on_her_page(phone) == [("You", WORDS), ("Our team", OURS), gone, ("You", HERS)]
    assert HERS in on_our_page(elenas)
