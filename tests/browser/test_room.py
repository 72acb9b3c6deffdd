"""How much room is left is counted alike in the browser and on the server, and nothing is cut on the way."""

import re

import pytest
from django.utils import timezone

from panah.cases import actions as cases
from panah.vault import queries as sealed

ROOM = 20_000
# Each is what one character too many looks like; the spaces around are not counted by either.
ONE_MORE = {
    "letters": "ы" * (ROOM + 1),
    "halves of characters": "👩" * (ROOM + 1),
    "characters that are joined": "👩🏽‍🦳" * (ROOM // 4) + "x",
    "ends of lines": "a\n" * (ROOM // 2) + "ab",
    "spaces around": " \n\u2003\x85" + "ы" * (ROOM + 1) + "\x1c \n",
    "a mark that is no space": "\ufeff" + "ы" * ROOM,
}


@pytest.fixture
def case(world):
    return cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now(), language="uz",
        identity={"names": [{"text": "Practice Person Tulip", "kind": "called"}]},
    )  # fmt: skip


def paste(page, text):
    """As a paste: the browser would cut it where a maxlength stood."""
    page.locator("#id_text").focus()
    page.evaluate("text => document.execCommand('insertText', false, text.slice(0, 20))", text)
    page.locator("#id_text").fill(text)


@pytest.mark.parametrize("what", ONE_MORE)
def test_browser_and_server_count_one_too_many_alike_and_one_less_is_kept(world, visit, case, what):
    page = visit("amina", f"/cases/{case.number}/note/")
    paste(page, ONE_MORE[what])
    assert page.locator("#id_text + .hint").text_content().startswith("Too long by so many characters: 1.")
    page.locator("form.stack button.btn-main, form button.btn-main").first.click()
    assert "20001 were typed" in page.locator(".errors").inner_text()
    assert page.locator("#id_text").input_value().strip("\n") != ""
    shorter = ONE_MORE[what].strip().removeprefix("\ufeff")[:-1]
    paste(page, shorter)
    assert "Characters left: " in page.locator("#id_text + .hint").text_content()
    page.locator("form.stack button.btn-main, form button.btn-main").first.click()
    kept = sealed.read_all(keys=world.keys("amina"), file=case.file_id, part="note")
    assert [one.value["text"] for one in kept if one.value["text"] == shorter.strip()]


def test_what_is_far_from_the_end_is_not_counted_and_what_is_near_is_and_aloud_after_a_pause(visit, case):
    page = visit("amina", f"/cases/{case.number}/note/")
    paste(page, "ы" * 17_999)
    assert page.locator("#id_text + .hint").count() == 0
    paste(page, "ы" * 19_990)
    assert page.locator("#id_text + .hint [aria-hidden]").text_content() == "Characters left: 10"
    page.locator("#id_text + .hint [role=status]", has_text="Characters left: 10").wait_for(state="attached")


def test_without_a_script_it_is_said_beforehand(visit, case):
    page = visit("amina", f"/cases/{case.number}/note/", scripts=False)
    assert "At most 20,000 characters." in page.locator("main").inner_text()
    assert not re.search("maxlength", page.content())
