"""Call-outs and the volunteer's own page in a browser; the own page on a phone, without scripts."""

import os

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from panah.programmes.volunteers.helping_words import Answer
from panah.programmes.volunteers.models import Asked
from tests.browser.conftest import complaints_about, press
from tests.volunteers.calling_out import PLACE, answered, ask, everybody_trained, helper, made
from tests.volunteers.own_telephone import PIN, Phone, given
from tests.walk import sheet

__all__ = ["everybody_trained"]


def shot(page, name):
    """A picture to look at, where somebody asks for one."""
    if folder := os.environ.get("PANAH_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.fixture
def asked(world):
    first, second = helper(world, "Practice First", ties="x"), helper(world, "Practice Second")
    helper(world, "Practice Third"), helper(world, "Practice Sleeper", availability=[])
    row = made(world)
    ask(world, row, first, second)
    answered(row, first)
    return row, first, second


def test_the_pages_of_a_call_out_can_be_used_by_everyone(look_at_all, asked):
    row, first, _second = asked
    one = Asked.objects.get(call_out=row, volunteer=first)
    look_at_all(
        [
            ("ibrat", "/volunteers/call-outs/"),
            ("ibrat", "/volunteers/call-outs/new/"),
            ("ibrat", reverse("volunteers:call_out", args=[row.pk])),
            ("ibrat", reverse("volunteers:call_out_move", args=[row.pk])),
            ("ibrat", reverse("volunteers:call_out_answer", args=[row.pk, one.pk])),
            ("bakyt", reverse("volunteers:helped", args=[first.pk])),
        ]
    )


def test_the_own_page_can_be_used_by_everyone(world, asked, phone, desk):
    _row, first, _second = asked
    address = given(world, first)
    for glass, language, how in ((desk, "en", {}), (phone, "ru", {"narrow": True, "large_text": True})):
        client = Client(headers={"accept-language": language})
        client.who, client.language = "nobody", language
        door = client.get(address)
        assert not glass.finds(sheet(client, door, kind="door", address=address), **how)
        hers = Phone(address)
        hers.client = client
        opened = hers.first() if language == "en" else hers.open()
        assert not glass.finds(sheet(client, opened, kind="own page", address=address), **how)


def test_a_volunteer_says_yes_on_her_phone_without_scripts(world, asked, visit):
    row, _first, second = asked
    page = visit(None, given(world, second), width=360, scripts=False)
    shot(page, "door")
    page.get_by_label("The last four digits of your telephone").fill("3456")
    page.get_by_label("Choose a PIN of six digits").fill(PIN)
    page.get_by_label("The PIN once more").fill(PIN)
    press(page.get_by_role("button", name="Open"))
    shot(page, "own")
    press(page.get_by_role("button", name="Yes, I can"))
    expect(page.get_by_role("status")).to_contain_text("place and hour stand here")
    assert Asked.objects.get(call_out=row, volunteer=second).answer == Answer.YES
    branch = visit("ibrat", reverse("volunteers:call_out", args=[row.pk]), width=360)
    shot(branch, "branch")
    press(
        branch.get_by_role("listitem").filter(has_text="Practice Second").get_by_role("button", name="Choose")
    )
    page.get_by_text("Write down hours").click()
    shot(page, "own_hours")
    press(page.get_by_role("button", name="Pause: do not ask me for a while"))
    expect(page.get_by_text(PLACE)).to_be_visible()
    shot(page, "chosen")
    assert not complaints_about(page) + complaints_about(branch)
