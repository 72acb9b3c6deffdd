"""The red button and whom to ring, on every page of a call and of a case, in whichever room the page is."""

from __future__ import annotations

import re

import pytest

from tests.guard.addresses import ADDRESSES, ROUTES
from tests.guard.house import House

# What has a number and is no page of one person at work: what an authority or a relative asks, an event with many people.
OF_NO_PERSON = (
    "hotline:authority",
    "family_links:request",
    "family_links:ask",
    "family_links:ask_again",
    "family_links:across",
    "family_links:script",
    "family_links:letter",
    "cases:gathering",
    "cases:together",
)
# They are what the button leads to: who is called, and who answered.
OF_DANGER = ("hotline:emergency", "cases:danger")
# A part of a page, not a page; what is saved as a file.
PARTS = ("hotline:beside", "hotline:chat_lines", "cases:document_seen", "referrals:letter")
PERSONS = [
    name
    for name, route in ROUTES.items()
    if re.match(r"(calls|cases|shelter|find)/(.*/)?<\w+:number>", route)
    and not name.startswith(OF_NO_PERSON)
    and name not in PARTS
    and "page" in ADDRESSES[name].answers["GET"].values()
]


def page_of(house: House, name: str) -> tuple[str, str]:
    """Who may open a page of a person, and what she reads."""
    address = ADDRESSES[name]
    path = address.path(house.own)
    for who, answer in address.answers["GET"].items():
        if answer == "page" and (asked := house.ask(who, "GET", path)).status == 200:
            return who, asked.body.decode()
    pytest.fail(f"nobody opens {path}")


@pytest.fixture(scope="module")
def pages(house: House) -> dict[str, tuple[str, str]]:
    return {name: page_of(house, name) for name in PERSONS}


def test_the_red_button_is_on_every_page_of_a_call_and_of_a_case(pages):
    assert len(pages) > 60, "control: these are the pages"
    red = re.compile(r'<button\s+class="btn btn-grave"\s+name="do"\s+value="(?:start|call|emergency)"')
    without = [name for name, (_who, text) in pages.items() if name not in OF_DANGER and not red.search(text)]
    assert not without


def test_whom_to_ring_stands_on_every_page_of_a_call_and_of_a_case_with_a_name(pages):
    found = {
        name: re.search(r"<p[^>]*data-ring>(.*?)</p>", text, re.DOTALL) for name, (_w, text) in pages.items()
    }
    assert not [name for name, ring in found.items() if ring is None or "<bdi>" not in ring[1]]


def test_nobody_is_told_to_ring_herself(house, pages):
    names = {who: house.world.staff[who].name for who, _text in pages.values()}
    for name, (who, text) in pages.items():
        ring = re.search(r"<p[^>]*data-ring>(.*?)</p>", text, re.DOTALL)
        assert ring and f"<bdi>{names[who]}</bdi>" not in ring[1], name


def test_a_page_of_no_person_has_none(house):
    for who, path in (("elena", "/calls/"), ("amina", "/cases/"), ("bakyt", "/team")):
        assert "danger-here" not in house.ask(who, "GET", path).body.decode()
