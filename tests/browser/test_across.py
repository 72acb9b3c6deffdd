"""A referral across a border as two colleagues see it: every page at every size, and the way through it."""

from __future__ import annotations

import pytest

from tests.browser.conftest import press
from tests.referrals.across import CALLED, MEETING, Story, soon


@pytest.fixture
def story(world, paired):
    return Story(world)


def test_the_pages_of_a_referral_across_a_border_can_be_used_by_everyone(look, world, story):
    story.prepare()
    look("amina", story.here)
    story.seal()
    story.deliver()
    look("amina", story.here)
    story.open_offer()
    look("rustam", story.offer)
    story.accept()
    look("daler", story.there)
    story.deliver()
    look("amina", story.here)
    story.does("amina", "take_up")
    story.does("amina", "meeting", **MEETING)
    story.deliver()
    story.does("daler", "take_up")
    look("daler", story.there)
    story.does("daler", "met", met="yes", note="")
    look("daler", story.there)
    story.amina.post(f"{story.here}give-up/", {"why": "person", "note": ""})
    story.deliver()
    look("daler", story.there)
    look("daler", f"{story.there}came/")


@pytest.mark.parametrize("scripts", [True, False])
def test_amina_seals_an_offer_and_rustam_accepts_it_on_a_phone(visit, story, scripts):
    story.prepare()
    page = visit("amina", story.here, width=360, scripts=scripts)
    seen = page.locator("article.packet section").first.inner_text()
    assert CALLED in seen
    press(page.locator("main button.btn-main"))
    assert "Read it to the person first" in page.locator("main").inner_text()
    page.check("main [name=read]")
    press(page.locator("main button.btn-main"))
    assert "offered" in page.locator("main .tag").first.inner_text()
    story.deliver()
    (arrival,) = story.arrivals()
    theirs = visit("rustam", f"/inbox/{arrival.pk}/", width=360, scripts=scripts)
    press(theirs.locator("main button.btn-main"))
    assert theirs.locator("article.packet section").first.inner_text() == seen
    press(theirs.locator("main form:has([name=note]) button.btn-main"))
    assert "needs an answer" in theirs.locator("main").inner_text()
    theirs.fill("main form:has([value=accept]) [name=note]", "a bed from Monday")
    press(theirs.locator("main form:has([value=accept]) button.btn-main"))
    assert "Nothing that came has to be typed again" in theirs.locator("main").inner_text()
    story.deliver()
    page.goto(story.here)
    press(page.locator("main button.btn-main"))
    assert "a bed from Monday" in page.locator("main").inner_text()


def test_the_same_journey_by_telephone_can_be_used_by_everyone(look, world):
    """South has no Panah here: the same pages, with what is told and heard by telephone."""
    story = Story(world)
    story.prepare()
    look("amina", story.here)
    look("amina", f"{story.here}change/")
    story.amina.post(story.here, {"step": "send", "way": "letter", "read": "on"})
    story.does("amina", "answer", answer="accepted", reason="", note="")
    story.does("amina", "meeting", **MEETING, stands="ours")
    look("amina", story.here)
    look("amina", f"{story.here}script/")
    story.does("amina", "they_agree", note="")
    story.does("amina", "met", met="yes", note="")
    look("amina", story.here)
    story.amina.post(f"{story.here}give-up/", {"why": "person", "note": ""})
    look("amina", story.here)


def test_what_asks_before_a_referral_is_withdrawn_and_what_watches_after_it_can_be_used_by_everyone(
    look, story
):
    story.accepted()
    look("amina", f"{story.here}give-up/")
    story.does("amina", "meeting", **MEETING | soon(5))
    story.deliver()
    story.does("daler", "take_up")
    look("amina", f"{story.here}give-up/")
    story.amina.post(f"{story.here}give-up/", {"why": "not_needed", "note": ""})
    story.deliver()
    look("amina", story.here)
    look("daler", story.there)


@pytest.mark.parametrize("scripts", [True, False])
def test_amina_withdraws_on_a_phone_and_both_say_that_the_person_is_safe(visit, story, scripts):
    story.accepted()
    story.does("amina", "meeting", **MEETING | soon(5))
    story.deliver()
    story.does("daler", "take_up")
    page = visit("amina", story.here, width=360, scripts=scripts)
    press(page.locator("main a[href$='/give-up/']"))
    assert "Somebody may be on the way" in page.locator("main").inner_text()
    press(page.locator("main form:has([name=why]) button.btn-grave"))
    assert page.url.endswith("/give-up/"), "without a reason nothing happens"
    page.check("main [name=why][value=person]")
    press(page.locator("main form:has([name=why]) button.btn-grave"))
    assert "Is the person safe?" in page.locator("main").inner_text()
    story.deliver()
    theirs = visit("daler", story.there, width=360, scripts=scripts)
    for one in (page, theirs):
        form = one.locator("main form:has([name=step][value=safe])")
        form.locator("[name=how][value=safe]").check()
        form.locator("[name=note]").fill("spoke with the person an hour ago")
        press(form.locator("button"))
        said = one.locator("main").inner_text()
        assert "spoke with the person an hour ago" in said
        assert "may be on the way" not in said


def test_a_letter_is_locked_on_a_phone_and_its_code_read_out(visit, world):
    story = Story(world)
    story.prepare()
    story.amina.post(story.here, {"step": "send", "way": "letter", "read": "on"})
    page = visit("amina", story.here, width=360)
    press(page.locator("main form[action$='/letter/locked/'] button"))
    assert len(page.locator("main .code bdi").inner_text().split()) == 6
    with page.expect_download() as saved:
        page.click("main button.btn-main")
    assert saved.value.suggested_filename == "letter.pdf"
