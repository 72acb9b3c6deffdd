"""A chat at the door: begun on a bad line, taken by one colleague, handed on, and nothing lost or said twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import actions as vault
from panah.ground.vault import shred_store
from panah.people.reporters import actions as reporters
from panah.people.reporters import content as sealing
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters import rules
from panah.people.reporters.models import Chat, ChatLine
from panah.people.reporters.queries import chats
from tests.reporters.chatting import Chatting
from tests.reporters.conftest import Stranger


@pytest.fixture
def chat(world):
    return Chatting(world)


def claims(world, chat, name="elena"):
    row = chat.row
    reporters.claim_chat(keys=world.keys(name), chat=row, at=world.at)
    return row


def says(world, chat, text, name="elena", once=None):
    return reporters.say(keys=world.keys(name), chat=chat.row, once=once or uuid4(), text=text, at=world.at)


def reads(world, chat, name="elena"):
    lines = reporters_queries.lines_of(keys=world.keys(name), chat=chat.row)
    return None if lines is None else [(one.to_reporter, one.text) for one in lines]


def test_both_sides_read_the_same_however_often_they_reload(world, chat):
    chat.says("Practice: he is in the next room.")
    claims(world, chat)
    says(world, chat, "Practice: are you safe for ten minutes?")
    chat.says("Practice: yes")
    expected = [
        (False, "Practice: he is in the next room."),
        (True, "Practice: are you safe for ten minutes?"),
        (False, "Practice: yes"),
    ]
    assert chat.reads() == reads(world, chat) == expected
    assert chat.reads(after=2) == expected[2:]
    assert datetime.fromisoformat(reporters_queries.chat_lines_for(chat.opened)[0].said_at) == world.at


def test_a_line_sent_again_on_a_bad_line_stands_once_also_after_the_end(world, chat):
    once = uuid4()
    assert chat.says("Practice", once) == chat.says("Practice", once) == 1
    claims(world, chat)
    theirs = uuid4()
    assert says(world, chat, "Practice", once=theirs) == says(world, chat, "Practice", once=theirs) == 2
    reporters.end_chat(by=world.staff["elena"], chat=chat.row, at=world.at)
    assert chat.says("Practice", once) == 1, "what arrived is acknowledged, whatever became of the chat"
    assert says(world, chat, "Practice", once=theirs) == 2
    assert ChatLine.objects.count() == 2


def test_what_was_said_lies_sealed_and_its_moment_too(world, chat):
    chat.says("Practice: the gate is green.", at=world.at + timedelta(minutes=7))
    (line,) = ChatLine.objects.all()
    body = shred_store.get("door_line", line.pk)
    assert b"green" not in body and b"2026" not in body
    assert not [name for name in ("said_at", "at", "text") if hasattr(line, name)]


def test_a_form_pressed_twice_begins_one_chat(world, chat):
    assert reporters.start_chat(**chat.said) == chat.started
    assert Chat.objects.count() == 1


def test_who_holds_the_key_of_the_line_or_of_intake_reads_and_nobody_else(world, chat):
    chat.says("Practice")
    assert reads(world, chat, "elena") == reads(world, chat, "bakyt") == [(False, "Practice")]
    for name in ("amina", "gulnar", "timur", "daler", "rustam"):
        assert reads(world, chat, name) is None
        with pytest.raises(Refusal):
            claims(world, chat, name)


def test_of_two_colleagues_one_has_the_chat_and_hands_it_over(world, chat):
    claims(world, chat)
    claims(world, chat)
    with pytest.raises(Refusal) as refused:
        claims(world, chat, "bakyt")
    assert refused.value.code == "chat-of-another"
    with pytest.raises(Refusal):
        says(world, chat, "Practice", "bakyt")
    reporters.hand_over_chat(by=world.staff["elena"], chat=chat.row, to=world.staff["bakyt"], at=world.at)
    says(world, chat, "Practice: I go on from here.", "bakyt")
    with pytest.raises(Refusal):
        says(world, chat, "Practice", "elena")
    assert chat.reads() == [(True, "Practice: I go on from here.")]


def test_nothing_is_handed_to_another_society(world, chat):
    claims(world, chat)
    with pytest.raises(Refusal):
        reporters.hand_over_chat(by=world.staff["elena"], chat=chat.row, to=world.staff["daler"], at=world.at)
    assert chat.row.claimed_by == world.staff["elena"]


def test_a_chat_that_was_put_back_waits_again(world, chat):
    row = claims(world, chat)
    assert chat.row.state == "claimed"
    reporters.release_chat(by=world.staff["elena"], chat=row, at=world.at)
    assert (chat.row.state, chat.row.claimed_by) == ("open", None)


def test_what_a_flood_began_waits_behind_the_others(world, monkeypatch):
    monkeypatch.setattr(rules, "CHATS_AN_HOUR", 2)
    Chatting(world)
    urgent = Chatting(world, urgency="now", at=world.at + timedelta(minutes=1))
    late = Chatting(world, urgency="now", at=world.at + timedelta(minutes=2))
    assert late.started.later and not urgent.started.later
    token = reporters_queries.new_token()
    assert not reporters.start_chat(**{**late.said, "token": token, "proof": rules.prove_work(token)}).later


@pytest.mark.parametrize("ends", ["she", "we"])
def test_an_ended_chat_says_so_and_is_read_with_its_digits_for_a_while(world, chat, ends):
    chat.says("Practice")
    claims(world, chat)
    for _ in range(2):
        if ends == "she":
            reporters.end_own_chat(opened=chat.opened, at=world.at)
        else:
            reporters.end_chat(by=world.staff["elena"], chat=chat.row, at=world.at)
    assert chat.opened.state == "ended" and chat.reads() == [(False, "Practice")]
    assert chat.row.ended_by_staff == (ends == "we")
    for act in (lambda: chat.says("more"), lambda: says(world, chat, "more"), lambda: claims(world, chat)):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.code == "chat-ended"


def test_a_chat_of_a_report_is_found_by_the_receipt_of_the_report(world, stranger):
    stranger.writes()
    opened = stranger.returns()
    token = reporters_queries.new_token()
    started = reporters.start_chat(
        society=world.societies["south"].pk,
        token=token,
        language="tg",
        urgency="today",
        opened=opened,
        at=world.at,
    )
    assert started.receipt == stranger.receipt
    chat = reporters_queries.find_chat(stranger.receipt.handle, stranger.receipt.secret)
    assert (chat.id, chat.report, chat.society) == (started.id, opened.id, world.societies["north"].pk)
    reporters.say_as_reporter(opened=chat, once=uuid4(), text="Practice", at=world.at)
    reporters.withdraw(opened=opened, at=world.at)
    chat = reporters_queries.find_chat(stranger.receipt.handle, stranger.receipt.secret)
    assert chat.state == "ended" and reporters_queries.chat_lines_for(chat) == []


def test_a_line_that_her_browser_sealed_is_read_by_both(world, chat):
    opened, once = chat.opened, uuid4()
    content = {"text": "Practice", "at": world.at.isoformat()}
    sealed = tuple(
        sealing.seal_words(public, content, "door line", opened.id, once)
        for public in (opened.public, opened.reply_public)
    )
    reporters.say_as_reporter(opened=opened, once=once, sealed=sealed, at=world.at)
    assert chat.reads() == reads(world, chat) == [(False, "Practice")]
    with pytest.raises(Refusal) as refused:
        reporters.say_as_reporter(opened=opened, once=uuid4(), sealed=(b"x", b"y"), at=world.at)
    assert refused.value.code == "old-page"


def test_a_sealed_line_in_the_place_of_another_opens_for_nobody(world, chat):
    chat.says("Practice: I want to go home.")
    chat.says("Practice: I want to stay.")
    first, second = ChatLine.objects.order_by("number")
    shred_store.put("door_line", first.pk, shred_store.get("door_line", second.pk))
    assert chat.reads()[0] == (False, None)
    assert reads(world, chat)[0] == (False, None)


@pytest.mark.parametrize(("text", "code"), [("  ", "nothing-said"), ("x" * 4001, "too-long")])
def test_nothing_and_too_much_are_refused(world, chat, text, code):
    with pytest.raises(Refusal) as refused:
        chat.says(text)
    assert refused.value.code == code and not ChatLine.objects.exists()


def test_after_the_keys_were_renewed_an_open_chat_still_reads(world, chat):
    chat.says("Practice")
    vault.new_generation(
        keys=world.keys("bakyt"),
        kind="G",
        line=None,
        at=world.at,
        holders=[world.staff[n] for n in ("bakyt", "saule")],
    )
    assert reads(world, chat, "bakyt") == [(False, "Practice")]
    assert Chatting(world).opened is not None


def test_what_is_silent_for_an_hour_ends_by_itself(world, chat):
    chat.says("Practice", at=world.at + timedelta(minutes=30))
    assert reporters.end_silent_chats(at=world.at + timedelta(minutes=89)) == 0
    assert reporters.end_silent_chats(at=world.at + timedelta(minutes=91)) == 1
    assert chat.opened.state == "ended"


def test_a_chat_without_a_report_is_no_report_and_its_digits_lead_to_none(world, chat):
    receipt = chat.started.receipt
    assert reporters.come_back(handle=receipt.handle, secret=receipt.secret, at=world.at).opened is None
    other = Stranger(world)
    other.writes()
    assert reporters_queries.find_chat(other.receipt.handle, other.receipt.secret) is None


def test_no_line_is_kept_that_neither_side_would_see(world):
    token = reporters_queries.new_token()
    began = reporters.start_chat(
        society=world.societies["north"].pk, token=token, language="tg", urgency="today", at=world.at
    )
    opened = reporters_queries.find_chat(began.receipt.handle, began.receipt.secret)
    Chat.objects.update(last_number=rules.MOST_LINES - 1)
    reporters.say_as_reporter(opened=opened, once=uuid4(), text="Practice: the last one", at=world.at)
    with pytest.raises(Refusal):
        reporters.say_as_reporter(opened=opened, once=uuid4(), text="Practice: one more", at=world.at)
    assert rules.MOST_LINES < chats.MOST_LINES, "what is shown at once"
