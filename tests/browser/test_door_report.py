"""A message to a society in a real browser: with scripts nothing leaves unsealed, without them nothing is lost."""

import io

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from panah.ground.directory import actions
from panah.people.inbox.models import Arrival
from panah.people.reporters import actions as reporters_actions
from panah.people.reporters import queries as reporters
from panah.people.reporters.content import open_file
from panah.people.reporters.models import Piece, Report, Tally
from panah.people.reporters.words import Counted
from tests import delivered
from tests.browser.conftest import ARGUMENTS, CHROMIUM, complaints_about, press
from tests.browser.door_report import SEEDED, START, button, digits_on, goes_through, read, taken_over
from tests.browser.recording import Recorder
from tests.public.writing import Stranger, content_of
from tests.walk import sheet


@pytest.fixture
def recorder(live_server):
    made = Recorder(live_server.url)
    yield made
    made.close()


@pytest.fixture
def opens(visit, recorder):
    """Open the page of a message through the recorder."""

    def open_page(url=START, **how):
        page = visit(None, "/info/about", width=360, **how)
        page.goto(f"{recorder.url}{url}")
        return page

    return open_page


# Lines of digits of which the way out covers a part, or that do not stand on the screen.
COVERED = """() => {
  const way = document.querySelector(".leave").getBoundingClientRect(), range = document.createRange();
  range.selectNodeContents(document.querySelector(".digits"));
  return [...range.getClientRects()].filter((one) => one.bottom > way.top || one.right > innerWidth || one.left < 0).length;
}"""


def covered_digits(page):
    """On which small screens digits are covered: at once, without a touch."""
    found = []
    for width, height in ((360, 640), (320, 568)):
        for text in ("", "150%"):
            page.set_viewport_size({"width": width, "height": height})
            page.evaluate(f"document.documentElement.style.fontSize = '{text}'; scrollTo(0, 0)")
            if lines := page.evaluate(COVERED):
                found.append((width, height, text, lines))
    page.set_viewport_size({"width": 360, "height": 740})
    page.evaluate("document.documentElement.style.fontSize = ''")
    return found


