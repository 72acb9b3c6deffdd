"""How much room is left is counted alike in the browser and on the server, and nothing is cut on the way."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from panah.ground.vault import queries as vault_queries
from panah.people.cases import actions as cases
from tests.browser.conftest import press

ROOM = 20_000
# Each is what one character too many looks like; the spaces around are not counted by either.
ONE_MORE = {
    "letters": "ы" * (ROOM + 1),
    "halves of characters": "👩" * 3_000 + "ы" * (ROOM - 2_999),
    "characters that are joined": "👩🏽‍🦳" * 500 + "ы" * (ROOM - 1_999),
    "ends of lines": ("ы" * 99 + "\n") * (ROOM // 100) + "x",
    "spaces around": " \n\u2003\x85" + "ы" * (ROOM + 1) + "\x1c \n",
    "a mark that is no space": "\ufeff" + "ы" * ROOM,
}


@pytest.fixture
def case(world):
    return cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now(), language="uz",
        identity={"names": [{"text": "Practice Person Tulip", "kind": "called"}]},
    )  # fmt: skip


@pytest.mark.parametrize("what", ONE_MORE)
def test_browser_and_server_count_one_too_many_alike_and_one_less_is_kept(world, visit, case, what):
    page = visit("amina", f"/cases/{case.number}/")
    page.set_default_timeout(9_000)
    page.locator("#id_text").fill(ONE_MORE[what])
    left = page.locator("#id_text + .hint")
    expect(left).to_contain_text("Too long by so many characters: 1.")
    press(page.get_by_role("button", name="Add the note"))
    assert "20001 were typed" in page.locator(".errors").inner_text()
    assert page.locator("#id_text").input_value().strip("\n") != ""
    shorter = ONE_MORE[what].strip().removeprefix("\ufeff")[:-1]
    page.locator("#id_text").fill(shorter)
    expect(left).to_contain_text("Characters left: ")
    press(page.get_by_role("button", name="Add the note"))
    kept = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="note")
    assert [one.value["text"] for one in kept if one.value["text"] == shorter.strip()]


def test_what_is_far_from_the_end_is_not_counted_and_what_is_near_is_and_aloud_after_a_pause(visit, case):
    page = visit("amina", f"/cases/{case.number}/")
    page.locator("#id_text").fill("ы" * 17_999)
    expect(page.locator("#id_text + .hint")).to_have_count(0)
    page.locator("#id_text").fill("ы" * 19_990)
    expect(page.locator("#id_text + .hint [aria-hidden]")).to_have_text("Characters left: 10")
    page.locator("#id_text + .hint [role=status]", has_text="Characters left: 10").wait_for(state="attached")


def test_without_a_script_it_is_said_beforehand(visit, case):
    page = visit("amina", f"/cases/{case.number}/", scripts=False)
    assert "At most 20,000 characters." in page.locator("main").inner_text()
    assert not re.search("maxlength", page.content())
