# ruff: noqa: F811  fixtures of other rooms are used here too
"""Somebody swaps a public key in the main database for seconds: his own key opens nothing that comes meanwhile.

What was written is taken all the same, opens for whom it was meant, and focal points hear that a key was changed.
"""

from __future__ import annotations

import base64
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions import ceremony
from panah.ground.vault.sealed_body import seal_body
from panah.ground.vault.seals import Private
from panah.ground.vault.words import KeyKind
from panah.people.inbox.models import Arrival
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from tests.conftest import LINE_NORTH
from tests.guard.past_panah import copied, noticed, opened_by, put_back, put_in, swap, swapped
from tests.hotline.chatting import open_line  # noqa: F401
from tests.hotline.conftest import elenas, line  # noqa: F401
from tests.public.talking_phone import Phone
from tests.public.writing import WRITE, content_of
from tests.public.writing import Stranger as Writing
from tests.reporters.added_words import more
from tests.reporters.chatting import Chatting
from tests.reporters.conftest import Stranger, opens

SAID = "Practice: she is kept in the yellow house by the mill."
KEYS = "vault_societykey"


@pytest.fixture
def thief():
    """He keeps the private half of what he puts in."""
    return Private.new()


@pytest.fixture
def north(world):
    return world.societies["north"].pk


def intake(north):
    return {"society_id": north, "kind": "G"}


def to_line(_north):
    return {"kind": "L", "line": LINE_NORTH}


def shown_as(public):
    return base64.urlsafe_b64encode(public).decode().rstrip("=")


def arrived():
    """What came just now, and nothing else."""
    (row,) = Arrival.objects.all()
    return row


# -- the society's intake key, and a line's ----------------------------------------------------------


def test_a_report_sent_without_scripts_is_sealed_to_the_true_key_while_the_row_says_another(
    world, north, thief
):
    writing = Writing().begins().answers(about="me")
    with swapped(KEYS, "public", thief.public, **intake(north)):
        writing.presses("send", text=SAID)
        told = noticed(north)
    assert writing.digits, "it was taken"
    assert opened_by(thief) == []
    assert content_of(world, arrived(), timezone.now())["text"] == SAID
    assert told


@pytest.mark.parametrize("column", ["public", "signature"])
def test_the_page_with_scripts_offers_no_key_that_the_society_did_not_sign(north, thief, column):
    page = Client().get(WRITE, {"in": "en", "country": "XA"}).text
    true = vault_queries.intake_key(north).public
    assert shown_as(true) in page, "control"
    with swapped(KEYS, "public", thief.public, **intake(north)):
        if column == "signature":
            swap(KEYS, "signature", b"\x00" * 64, **intake(north))
        answer = Client().get(WRITE, {"in": "en", "country": "XA"})
        assert answer.status_code == 200 and 'name="go"' in answer.text, "she can write all the same"
        assert shown_as(thief.public) not in answer.text
        told = noticed(north)
    assert told


def test_what_a_browser_sealed_to_the_key_that_is_handed_out_opens_for_intake_and_not_for_him(
    world, north, thief
):
    stranger = Stranger(world)
    header = reporters_queries.header_of(language="tg", urgency="today", child="unknown", sealed="browser")
    with swapped(KEYS, "public", thief.public, **intake(north)):
        key = vault_queries.intake_key(north)
        body = seal_body(key.public, {"text": SAID}, header)
        stranger.writes(content=None, sealed=body, generation=key.generation)
    assert opened_by(thief) == []
    assert opens(world, stranger.report)["text"] == SAID


@pytest.mark.parametrize("column", ["waits", "retired_at"])
def test_one_flag_on_the_intake_key_does_not_close_the_door(world, north, column):
    writing = Writing().begins().answers(about="me")
    with swapped(KEYS, column, world.at if column == "retired_at" else True, **intake(north)):
        writing.presses("send", text=SAID)
        told = noticed(north)
    assert writing.digits
    assert content_of(world, arrived(), timezone.now())["text"] == SAID
    assert told


def test_a_newer_generation_that_was_put_in_is_sealed_to_by_nobody(world, north, thief):
    writing = Writing().begins().answers(about="me")
    key = put_in(
        KEYS, society_id=north, kind="G", line=None, generation=2, public=thief.public, signature=b"\x00" * 64,
        to_recovery=b"", recovery_generation=1, waits=False, countersigned={}, made_at=world.at, retired_at=None,
    )  # fmt: skip
    put_in("vault_keyheld", key_id=key, staff_id=world.staff["timur"].pk, sealed=b"\x00", since=world.at)
    writing.presses("send", text=SAID)
    assert opened_by(thief) == []
    assert writing.digits and content_of(world, arrived(), timezone.now())["text"] == SAID
    assert noticed(north)


@pytest.mark.parametrize("which", [intake, to_line], ids=["intake", "line"])
def test_a_chat_that_begins_while_a_key_is_swapped_opens_for_colleagues_alone(world, north, thief, which):
    with swapped(KEYS, "public", thief.public, **which(north)):
        chat = Chatting(world)
        told = noticed(north)
    chat.says(SAID)
    assert opened_by(thief) == []
    read = reporters_queries.lines_of(keys=world.keys("elena"), chat=chat.row)
    assert [one.text for one in read or []] == [SAID], "the line reads it"
    read = reporters_queries.lines_of(keys=world.keys("bakyt"), chat=chat.row)
    assert [one.text for one in read or []] == [SAID], "intake reads it"
    assert told


