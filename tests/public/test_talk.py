# ruff: noqa: F811  fixtures of the hotline are used here too
"""A chat at the door, as somebody with a borrowed telephone meets it: without scripts, without a cookie, without a name."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.vault import queries as vault_queries
from panah.ground.work import queries as work_queries
from panah.people.hotline import actions as hotline
from panah.people.hotline import queries as hotline_queries
from panah.people.hotline.models import Contact, LineChat
from panah.people.inbox import actions as inbox
from panah.people.inbox.models import Arrival
from panah.people.intake import actions as intake
from panah.people.intake.actions.conversion import TARGETS
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.models import ChatLine
from tests.hotline.chatting import open_line, send, taken, url  # noqa: F401
from tests.hotline.conftest import elenas, line  # noqa: F401  the line of North, and who answers it
from tests.public.talking_phone import WORDS, Phone, hidden


@pytest.fixture
def phone(world: Any) -> Phone:
    return Phone()


def test_danger_comes_first_with_a_number_before_any_country_is_chosen(phone):
    page = phone.opens("/info/talk?in=en")
    assert 'href="tel:112"' in page
    assert page.index("tel:112") < page.index("In which country are you now?")
    assert "<title>Information</title>" in page
    chosen = phone.opens()
    assert "tel:112" not in chosen or "In danger now?" in chosen


def test_nobody_on_duty_is_no_chat_but_numbers_and_a_call_back_that_does_not_ring(phone, open_line):
    Duty.objects.all().delete()
    page = phone.opens()
    assert "Nobody is there to write with you now." in page
    assert 'value="start"' not in page
    assert "We can call you back" in page
    assert re.search(r'value="no"[^>]*checked', page), "do not ring stands first"
    assert "What do we say if another person answers?" in page


def test_a_line_that_does_not_speak_her_language_is_not_promised_and_those_it_speaks_are_named(
    phone, open_line
):
    assert 'value="start"' in phone.opens()
    page = phone.opens("/info/talk?in=tr&country=XA")
    assert 'value="start"' not in page
    offered = re.findall(r'class="btn"\s+form="typed"\s+formaction="\?in=([a-z-]+)"', page)
    assert offered == ["en", "ru", "uz"]
    assert 'value="start"' in phone.opens("/info/talk?in=ru&country=XA")


def test_from_a_country_that_is_in_no_list_whoever_speaks_her_language_is_asked(phone, open_line):
    assert "another country" in phone.opens("/info/talk?in=en")
    page = phone.opens("/info/talk?in=ru&country=other")
    assert 'value="start"' in page
    assert "country" not in hidden(page, "state")
    assert 'value="start"' not in phone.opens("/info/talk?in=ru&country=Besh")


def test_she_writes_elena_answers_and_neither_needs_a_script(phone, open_line, elenas):
    page = phone.starts().page
    assert WORDS in page
    assert "We have told a person of our team." in page
    contact = taken(elenas, phone.row.chat)
    assert WORDS in elenas.get(url(contact)).text
    send(elenas, contact, "I am here. Is it safe to write?")
    page = phone.presses("look")
    assert "I am here. Is it safe to write?" in page
    assert "A person of our team is here." in page
    phone.says("Yes.")
    assert "Yes." in elenas.get(url(contact, "chat"), headers={"HX-Request": "true"}).text


def test_the_address_never_says_more_than_a_language(phone, open_line):
    phone.starts()
    assert set(re.findall(r'(?:action|href|formaction)="(\?[^"]*)"', phone.page)) <= {
        f"?in={code}{rest}" for code in re.findall(r"\?in=([A-Za-z-]+)", phone.page) for rest in ("", "#say")
    }


def test_a_line_sent_again_over_a_bad_line_stands_once_and_so_does_a_chat_begun_twice(phone, open_line):
    phone.opens()
    before = phone.page
    phone.presses("start", text=WORDS)
    phone.page = before
    phone.presses("start", text=WORDS)
    assert LineChat.objects.count() == 1
    once = str(uuid4())
    phone.says("The same line", once)
    page = phone.says("The same line", once)
    assert page.count("The same line") == 1
    assert ChatLine.objects.count() == 2


def test_another_language_in_the_middle_loses_no_word(phone, open_line):
    phone.opens()
    sent = {"state": hidden(phone.page, "state"), "do": "switch", "text": WORDS, "danger": "on"}
    page = phone._shows(phone.client.post("/info/talk?in=ru", sent))
    assert WORDS in page
    assert "Начать чат" in page
    phone.presses("start", text="First")
    page = phone.presses("look", text="Not finished")
    assert ">Not finished</textarea>" in page
    assert page.count("Not finished") == 1


@pytest.mark.parametrize("do", ["danger", "keep", "look"])
def test_a_word_half_typed_stays_whatever_she_presses(phone, open_line, do):
    phone.starts()
    assert ">Half a wo</textarea>" in phone.presses(do, text="Half a wo")


def test_what_she_was_writing_when_the_chat_ended_or_her_page_grew_old_can_be_copied(phone, open_line):
    phone.starts()
    assert "Half a wo" in phone.presses("end", text="Half a wo")
    assert "You can copy it." in phone.page
    old = phone.client.post("/info/talk?in=en", {"state": "x" * 80, "do": "say", "text": "Half a wo"}).text
    assert "This page was open for too long." in old and "Half a wo" in old
    assert "The code of the chat" in old


def test_back_and_sent_once_more_with_other_words_puts_the_other_words_back(phone, open_line):
    phone.opens()
    before = phone.page
    phone.presses("start", text=WORDS)
    once, phone.page = hidden(phone.page, "once"), before
    assert ">Other words</textarea>" in phone.presses("start", text="Other words")
    phone.says("The first", once)
    assert ">The second</textarea>" in phone.says("The second", once)
    assert ChatLine.objects.count() == 2


@pytest.mark.parametrize("address", ["numbers", "write", "talk"])
def test_pressed_without_a_country_the_page_says_what_is_missing(phone, address):
    page = phone.opens(f"/info/{address}?in=en&country=")
    assert re.search(r"(In which country are you now|Where are you now)\?” needs an answer", page)
    assert "another country" in page


def test_where_nobody_answers_she_reads_the_truth_and_numbers(phone, open_line):
    phone.starts()
    LineChat.objects.update(waits_since=timezone.now() - timedelta(minutes=4))
    page = phone.presses("look")
    assert "Nobody has answered yet." in page
    assert "We have told one more person." in page
    assert LineChat.objects.get().second_called_at is not None
    LineChat.objects.update(waits_since=timezone.now() - timedelta(minutes=12))
    assert "we do not know when somebody will" in phone.presses("look")


def test_she_ends_it_and_is_asked_whether_what_was_written_may_be_kept(phone, open_line, elenas):
    phone.starts()
    contact = taken(elenas, phone.row.chat)
    page = phone.presses("end")
    assert "You have ended the chat." in page
    assert "May we keep what was written?" in page
    assert 'value="say"' not in page
    assert "You said no" in phone.presses("choose_no")
    assert LineChat.objects.get().may_go_along is False
    assert "The person ended the chat at" in elenas.get(url(contact)).text


def test_elenas_end_is_told_and_she_may_begin_anew(phone, open_line, elenas):
    phone.starts()
    contact = taken(elenas, phone.row.chat)
    elenas.post(url(contact), {"do": "finish"})
    page = phone.presses("look")
    assert "The person of our team has ended the chat." in page
    assert "You said yes" in phone.presses("choose_yes")


def test_with_a_code_she_comes_back_on_another_telephone_and_without_one_nobody_does(
    phone, open_line, elenas
):
    assert "The code of this chat" not in phone.starts().page
    page = phone.presses("keep")
    code = re.search(r'class="digits">([^<]+)<', page)[1]
    other = Phone()
    other.opens()
    other.presses("again", code=code)
    assert WORDS in other.page
    wrong = Phone()
    wrong.opens()
    spoilt = code[:-1] + str((int(code[-1]) + 1) % 10)
    assert "With these digits we find nothing." in wrong.presses("again", code=spoilt)
    foreign = reporters_queries.new_receipt().shown
    assert (
        "With these digits we find nothing." in wrong.presses("again", code=foreign)
        if "state" in wrong.page
        else True
    )


def test_a_page_whose_hidden_field_was_changed_says_so_and_shows_nothing(phone, open_line):
    phone.starts()
    answer = Client().post(
        "/info/talk?in=en", {"state": hidden(phone.page, "state")[:-4] + "AAAA", "do": "look"}
    )
    assert "This page was open for too long." in answer.text
    assert WORDS not in answer.text


def test_a_form_from_another_site_is_refused(phone, open_line):
    phone.opens()
    sent = {"state": hidden(phone.page, "state"), "do": "start", "text": WORDS}
    answer = phone.client.post("/info/talk?in=en", sent, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert not LineChat.objects.exists()


def test_what_fills_in_the_field_that_nobody_sees_is_kept_and_waits_behind_others(phone, open_line):
    phone.opens()
    page = phone.presses("start", text="Cheap pills", website="https://pills.example")
    assert "Yours is kept, and read after others." in page
    assert phone.row.later
    called = Phone()
    Duty.objects.all().delete()
    called.opens()
    assert "We have your number" in called.presses("call_back", phone="0700", website="https://pills.example")


def test_danger_marked_pages_somebody_at_once(phone, open_line, elenas):
    phone.starts(danger="on")
    assert work_queries.open_alarm_of(phone.row.pk) is not None


def test_the_number_of_where_she_is_stands_before_whoever_answers_and_the_country_in_no_row(
    register, world, phone, open_line, elenas
):
    phone.opens("/info/talk?in=en&country=TR")
    phone.presses("start", text="", danger="on")
    assert "TR" not in str(vars(phone.row)) + str(vars(phone.row.chat))
    contact = taken(elenas, phone.row.chat)
    for page in ("", "emergency/"):
        shown = elenas.get(url(contact, page)).text
        assert "Türkiye" in shown and "Rings there only" in shown
    keys = world.keys("elena")
    assert hotline_queries.answers_of(keys=keys, contact=contact)["country"] == "TR"
    assert hotline_queries.chat_of(keys=keys, contact=contact).lines == [], "nothing was said"


def test_danger_told_in_the_middle_pages_somebody_and_marks_the_contact(phone, open_line, elenas):
    phone.starts()
    contact = taken(elenas, phone.row.chat)
    page = phone.presses("danger")
    assert "we have told a second person" in page
    contact.refresh_from_db()
    assert contact.urgency == "now"
    assert work_queries.open_alarm_of(contact.pk) is not None


def test_a_call_back_arrives_sealed_and_becomes_one_that_nobody_rings_without_her_word(
    register, world, phone, open_line
):
    Duty.objects.all().delete()
    phone.opens("/info/talk?in=en&country=TR")
    page = phone.presses(
        "call_back", phone="0 700 555 010", whose="shared", hours="at night", until="Sunday", other="A survey",
        text="He listens.",
    )  # fmt: skip
    assert "We do not call this number." in page
    arrival = Arrival.objects.get()
    for word in ("0 700 555 010", "He listens.", "survey"):
        assert word not in str(bytes(arrival.header))
    now = timezone.now()
    keys = world.keys("bakyt")
    inbox.open_arrival(keys=keys, arrival=arrival, by=world.staff["bakyt"], at=now)
    arrival.refresh_from_db()
    turn = next(one for one in TARGETS if one.name == "contact")
    intake.convert(
        keys=keys, arrival=arrival, turn=turn, called="", phone="0 700 555 010", choice=str(open_line.pk),
        by=world.staff["bakyt"], at=now,
    )  # fmt: skip
    contact = Contact.objects.get()
    answers = hotline_queries.answers_of(keys=keys, contact=contact)
    assert (answers["safe_back"], answers["cover_story"], answers["back_stop"]) == (
        "no",
        "A survey",
        "Sunday",
    )
    assert answers["country"] == "TR"
    assert "Türkiye" in world.client("bakyt").get(f"/calls/{contact.number}/").text
    (due,) = work_queries.with_sentences(work_queries.items_of(contact.pk), keys=keys)
    assert (due.item.purpose, str(due.say)) == (
        "call_back",
        "Do not ring: the person said no. Decide with a colleague",
    )
    back = world.client("bakyt").get(f"/calls/{contact.number}/back/").text
    assert "A survey" in back


def test_a_number_that_may_be_rung_stands_on_the_list_with_her_hours(world, phone, open_line):
    Duty.objects.all().delete()
    phone.opens()
    page = phone.presses("call_back", phone="0 700 555 011", whose="mine", ring="yes", hours="9–12")
    assert "We call only at the time that you wrote" in page
    now, keys, arrival = timezone.now(), world.keys("bakyt"), Arrival.objects.get()
    inbox.open_arrival(keys=keys, arrival=arrival, by=world.staff["bakyt"], at=now)
    arrival.refresh_from_db()
    turn = next(one for one in TARGETS if one.name == "contact")
    intake.convert(
        keys=keys, arrival=arrival, turn=turn, called="", phone="0 700 555 011", choice=str(open_line.pk),
        by=world.staff["bakyt"], at=now,
    )  # fmt: skip
    (due,) = work_queries.with_sentences(work_queries.items_of(Contact.objects.get().pk), keys=keys)
    assert "9–12" in str(due.say)


def test_a_call_back_without_a_number_keeps_what_she_typed(phone, open_line):
    Duty.objects.all().delete()
    phone.opens()
    answer = phone.client.post(
        "/info/talk?in=en", {"state": hidden(phone.page, "state"), "do": "call_back", "text": "Only this"}
    )
    assert answer.status_code == 422
    assert "Only this" in answer.text
    assert not Arrival.objects.exists()


def test_a_line_locked_in_the_browser_is_read_by_both_and_by_nobody_on_the_way(
    world, phone, open_line, elenas
):
    from base64 import urlsafe_b64encode

    from panah.ground.vault.seals import pad, seal

    phone.starts("")
    chat, once = phone.row.chat, uuid4()
    plain = pad(b'{"text": "Locked before it left", "at": "2026-11-28T08:00:00Z"}')
    sealed = [
        urlsafe_b64encode(seal(bytes(one), plain, "door line", chat.pk, once)).decode().rstrip("=")
        for one in (chat.public, chat.reply_public)
    ]
    page = phone.presses("say", once=str(once), sealed=sealed[0], sealed_own=sealed[1], part="1")
    assert "Locked before it left" in page
    assert "<title>" not in page, "a script takes the part alone"
    contact = taken(elenas, chat)
    assert "Locked before it left" in elenas.get(url(contact)).text


def test_after_the_chat_was_erased_with_its_contact_her_page_finds_nothing(world, phone, open_line, elenas):
    phone.starts()
    contact = taken(elenas, phone.row.chat)
    elenas.post(url(contact), {"do": "finish"})
    contact.refresh_from_db()
    hotline.erase_contact(
        keys=world.keys("bakyt"), contact=contact, by=world.staff["bakyt"], at=timezone.now()
    )
    assert "This page was open for too long." in phone.presses("look")
    assert vault_queries.value_of(keys=world.keys("bakyt"), file=contact.file_id, part="chat") == {}
