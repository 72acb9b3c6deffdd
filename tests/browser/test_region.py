"""What strangers, volunteers and trainers read in the languages of the region: on a small phone, without scripts."""

import os

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from panah.programmes.training import queries as training_queries
from panah.programmes.volunteers import actions as volunteers
from tests.browser.conftest import complaints_about, press
from tests.browser.pupils_telephone import pupil, taken_along, telephone
from tests.region import TAGS
from tests.training.conftest import course, names
from tests.training.filled_tests import opened
from tests.training.knowing import completed_course, course_with_bank, issued
from tests.volunteers.calling_out import ask, everybody_trained, helper, made
from tests.volunteers.own_telephone import PIN, given

__all__ = ["everybody_trained", "telephone"]


def shot(page, name):
    if folder := os.environ.get("PANAH_SHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def fits(page, what):
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.evaluate("for (const one of document.querySelectorAll('[data-part]')) one.hidden = false")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, what
    assert not complaints_about(page), what


@pytest.fixture
def addresses(world):
    link = volunteers.renew_link(by=world.staff["ibrat"], branch=world.branches["arna"].pk, at=timezone.now())
    _test, asked = opened(world, course_with_bank(world, "Aigul Toktosunova"))
    (row,) = issued(world, completed_course(world, "Bolot Toktosunov"))
    return {
        "join": reverse("join", args=[link]),
        "door": given(world, helper(world, "Practice Poplar")),
        "test": asked,
        "check": reverse("certificate", args=[training_queries.token_of(row.pk)]),
    }


@pytest.mark.parametrize("tag", TAGS)
def test_no_page_of_a_stranger_scrolls_sideways_on_a_small_phone(visit, addresses, tag):
    for name, address in addresses.items():
        page = visit(None, f"{address}?in={tag}", width=360, scripts=True)
        fits(page, (tag, name))
        shot(page, f"{name}-{tag}")
        # What is missing is said in the language that was chosen.
        press(page.get_by_role("button").last)
        assert page.locator("html").get_attribute("lang") == tag
        fits(page, (tag, name, "with errors"))
        shot(page, f"{name}-{tag}-errors")


@pytest.mark.parametrize("tag", TAGS)
def test_the_own_page_the_card_and_the_list_fit_too(world, visit, tag):
    row = helper(world, "Practice Poplar")
    ask(world, made(world), row)
    page = visit(None, f"{given(world, row)}?in={tag}", width=360)
    page.locator("[name=digits]").fill("3456")
    for name in ("pin", "again"):
        page.locator(f"[name={name}]").fill(PIN)
    press(page.get_by_role("button").last)
    expect(page.locator("h1")).to_have_text("Practice Poplar")
    fits(page, tag)
    shot(page, f"own-{tag}")
    for who, address in (("elena", reverse("training:phone")), ("elena", reverse("prevention:card"))):
        page = visit(who, f"{address}?in={tag}&minor=1", width=360)
        fits(page, (tag, address))
        shot(page, f"{address.strip('/').replace('/', '-')}-{tag}")


def test_a_volunteer_changes_the_language_of_the_open_page_without_a_script_and_stays_in_it(world, visit):
    page = visit(None, given(world, helper(world, "Practice Poplar")), width=360, scripts=False)
    page.locator("[name=digits]").fill("3456")
    for name in ("pin", "again"):
        page.locator(f"[name={name}]").fill(PIN)
    press(page.get_by_role("button", name="Open"))
    press(page.get_by_role("button", name="Кыргызча"))
    expect(page.get_by_role("heading", name="Бөлүмүңүз сурайт")).to_be_visible()
    press(page.get_by_role("button", name="Тыныгуу"))
    expect(page.get_by_text("Сиз тыныгуудасыз")).to_be_visible()


def test_the_list_keeps_the_language_that_a_trainer_chose_also_without_a_line(telephone, world):
    one = course(world, places=5, audience="pupils")
    names(world, one, "Pupilname Qwertyov")
    page = taken_along(telephone, one.sessions.get())
    telephone.tap(page.get_by_role("link", name="Кыргызча"))
    expect(page.get_by_role("heading", name="Бул телефондо тизме бар")).to_be_visible()
    assert page.url.endswith(f"#{one.sessions.get().pk}"), "the list of this session, in another language"
    telephone.off()
    page = telephone.switch_on(line=False, signed_in=False)
    page.goto(reverse("training:phone"))
    page.get_by_label("Анын PIN-коду").fill("482913")
    telephone.tap(page.get_by_role("button", name="Тизмени ачуу"))
    expect(page.get_by_text("Белгиленбегени: 1.")).to_be_visible()
    expect(pupil(page, 1)).to_be_visible()
    # Another one cannot be had without a line: the page stays, and nothing breaks.
    telephone.tap(page.get_by_role("link", name="Türkmençe"))
    expect(page.get_by_role("heading", name="Бул телефондо тизме бар")).to_be_visible()
    telephone.off()
    page = telephone.switch_on(line=True)
    page.goto(reverse("training:phone") + "?in=tk")
    expect(page.get_by_role("heading", name="Bu telefonda sanaw bar")).to_be_visible()
