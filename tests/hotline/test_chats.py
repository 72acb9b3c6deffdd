"""Somebody waits in a chat of the public door: who is told, who takes it, what is never lost."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from panah.ground.accounts.models import Duty
from panah.ground.audit.models import Entry
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.seals import pad, seal
from panah.ground.work import actions as work
from panah.ground.work.models import Alarm, DueItem, Page
from panah.people.cases.queries import by_number_or_404
from panah.people.hotline import actions as hotline
from panah.people.hotline import queries as hotline_queries
from panah.people.hotline.models import Contact, LineChat
from panah.people.hotline.words import Channel, ChatStands, ContactState
from panah.people.public import talk_presenters
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.content import seal_words
from panah.people.reporters.models import ChatLine
from panah.people.reporters.rules import CHATS_AN_HOUR
from panah.programmes.volunteers.models import Volunteer
from tests.conftest import PASSPHRASE
from tests.guard.past_panah import take_out
from tests.hotline import chatting
from tests.hotline.chatting import FIRST, Caller, send, taken, url
from tests.sign_in.carried_forms import carried_in
from tests.volunteers.making import volunteer

open_line = chatting.open_line


@pytest.fixture
def caller(open_line: Any) -> Caller:
    return Caller(open_line)


def test_elena_reads_on_every_page_that_somebody_waits_and_takes_the_chat_with_one_press(
    world, elenas, caller
):
    assert "Somebody waits in a chat since" in elenas.get("/calls/alarms/now").text
    listed = elenas.get("/calls/").text
    assert "Waiting in a chat" in listed
    assert FIRST not in listed
    contact = taken(elenas, caller)
    assert (contact.channel, contact.state, contact.taken_by) == (
        Channel.CHAT,
        ContactState.OPEN,
        world.staff["elena"],
    )
    page = elenas.get(url(contact)).text
    assert FIRST in page
    assert "Send to the person" in page
    assert "Somebody waits in a chat since" not in elenas.get("/calls/alarms/now").text
    assert not DueItem.objects.filter(room="hotline_chat", done_at=None).exists()


def test_a_colleague_who_is_not_on_duty_is_not_called_from_her_page_and_one_without_the_key_reads_nothing(
    world, caller
):
    assert "Somebody waits in a chat" not in world.client("bakyt").get("/calls/alarms/now").text
    for name in ("amina", "daler", "rustam"):
        assert world.client(name).get(f"/calls/chats/{caller.id}/").status_code == 404
        assert world.client(name).post(f"/calls/chats/{caller.id}/").status_code == 404


def test_words_go_both_ways_and_a_press_that_comes_twice_is_said_once(elenas, caller):
    contact = taken(elenas, caller)
    assert send(elenas, contact, "I am here. Are you alone?").status_code == 302
    send(elenas, contact, "I am here. Are you alone?")
    assert caller.reads() == ["I am here. Are you alone?"]
    caller.says("Yes, for an hour.")
    lines = elenas.get(url(contact, "chat"), headers={"HX-Request": "true"}).text
    assert "Yes, for an hour." in lines
    assert lines.index(FIRST) < lines.index("I am here") < lines.index("Yes, for an hour.")


def test_two_press_at_once_and_one_gets_it_the_other_reads_who(world, elenas, caller):
    contact = taken(elenas, caller)
    answer = world.client("bakyt").post(f"/calls/chats/{caller.id}/")
    assert answer.status_code == 409
    assert "Elena answers this chat." in answer.text
    contact.refresh_from_db()
    assert contact.taken_by == world.staff["elena"]
    assert Contact.objects.count() == 1


def test_a_line_that_elena_was_writing_when_her_browser_died_is_there_again_and_bakyt_goes_on(
    world, elenas, caller
):
    contact = taken(elenas, caller)
    sent = {"reply": "Can you reach the door without", "reply_once": "b", "tab": "t"}
    assert elenas.post(url(contact, "draft"), sent).status_code == 204
    again = world.client("elena").get(url(contact)).text
    assert "Can you reach the door without" in again
    bakyts = world.client("bakyt")
    page = bakyts.get(url(contact)).text
    assert "Elena was writing at" in page
    assert "Can you reach the door without" in page
    send(bakyts, contact, "This is a colleague. Can you reach the door?", once="c")
    assert caller.reads() == ["This is a colleague. Can you reach the door?"]
    contact.refresh_from_db()
    assert contact.with_whom == world.staff["bakyt"]
    assert Entry.objects.filter(event="hotline:chat:goes-on").exists()


def test_a_draft_that_arrives_after_its_line_was_said_does_not_come_back(elenas, caller):
    contact = taken(elenas, caller)
    send(elenas, contact, "The bus leaves at six.", once="b")
    elenas.post(url(contact, "draft"), {"reply": "The bus leaves at six.", "reply_once": "b", "tab": "t"})
    page = elenas.get(url(contact)).text
    assert page.count("The bus leaves at six.") == 1


def test_what_was_typed_into_a_locked_vault_waits_and_is_the_draft_of_the_line_again(world, caller, elenas):
    contact = taken(elenas, caller)
    locked = world.client("elena", open_vault=False)
    locked.post(url(contact), {"reply": "Stay where you are", "reply_once": "d", "tab": "t", "do": "save"})
    assert "Stay where you are" in world.client("elena").get(url(contact)).text
    assert caller.reads() == []


def test_finishing_ends_the_chat_for_her_keeps_its_lines_and_asks_what_happens_next(world, elenas, open_line):
    caller = Caller(open_line, danger=True)
    contact = taken(elenas, caller)
    send(elenas, contact, "Help is on its way.")
    answer = elenas.post(url(contact), {"do": "finish"})
    assert answer.url.endswith("/next/")
    assert hotline_queries.how_chat_stands(caller.row, at=timezone.now()) == ChatStands.ENDED_BY_US
    kept = vault_queries.value_of(keys=world.keys("elena"), file=contact.file_id, part="chat")
    assert [one["text"] for one in kept["lines"]] == [FIRST, "Help is on its way."]
    page = elenas.get(url(contact, "page/")).text
    assert "Help is on its way." in page
    assert "it does not go along into a case" in page


def test_danger_pages_at_once_and_the_alarm_stays_with_the_contact_that_the_chat_becomes(
    world, elenas, open_line
):
    caller = Caller(open_line, danger=True)
    alarm = Alarm.objects.get(subject=caller.id)
    assert alarm.room == "hotline_chat"
    page = elenas.get(f"/calls/chats/{caller.id}/").text
    assert "says: danger now" in page
    answer = elenas.post(f"/calls/chats/{caller.id}/")
    assert answer.url.endswith("/emergency/")
    shown = elenas.get(answer.url).text
    assert FIRST in shown
    assert "Send to the person" in shown
    contact = Contact.objects.get(pk=caller.id)
    elenas.post(url(contact, "emergency/"), {"do": "say", "reply": "Is a door open?", "reply_once": "e"})
    assert caller.reads() == ["Is a door open?"]


def test_i_answer_on_the_alarm_of_a_chat_takes_the_chat_and_opens_it(world, open_line):
    caller, bakyt = Caller(open_line, danger=True), world.client("bakyt")
    alarm = Alarm.objects.get(subject=caller.id)
    page = f"/calls/alarms/{alarm.pk}/"
    assert "I answer" in bakyt.get(page).text
    answer = bakyt.post(page)
    contact = Contact.objects.get(pk=caller.id)
    assert answer.url == url(contact, "emergency/")
    assert contact.taken_by == world.staff["bakyt"]
    shown = bakyt.get(answer.url).text
    assert "You answer. Everyone who was paged sees it." in shown
    assert FIRST in shown
    alarm.refresh_from_db()
    assert alarm.answered_by == world.staff["bakyt"]


@pytest.mark.parametrize("pressed_on", ["alarm", "chat"])
def test_i_answer_with_a_locked_vault_asks_to_open_it_first_and_then_takes_the_chat(
    world, open_line, pressed_on
):
    caller = Caller(open_line, danger=True)
    alarm = Alarm.objects.get(subject=caller.id)
    locked = world.client("bakyt", open_vault=False)
    page = {"alarm": f"/calls/alarms/{alarm.pk}/", "chat": f"/calls/chats/{caller.id}/"}[pressed_on]
    answer = locked.post(page)
    assert answer.status_code == 423
    assert "Open the vault" in answer.text
    assert not Contact.objects.filter(pk=caller.id).exists()
    alarm.refresh_from_db()
    assert alarm.answered_at is None, "nobody has the chat: paging goes on"
    answer = locked.post(page, {"vault-kept": carried_in(answer), "vault-passphrase": PASSPHRASE})
    contact = Contact.objects.get(pk=caller.id)
    assert answer.url == url(contact, "emergency/")
    assert contact.taken_by == world.staff["bakyt"]
    assert FIRST in locked.get(answer.url).text
    alarm.refresh_from_db()
    answered = {"alarm": world.staff["bakyt"], "chat": None}[pressed_on]
    assert alarm.answered_by == answered, "what was pressed on the alarm stops the paging"


def test_while_whoever_answers_may_not_take_the_chat_the_others_stay_paged(world, open_line):
    caller, row = Caller(open_line, danger=True), volunteer(world, ready=True)
    # However it came into the table.
    young = timezone.localdate().year - 16
    Volunteer.objects.filter(pk=row.pk).update(born_year=young, staff=world.staff["bakyt"])
    alarm = Alarm.objects.get(subject=caller.id)
    answer = world.client("bakyt").post(f"/calls/alarms/{alarm.pk}/")
    assert answer.status_code == 409
    alarm.refresh_from_db()
    assert alarm.answered_at is None
    assert not Contact.objects.filter(pk=caller.id).exists()


def test_whoever_answers_the_alarm_of_a_chat_that_a_colleague_has_stops_the_paging(world, open_line, elenas):
    caller = Caller(open_line, danger=True)
    alarm = Alarm.objects.get(subject=caller.id)
    taken(elenas, caller)
    answer = world.client("bakyt").post(f"/calls/alarms/{alarm.pk}/")
    assert world.staff["elena"].name in answer.text
    alarm.refresh_from_db()
    assert alarm.answered_by == world.staff["bakyt"]


def test_whoever_opens_the_vault_when_a_colleague_was_quicker_reads_who_answers(world, open_line, elenas):
    caller = Caller(open_line)
    locked = world.client("bakyt", open_vault=False)
    page = f"/calls/chats/{caller.id}/"
    asked = locked.post(page)
    taken(elenas, caller)
    answer = locked.post(page, {"vault-kept": carried_in(asked), "vault-passphrase": PASSPHRASE})
    assert answer.status_code == 409
    assert world.staff["elena"].name in answer.text


def test_where_nobody_answers_a_second_colleague_is_called_and_she_reads_the_truth(world, open_line):
    began = timezone.now() - timedelta(minutes=4)
    caller = Caller(open_line, at=began)
    now = timezone.now()
    assert hotline_queries.how_chat_stands(caller.row, at=began + timedelta(minutes=1)) == ChatStands.WAITS
    assert hotline.call_second_for_chats(at=now) == 1
    assert hotline.call_second_for_chats(at=now) == 0
    second = DueItem.objects.filter(room="hotline_chat", purpose="chat_second", done_at=None)
    assert {one.owner for one in second} == {world.staff["bakyt"], world.staff["saule"]}
    assert hotline_queries.how_chat_stands(caller.row, at=now) == ChatStands.LATE
    assert "Somebody waits in a chat since" in world.client("bakyt").get("/calls/alarms/now").text
    later = began + timedelta(minutes=11)
    assert hotline_queries.how_chat_stands(caller.row, at=later) == ChatStands.UNANSWERED
    taken(world.client("bakyt"), caller)
    assert not second.all().exists()


def test_a_chat_whose_page_was_cut_off_waits_again_for_all_and_is_gone_on_with(world, elenas, caller):
    contact = taken(elenas, caller)
    hotline.close_silent_calls(at=timezone.now() + timedelta(minutes=11))
    contact.refresh_from_db()
    assert contact.ended_by_itself
    assert hotline_queries.how_chat_stands(caller.row, at=caller.row.waits_since) == ChatStands.CUT_OFF
    assert "Waiting in a chat" in elenas.get("/calls/").text
    taken(world.client("bakyt"), caller)
    contact.refresh_from_db()
    assert contact.state == ContactState.OPEN
    assert Contact.objects.count() == 1
    send(world.client("bakyt"), contact, "I go on.", once="f")
    assert caller.reads() == ["I go on."]


def test_she_ends_a_chat_that_nobody_answered_and_what_she_wrote_is_read_all_the_same(world, elenas, caller):
    hotline.end_by_person(opened=caller.opened, at=timezone.now())
    contact = taken(elenas, caller)
    page = elenas.get(url(contact)).text
    assert FIRST in page
    assert "The person ended the chat at" in page
    assert "Send to the person" not in page
    assert send(elenas, contact, "Are you there?").status_code == 302
    assert caller.reads() == []


@pytest.mark.parametrize("said", [True, False, None])
def test_what_was_written_goes_into_the_case_only_where_she_said_so(world, elenas, caller, said):
    contact = taken(elenas, caller)
    send(elenas, contact, "We can meet you tomorrow.")
    elenas.post(url(contact), {"do": "finish", "ends": ["case"]})
    if said is not None:
        hotline.choose_transcript(chat=caller.id, may_go_along=said)
    contact.refresh_from_db()
    number = hotline.convert_to_case(
        keys=world.keys("bakyt"), contact=contact, owner=world.staff["amina"], by=world.staff["bakyt"],
        say=lambda name, value: (name, str(value)), at=timezone.now(),
    )  # fmt: skip
    case = by_number_or_404(number, to=world.staff["amina"])
    notes = vault_queries.read_all(keys=world.keys("amina"), file=case.file_id, part="note")
    assert notes, "control"
    assert any(FIRST in str(one.value) for one in notes) == bool(said)


def test_what_was_gone_when_a_chat_became_a_case_is_said_in_the_case(world, elenas, caller):
    contact = taken(elenas, caller)
    send(elenas, contact, "We can meet you tomorrow.")
    take_out("reporters_chatline", id=ChatLine.objects.get(number=1).pk)
    elenas.post(url(contact), {"do": "finish", "ends": ["case"]})
    hotline.choose_transcript(chat=caller.id, may_go_along=True)
    contact.refresh_from_db()
    number = hotline.convert_to_case(
        keys=world.keys("bakyt"), contact=contact, owner=world.staff["amina"], by=world.staff["bakyt"],
        say=lambda name, value: (name, str(value)), at=timezone.now(),
    )  # fmt: skip
    page = world.client("amina").get(f"/cases/{number}/").text
    assert "Something stood here that can no longer be read." in page
    assert "We can meet you tomorrow." in page


def test_an_erased_contact_takes_its_chat_along(world, elenas, caller):
    contact = taken(elenas, caller)
    elenas.post(url(contact), {"do": "finish"})
    contact.refresh_from_db()
    hotline.erase_contact(
        keys=world.keys("bakyt"), contact=contact, by=world.staff["bakyt"], at=timezone.now()
    )
    assert caller.opened is None
    assert not LineChat.objects.exists()


def test_elena_hands_her_chat_over_like_every_call_and_bakyt_answers_in_it(world, elenas, caller):
    contact = taken(elenas, caller)
    sent = {
        "contacts": [str(contact.pk)],
        "to": str(world.staff["bakyt"].pk),
        f"word-{contact.pk}": "She waits at the river.",
    }
    assert elenas.post("/calls/hand-over/", sent).status_code == 302
    contact.refresh_from_db()
    assert contact.with_whom == world.staff["bakyt"]
    bakyts = world.client("bakyt")
    assert "She waits at the river." in bakyts.get(url(contact, "page/")).text
    send(bakyts, contact, "I am a colleague.", once="g")
    assert caller.reads() == ["I am a colleague."]


def test_nobody_on_duty_means_no_line_and_neither_does_another_language(world, open_line):
    now, north = timezone.now(), world.societies["north"].pk
    asked = {"society": north, "at": now}
    assert hotline_queries.line_for_chat(language="ru", **asked) == open_line
    assert hotline_queries.line_for_chat(language="uz-Cyrl", **asked) == open_line
    assert hotline_queries.line_for_chat(language="ko", **asked) is None
    Duty.objects.all().delete()
    assert hotline_queries.line_for_chat(language="ru", **asked) is None


def test_no_word_of_a_chat_stands_in_plain_in_any_table(world, elenas, caller):
    contact = taken(elenas, caller)
    send(elenas, contact, "The blue gate by the mill")
    elenas.post(url(contact, "draft"), {"reply": "An unsent gooseberry", "reply_once": "h", "tab": "t"})
    elenas.post(url(contact), {"do": "finish"})
    found = ""
    for alias in ("default", "shred"):
        with connections[alias].cursor() as cursor:
            for table in connections[alias].introspection.table_names():
                cursor.execute(f'SELECT * FROM "{table}"')
                found += "".join(
                    str(bytes(one) if isinstance(one, memoryview) else one) for row in cursor for one in row
                )
    assert str(contact.number) in found, "control"
    for word in ("river", "blue gate", "gooseberry"):
        assert word not in found


def test_the_chat_of_a_colleague_who_leaves_waits_again_for_those_who_answer(world, elenas, caller):
    contact = taken(elenas, caller)
    vault.offboard(keys=world.keys("bakyt"), staff=world.staff["elena"], at=timezone.now())
    assert caller.row.waits_since is not None
    bakyts = world.client("bakyt")
    taken(bakyts, caller)
    assert FIRST in bakyts.get(url(contact)).text
    send(bakyts, contact, "I am a colleague.", once="i")
    assert caller.reads() == ["I am a colleague."]


def test_where_she_wants_no_note_erasing_it_erases_what_was_written_in_the_chat_too(world, elenas, caller):
    contact = taken(elenas, caller)
    elenas.post(url(contact), {"do": "finish", "c_note": "no"})
    assert FIRST in elenas.get(url(contact, "page/")).text
    elenas.post(url(contact, "forget-note"))
    page = elenas.get(url(contact, "page/")).text
    assert FIRST not in page
    assert "Erase what was noted" not in page
    assert caller.opened is None


def test_once_it_is_a_case_nobody_on_the_line_opens_the_chat_and_she_still_does(world, elenas, caller):
    contact = taken(elenas, caller)
    send(elenas, contact, "We meet at noon.")
    elenas.post(url(contact), {"do": "finish"})
    assert reporters_queries.lines_of(keys=world.keys("elena"), chat=caller.row.chat), "control"
    contact.refresh_from_db()
    hotline.convert_to_case(
        keys=world.keys("bakyt"), contact=contact, owner=world.staff["amina"], by=world.staff["bakyt"],
        say=lambda name, value: (name, str(value)), at=timezone.now(),
    )  # fmt: skip
    for name in ("elena", "bakyt"):
        assert reporters_queries.lines_of(keys=world.keys(name), chat=caller.row.chat) is None
    assert caller.reads() == ["We meet at noon."]


@pytest.fixture
def flood(open_line: Any) -> None:
    """A machine begins as many chats as an hour may bring."""
    for _ in range(CHATS_AN_HOUR):
        Caller(open_line, text="")


def test_in_a_flood_danger_joins_one_page_out_and_no_chat_is_dropped(world, flood, elenas, open_line):
    now = timezone.now()
    machines = [Caller(open_line, text="", danger=True) for _ in range(2)]
    late = Caller(open_line, text="")
    hotline.mark_danger(chat=late.id, at=now)
    assert late.row.later and not Alarm.objects.filter(room="hotline_chat").exists()
    (alarm,) = Alarm.objects.filter(room="hotline_chats")
    leads = world.client("bakyt")
    assert "3 chats wait, danger." in leads.get("/calls/alarms/now").text
    assert (
        "3 chats of the public door wait and say: danger now." in leads.get(f"/calls/alarms/{alarm.pk}/").text
    )
    said = talk_presenters.said(late.row, [], country="XA", at=now)
    assert "told a second person" in " ".join(map(str, said.sentences))
    Alarm.objects.update(answered_at=now, answered_by=world.staff["elena"])
    Caller(open_line, text="", danger=True)
    assert Alarm.objects.count() == 1, "answered a moment ago"
    hotline.call_second_for_chats(at=now + timedelta(minutes=4))
    hotline.call_second_for_chats(at=now + timedelta(minutes=5))
    assert Alarm.objects.count() == 2, "they still wait, and somebody is called once more"
    taken(elenas, machines[0])
    LineChat.objects.filter(pk=machines[0].id).update(urgency="today")
    hotline.mark_danger(chat=machines[0].id, at=now)
    assert Alarm.objects.filter(subject=machines[0].id).exists(), "somebody is with her: it pages by itself"


def test_after_a_restore_the_next_chat_of_a_flood_that_says_danger_calls_somebody(world, flood, open_line):
    Caller(open_line, text="", danger=True)
    work.stop_old_paging(society=world.societies["north"].pk)
    hotline.call_second_for_chats(at=timezone.now() + timedelta(minutes=5))
    assert not Page.objects.exists(), "what said danger before the restore calls nobody by itself"
    Caller(open_line, text="", danger=True)
    assert Page.objects.filter(alarm__room="hotline_chats", paged_at__isnull=False).exists()


def test_danger_is_told_once_and_after_the_end_no_more(world, elenas, caller):
    hotline.mark_danger(chat=caller.id, at=timezone.now())
    taken(elenas, caller)
    Alarm.objects.update(answered_at=timezone.now(), answered_by=world.staff["elena"])
    hotline.mark_danger(chat=caller.id, at=timezone.now())
    hotline.end_by_person(opened=caller.opened, at=timezone.now())
    LineChat.objects.update(urgency="today")
    hotline.mark_danger(chat=caller.id, at=timezone.now())
    assert Alarm.objects.filter(subject=caller.id).count() == 1


@pytest.mark.parametrize("when", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "noon", ""])
def test_a_line_from_a_browser_with_an_impossible_clock_is_read_all_the_same(world, elenas, caller, when):
    opened, once = caller.opened, uuid4()
    ours, own = (
        seal_words(public, {"text": "Practice: hear me", "at": when}, "door line", opened.id, once)
        for public in (opened.public, opened.reply_public)
    )
    reporters.say_as_reporter(opened=opened, once=once, sealed=(ours, own), at=timezone.now())
    assert "Practice: hear me" in elenas.get(url(taken(elenas, caller))).text


def test_a_line_that_ends_in_half_a_sign_is_read_on_both_sides(world, elenas, caller):
    """A field that is full cuts an emoji in two."""
    opened, once = caller.opened, uuid4()
    plain = pad(json.dumps({"text": "Practice: hear me \ud83d", "at": "2026-11-28T08:00:00Z"}).encode())
    ours, own = (seal(to, plain, "door line", opened.id, once) for to in (opened.public, opened.reply_public))
    reporters.say_as_reporter(opened=opened, once=once, sealed=(ours, own), at=timezone.now())
    assert "Practice: hear me ?" in elenas.get(url(taken(elenas, caller))).text
    said = [one.text for one in reporters_queries.chat_lines_for(caller.opened)]
    assert "Practice: hear me ?" in said