def test_a_chat_of_the_pages_that_begins_while_both_keys_are_swapped_opens_for_colleagues_alone(
    world, north, thief, open_line
):
    phone = Phone()
    phone.opens()
    with (
        swapped(KEYS, "public", thief.public, **intake(north)),
        swapped(KEYS, "public", thief.public, **to_line(north)),
    ):
        phone.presses("start", text=SAID)
        told = noticed(north)
    assert opened_by(thief) == []
    read = reporters_queries.lines_of(keys=world.keys("elena"), chat=phone.row.chat)
    assert SAID in [one.text for one in read or []]
    assert told


# -- the keys of one conversation --------------------------------------------------------------------


@pytest.mark.parametrize("column", ["public", "reply_public"])
def test_her_next_line_in_a_chat_is_sealed_to_no_key_that_came_in_between(world, north, thief, column):
    chat = Chatting(world)
    chat.says("Practice: first")
    with swapped("reporters_chat", column, thief.public, id=chat.started.id):
        chat.says("Practice: I am at the bus station")
        told = noticed(north)
    assert opened_by(thief) == []
    read = reporters_queries.lines_of(keys=world.keys("elena"), chat=chat.row)
    assert [one.text for one in read or []] == ["Practice: first", "Practice: I am at the bus station"]
    assert [text for _ours, text in chat.reads()] == ["Practice: first", "Practice: I am at the bus station"]
    assert told


@pytest.mark.parametrize("column", ["public", "reply_public"])
def test_what_elena_answers_in_a_chat_is_sealed_to_no_key_that_came_in_between(world, north, thief, column):
    chat = Chatting(world)
    reporters.claim_chat(keys=world.keys("elena"), chat=chat.row, at=world.at)
    with swapped("reporters_chat", column, thief.public, id=chat.started.id):
        reporters.say(
            keys=world.keys("elena"), chat=chat.row, once=uuid4(), text="Practice: 5 Mill Lane", at=world.at
        )
        told = noticed(north)
    assert opened_by(thief) == []
    assert chat.reads() == [(True, "Practice: 5 Mill Lane")]
    assert told


def test_an_answer_with_an_address_is_sealed_to_the_receipt_and_to_no_key_that_came_in_between(
    world, north, thief
):
    stranger = Stranger(world)
    stranger.writes()
    with swapped("reporters_report", "reply_public", thief.public, id=stranger.report.pk):
        stranger.is_answered("Practice: come to 5 Mill Lane")
        told = noticed(north)
    assert opened_by(thief) == []
    assert [one.text for one in reporters_queries.words_for(stranger.returns())] == [
        "Practice: come to 5 Mill Lane"
    ]
    assert told


def test_what_she_adds_later_is_sealed_to_no_key_that_was_put_into_her_report(world, north, thief):
    stranger = Stranger(world)
    stranger.writes()
    with swapped("reporters_report", "words_public", thief.public, id=stranger.report.pk):
        more(stranger)
        told = noticed(north)
    assert opened_by(thief) == []
    added = Arrival.objects.get(kind="report-more")
    assert "another house" in content_of(world, added, world.at)["text"]
    assert told


# -- colleagues' own keys ----------------------------------------------------------------------------


def test_what_is_about_a_colleague_is_sealed_to_the_readers_admitted_key(world, north, thief):
    stranger = Stranger(world)
    with swapped("vault_staffkey", "public", thief.public, staff_id=world.staff["zarina"].pk):
        stranger.writes(about_staff=True, content={"text": SAID, "about": "me"})
        told = noticed(north)
    assert opened_by(thief) == []
    assert opens(world, stranger.report, "zarina")["text"] == SAID
    assert told


def test_a_key_that_was_admitted_by_a_row_alone_is_given_nothing(world, north, thief):
    """A data protection officer of his own: his account, his key, a day of admission, and nobody's signature."""
    timur = world.staff["timur"].pk
    swap("accounts_roleheld", "role", "data_protection_officer", staff_id=timur)
    swap("vault_staffkey", "public", thief.public, staff_id=timur)
    swap("vault_staffkey", "admitted_at", world.at, staff_id=timur)
    stranger = Stranger(world)
    stranger.writes(about_staff=True, content={"text": SAID, "about": "me"})
    assert opened_by(thief) == []
    assert opens(world, stranger.report, "zarina")["text"] == SAID
    assert noticed(north)


# -- setting back ------------------------------------------------------------------------------------


def test_a_key_of_the_society_that_was_replaced_and_is_put_back_complete_is_sealed_to_by_nobody(world, north):
    """He kept the old row with its true signature, and has the old private half from whoever left with it."""
    old = copied(KEYS, **intake(north))
    (held,) = [one for one in world.keys("bakyt").held() if one.kind == "G"]
    left_with = held.private
    ceremony.new_generation(
        keys=world.keys("bakyt"), kind=KeyKind.INTAKE, line=None, holders=[world.staff["elena"]], at=world.at
    )
    put_back(KEYS, old)
    swap(KEYS, "retired_at", world.at, society_id=north, kind="G", generation=2)
    Stranger(world).writes(content={"text": SAID, "about": "me"})
    assert opened_by(left_with) == []
    assert noticed(north)