def photograph():
    exif = Image.Exif()
    exif[0x010F] = "Telephone of Zarina"
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(out, "JPEG", exif=exif)
    return {"name": "IMG_2041.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def test_with_scripts_no_word_and_no_picture_leaves_unsealed(opens, recorder, world):
    page = opens()
    taken_over(page)
    goes_through(page)
    page.get_by_label("Pictures and other files").set_input_files([photograph()])
    expect(page.get_by_text("Drawn anew, without place and time.")).to_be_visible()
    assert not recorder.heard([*SEEDED, "Telephone of Zarina", "IMG_2041"])
    button(page, "Send").click()
    expect(page.get_by_text("Your message has arrived")).to_be_visible()
    assert not recorder.heard([*SEEDED, "Telephone of Zarina", "IMG_2041"])
    told = read(world)
    assert [told["text"], told["answers"]["place"], told["answers"]["help"]] == SEEDED
    (entry,) = reporters.entries_in(told)
    body = open_file(entry, [bytes(one.sealed) for one in Piece.objects.order_by("number")])
    assert Image.open(io.BytesIO(body)).size == (40, 30) and b"Zarina" not in body
    assert Report.objects.get().sealed_by == "browser"
    assert not Tally.objects.filter(what=Counted.UNPROVEN).exists(), "it came with a proof of work"
    assert not complaints_about(page)


def test_what_is_said_about_a_colleague_is_sealed_to_who_reads_complaints_before_it_leaves(
    opens, recorder, world
):
    page = opens()
    taken_over(page)
    page.get_by_role("group", name="Is it about somebody who works").get_by_label("Yes", exact=True).check()
    goes_through(page)
    page.get_by_label("Pictures and other files").set_input_files([photograph()])
    page.get_by_label("This picture may show a child being hurt or without clothes").check()
    before = len(recorder.sent)
    button(page, "Send").click()
    expect(page.get_by_text("Your message has arrived")).to_be_visible()
    assert len(recorder.sent) > before and not recorder.heard([*SEEDED, "Telephone of Zarina", "IMG_2041"])
    came = Arrival.objects.get(kind="report")
    assert came.to_key == "readers" and Report.objects.get().sealed_by == "browser"
    told = content_of(world, came, timezone.now(), "zarina")
    assert [told["text"], told["answers"]["place"], told["answers"]["help"]] == SEEDED
    assert told["answers"]["staff"] == "yes" and told["files"][0]["abuse"] == "yes"
    (entry,) = reporters.entries_in(told)
    assert open_file(entry, [bytes(one.sealed) for one in Piece.objects.order_by("number")])
    assert not complaints_about(page)


def test_without_scripts_the_same_recorder_hears_every_word(opens, recorder, world):
    page = opens(scripts=False)
    assert page.get_by_text("protected as soon as it reaches us").is_visible()
    goes_through(page)
    press(button(page, "Send"))
    assert recorder.heard(SEEDED) == SEEDED, (
        "the control: a listener inside the protected line would hear this"
    )
    assert read(world)["text"] == SEEDED[0]
    assert Report.objects.get().sealed_by == "server"


@pytest.mark.parametrize("scripts", [True, False])
def test_the_language_is_switched_midway_without_losing_a_word(opens, recorder, world, scripts):
    page = opens(scripts=scripts)
    if scripts:
        taken_over(page)
    page.get_by_label("For myself").check()
    for _ in range(3):
        button(page, "Next").click()
    page.get_by_label("What has happened?").fill(SEEDED[0])
    button(page, "Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("textarea[name=text]")).to_be_visible()
    expect(page.locator("textarea[name=text]")).to_have_value(SEEDED[0])
    button(page, "العربية").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("textarea[name=text]")).to_have_value(SEEDED[0])
    button(page, "English").click()
    expect(page.locator("html")).to_have_attribute("dir", "ltr")
    button(page, "Send").click()
    expect(page.get_by_text("Your message has arrived")).to_be_visible()
    told = read(world)
    assert told["text"] == SEEDED[0] and told["about"] == "me"
    assert bool(recorder.heard(SEEDED[:1])) is not scripts


@pytest.mark.parametrize("scripts", [True, False])
def test_she_comes_back_reads_the_answer_writes_more_and_takes_it_back(opens, recorder, world, scripts):
    page = opens(scripts=scripts)
    if scripts:
        taken_over(page)
    page.get_by_label("For myself").check()
    for _ in range(3):
        button(page, "Next").click()
    page.get_by_label("What has happened?").fill("Later.")
    button(page, "Send").click()
    digits = digits_on(page)
    assert not covered_digits(page)
    kept, none = (
        button(page, "I have kept it").bounding_box(),
        button(page, "I do not want the digits").bounding_box(),
    )
    assert (kept["width"], kept["height"]) == (none["width"], none["height"]), "equally large"
    press(button(page, "I have kept it"))
    expect(page.get_by_text("We have your message.")).to_be_visible()
    read(world)
    reporters_actions.answer(
        keys=world.keys("bakyt"),
        report=Report.objects.get(),
        text="A colleague waits for you.",
        at=timezone.now(),
    )
    page.goto(f"{recorder.url}/info/answer?in=en")
    page.get_by_label("The number of your message").fill(digits.replace(" ", ""))
    press(button(page, "Open my message"))
    expect(page.get_by_text("A colleague waits for you.")).to_be_visible()
    assert digits.replace(" ", "") not in page.url
    page.wait_for_load_state("networkidle")
    page.get_by_label("Write more").fill(SEEDED[1])
    button(page, "Send").click()
    expect(page.get_by_text("It has arrived.")).to_be_visible()
    assert bool(recorder.heard(SEEDED[1:2])) is not scripts
    more = content_of(world, Arrival.objects.get(kind="report-more"), timezone.now())
    assert more["text"] == SEEDED[1]
    press(button(page, "Take my message back"))
    press(button(page, "Take it back"))
    expect(page.get_by_text("Your message is taken back")).to_be_visible()
    assert Report.objects.get().state == "withdrawn"
    assert not complaints_about(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_who_is_in_danger_sees_the_numbers_without_a_word_to_the_node(world, opens, recorder, scripts):
    page = opens(scripts=scripts)
    if scripts:
        taken_over(page)
    before = len(recorder.sent)
    page.get_by_label("For another person").check()
    button(page, "Next").click()
    expect(page.locator(".danger")).to_be_hidden()
    page.get_by_role("group", name="Is somebody in danger now?").get_by_label("Yes", exact=True).check()
    if scripts:
        button(page, "Next").click()
    expect(page.locator(".danger")).to_be_visible()
    if not scripts:
        button(page, "Next").click()
    expect(page.get_by_text("Is this person under 18?")).to_be_visible()
    expect(page.get_by_text("Are you under 18?")).to_be_hidden()
    assert len(recorder.sent) == before
    button(page, "Back").click()
    expect(page.get_by_text("Is somebody in danger now?")).to_be_visible()


def test_a_line_that_breaks_leaves_everything_on_the_page_and_a_second_press_sends_it_once(opens, world):
    page = opens()
    taken_over(page)
    for _ in range(3):
        button(page, "Next").click()
    page.get_by_label("What has happened?").fill("On a bad line.")
    page.context.set_offline(True)
    button(page, "Send").click()
    expect(page.get_by_text("It was not sent. Everything is still here.")).to_be_visible()
    page.context.set_offline(False)
    button(page, "Send").dblclick()
    expect(page.get_by_text("Your message has arrived")).to_be_visible()
    assert Report.objects.count() == 1
    assert read(world)["text"] == "On a bad line."


def test_nothing_at_all_and_too_much_are_told_on_the_page(opens, recorder, world):
    page = opens()
    taken_over(page)
    button(page, "Send").click()
    expect(page.get_by_text("There is nothing in your message.")).to_be_visible()
    for _ in range(3):
        button(page, "Next").click()
    page.get_by_label("What has happened?").fill("a" * 20_001)
    button(page, "Send").click()
    expect(page.get_by_text("There is room for 20,000 characters.")).to_be_visible()
    assert not Report.objects.exists()


def test_what_the_node_refuses_is_said_and_not_a_word_is_lost(opens, world):
    page = opens()
    taken_over(page)
    for _ in range(3):
        button(page, "Next").click()
    page.get_by_label("What has happened?").fill("Still here.")
    page.evaluate("document.querySelector('[data-tell]').dataset.keyName = '99'")
    button(page, "Send").click()
    expect(page.get_by_text("This page is old. Your message was not sent.")).to_be_visible()
    expect(page.get_by_label("What has happened?")).to_have_value("Still here.")
    button(page, "Send").click()
    expect(page.get_by_text("Your message has arrived")).to_be_visible()
    assert read(world)["text"] == "Still here."


def test_a_voice_is_recorded_and_sealed(playwright, recorder, world):
    fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *fake])
    context = browser.new_context(permissions=["microphone"])
    page = context.new_page()
    page.goto(f"{recorder.url}{START}")
    taken_over(page)
    goes_through(page)
    button(page, "Record your voice").click()
    expect(button(page, "Stop")).to_be_visible()
    button(page, "Stop").click()
    expect(page.locator("[data-chosen] b")).to_have_text("Your voice")
    button(page, "Send").click()
    expect(page.get_by_text("Your message has arrived")).to_be_visible()
    browser.close()
    (entry,) = reporters.entries_in(read(world))
    assert entry.kind == "voice" and entry.name == "voice.webm"
    body = open_file(entry, [bytes(one.sealed) for one in Piece.objects.order_by("number")])
    assert body.startswith(b"\x1aE\xdf\xa3")


