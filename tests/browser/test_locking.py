"""The vault locks while somebody types: nothing readable stays, nothing is lost, and the six words bring her back."""

import json
from uuid import UUID

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from panah.ground.sign_in.models import VaultSession
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm
from panah.ground.work.words import DueKind, Urgency
from panah.people.cases import actions as cases
from panah.people.hotline.models import Contact, Line, WaitingDraft
from panah.people.hotline.queries import notes_of
from tests.browser.conftest import press
from tests.browser.measures import STICKS_OUT, TOO_SMALL, axe_finds
from tests.conftest import PASSPHRASE

LINE_NORTH = UUID("00000000-0000-4000-8000-00000000a001")
PLANTED = "Gulsara Practicova locked in the brick yard"
NAME = "Practice Person Tulip"
SHEET = "dialog[open][role=alertdialog]"
# Everything of the page: what stands in it, in its fields, and what this browser keeps.
ALL_OF_IT = """() => [
  document.documentElement.outerHTML, document.title,
  ...[...document.querySelectorAll('input, textarea, select')].map((one) => one.value),
  JSON.stringify({ ...sessionStorage }), JSON.stringify({ ...localStorage }),
].join(' ')"""
IN_THE_DEVICE = """() => new Promise((done) => {
  const opening = indexedDB.open('panah', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('sealed', { keyPath: 'id' });
  opening.onsuccess = () => {
    const asked = opening.result.transaction('sealed').objectStore('sealed').getAll();
    asked.onsuccess = () => done(JSON.stringify(asked.result));
  };
})"""


@pytest.fixture
def visit(visit):
    def visit_with_less_patience(*args, **more):
        page = visit(*args, **more)
        page.context.set_default_timeout(10_000)
        return page

    return visit_with_less_patience


@pytest.fixture
def contact(world):
    line = Line.objects.create(
        pk=LINE_NORTH, society=world.societies["north"], name_en="Line 1", name_ru="Линия 1", made_at=world.at
    )
    answer = world.client("elena").post("/calls/take/", {"line": str(line.pk), "channel": "phone"})
    return Contact.objects.get(number=answer.url.strip("/").split("/")[-1])


@pytest.fixture
def case(world):
    return cases.open_case(
        keys=world.keys("amina"), by=world.staff["amina"], at=timezone.now(), language="uz",
        identity={"names": [{"text": NAME, "kind": "called"}]},
    )  # fmt: skip


def kept(*ways):
    """What the sheet says about what was typed."""
    return ", ".join(f"{SHEET} span[data-kept={one}]:not([hidden])" for one in ways)


def lock_elsewhere(page, *, anyway=False):
    """Another tab of the same browser, in which *Lock* is pressed."""
    other = page.context.new_page()
    other.goto("/kit/keys")
    other.click("form.vault button")
    if anyway:
        other.click("[data-lock-anyway]")
    other.wait_for_selector(f"{SHEET} >> text=The vault is locked")
    return other


def nothing_readable(page, *words):
    for where in (ALL_OF_IT, IN_THE_DEVICE):
        found = page.evaluate(where)
        assert not [one for one in words if one in found or json.dumps(one) in found], where


