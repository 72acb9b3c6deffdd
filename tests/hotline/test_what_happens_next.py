"""A call in danger never disappears: after its end somebody owns what follows, until what came of it is written."""

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.kit.rank import Rank
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, DueItem
from panah.ground.work.ranked import ranked
from panah.people.hotline.actions import CallDraft, close_silent_calls, take_arrival
from panah.people.hotline.models import Contact
from panah.people.hotline.words import AttemptOutcome, ContactState

DANGER = {"danger": "yes", "cut_off": "yes"}
NOTHING = {"what": "nothing", "text": "A colleague met the person; safe at a friend's."}


def undecided(contact):
    return DueItem.objects.filter(subject=contact.pk, purpose="decide", done_at=None)


def finish(client, contact, **typed):
    return client.post(f"/calls/{contact.number}/", {**typed, "do": "finish"})


@pytest.fixture
def in_danger(elenas, contact):
    """Elena finished a call of somebody who is threatened, with one key, and answered nothing afterwards."""
    finish(elenas, contact, **DANGER)
    contact.refresh_from_db()
    return contact


@pytest.mark.parametrize(
    "typed",
    [
        {"danger": "yes"},
        {"cut_off": "yes"},
        {"urgency": "now"},
        {"ends": ["case"]},
        {"danger": "yes", "ends": ["call_back"], "back_when": "15min"},
        {"danger": "yes", "ends": ["call_back"], "back_when": "1h", "c_back": "yes", "safe_back": "unknown"},
    ],
)
def test_finish_ends_the_call_at_once_and_then_asks_what_happens_next(world, elenas, contact, typed):
    answer = finish(elenas, contact, **typed)
    contact.refresh_from_db()
    assert contact.state == ContactState.FINISHED
    assert answer.url == f"/calls/{contact.number}/next/"
    assert "What happens next?" in elenas.get(answer.url).content.decode()
    item = DueItem.objects.get(subject=contact.pk, done_at=None)
    danger = typed.get("danger") == "yes" or typed.get("urgency") == "now"
    assert (item.kind, item.purpose, item.urgency) == ("decide", "decide", "now" if danger else "today")
    assert (item.owner, item.line) == (world.staff["elena"], contact.line_id)
    assert item.due_at - contact.ended_at == timedelta(minutes=15)


@pytest.mark.parametrize(
    "typed", [{}, {"danger": "no", "cut_off": "no"}, {"note": "asked for opening hours"}]
)
def test_a_call_without_danger_and_without_a_promise_asks_nothing(elenas, contact, typed):
    assert finish(elenas, contact, **typed).url == "/calls/"
    assert not undecided(contact).exists()


def test_what_is_undecided_without_danger_is_safety_and_is_danger_once_danger_is_told(elenas, contact):
    finish(elenas, contact, cut_off="yes")
    assert ranked(undecided(contact), at=timezone.now()).get().rank == Rank.SAFETY
    assert ">danger now<" not in elenas.get("/").text
    elenas.post(f"/calls/{contact.number}/", {"danger": "yes", "do": "save"})
    assert ranked(undecided(contact), at=timezone.now()).get().rank == Rank.DANGER
    assert ">danger now<" in elenas.get("/").text


def test_a_call_back_that_is_agreed_and_safe_is_itself_what_is_due(elenas, contact):
    typed = {**DANGER, "ends": ["call_back"], "back_when": "15min", "safe_back": "yes"}
    finish(elenas, contact, **typed)
    assert DueItem.objects.get(subject=contact.pk, done_at=None).kind == "call"
    contact.refresh_from_db()
    assert contact.state == ContactState.CALL_BACK


@pytest.mark.parametrize("changed", [{"safe_back": "no"}, {"c_back": "no"}, {"safe_back": "unknown"}])
def test_when_ringing_is_not_safe_any_more_nothing_on_the_list_says_call(elenas, contact, changed):
    finish(elenas, contact, **DANGER, ends=["call_back"], back_when="15min", safe_back="yes", c_back="yes")
    elenas.post(f"/calls/{contact.number}/", {**changed, "do": "save"})
    assert DueItem.objects.get(subject=contact.pk, done_at=None).purpose == "decide"