def test_a_browser_that_cannot_do_the_new_half_of_the_key_seals_to_the_other(opens, recorder, world):
    page = opens()
    taken_over(page)
    # An old browser: what is not 32 bytes is no key to it.
    page.evaluate(
        """() => {
          const form = document.querySelector("[data-tell]"), key = form.dataset.key;
          const bytes = Uint8Array.from(atob(key.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
          const broken = new Uint8Array(1215 + 32 - 31);
          broken.fill(255);
          broken.set(bytes.slice(-32), broken.length - 32);
          form.dataset.key = btoa(String.fromCharCode(...broken));
        }"""
    )
    for _ in range(3):
        button(page, "Next").click()
    page.get_by_label("What has happened?").fill(SEEDED[0])
    button(page, "Send").click()
    expect(page.get_by_text("Your message has arrived")).to_be_visible()
    assert read(world)["text"] == SEEDED[0] and not recorder.heard(SEEDED)


@pytest.mark.parametrize("scripts", [True, False])
def test_who_goes_back_to_the_page_finds_no_word_in_it(opens, recorder, world, scripts):
    page = opens(scripts=scripts)
    if scripts:
        taken_over(page)
    page.get_by_label("For myself").check()
    for _ in range(3):
        button(page, "Next").click()
    page.get_by_label("What has happened?").fill(SEEDED[0])
    page.goto(f"{recorder.url}/info/about?in=en")
    page.go_back()
    page.wait_for_load_state("networkidle")
    kept = page.evaluate("Array.from(document.querySelectorAll('textarea'), (one) => one.value).join('')")
    assert SEEDED[0] not in kept and SEEDED[0] not in page.content()


