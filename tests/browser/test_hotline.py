"""The hotline as people see it: the call with and without scripts, danger on whatever page, a lost line."""

import re

import pytest
from playwright.sync_api import expect

from panah.people.hotline.queries import answers_of, notes_of
from tests.browser import line_and_contact
from tests.browser.conftest import press

contact, line = line_and_contact.contact, line_and_contact.line


COUNTED = """addEventListener("submit", (event) => {
  if (!event.defaultPrevented) document.body.dataset.sent = `${document.body.dataset.sent ?? ""} ${event.submitter.value}`;
  event.preventDefault();
})"""


def test_danger_now_is_sent_at_once_also_while_the_line_is_still_busy_saving(visit, world, contact):
    page = visit("elena", f"/calls/{contact.number}/")
    page.evaluate(COUNTED)
    for button in ("save", "emergency", "emergency"):
        page.locator(f"main form[data-draft] button[value={button}]:visible").last.click()
    assert page.get_attribute("body", "data-sent") == " save emergency", "and not twice"


BROKEN_WORDS = """() => [...document.querySelectorAll('.answers label')].flatMap((label) => {
  const walker = document.createTreeWalker(label, NodeFilter.SHOW_TEXT), broken = [];
  for (let text = walker.nextNode(); text; text = walker.nextNode())
    for (const word of text.data.matchAll(/\\S+/g)) {
      const range = document.createRange();
      range.setStart(text, word.index); range.setEnd(text, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
      if (lines.size !== 1) broken.push(word[0]);
    }
  return broken;
})"""


def test_no_answer_is_broken_within_a_word_however_wide_the_telephone(visit, world, contact):
    page = visit("elena", f"/calls/{contact.number}/", width=360, language="ru")
    assert page.get_by_text("Не спрашивали").first.is_visible()
    for width in (320, 360, 375, 390, 412, 430):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate(BROKEN_WORDS) == [], width


def test_what_is_typed_is_saved_without_a_press_and_danger_is_one_key(visit, world, contact):
    page = visit("elena", f"/calls/{contact.number}/")
    page.keyboard.press("Alt+Digit1")
    page.keyboard.press("KeyN")
    page.keyboard.press("KeyY")
    page.keyboard.press("Alt+Digit2")
    with page.expect_response(lambda r: r.url.endswith("/draft") and r.status == 204):
        page.keyboard.type("The door is locked")
    assert answers_of(keys=world.keys("elena"), contact=contact)["speak"] == "no"
    assert notes_of(keys=world.keys("elena"), contact=contact)[0].value["text"].startswith("The door")
    with page.expect_navigation():
        page.keyboard.press("Alt+KeyE")
    assert page.url.endswith("/emergency/")
    assert not page.complaints


def test_danger_is_in_reach_of_the_thumb_wherever_the_call_is_scrolled_to(visit, world, contact):
    page = visit("elena", f"/calls/{contact.number}/", width=360, scripts=False)
    page.mouse.wheel(0, 4000)
    foot = page.locator(".save-bar button[value=emergency]")
    box = foot.bounding_box()
    assert 0 < box["y"] < 740 - box["height"]
    foot.click()
    page.wait_for_url("**/emergency/")


def test_without_scripts_each_button_saves_and_finish_needs_nothing(visit, world, contact):
    page = visit("elena", f"/calls/{contact.number}/", scripts=False)
    page.fill("#id_note", "written without a script")
    press(page.locator("button[name=do][value=save] >> nth=1"))
    assert "written without a script" in page.input_value("#id_note")
    press(page.locator("button[name=do][value=finish]"))
    contact.refresh_from_db()
    assert contact.state == "finished"


def test_a_lost_line_seals_on_the_device_and_comes_back(visit, world, contact):
    page = visit("elena", f"/calls/{contact.number}/")
    page.route("**/draft", lambda route: route.abort())
    page.fill("#id_note", "typed while the line was down")
    page.wait_for_selector("[data-saved][data-state=sealed]")
    page.route("**/draft", lambda route: route.fulfill(status=503))
    page.evaluate("window.onbeforeunload = null")
    page.on("dialog", lambda dialog: dialog.accept())
    with page.expect_response(lambda r: r.url.endswith("/drafts/sealed") and r.status == 204):
        page.goto("/calls/")
    page.goto(f"/calls/{contact.number}/")
    assert page.input_value("#id_note") == "typed while the line was down"


def test_danger_reaches_bakyt_on_whatever_page_he_has_open(visit, world, contact):
    page = visit("bakyt", "/calls/lines/")
    assert not page.query_selector("[data-sound]")
    world.client("elena").post(f"/calls/{contact.number}/", {"do": "emergency"})
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("[data-watch] [data-sound]")
    expect(page).to_have_title(re.compile(r"^\(!\)"))
    press(page.locator("[data-watch] a"))
    page.locator("section").get_by_role("button", name="I answer").click()
    page.wait_for_url(f"**/calls/{contact.number}/emergency/")
    assert not page.complaints


def test_what_is_half_typed_is_not_left_by_a_slip_and_locking_never_waits(visit, world, contact):
    """A page that keeps no draft asks before it is left; a button, above all the one that locks, does not."""
    page = visit("elena", f"/calls/{contact.number}/family/")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.locator("[name=asks]").press_sequentially("a mother")
    with page.expect_event("dialog"):
        page.locator(".crumbs a").click()
    assert asked == ["beforeunload"]
    assert page.locator("[name=asks]").input_value() == "a mother"
    page.locator("form[action$='/lock'] button").click()
    page.wait_for_selector("dialog[open] >> text=The vault is locked")
    page.locator("dialog a", has_text="Not now").click()
    page.wait_for_url(lambda url: "/family/" not in url)
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("scripts", [True, False])
def test_at_three_in_the_morning_a_phone_shows_four_questions_number_note_and_danger(
    visit, world, contact, scripts
):
    page = visit("elena", f"/calls/{contact.number}/", width=360, scripts=scripts)
    asked = [
        one.text_content() for one in page.locator("form[data-draft] fieldset.ask > legend:visible").all()
    ]
    assert len(asked) == 4
    for name in ("phone", "where", "note"):
        assert page.locator(f"#id_{name}").is_visible(), name
    assert page.locator(".save-bar button[value=emergency]").is_visible()
    for name in ("c_understood", "caller", "safe_word", "given_said", "back_stop"):
        assert not page.locator(f"#id_{name}").is_visible(), name
    assert not page.get_by_text("What we may promise").is_visible()
    page.locator("summary", has_text="How it ends").click()
    page.fill("#id_given_said", "the number of the lawyer")
    page.locator(".save-bar button[value=save]").click()
    assert page.locator("#id_given_said").is_visible(), "what is filled is not folded"
    assert not page.locator("#id_caller").is_visible()


def test_at_the_desk_the_whole_call_lies_open(visit, world, contact):
    page = visit("elena", f"/calls/{contact.number}/")
    for name in ("c_understood", "caller", "safe_word", "given_said", "back_stop"):
        assert page.locator(f"#id_{name}").is_visible(), name
    assert page.get_by_text("What we may promise").is_visible()
    assert page.locator("#part-5").is_visible()
    assert not page.locator("summary", has_text="How it ends").is_visible()


def test_a_key_goes_to_a_part_of_the_call_that_is_folded(visit, world, contact):
    page = visit("elena", f"/calls/{contact.number}/", width=360)
    page.keyboard.press("Alt+Digit5")
    page.wait_for_function("document.activeElement.name === 'ends'")
    assert page.locator("#id_given_said").is_visible()