def test_danger_that_was_taken_back_was_danger(elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {"danger": "yes", "do": "save"})
    assert finish(elenas, contact, danger="no").url.endswith("/next/")


def test_the_emergency_questions_alone_are_danger(elenas, contact):
    elenas.post(f"/calls/{contact.number}/emergency/", {"e_place": "third floor", "do": "back"})
    assert finish(elenas, contact).url.endswith("/next/")
    assert undecided(contact).exists()


@pytest.mark.parametrize("who", ["elena", "bakyt", None])
def test_a_page_that_was_answered_leaves_something_due(world, elenas, contact, who):
    elenas.post(f"/calls/{contact.number}/", {"do": "emergency"})
    alarm = Alarm.objects.get()
    if who == "elena":
        elenas.post(f"/calls/{contact.number}/emergency/", {"do": "call_off"})
    elif who:
        work.answer_alarm(alarm=alarm, by=world.staff[who], at=timezone.now())
    finish(elenas, contact)
    assert undecided(contact).get().owner == world.staff["elena"]


def test_danger_now_on_a_contact_that_has_ended_puts_it_on_the_list_also_with_a_locked_vault(
    world, elenas, contact
):
    finish(elenas, contact)
    assert not undecided(contact).exists()
    locked = world.client("elena", open_vault=False)
    locked.post(f"/calls/{contact.number}/emergency/", {"do": "start"})
    assert undecided(contact).exists()


def test_a_call_that_ended_by_itself_waits_with_the_one_who_took_it(world, elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {"danger": "yes", "do": "save"})
    contact.refresh_from_db()
    close_silent_calls(at=contact.last_sign_of_life + timedelta(minutes=10))
    item = DueItem.objects.get(subject=contact.pk, done_at=None)
    assert (item.purpose, item.owner, item.line) == ("decide", world.staff["elena"], contact.line_id)
    page = world.client("bakyt").get("/calls/").content.decode()
    assert "Not decided yet" in page and "ended without Finish" in page
    for who in ("elena",):
        assert "Decide what happens next after this contact" in world.client(who).get("/").content.decode()
    assert "after this contact" not in world.client("elena", open_vault=False).get("/").content.decode()


def test_whoever_answers_the_line_no_more_owns_nothing_and_the_line_does(world, elenas, contact):
    from panah.ground.vault.models import KeyHeld

    KeyHeld.objects.filter(staff=world.staff["elena"], key__kind="L").delete()
    contact.refresh_from_db()
    close_silent_calls(at=contact.last_sign_of_life + timedelta(minutes=10))
    item = undecided(contact).get()
    assert (item.owner, item.line) == (None, contact.line_id)


def test_when_elena_answers_the_line_no_more_what_was_hers_goes_to_the_line(world, line, in_danger):
    world.client("bakyt").post(
        f"/calls/lines/{line.pk}/", {"do": "take", "staff": str(world.staff["elena"].pk)}
    )
    assert undecided(in_danger).get().owner is None
    assert in_danger.number in world.client("saule").get("/calls/").content.decode()


@pytest.mark.parametrize(("urgency", "purpose"), [("now", "decide"), ("today", "arrived")])
def test_what_arrived_sealed_and_tells_of_danger_is_decided_about(world, line, urgency, purpose):
    made = take_arrival(
        keys=world.keys("elena"), line=line, came_at=world.at, by=world.staff["elena"], at=timezone.now(),
        typed=CallDraft(answers={"urgency": urgency}, note="written at night"),
    )  # fmt: skip
    assert DueItem.objects.get(subject=made.pk, done_at=None).purpose == purpose


def test_paper_that_tells_of_danger_is_decided_about_too(elenas, line):
    at = timezone.localtime() - timedelta(hours=5)
    written = {"written_at_day": at.day, "written_at_month": at.month, "written_at_year": at.year}
    answer = elenas.post(
        "/calls/paper/new/", {"line": str(line.pk), **written, "written_at_time": "00:01", "author": "Poplar"}
    )
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    typed_in = Contact.objects.get(channel="paper")
    elenas.post(f"/calls/{typed_in.number}/", {"danger": "yes", "do": "save"})
    assert undecided(typed_in).get().due_at > timezone.now()