def looks(page):
    """She comes back to this tab."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def give_words(page, words=PASSPHRASE):
    field = page.locator(f"{SHEET} [name=passphrase]")
    field.wait_for()
    page.wait_for_selector(f"{SHEET} [name=passphrase]:not([readonly])")
    field.fill(words)
    field.press("Enter")


def caret(page):
    return page.evaluate(
        "() => { const at = document.activeElement; "
        "return [at.name, at.selectionStart, Math.round(at.getBoundingClientRect().top)]; }"
    )


def is_back(page, before):
    """The same field, the same caret, and the same place on the screen; a browser rounds it to a pixel."""
    *field, top = caret(page)
    return field == before[:2] and abs(top - before[2]) <= 1


def test_a_call_locked_from_another_tab_comes_back_with_text_caret_place_and_keys(visit, world, contact):
    page = visit("elena", f"/calls/{contact.number}/")
    page.keyboard.press("Alt+Digit2")
    page.keyboard.type(PLANTED)
    for _letter in "brick yard":
        page.keyboard.press("ArrowLeft")
    before = caret(page)
    lock_elsewhere(page, anyway=True)
    page.wait_for_selector(SHEET)
    page.wait_for_selector(kept("sent", "safe"))
    nothing_readable(page, PLANTED, "Gulsara")
    assert page.url.endswith(f"/calls/{contact.number}/")
    give_words(page)
    page.wait_for_selector("#id_note")
    assert page.input_value("#id_note") == PLANTED
    assert is_back(page, before)
    page.keyboard.type("old ")
    with page.expect_response(lambda r: r.url.endswith("/draft") and r.status == 204):
        pass
    assert "in the old brick yard" in notes_of(keys=world.keys("elena"), contact=contact)[0].value["text"]
    with page.expect_navigation():
        page.keyboard.press("Alt+KeyE")
    assert page.url.endswith("/emergency/")


def test_what_is_typed_in_a_case_comes_back_into_its_field(visit, world, case):
    page = visit("amina", f"/cases/{case.number}/")
    page.locator("textarea[name=text]").fill(PLANTED)
    page.evaluate("document.querySelector('textarea[name=text]').setSelectionRange(8, 8)")
    before = caret(page)
    lock_elsewhere(page)
    page.wait_for_selector(kept("tab"))
    nothing_readable(page, PLANTED, "Gulsara", NAME)
    give_words(page)
    page.wait_for_selector("text=is here again")
    assert page.input_value("textarea[name=text]") == PLANTED
    assert is_back(page, before)
    page.click("button:has-text('Add the note')")
    page.wait_for_selector(f"main >> text={PLANTED}")
    assert "panah typed" not in page.evaluate("JSON.stringify(sessionStorage)")
    assert not page.complaints


def test_the_tab_that_was_left_comes_back_by_itself_when_the_vault_opens_in_another(visit, world, case):
    page = visit("amina", f"/cases/{case.number}/")
    page.locator("textarea[name=text]").fill(PLANTED)
    other = lock_elsewhere(page)
    page.wait_for_selector(SHEET)
    give_words(other)
    page.wait_for_selector("text=is here again")
    assert page.input_value("textarea[name=text]") == PLANTED


def test_her_own_lock_takes_the_page_away_at_once_and_wrong_words_bring_nothing_back(visit, case):
    page = visit("amina", f"/cases/{case.number}/")
    page.locator("textarea[name=text]").fill(PLANTED)
    page.click("form.vault button")
    page.wait_for_selector(SHEET)
    nothing_readable(page, PLANTED, "Gulsara", NAME)
    give_words(page, "not the right words at all")
    page.wait_for_selector(f"{SHEET} >> text=These are not your six words")
    nothing_readable(page, PLANTED, "Gulsara", NAME)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator(SHEET).is_visible(), "Escape reveals nothing"
    give_words(page)
    page.wait_for_selector("text=is here again")


def test_idling_locks_with_the_same_sheet(visit, settings, case):
    settings.PANAH_VAULT_IDLE_MINUTES = 0.05
    page = visit("amina", f"/cases/{case.number}/")
    page.wait_for_selector(f"{SHEET} >> text=The vault is locked")
    nothing_readable(page, NAME)
    settings.PANAH_VAULT_IDLE_MINUTES = 20
    looks(page)
    page.wait_for_selector(f"main >> text={case.number}")


def test_without_a_line_the_text_is_sealed_in_the_tab_and_the_sheet_says_so(visit, settings, case):
    page = visit("amina", f"/cases/{case.number}/")
    with page.expect_response("**/own-key"):
        page.locator("textarea[name=text]").press_sequentially("Gulsara is typed")
    page.wait_for_timeout(300)
    page.context.set_offline(True)
    page.click("form.vault button")
    page.wait_for_selector(f"{SHEET} >> text=The vault is not locked yet")
    page.wait_for_selector(kept("tab"))
    nothing_readable(page, "Gulsara", NAME)
    page.context.set_offline(False)
    page.click("[data-lock-anyway]")
    page.wait_for_selector(f"{SHEET} >> text=The vault is locked")
    give_words(page)
    page.wait_for_selector("text=is here again")
    assert page.input_value("textarea[name=text]") == "Gulsara is typed"


def holds_the_first(page, address):
    """The first answer of this address comes when the test lets it; later ones as ever."""
    late = []

    def holds(route):
        if late:
            route.continue_()
        else:
            late.append(route)

    page.route(address, holds)
    return late


def comes(page, late):
    while not late:
        page.evaluate("0")
    return late[0].fetch()


@pytest.mark.parametrize("last", ["how it was", "that it is locked"])
def test_an_answer_that_was_under_way_when_she_locked_does_not_take_the_sheet_away(visit, case, last):
    page = visit("amina", f"/cases/{case.number}/")
    asks = "**" + page.locator("[data-whose][data-at]").first.get_attribute("data-at")
    locks = "**" + page.locator("[data-whose][data-at]").first.get_attribute("data-lock")
    how_it_was = holds_the_first(page, asks)
    looks(page)
    was = comes(page, how_it_was)
    if last == "that it is locked":
        it_is_locked = holds_the_first(page, locks)
        page.click("form.vault button")
        locked = comes(page, it_is_locked)
        looks(page)
    else:
        page.click("form.vault button")
    page.wait_for_selector(f"{SHEET} >> text=The vault is locked")
    with page.expect_response(asks):
        how_it_was[0].fulfill(response=was)
    if last == "that it is locked":
        with page.expect_response(locks):
            it_is_locked[0].fulfill(response=locked)
    give_words(page)
    page.wait_for_selector(f"main >> text={case.number}")


def test_a_call_without_a_line_is_not_taken_away_by_the_clock_and_nothing_is_lost(
    visit, settings, world, contact
):
    page = visit("elena", f"/calls/{contact.number}/")
    page.route("**/draft", lambda route: route.abort())
    page.fill("#id_note", PLANTED)
    page.wait_for_selector("[data-saved][data-state=sealed]")
    page.context.set_offline(True)
    page.wait_for_timeout(200)
    VaultSession.objects.all().delete()
    looks(page)
    assert page.locator(SHEET).count() == 0
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector(kept("sent", "safe"))
    nothing_readable(page, PLANTED)
    give_words(page)
    page.wait_for_selector("#id_note")
    assert page.input_value("#id_note") == PLANTED
    assert not WaitingDraft.objects.exists()


def test_where_no_key_came_the_sheet_says_that_the_text_is_in_this_page_alone(visit, case):
    page = visit("amina", f"/cases/{case.number}/")
    page.route("**/own-key", lambda route: route.abort())
    page.locator("textarea[name=text]").fill(PLANTED)
    page.click("form.vault button")
    page.wait_for_selector(kept("page"))
    nothing_readable(page, PLANTED)
    give_words(page)
    page.wait_for_selector("text=Send what was typed")
    page.click("main form button")
    page.wait_for_selector(f"main >> text={PLANTED}")


def test_a_sign_in_that_ended_elsewhere_takes_the_page_away_too(visit, case, world):
    page = visit("amina", f"/cases/{case.number}/")
    page.locator("textarea[name=text]").fill(PLANTED)
    other = page.context.new_page()
    other.goto("/vault/sign-out")
    other.click("main form button")
    other.wait_for_url("**/vault/sign-in")
    looks(page)
    page.wait_for_selector(f"{SHEET} >> text=Your sign-in has ended")
    page.wait_for_selector(kept("tab"))
    nothing_readable(page, PLANTED, "Gulsara", NAME)
    again = world.client("amina")
    page.context.clear_cookies()
    here = page.url.partition("/cases/")[0]
    page.context.add_cookies(
        [{"name": name, "value": one.value, "url": here} for name, one in again.cookies.items()]
    )
    looks(page)
    page.wait_for_selector("text=is here again")
    assert page.input_value("textarea[name=text]") == PLANTED


def test_another_colleague_in_the_browser_reads_nothing(visit, case, world):
    page = visit("amina", f"/cases/{case.number}/")
    page.locator("textarea[name=text]").fill(PLANTED)
    again = world.client("cholpon")
    page.context.clear_cookies()
    here = page.url.partition("/cases/")[0]
    page.context.add_cookies(
        [{"name": name, "value": one.value, "url": here} for name, one in again.cookies.items()]
    )
    looks(page)
    page.wait_for_selector(f"{SHEET} >> text=Another colleague has signed in")
    nothing_readable(page, PLANTED, "Gulsara", NAME)


def test_danger_now_is_pressed_on_the_sheet_itself(visit, world, contact):
    page = visit("elena", f"/calls/{contact.number}/")
    page.fill("#id_note", PLANTED)
    lock_elsewhere(page, anyway=True)
    page.wait_for_selector(f"{SHEET} button[value=emergency]")
    expect(page.locator(f"{SHEET} [data-ring]")).to_contain_text("Bakyt")
    page.keyboard.press("Alt+KeyE")
    page.wait_for_url("**/vault/unlock?**")
    expect(page.get_by_text("You called for help at")).to_be_visible()
    alert = page.get_by_role("alert")
    expect(alert.get_by_text("No number is written. Ring whoever you know now.")).to_be_visible()
    assert Alarm.objects.get().subject == contact.pk


def test_on_the_sheet_over_a_page_of_a_case_stand_the_red_button_and_whom_to_ring(visit, case):
    page = visit("amina", f"/cases/{case.number}/")
    lock_elsewhere(page)
    expect(page.locator(f"{SHEET} button[value=call]")).to_be_visible()
    expect(page.locator(f"{SHEET} [data-ring]")).to_contain_text("Bakyt")


def test_while_a_call_is_open_lock_in_another_tab_asks_first(visit, contact):
    page = visit("elena", f"/calls/{contact.number}/")
    page.fill("#id_note", "typed")
    other = page.context.new_page()
    other.goto("/calls/")
    other.click("form.vault button")
    other.wait_for_selector(f"{SHEET} >> text=A call is open on another page")
    assert VaultSession.objects.exists() and page.locator(SHEET).count() == 0
    other.click("[data-leave-open]")
    other.wait_for_selector("form.vault")
    assert page.locator(SHEET).count() == 0


def test_without_scripts_lock_asks_too_and_what_was_typed_comes_back(visit, contact):
    page = visit("elena", f"/calls/{contact.number}/", scripts=False)
    page.fill("#id_note", PLANTED)
    other = page.context.new_page()
    other.goto("/calls/")
    press(other.locator("form.vault button"))
    assert other.get_by_text("A call is open on another page").is_visible()
    press(other.locator("text=Lock anyway"))
    assert other.get_by_text("The vault is locked. Names stay covered").is_visible()
    press(page.locator("button[name=do][value=save] >> nth=1"))
    page.fill("[name=passphrase]", PASSPHRASE)
    press(page.locator("main form .btn-main"))
    assert page.input_value("#id_note") == PLANTED


def test_without_scripts_a_note_in_a_case_waits_unreadable_for_the_six_words(visit, case):
    page = visit("amina", f"/cases/{case.number}/", scripts=False)
    page.fill("textarea[name=text]", PLANTED)
    other = page.context.new_page()
    other.goto("/kit/keys")
    press(other.locator("form.vault button"))
    press(page.locator("button:has-text('Add the note')"))
    assert "Gulsara" not in page.content()
    page.fill("[name=vault-passphrase]", "not these")
    press(page.locator("main form .btn-main"))
    assert "Gulsara" not in page.content()
    page.fill("[name=vault-passphrase]", PASSPHRASE)
    press(page.locator("main form .btn-main"))
    assert page.get_by_text(PLANTED).is_visible()


def test_the_bar_tells_the_truth_when_the_vault_opens_or_locks_in_another_tab(visit):
    page = visit("amina", "/kit/keys", open_vault=False)
    other = page.context.new_page()
    other.goto("/vault/unlock?next=/kit/keys")
    other.fill("[name=passphrase]", PASSPHRASE)
    other.click("main form .btn-main")
    page.wait_for_selector(".bar form.vault >> text=Vault open")
    other.click("form.vault button")
    page.wait_for_selector(".bar .vault >> text=Vault locked")
    assert page.locator(SHEET).count() == 0, "nothing sealed was on this page"


@pytest.mark.parametrize(("width", "scheme", "language"), [(1280, "dark", "en"), (360, "light", "ru")])
def test_the_sheet_can_be_used_by_everyone(visit, contact, width, scheme, language):
    page = visit("elena", f"/calls/{contact.number}/", width=width, scheme=scheme, language=language)
    page.fill("#id_note", PLANTED)
    page.click("form.vault button")
    page.wait_for_selector(f"{SHEET} form:not([hidden])")
    assert page.evaluate(STICKS_OUT) == [] and axe_finds(page) == []
    if width < 500:
        assert page.evaluate(TOO_SMALL) == []
    for _time in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    assert not page.complaints


def test_a_page_without_anything_typed_is_emptied_too_whatever_it_shows(visit, world, case, contact):
    """A property of every staff page: what was planted can be read before, and nowhere in the page after."""
    at = timezone.now()
    cases.add_note(keys=world.keys("amina"), case=case, text=PLANTED, at=at)
    work.add_item(
        keys=world.keys("amina"), society=case.society_id, kind=DueKind.CALL, due_at=at, room="cases",
        subject=case.pk, number=case.number, owner=world.staff["amina"], urgency=Urgency.NOW, purpose="extra", file=case.file_id,
        sentence=PLANTED, at=at,
    )  # fmt: skip
    world.client("elena").post(f"/calls/{contact.number}/", {"note": PLANTED, "do": "save"})
    world.client("bakyt").post(f"/calls/{contact.number}/", {"note": PLANTED, "do": "save"})
    for who, url in (
        ("amina", "/"),
        ("amina", f"/cases/{case.number}/"),
        ("elena", f"/calls/{contact.number}/"),
        ("elena", f"/calls/{contact.number}/emergency/"),
        ("elena", f"/calls/{contact.number}/page/"),
    ):
        page = visit(who, url)
        assert PLANTED in page.evaluate(ALL_OF_IT), f"control: {url}"
        VaultSession.objects.all().delete()
        looks(page)
        page.wait_for_selector(f"{SHEET} >> text=The vault is locked")
        nothing_readable(page, PLANTED, "Gulsara")
        assert not page.complaints
        page.context.close()


def test_what_is_shown_this_once_comes_back_as_it_stood(visit):
    page = visit("bakyt", "/vault/colleagues/invite")
    page.fill("[name=name]", "Practice Newcomer")
    page.fill("[name=username]", "newcomer")
    page.locator("[name=roles]").first.check()
    press(page.locator("main form .btn-main"))
    link = page.locator("text=/vault/invitation/").first.inner_text()
    page.click("form.vault button")
    page.wait_for_selector(f"{SHEET} >> text=The vault is locked")
    nothing_readable(page, link, "Practice Newcomer")
    give_words(page)
    page.wait_for_selector(f"text={link}")
    assert page.locator(SHEET).count() == 0 and not page.complaints


def test_danger_reaches_a_colleague_whose_page_lies_under_the_sheet(visit, world, contact):
    page = visit("bakyt", "/calls/lines/")
    page.click("form.vault button")
    page.wait_for_selector(f"{SHEET} >> text=The vault is locked")
    world.client("elena").post(f"/calls/{contact.number}/", {"do": "emergency"})
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector(f"{SHEET} [data-sound] >> text=Danger now")


def test_what_colleagues_answered_meanwhile_is_not_written_over(visit, world, contact):
    page = visit("elena", f"/calls/{contact.number}/")
    page.fill("#id_note", PLANTED)
    lock_elsewhere(page, anyway=True)
    page.wait_for_selector(kept("sent", "safe"))
    world.client("bakyt").post(f"/calls/{contact.number}/", {"e_place": "the brick yard", "speak": "no"})
    give_words(page)
    page.wait_for_selector("#id_note")
    assert page.input_value("#id_note") == PLANTED
    assert page.locator("[name=speak]:checked").get_attribute("value") == "no"


def test_a_form_that_came_back_with_a_mistake_comes_back_filled_in(visit):
    page = visit("bakyt", "/vault/colleagues/invite")
    page.fill("[name=name]", "Practice Newcomer")
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.click("main form .btn-main")
    page.wait_for_selector(".errors")
    page.click("form.vault button")
    page.wait_for_selector(kept("tab"))
    nothing_readable(page, "Practice Newcomer")
    give_words(page)
    page.wait_for_selector("text=is here again")
    assert page.input_value("[name=name]") == "Practice Newcomer"
    assert not page.complaints
