"""Several who act at one moment: one effect, on both databases."""

from __future__ import annotations

from uuid import uuid4

import pytest

from panah.ground.foundation.errors import Refusal
from panah.ground.vault import shred_store
from panah.people.inbox import actions as inbox
from panah.people.inbox.models import Arrival
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.models import Chat, ChatLine, NodeTally, Report, Tally, Word
from tests.reporters.added_words import VOICE
from tests.reporters.chatting import Chatting
from tests.reporters.conftest import Stranger, opens
from tests.shelter.two_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


def test_a_form_pressed_three_times_at_one_moment_makes_one_report(world):
    for number in range(1, ROUNDS + 1):
        stranger = Stranger(world)
        told = at_once(*[lambda one=stranger: one.sends(files=[VOICE])] * 3)
        assert [one.receipt for one in told] == [stranger.receipt] * 3
        assert Report.objects.count() == Arrival.objects.count() == number
        assert sum(Tally.objects.filter(what="reports").values_list("amount", flat=True)) == number


def test_two_strangers_with_one_receipt_both_keep_a_report(world):
    receipt = reporters_queries.new_receipt()
    told = at_once(*[lambda: Stranger(world).sends(receipt=receipt) for _ in range(2)])
    receipts = {one.receipt.digits for one in told}
    assert len(receipts) == 2 and receipt.digits in receipts
    assert Report.objects.count() == 2


def test_twenty_who_write_at_once_all_keep_their_report(world):
    strangers = [Stranger(world) for _ in range(20)]
    told = at_once(*[one.sends for one in strangers])
    assert not [one for one in told if isinstance(one, Exception) or one is None]
    assert Report.objects.count() == 20
    assert all(one.returns() is not None for one in strangers)
    assert sum(Tally.objects.filter(what="reports").values_list("amount", flat=True)) == 20
    assert sum(NodeTally.objects.filter(what="tries").values_list("amount", flat=True)) == 20


def test_words_pressed_twice_at_one_moment_are_said_once(world, stranger):
    stranger.writes()
    opened = stranger.returns()
    token = reporters_queries.new_token()

    def press():
        reporters.add_words(opened=opened, token=token, content={"text": "Practice"}, at=world.at)

    at_once(press, press, press)
    assert Word.objects.count() == 1 and Arrival.objects.count() == 2


def test_of_an_answer_and_her_taking_it_back_at_one_moment_nothing_readable_is_left(world):
    for _ in range(ROUNDS):
        stranger = Stranger(world)
        stranger.writes()
        opens(world, stranger.report)
        report, opened = stranger.report, stranger.returns()
        answered, withdrawn = at_once(
            lambda report=report: reporters.answer(
                keys=world.keys("bakyt"), report=report, text="Practice", at=world.at
            ),
            lambda opened=opened: reporters.withdraw(opened=opened, at=world.at),
        )
        assert isinstance(withdrawn, reporters.Withdrawn)
        assert answered is None or answered.code == "report-withdrawn"
        assert stranger.returns().stands == "withdrawn"
    assert not shred_store.keys_of("door_word") and not shred_store.keys_of("arrived")


def test_of_opening_and_taking_back_at_one_moment_one_comes_first(world):
    for _ in range(ROUNDS):
        stranger = Stranger(world)
        stranger.writes()
        report, opened = stranger.report, stranger.returns()
        read, withdrawn = at_once(
            lambda report=report: opens(world, report),
            lambda opened=opened: reporters.withdraw(opened=opened, at=world.at),
        )
        assert isinstance(withdrawn, reporters.Withdrawn) and withdrawn.deleted == 1
        assert isinstance(read, (dict, Refusal))
        assert stranger.report.arrival.state == "withdrawn"
    assert not shred_store.keys_of("arrived")


def test_of_settling_and_taking_back_at_one_moment_one_holds_and_she_is_told_which(world):
    for _ in range(ROUNDS):
        stranger = Stranger(world)
        stranger.writes()
        opens(world, stranger.report)
        report, opened = stranger.report, stranger.returns()
        settled, withdrawn = at_once(
            lambda report=report: inbox.settle(
                arrival=report.arrival, room="cases", subject=uuid4(), by=world.staff["bakyt"], at=world.at
            ),
            lambda opened=opened: reporters.withdraw(opened=opened, at=world.at),
        )
        assert (withdrawn.deleted, withdrawn.kept) == ((0, 1) if settled is None else (1, 0))
        assert stranger.report.arrival.state == ("settled" if settled is None else "withdrawn")


def test_of_closing_answering_and_adding_at_one_moment_each_stands_or_is_refused(world):
    for _ in range(ROUNDS):
        stranger = Stranger(world)
        stranger.writes()
        opens(world, stranger.report)
        report, opened, token = stranger.report, stranger.returns(), reporters_queries.new_token()
        results = at_once(
            lambda report=report: reporters.close(
                by=world.staff["bakyt"], report=report, told="helped", at=world.at
            ),
            lambda report=report: reporters.answer(
                keys=world.keys("bakyt"), report=report, text="Practice", at=world.at
            ),
            lambda opened=opened, token=token: reporters.add_words(
                opened=opened, token=token, content={"text": "Practice"}, at=world.at
            ),
        )
        closed, answered, added = results
        refused = [one for one in (answered, added) if isinstance(one, Refusal)]
        assert closed is None and answered in (None, *refused) and added in (True, *refused)
        assert all(one.code == "report-closed" for one in refused)
        numbers = list(Word.objects.filter(report=report).order_by("number").values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1)) and len(numbers) == 2 - len(refused)
        assert stranger.returns().stands == "closed"


def test_of_two_colleagues_who_take_a_chat_at_one_moment_one_has_it(world):
    for _ in range(ROUNDS):
        chat = Chatting(world)
        results = at_once(
            *[
                lambda name=name, row=chat.row: reporters.claim_chat(
                    keys=world.keys(name), chat=row, at=world.at
                )
                for name in ("elena", "bakyt")
            ]
        )
        assert results.count(None) == 1
        assert [one.code for one in results if one] == ["chat-of-another"]
        assert chat.row.claimed_by == world.staff[("elena", "bakyt")[results.index(None)]]


def test_lines_of_both_sides_at_one_moment_are_all_kept_and_numbered(world):
    chat, once = Chatting(world), uuid4()
    reporters.claim_chat(keys=world.keys("elena"), chat=chat.row, at=world.at)
    row, opened = chat.row, chat.opened

    def she(key):
        return reporters.say_as_reporter(opened=opened, once=key, text="Practice", at=world.at)

    def we(key):
        return reporters.say(keys=world.keys("elena"), chat=row, once=key, text="Practice", at=world.at)

    results = at_once(lambda: she(once), lambda: she(once), lambda: she(uuid4()), lambda: we(uuid4()))
    assert results[0] == results[1]
    assert set(results) == {1, 2, 3}
    assert ChatLine.objects.count() == len(chat.reads()) == 3


def test_a_chat_begun_twice_at_one_moment_is_one(world):
    chat = Chatting(world)
    token = reporters_queries.new_token()
    begin = {**chat.said, "token": token}
    first, second = at_once(*[lambda: reporters.start_chat(**begin)] * 2)
    assert first == second and Chat.objects.count() == 2
