"""A relative is sought across a border, as the focal points of both sides see it: every page, at every size."""

from __future__ import annotations

import pytest

from tests.browser.conftest import press
from tests.family_links.links import SEARCHED, SOUGHT, Story


@pytest.fixture
def story(world, paired):
    return Story(world)


def test_the_pages_of_a_family_link_across_a_border_can_be_used_by_everyone(look, world, story):
    look("bakyt", f"{story.home}ask/")
    story.prepare()
    look("bakyt", story.here)
    story.does("bakyt", "seal", read="on")
    story.deliver()
    story.open_it()
    look("rustam", story.came)
    story.take_over()
    look("rustam", story.there.split("across/")[0])
    story.does("rustam", "search", **SEARCHED)
    story.does(
        "rustam", "answer", answer="contact", message="I am well", reach="Sundays, through the society"
    )
    look("rustam", story.there)
    story.does("rustam", "send", read="on")
    story.deliver()
    look("bakyt", story.here)
    story.does("bakyt", "read")
    look("bakyt", story.here)
    look("bakyt", story.home)
    story.does("bakyt", "back", sure="on")
    story.deliver()
    look("rustam", story.there)


@pytest.mark.parametrize("scripts", [True, False])
def test_bakyt_asks_and_rustam_answers_on_a_phone_with_nothing_lost_on_an_error(visit, story, scripts):
    page = visit("bakyt", f"{story.home}ask/", width=360, scripts=scripts)
    assert page.input_value("[name=sought]") == SOUGHT
    page.check("[name=receiver][value=practice-south]")
    page.check("[name=doubt][value=unsure]")
    page.check("[name=fields_told][value=message]")
    page.select_option("[name=way]", "spoken_phone")
    page.check("[name=understood]")
    press(page.locator("main button.btn-main"))
    assert "does not leave" in page.locator("main").inner_text()
    assert page.input_value("[name=sought]") == SOUGHT
    page.check("[name=doubt][value=none]")
    press(page.locator("main button.btn-main"))
    assert SOUGHT in page.locator("article.packet").inner_text()
    press(page.locator("main button.btn-main"))
    assert "Read it first" in page.locator("main").inner_text()
    page.check("main [name=read]")
    press(page.locator("main button.btn-main"))
    assert "waits for an answer" in page.locator("main .tag").first.inner_text()
    # The browser's console names the two forms that came back with what was missing.
    assert not [one for one in page.complaints if "422" not in one]
    page.close()
    story.deliver()
    story.open_it()
    page = visit("rustam", story.came, width=360, scripts=scripts)
    press(page.locator("main form button.btn-main"))
    assert not page.complaints
