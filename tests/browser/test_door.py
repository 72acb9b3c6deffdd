"""The public door in a browser: left at once and for good, on a phone, by keyboard, in three scripts."""

import pytest
from playwright.sync_api import expect

from panah.ground.kit.languages import DOOR
from tests.browser import door_away
from tests.browser.conftest import complaints_about, press
from tests.browser.door_away import back
from tests.browser.measures import AXE, ONLY_THE_LOOK, STICKS_OUT, axe_finds

away = door_away.away
register = door_away.register

LEAVE = "[data-leave]"
PAGES = (
    "/info/?in={tag}",
    "/info/numbers?in={tag}&country=TR&speaks=tg",
    "/info/numbers?in={tag}&country=XA&speaks=ru",
    "/info/places?in={tag}&place=XA",
    "/info/about?in={tag}",
)
FORMS = (
    "/info/write?in={tag}&country=XA",
    "/info/answer?in={tag}",
    "/info/talk?in={tag}&country=XA",
    "/info/check?in={tag}&kind=1",
)


def test_who_taps_leave_is_away_and_back_does_not_return(visit, register, away):
    page = visit(None, "/info/?in=en", width=360)
    page.get_by_label("Where are you now?").select_option("TR")
    press(page.get_by_role("button", name="Show the numbers"))
    press(page.locator(LEAVE))
    assert page.url == away
    back(page)
    assert page.url == away


def test_shift_pressed_three_times_leads_away_and_escape_or_capital_letters_do_not(visit, register, away):
    page = visit(None, "/info/?in=en")
    page.keyboard.press("Escape")
    for _time in range(3):
        page.keyboard.press("Shift+A")
    assert "/info/" in page.url
    expect(page.locator("h1")).to_be_visible()
    with page.expect_navigation():
        for _time in range(3):
            page.keyboard.press("Shift")
    assert page.url == away


def test_the_screen_is_covered_before_the_next_page_answers(visit, register, away):
    page = visit(None, "/info/?in=en", width=360)
    # In the very turn of the tap, before anything can have been answered.
    seen = page.evaluate(
        """() => {
          document.querySelector("[data-leave]").click();
          const cover = document.querySelector(".cover"), box = cover.getBoundingClientRect();
          return {said: cover.textContent, role: cover.getAttribute("role"), wide: box.width === innerWidth,
            high: box.height === innerHeight, left: document.querySelectorAll("main, form, select, a").length};
        }"""
    )
    assert seen == {"said": "Leaving this page", "role": "alert", "wide": True, "high": True, "left": 0}


def test_without_scripts_the_way_out_is_a_link(visit, register, away):
    page = visit(None, "/info/?in=en", scripts=False)
    press(page.locator(LEAVE))
    assert page.url == away


@pytest.mark.parametrize("width", [320, 1280])
def test_the_way_out_is_reached_first_and_stays_in_view(visit, register, width):
    page = visit(None, "/info/numbers?in=en&country=XA&speaks=ru", width=width)
    page.keyboard.press("Tab")
    expect(page.locator(LEAVE)).to_be_focused()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(page.locator(LEAVE)).to_be_in_viewport(ratio=1)
    box = page.locator(LEAVE).bounding_box()
    assert box["height"] >= 48
    assert (box["y"] > 370) == (width == 320), "within reach of the thumb on a phone"


@pytest.mark.parametrize("tag", [code for code, _name in DOOR if code != "en"])
def test_in_no_language_axe_finds_anything_or_something_sticks_out(visit, register, world, tag):
    page = visit(None, f"/info/?in={tag}", width=320, language=tag)
    page.add_init_script(AXE)
    found = []
    for url in (*PAGES, *FORMS):
        page.goto(url.format(tag=tag))
        # Of which parts a page is made is the same in every language: test_every_page.py asks in two.
        found += [f"{url}: {one}" for one in (*axe_finds(page, ONLY_THE_LOOK), *page.evaluate(STICKS_OUT))]
        page.evaluate("document.documentElement.style.fontSize = '168%'")
        found += [f"{url}, large text: {one}" for one in page.evaluate(STICKS_OUT)]
    assert not found and not complaints_about(page)
