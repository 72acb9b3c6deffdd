"""A call, as Elena takes it: typed, saved, finished; who sees it, and what the database shows."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from panah.ground.vault import queries as vault_queries
from panah.ground.work.models import Alarm, DueItem
from panah.people.hotline import queries
from panah.people.hotline.forms import CallForm
from panah.people.hotline.models import Contact
from panah.people.hotline.words import ContactState
from tests.hotline.call_addresses import url


def test_elena_takes_a_call_with_one_press_and_the_page_opens(elenas, contact):
    answer = elenas.get(url(contact))
    assert answer.status_code == 200
    assert b"First four questions" in answer.content
    assert contact.state == ContactState.OPEN
    assert contact.age_group == "unknown"


def test_nothing_needs_to_be_filled_in_to_finish(elenas, contact):
    answer = elenas.post(url(contact), {"do": "finish"})
    assert answer.status_code == 302
    contact.refresh_from_db()
    assert contact.state == ContactState.FINISHED
    assert contact.ended_at


@pytest.mark.parametrize("do", ["save", "finish", "emergency"])
@pytest.mark.parametrize("page", ["", "emergency/"])
def test_a_number_without_any_digit_is_kept_and_said_and_holds_nothing_up(world, elenas, contact, do, page):
    said = "The number to call back has no digit in it."
    elenas.post(url(contact, "draft"), {"phone": "abc"})
    assert said not in elenas.get(url(contact)).text
    answer = elenas.post(url(contact, page), {"phone": "abc", "do": do}, follow=True)
    assert said in answer.text
    kept = vault_queries.value_of(keys=world.keys("elena"), file=contact.file_id, part="identity")
    assert kept["phone"] == "abc"
    assert Alarm.objects.exists() == (do == "emergency")
    contact.refresh_from_db()
    assert (contact.state == ContactState.FINISHED) == (do == "finish" and not page)
    said_again = elenas.post(url(contact, page), {"phone": "+996 555 010 203"}, follow=True)
    assert said not in said_again.text


def test_what_elena_types_comes_back_after_a_closed_tab(elenas, contact):
    sent = {"speak": "no", "danger": "yes", "note": "The door is locked.", "safe_word": "apricot", "tab": "a"}
    assert elenas.post(url(contact, "draft"), sent).status_code == 204
    page = elenas.get(url(contact)).content.decode()
    assert "The door is locked." in page
    assert "apricot" in page
    assert "open call" in elenas.get("/calls/").content.decode()


@pytest.mark.parametrize("who", ["amina", "gulnar", "daler", "rustam", "nurlan", "timur"])
def test_who_does_not_answer_the_line_gets_the_same_404_as_for_no_call(world, contact, who):
    client = world.client(who)
    assert client.get(url(contact)).status_code == client.get("/calls/AAA-AAA-A/").status_code == 404
    assert client.post(url(contact, "draft"), {"note": "x"}).status_code == 404


def test_farid_is_sent_to_sign_in(farid, contact):
    assert farid.get(url(contact)).status_code == 302


def test_bakyt_opens_elenas_call_and_types_along_without_overwriting(world, elenas, contact):
    elenas.post(url(contact, "draft"), {"note": "hers", "speak": "yes", "tab": "a"})
    bakyts = world.client("bakyt")
    assert "hers" in bakyts.get(url(contact)).content.decode()
    bakyts.post(url(contact, "draft"), {"note": "his", "speak": "yes", "tab": "b"})
    elenas.post(url(contact, "draft"), {"note": "hers, longer", "speak": "yes", "tab": "a"})
    texts = {n.value["text"] for n in queries.notes_of(keys=world.keys("elena"), contact=contact)}
    assert texts == {"hers, longer", "his"}
    assert "his" in elenas.get(url(contact, "beside"), headers={"HX-Request": "true"}).content.decode()


def test_of_two_who_answer_the_same_question_both_answers_are_kept_and_a_sentence_says_so(
    world, elenas, contact
):
    bakyts = world.client("bakyt")
    elenas.post(url(contact), {"cover_story": "wrong number", "tab": "a", "based_on": "0"})
    answer = bakyts.post(url(contact), {"cover_story": "a survey", "tab": "b", "based_on": "0"}, follow=True)
    page = answer.content.decode()
    assert "Both texts are kept" in page
    assert "wrong number" in page
    assert "a survey" in page
    assert queries.answers_of(keys=world.keys("elena"), contact=contact)["cover_story"] == "wrong number"


def test_a_field_that_bakyt_did_not_touch_keeps_elenas_newer_answer(world, elenas, contact):
    bakyts = world.client("bakyt")
    elenas.post(url(contact, "draft"), {"where": "north", "tab": "a", "based_on": "0"})
    bakyts.post(url(contact, "draft"), {"where": "", "back_hours": "9–12", "tab": "b", "based_on": "0"})
    found = queries.answers_of(keys=world.keys("elena"), contact=contact)
    assert found["where"] == "north"
    assert found["back_hours"] == "9–12"


def test_the_number_to_call_back_is_covered_until_asked_for_with_a_purpose(world, elenas, contact):
    from panah.ground.audit.queries import entries_about

    elenas.post(url(contact), {"phone": "0 700 111 222", "called": "the one from the shop", "do": "finish"})
    page = elenas.get(url(contact, "page/")).content.decode()
    assert "0 700 111 222" not in page
    assert "from the shop" not in page
    assert "0 700 111 222" not in elenas.get(url(contact)).content.decode()
    assert "0 700 111 222" in elenas.post(url(contact, "show"), {"purpose": "call_back"}).content.decode()
    assert entries_about(contact.file_id)[0].facts["purpose"] == "call_back"


def test_a_stolen_database_shows_nothing_that_was_said(elenas, contact):
    elenas.post(
        url(contact),
        {
            "note": "Zebranote",
            "phone": "5551234",
            "topics": ["trafficking"],
            "sex": "male",
            "where": "Zebratown",
            "age_band": "16-17",
            "safe_word": "zebraword",
            "ends": ["call_back"],
            "back_hours": "zebrahours",
            "do": "finish",
        },
    )
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names()
        found = ""
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            found += repr(cursor.fetchall())
    for secret in ("Zebra", "zebra", "5551234", "trafficking", "male'", "16-17"):
        assert secret not in found, secret
    contact.refresh_from_db()
    assert contact.age_group == "child"


def test_a_call_back_is_on_the_list_with_its_sentence_and_state(world, elenas, contact):
    elenas.post(
        url(contact),
        {
            "ends": ["call_back"],
            "back_when": "morning",
            "back_hours": "9–12",
            "safe_word": "apricot",
            "do": "finish",
        },
    )
    contact.refresh_from_db()
    assert contact.state == ContactState.CALL_BACK
    item = DueItem.objects.get(subject=contact.pk)
    assert item.owner is None
    assert item.line == contact.line_id
    assert "only 9–12" in elenas.get("/calls/").content.decode()


def test_an_unreadable_time_does_not_stop_finish_and_is_not_lost(elenas, contact):
    answer = elenas.post(
        url(contact),
        {
            "ends": ["call_back"],
            "back_at_day": "31",
            "back_at_month": "2",
            "back_at_year": "x",
            "back_at_time": "25:99",
            "do": "finish",
        },
        follow=True,
    )
    assert "set for one hour from now" in answer.content.decode()
    assert DueItem.objects.filter(subject=contact.pk, done_at=None).count() == 1


def test_without_a_script_what_is_sent_to_a_locked_vault_waits_protected_and_comes_back(
    world, elenas, contact
):
    locked = world.client("elena", open_vault=False)
    answer = locked.post(url(contact), {"note": "typed while locked", "do": "save", "tab": "z"})
    assert answer.status_code == 302
    assert "/vault/" in answer.url
    assert "typed while locked" in world.client("elena").get(url(contact)).content.decode()
    assert not contact.drafts.exists()


def test_the_calls_list_costs_the_same_with_one_call_and_with_nine(
    elenas, take, django_assert_max_num_queries
):
    for _ in range(9):
        made = take(elenas)
        elenas.post(url(made), {"ends": ["call_back"], "do": "finish"})
    for _ in range(3):
        take(elenas)
    with django_assert_max_num_queries(26):
        assert elenas.get("/calls/").status_code == 200
    assert Contact.objects.count() == 12


def test_a_button_that_is_pressed_twice_takes_one_call(world, elenas, line):
    sent = {"line": str(line.pk), "once": "00000000-0000-4000-8000-0000000000aa"}
    assert 'name="once"' in elenas.get("/calls/").content.decode()
    first, second = elenas.post("/calls/take/", sent), elenas.post("/calls/take/", sent)
    assert first.url == second.url
    # A page that was left open takes the next call, not the same one; so does somebody else's.
    Contact.objects.update(started_at=timezone.now() - timedelta(minutes=1))
    assert elenas.post("/calls/take/", sent).url != first.url
    assert world.client("bakyt").post("/calls/take/", sent).url != first.url
    assert Contact.objects.count() == 3


def folds_of(text):
    """Each folded part of the call: whether it is open, and the names that lie in it."""
    parts = text.split('<details class="fold call-fold"')[1:4]
    return [(part.startswith(" open"), set(re.findall(r'name="([a-z_]+)', part))) for part in parts]


# What the person is called is covered once it is kept, and said beside the number.
@pytest.mark.parametrize("name", [n for part in CallForm.folded.values() for n in part if n != "called"])
def test_a_part_of_the_call_in_which_something_stands_is_not_folded(elenas, contact, name):
    field = CallForm.base_fields[name]
    codes = [str(code) for code, _label in getattr(field, "choices", []) if code and code != "none"]
    typed = {"back_at_time" if name == "back_at" else name: codes[0] if codes else "something"}
    assert elenas.post(url(contact, "draft"), {**typed, "tab": "a"}).status_code == 204
    text = elenas.get(url(contact)).content.decode()
    found = folds_of(text)
    assert [any(one.startswith(name) for one in names) for is_open, names in found if is_open] == [True]


def test_an_untouched_call_folds_everything_but_its_beginning(elenas, contact):
    text = elenas.get(url(contact)).content.decode()
    found = folds_of(text)
    assert [is_open for is_open, _names in found] == [False, False, False]
    folded = {name for part in CallForm.folded.values() for name in part}
    first = {"speak", "danger", "alone", "cut_off", "phone", "where", "note"}
    assert folded | first | {
        "forget_identity",
        "based_on",
        "note_version",
        "tab",
        "reply",
        "reply_once",
    } == set(CallForm.base_fields)