def test_danger_that_is_typed_after_the_end_is_decided_about(elenas, contact):
    finish(elenas, contact)
    elenas.post(f"/calls/{contact.number}/draft", {"danger": "yes"})
    assert undecided(contact).exists()


def test_what_waits_sealed_behind_a_locked_vault_is_looked_at(world, elenas, contact):
    finish(elenas, contact)
    locked = world.client("elena", open_vault=False)
    locked.post(f"/calls/{contact.number}/", {"danger": "yes", "note": "he came in", "tab": "z"})
    assert undecided(contact).exists()
    elenas.get(f"/calls/{contact.number}/page/")
    assert undecided(contact).exists(), "it told of danger"


def test_what_waited_sealed_and_told_of_no_danger_goes_from_the_list_once_it_is_read(world, elenas, contact):
    finish(elenas, contact)
    world.client("elena", open_vault=False).post(
        f"/calls/{contact.number}/", {"note": "spelt it", "tab": "z"}
    )
    assert undecided(contact).exists()
    elenas.get(f"/calls/{contact.number}/page/")
    assert not undecided(contact).exists()


def test_the_list_and_the_handover_show_it_on_top_and_not_among_what_ended(world, elenas, in_danger):
    page = world.client("bakyt").get("/calls/").content.decode()
    assert page.index("Not decided yet") < page.index(in_danger.number) < page.index("On the line")
    assert page.count(f"/calls/{in_danger.number}/next/") and "Elena" in page
    assert in_danger.number not in page[page.index("Ended today") :]
    handing = elenas.get("/calls/hand-over/").content.decode()
    assert f'value="{in_danger.pk}"' in handing and "checked" in handing
    # Each of them finds it in her own day, also while her vault is locked: a neutral word.
    for who in ("bakyt", "elena"):
        assert in_danger.number in world.client(who, open_vault=False).get("/").content.decode()
    assert "was in danger" not in world.client("bakyt", open_vault=False).get("/calls/").content.decode()
    assert "was in danger" in world.client("bakyt").get("/calls/").content.decode()


@pytest.mark.parametrize("who", ["amina", "cholpon", "daler", "nurlan"])
def test_who_does_not_answer_the_line_finds_neither_item_nor_page(world, in_danger, who):
    theirs = world.client(who)
    assert theirs.get(f"/calls/{in_danger.number}/next/").status_code == 404
    assert in_danger.number not in theirs.get("/").content.decode()
    assert theirs.get(f"/due/{undecided(in_danger).get().pk}/").status_code == 404


def test_the_next_shift_gets_it_and_whoever_knows_writes_what_came_of_it(world, elenas, in_danger):
    elenas.post("/calls/hand-over/", {"contacts": [str(in_danger.pk)], "to": str(world.staff["saule"].pk)})
    assert undecided(in_danger).get().owner == world.staff["saule"]
    assert in_danger.number in elenas.get("/calls/").content.decode(), "it stays with all who answer the line"
    bakyts = world.client("bakyt")
    answer = bakyts.post(f"/calls/{in_danger.number}/next/", NOTHING)
    assert answer.status_code == 302, answer.content.decode()
    assert not DueItem.objects.filter(subject=in_danger.pk, done_at=None).exists()
    assert "safe at a friend" in elenas.get(f"/calls/{in_danger.number}/page/").content.decode()


@pytest.mark.parametrize("place", ["next/", "page/", "back/"])
def test_the_next_shift_reads_what_was_written_to_it_where_it_goes_on(world, elenas, in_danger, place):
    said = "She whispers: ring only when it is dark"
    word = {"contacts": [str(in_danger.pk)], "to": "", f"word-{in_danger.pk}": said}
    elenas.post("/calls/hand-over/", word)
    page = world.client("bakyt").get(f"/calls/{in_danger.number}/{place}").content.decode()
    # Not in the fold of who typed what, which nobody opens at night.
    assert said in page[page.index("<main") :].split("<details")[0]


