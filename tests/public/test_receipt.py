"""The way back to a message: by its number alone, and the same answer for every number that leads nowhere."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from panah.ground.network.models import RuleLine
from panah.people.inbox.models import Arrival
from panah.people.public.views.receipt import LASTS
from panah.people.reporters import actions as reporters_actions
from panah.people.reporters import queries as reporters
from panah.people.reporters.actions.tallies import count_here
from panah.people.reporters.content import PlainFile
from panah.people.reporters.models import Report, Word
from panah.people.reporters.rules import check_digit
from panah.people.reporters.words import Counted
from tests.public.writing import ANSWER, Stranger, content_of


@pytest.fixture
def wrote(world):
    """She wrote, and sees her number."""
    return Stranger().writes("They took my passport.")


def answered(world, text, files=()):
    arrival = Arrival.objects.get(kind="report")
    content_of(world, arrival, timezone.now())
    reporters_actions.answer(
        keys=world.keys("bakyt"), report=Report.objects.get(), text=text, at=timezone.now(), files=files
    )


def test_she_is_asked_about_her_number_before_anything_goes_on(wrote):
    assert "Your message has arrived" in wrote.page
    assert re.fullmatch(r"(\d{4} ){8}\d{4}", wrote.digits)
    kept, none = (wrote.page.index(f'value="{one}"') for one in ("kept", "none"))
    look = re.findall(r'<button class="([^"]*)" name="act"', wrote.page)
    assert look == ["btn btn-main", "btn btn-main"] and kept < none, "equally large"
    assert wrote.digits.replace(" ", "") not in wrote.answer.wsgi_request.get_full_path()


def test_the_number_is_shown_again_in_another_language_and_the_same(wrote):
    digits = wrote.digits
    assert wrote.acts("stay", "ru", page="number").digits == digits
    assert '<html lang="ru"' in wrote.page


def test_digits_that_are_half_typed_stand_there_again_in_another_language(wrote):
    half = wrote.digits[:20]
    page = Stranger()
    page.answer = page.client.get(ANSWER, {"in": "en"})
    assert '<button form="return"' in re.sub(r"\s+", " ", page.page), "the languages are buttons of its form"
    page.acts("stay", "ar", number=half)
    assert '<html lang="ar" dir="rtl"' in page.page and f'value="{half}"' in page.page
    assert "We find no message" not in page.acts("stay", "en", number=half).page, "nothing was looked up"
    page.acts("open", number=wrote.digits)
    assert "We have your message." in page.page, "control"


def test_words_that_are_there_to_be_copied_stay_in_another_language(wrote):
    wrote.acts("kept")
    late = Stranger(client=wrote.client)
    late.answer = late.client.post(f"{ANSWER}?in=en", {"act": "more", "pass": "old", "text": "Ещё слово"})
    assert "Ещё слово" in late.page
    late.acts("stay", "ru", number="", text="Ещё слово")
    assert '<html lang="ru"' in late.page and late.page.count("Ещё слово") == 2, "to be read, and carried on"


def test_with_her_number_she_reads_how_it_stands(wrote, world):
    wrote.acts("kept")
    assert "We have your message. Nobody has opened it yet." in wrote.page
    content_of(world, Arrival.objects.get(), timezone.now())
    assert "A person on our team has read your message." in wrote.acts("again").page


@pytest.mark.parametrize(("checked", "said"), [("2026-02-01", True), (None, False)])
def test_within_how_many_days_we_answer_is_said_where_somebody_has_checked_the_rule(
    wrote, world, checked, said
):
    RuleLine.objects.create(
        iso2="XA", key="message_days", value=3, valid_from="2026-01-01", entered_at=world.at, checked_on=checked,
        checked_by="a lawyer" if checked else "",
    )  # fmt: skip
    assert ("We answer within 3 days." in wrote.acts("kept").page) is said


@pytest.mark.parametrize("between", [" ", "", "-"])
@pytest.mark.parametrize("digits", ["0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
def test_her_number_is_taken_however_she_kept_it(wrote, between, digits):
    typed = wrote.digits.replace(" ", between).translate(str.maketrans("0123456789", digits))
    wrote.types(f"+{typed}")
    assert "We have your message." in wrote.page


def test_at_her_first_return_it_is_shown_again_and_then_no_more(wrote):
    digits = wrote.digits
    wrote.acts("kept")
    assert "These digits are yours." in wrote.types(digits).page and wrote.digits == digits
    assert digits not in wrote.types(digits).page


def test_who_wants_no_number_leaves_no_way_back_and_the_message_stands(wrote, world):
    digits = wrote.digits
    assert "nobody can come back to it" in wrote.acts("none").page
    assert "We find no message with these digits." in wrote.types(digits).page
    assert content_of(world, Arrival.objects.get(), timezone.now())["text"] == "They took my passport."
    row = Report.objects.get()
    assert row.verifier is None and row.reply_public is None


def test_our_answer_opens_with_her_number_alone(wrote, world):
    digits = wrote.digits
    answered(world, "A colleague waits at the bazaar.")
    assert "A colleague waits at the bazaar." in wrote.types(digits).page
    assert "We have answered you." in wrote.page
    assert Word.objects.get().seen


def test_a_file_that_came_with_the_answer_is_saved(wrote, world):
    answered(world, "A map.", [PlainFile(b"the way", "map 1.txt", "text/plain")])
    wrote.types(wrote.digits)
    upload = re.search(r'name="upload" value="([^"]+)"', wrote.page)[1]
    wrote.acts("take", upload=upload)
    assert wrote.answer.content == b"the way"
    assert "attachment" in wrote.answer.headers["Content-Disposition"]
    again = Stranger(wrote.client, wrote.client.post(ANSWER, {"act": "open", "number": "1"}))
    assert "the way" not in again.page


def test_more_words_arrive_once_however_often_she_presses(wrote, world):
    wrote.acts("kept")
    page = wrote.answer
    assert "It has arrived." in wrote.acts("more", text="And my sister.").page
    wrote.answer = page
    assert "And my sister." not in wrote.page, "what she wrote herself is not shown again"
    wrote.acts("more", text="And my brother.")
    assert "This form was sent already." in wrote.page and "And my brother.</textarea>" in wrote.page
    (more,) = Arrival.objects.filter(kind="report-more")
    assert content_of(world, more, timezone.now())["text"] == "And my sister."


def test_a_word_half_typed_stays_when_she_looks_again_or_thinks_of_taking_it_back(wrote):
    wrote.acts("kept")
    assert "Half a wo</textarea>" in wrote.acts("again", text="Half a wo").page
    wrote.acts("withdraw", text="Half a wo")
    assert "Half a wo</textarea>" in wrote.acts("again", text=wrote.hidden()["text"]).page


def test_nothing_more_is_a_sentence_and_a_broken_picture_loses_no_word(wrote):
    wrote.acts("kept")
    assert "There is nothing in your message." in wrote.acts("more", text=" ").page
    broken = SimpleUploadedFile("a.jpg", b"\xff\xd8\xff nothing")
    wrote.acts("more", text="With a picture", files=broken)
    assert "We could not open one of the pictures." in wrote.page
    assert "With a picture</textarea>" in wrote.page and "Please choose your files again." in wrote.page


def test_another_language_midway_keeps_what_she_adds(wrote):
    wrote.acts("kept").acts("stay", "ru", text="Ещё слово")
    assert "Ещё слово</textarea>" in wrote.page and '<html lang="ru"' in wrote.page


def test_she_is_asked_once_before_it_is_taken_back(wrote, world):
    digits = wrote.digits
    wrote.acts("kept").acts("withdraw")
    assert "Your words and files are deleted here" in wrote.page
    assert Report.objects.get().state == "open"
    wrote.acts("withdraw-now")
    assert "Your message is taken back" in wrote.page
    assert Arrival.objects.get().state == "withdrawn"
    assert "You took your message back." in wrote.types(digits).page
    assert 'name="text"' not in wrote.page


def wrong_number(digits):
    plain = digits.replace(" ", "")
    turned = plain[:10] + str((int(plain[10]) + 1) % 10) + plain[11:-1]
    return turned + check_digit(turned)


def test_every_number_that_leads_nowhere_gets_the_same_answer(wrote):
    digits = wrote.digits
    missing = wrote.types(wrong_number(digits))
    page, headers = missing.page, dict(missing.answer.headers)
    wrote.acts("kept")
    missing.types(reporters.new_receipt().shown)
    assert missing.answer.status_code == 200 and dict(missing.answer.headers) == headers
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", missing.page) == strip.sub("", page)


def test_a_right_number_and_a_wrong_one_cost_the_same_questions(wrote):
    right, wrong = wrote.digits, wrong_number(wrote.digits)
    wrote.types(right)

    def asked(digits):
        with CaptureQueriesContext(connection) as found:
            wrote.types(digits)
        assert wrote.answer.status_code == 200
        return [re.sub(r'"s\d+_x\d+"', "", one["sql"].split("WHERE")[0])[:60] for one in found]

    right_asks, wrong_asks = asked(right), asked(wrong)
    # What draws the page of a message is asked after the answer is known; until then there is no difference.
    assert right_asks[: len(wrong_asks)] == wrong_asks


def test_letters_and_missing_digits_are_told_and_nothing_stands_in_an_address(wrote):
    wrote.types("12345")
    assert "There are 36 digits." in wrote.page and 'value="12345"' in wrote.page
    assert wrote.answer.wsgi_request.GET.dict() == {"in": "en"}


def test_a_pass_of_another_flow_or_of_yesterday_opens_nothing(wrote, monkeypatch):
    wrote.acts("kept")
    old = timezone.now() + LASTS
    monkeypatch.setattr(timezone, "now", lambda: old)
    wrote.acts("again")
    assert "Please type the digits again." in wrote.page


def test_closing_the_page_leads_to_the_first_one_without_a_trace(wrote):
    wrote.acts("kept").acts("close")
    assert wrote.answer.status_code == 303 and wrote.answer.headers["Location"] == "/info/?in=en"


def many_try(at):
    """Very many numbers are typed at this node, from wherever, in this minute and the next ones."""
    for minute in range(3):
        count_here(Counted.TRIES, f"{at + timedelta(minutes=minute):%Y-%m-%dT%H:%M}", 5_000)


def test_when_very_many_try_everybody_waits_and_nobody_types_the_digits_again(wrote, monkeypatch):
    digits, now = wrote.digits, timezone.now()
    many_try(now)
    for typed in (digits, wrong_number(digits)):
        wrote.types(typed)
        assert "Please wait 10 seconds." in wrote.page and 'name="number"' not in wrote.page
        assert typed not in wrote.page
    wrote.types(digits)
    for act in ("kept", "withdraw", "more"):
        assert "Please wait" in wrote.acts(act, text="Before the wait is over").page
    assert not Word.objects.exists()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(seconds=20))
    assert "We have your message." in wrote.acts("open").page


def test_what_she_writes_while_her_page_grows_old_is_shown_to_be_copied(wrote, monkeypatch):
    wrote.acts("kept")
    old = timezone.now() + LASTS
    monkeypatch.setattr(timezone, "now", lambda: old)
    wrote.acts("more", text="Practice: they moved us to another house.")
    assert "Please type the digits again." in wrote.page
    assert "Practice: they moved us to another house." in wrote.page
    assert not Word.objects.exists()


def test_a_page_that_holds_her_words_itself_is_told_that_they_did_not_come_through(wrote, monkeypatch):
    wrote.acts("kept")
    sealed = {"sealed": SimpleUploadedFile("sealed", b"x" * 100), "to_key": "1"}
    old = timezone.now() + LASTS
    monkeypatch.setattr(timezone, "now", lambda: old)
    assert wrote.acts("more", **sealed).answer.status_code == 422