def test_a_page_that_a_browser_kept_whole_shows_nothing_and_is_loaded_anew(opens):
    """What browsers with a cache for *Back* do on a telephone: the page comes back as it was, words and all."""
    page = opens()
    taken_over(page)
    page.get_by_label("For myself").check()
    for _ in range(3):
        button(page, "Next").click()
    page.get_by_label("What has happened?").fill(SEEDED[0])
    with page.expect_navigation():
        seen = page.evaluate(
            """() => {
              const kept = () => [...document.querySelectorAll("textarea")].map((one) => one.value).join("");
              const before = kept();
              dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
              return { before, kept: kept(), text: document.body.innerText, fields: document.querySelectorAll("form").length };
            }"""
        )
    assert seen == {"before": SEEDED[0], "kept": "", "text": "", "fields": 0}
    taken_over(page)
    kept = page.evaluate("Array.from(document.querySelectorAll('textarea'), (one) => one.value).join('')")
    assert kept == ""


@pytest.mark.parametrize("scripts", [True, False])
def test_back_of_the_telephone_goes_one_question_back_and_loses_no_word(opens, recorder, world, scripts):
    page = opens(scripts=scripts)
    if scripts:
        taken_over(page)
    page.get_by_label("For myself").check()
    who_reads_it = page.get_by_text("read what you write")
    expect(who_reads_it).to_be_visible()
    for _ in range(3):
        button(page, "Next").click()
        # Said before the first question, and in nobody's way afterwards.
        expect(who_reads_it).to_be_hidden()
    page.get_by_label("What has happened?").fill(SEEDED[0])
    button(page, "Next").click()
    page.get_by_label("Where is it?").fill(SEEDED[1])
    page.go_back()
    expect(page.get_by_label("What has happened?")).to_be_visible()
    expect(page.get_by_label("What has happened?")).to_have_value(SEEDED[0])
    page.go_back()
    expect(page.get_by_text("Are you under 18?")).to_be_visible()
    page.go_forward()
    page.go_forward()
    expect(page.get_by_label("Where is it?")).to_be_visible()
    button(page, "Back").click()
    expect(page.get_by_label("What has happened?")).to_be_visible()
    assert not recorder.heard(SEEDED), "nothing has left the telephone"
    button(page, "Send").click()
    expect(page.get_by_text("Your message has arrived")).to_be_visible()
    told = read(world)
    assert (told["text"], told["answers"]["place"]) == (SEEDED[0], SEEDED[1])
    page.go_back()
    kept = page.evaluate("Array.from(document.querySelectorAll('textarea'), (one) => one.value).join('')")
    assert SEEDED[0] not in kept and SEEDED[0] not in page.content(), (
        "whoever has the telephone now reads none of it"
    )
    if scripts:
        expect(page.get_by_text("Your message has arrived")).to_be_visible()


@pytest.fixture
def register(world, at):
    return delivered.load(actions.load_reference_data, at=at)


# -- for everybody -----------------------------------------------------------------------------------


def test_the_pages_of_a_message_can_be_used_by_everyone(look_at_all, register):
    look_at_all([(None, "/info/write"), (None, "/info/write?country=XA"), (None, "/info/answer")])


def test_the_pages_that_answer_her_can_be_used_by_everyone(desk, phone, world):
    stranger = Stranger().writes("They took my passport.")
    stranger.client.who, stranger.client.language = "nobody", "en"
    seen = [("number", stranger.answer)]
    seen += [
        (act, stranger.acts(act, **said).answer)
        for act, said in (("kept", {}), ("more", {"text": ""}), ("withdraw", {}))
    ]
    found = []
    for name, answer in seen:
        made = sheet(stranger.client, answer, kind=name, address=answer.wsgi_request.get_full_path())
        found += [
            f"{name}: {one}" for one in (*desk.finds(made), *phone.finds(made, narrow=True, large_text=True))
        ]
    assert not found, "\n".join(found)