def test_handed_to_whoever_answers_it_belongs_to_the_line(world, elenas, in_danger):
    elenas.post("/calls/hand-over/", {"contacts": [str(in_danger.pk)], "to": ""})
    item = undecided(in_danger).get()
    assert (item.owner, item.line) == (None, in_danger.line_id)


@pytest.mark.parametrize("what", ["nothing", "elsewhere", "help"])
def test_without_words_it_is_not_decided_and_what_was_chosen_stays(elenas, in_danger, what):
    page = elenas.post(f"/calls/{in_danger.number}/next/", {"what": what})
    assert page.status_code == 422
    assert "in a few words" in page.content.decode()
    assert undecided(in_danger).exists()


def test_where_nobody_was_in_danger_one_choice_is_enough(elenas, contact):
    finish(elenas, contact, cut_off="yes")
    elenas.post(f"/calls/{contact.number}/next/", {"what": "nothing"})
    assert not undecided(contact).exists()


@pytest.mark.parametrize(
    ("sent", "hours"),
    [
        ({"what": "help", "text": "Amina drives there"}, 1),
        ({"what": "wait", "text": "They write when the door is open"}, 1),
    ],
)
def test_help_on_its_way_and_waiting_for_a_sign_come_back_until_it_is_known_what_came_of_it(
    elenas, in_danger, sent, hours
):
    elenas.post(f"/calls/{in_danger.number}/next/", sent)
    left = undecided(in_danger).get().due_at - timezone.now()
    assert timedelta(hours=hours) - timedelta(minutes=1) < left <= timedelta(hours=hours)
    page = elenas.get(f"/calls/{in_danger.number}/next/").content.decode()
    assert sent["text"] in page


def test_a_decision_is_not_put_off_for_a_week(elenas, in_danger):
    at = timezone.localtime() + timedelta(days=7)
    far = {
        "again_at_day": at.day,
        "again_at_month": at.month,
        "again_at_year": at.year,
        "again_at_time": "10:00",
    }
    before = undecided(in_danger).get().due_at
    page = elenas.post(f"/calls/{in_danger.number}/next/", {"what": "wait", "text": "no sign yet", **far})
    assert page.status_code == 422 and "no sign yet" in page.content.decode()
    assert undecided(in_danger).get().due_at == before


def test_a_colleague_goes_on_and_the_others_still_see_it(world, elenas, in_danger):
    elenas.post(
        f"/calls/{in_danger.number}/next/",
        {"what": "colleague", "to": str(world.staff["saule"].pk), "text": ""},
    )
    assert undecided(in_danger).get().owner == world.staff["saule"]
    assert in_danger.number in elenas.get("/calls/").content.decode()


def test_calling_back_is_no_choice_before_she_said_that_it_is_safe(elenas, in_danger):
    page = elenas.post(f"/calls/{in_danger.number}/next/", {"what": "call_back", "again_when": "15min"})
    assert page.status_code == 422 and "said that ringing is safe" in page.content.decode()
    assert undecided(in_danger).exists()
    elenas.post(f"/calls/{in_danger.number}/", {"safe_back": "yes", "do": "save"})
    answer = elenas.post(f"/calls/{in_danger.number}/next/", {"what": "call_back", "again_when": "15min"})
    assert answer.status_code == 302, answer.content.decode()
    assert DueItem.objects.get(subject=in_danger.pk, done_at=None).kind == "call"


def test_two_who_answer_at_once_do_not_write_over_one_another(world, elenas, in_danger):
    bakyts = world.client("bakyt")
    bakyts.post(f"/calls/{in_danger.number}/next/", {**NOTHING, "seen": "0"})
    page = elenas.post(
        f"/calls/{in_danger.number}/next/", {"what": "wait", "text": "I sit by the telephone", "seen": "0"}
    ).content.decode()
    assert "in the meantime" in page and "I sit by the telephone" in page and "safe at a friend" in page
    assert not undecided(in_danger).exists()


def test_closing_it_asks_first_and_loses_neither_the_decision_nor_the_promise(elenas, in_danger):
    answer = elenas.post(f"/calls/{in_danger.number}/close")
    assert answer.url == f"/calls/{in_danger.number}/next/"
    in_danger.refresh_from_db()
    assert (in_danger.state, undecided(in_danger).count()) == (ContactState.FINISHED, 1)
    elenas.post(f"/calls/{in_danger.number}/next/", NOTHING)
    elenas.post(f"/calls/{in_danger.number}/close")
    in_danger.refresh_from_db()
    assert in_danger.state == ContactState.CLOSED


def test_a_call_that_goes_on_is_not_closed(elenas, contact):
    elenas.post(f"/calls/{contact.number}/", {"danger": "yes", "do": "save"})
    assert elenas.post(f"/calls/{contact.number}/close").url == f"/calls/{contact.number}/"
    contact.refresh_from_db()
    assert contact.state == ContactState.OPEN


def test_a_closed_contact_in_which_danger_is_typed_comes_back(elenas, contact):
    finish(elenas, contact)
    elenas.post(f"/calls/{contact.number}/close")
    elenas.post(f"/calls/{contact.number}/draft", {"danger": "yes"})
    contact.refresh_from_db()
    assert (contact.state, undecided(contact).count()) == (ContactState.FINISHED, 1)


def test_a_call_that_is_taken_up_again_is_asked_about_when_it_ends_again(elenas, in_danger):
    elenas.post(f"/calls/{in_danger.number}/resume")
    assert undecided(in_danger).count() == 1, "an open page decides nothing"
    finish(elenas, in_danger)
    assert undecided(in_danger).count() == 1


@pytest.mark.parametrize(
    "outcome", [AttemptOutcome.REACHED, AttemptOutcome.NOT_SAFE, AttemptOutcome.SOMEONE_ELSE]
)
def test_after_a_call_back_to_somebody_in_danger_it_is_decided_again(elenas, contact, outcome):
    finish(elenas, contact, **DANGER, ends=["call_back"], back_when="15min", safe_back="yes")
    answer = elenas.post(f"/calls/{contact.number}/back/", {"outcome": outcome})
    assert answer.url == f"/calls/{contact.number}/next/"
    assert DueItem.objects.get(subject=contact.pk, done_at=None).purpose == "decide"


def test_when_nobody_was_reached_as_often_as_agreed_somebody_decides(elenas, contact):
    finish(elenas, contact, ends=["call_back"], back_when="15min", back_tries="1")
    elenas.post(f"/calls/{contact.number}/back/", {"outcome": AttemptOutcome.NO_ANSWER})
    assert DueItem.objects.get(subject=contact.pk, done_at=None).purpose == "decide"


def test_the_wish_for_no_note_leaves_the_decision_and_erases_the_words(world, elenas, contact):
    finish(elenas, contact, **DANGER, c_note="no", note="behind the bakery")
    elenas.post(f"/calls/{contact.number}/next/", {"what": "wait", "text": "she hides in the cellar"})
    elenas.post(f"/calls/{contact.number}/forget-note")
    assert undecided(contact).get().owner == world.staff["elena"]
    contact.refresh_from_db()
    assert undecided(contact).get().file == contact.file_id
    page = elenas.get(f"/calls/{contact.number}/next/").content.decode()
    assert "cellar" not in page and "We wait for a sign" in page


def test_the_alarm_and_the_list_lead_to_the_question(elenas, in_danger):
    assert elenas.get(f"/calls/open/{in_danger.pk}/").url == f"/calls/{in_danger.number}/next/"


def test_what_was_ticked_at_the_end_is_gone_on_with_after_the_question(elenas, contact):
    finish(elenas, contact, **DANGER, ends=["family_links"])
    answer = elenas.post(f"/calls/{contact.number}/next/", NOTHING)
    assert answer.url == f"/calls/{contact.number}/family/"


def test_nothing_of_it_stands_in_plain(in_danger, elenas):
    elenas.post(f"/calls/{in_danger.number}/next/", {"what": "wait", "text": "behind the bakery"})
    from django.db import connection

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = str(cursor.fetchall())
            assert "bakery" not in rows and "was in danger" not in rows, table
