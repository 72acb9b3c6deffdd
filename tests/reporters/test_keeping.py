"""How long the door keeps what it was told, and which numbers stay."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from panah.ground.audit.models import Entry
from panah.ground.vault import actions as vault
from panah.ground.vault import shred_store
from panah.people.cases import actions as cases
from panah.people.inbox import actions as inbox
from panah.people.inbox.models import Arrival
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.models import Chat, ChatLine, NodeTally, Piece, Report, Tally, Upload, Word
from panah.people.reporters.words import Counted
from tests.reporters.added_words import PICTURE, VOICE, more
from tests.reporters.chatting import Chatting
from tests.reporters.conftest import Stranger, opens

YEAR = timedelta(days=365)


def settles(world, arrival):
    inbox.settle(arrival=arrival, room="cases", subject=uuid4(), by=world.staff["bakyt"], at=world.at)


@pytest.mark.django_db(transaction=True)
def test_ninety_days_after_the_last_word_nothing_of_it_is_left(world, stranger):
    stranger.writes(files=[PICTURE])
    stranger.is_answered("Practice", at=world.at + timedelta(days=10), files=[VOICE])
    settles(world, stranger.report.arrival)
    assert reporters.erase_old(at=world.at + timedelta(days=99)) == 1, (
        "the picture alone: its key went when it was settled"
    )
    assert stranger.returns() is not None
    reporters.erase_old(at=world.at + timedelta(days=101))
    assert stranger.returns() is None
    assert not (
        Report.objects.exists() or Word.objects.exists() or Upload.objects.exists() or Piece.objects.exists()
    )
    assert not shred_store.keys_of("door_word") and not shred_store.keys_of("arrived")
    assert Arrival.objects.count() == 1, "that something came stays a line of the inbox"
    assert Entry.objects.filter(event="reporters:report:erased").count() == 1


def test_a_word_of_either_side_keeps_it_longer(world, stranger):
    stranger.writes()
    opens(world, stranger.report)
    more(stranger, at=world.at + timedelta(days=60))
    assert stranger.report.kept_until.date() == (world.at + timedelta(days=150)).date()


def test_what_nobody_has_settled_is_never_let_go_silently(world, stranger):
    stranger.writes()
    assert reporters.erase_old(at=world.at + YEAR) == 0
    opens(world, stranger.report)
    settles(world, stranger.report.arrival)
    more(stranger)
    assert reporters.erase_old(at=world.at + YEAR) == 0, "a later word waits"
    assert stranger.returns() is not None


@pytest.mark.django_db(transaction=True)
def test_when_a_report_is_settled_its_files_go_with_their_keys(world, stranger):
    stranger.writes(files=[PICTURE])
    opens(world, stranger.report)
    reporters.erase_old(at=world.at)
    assert Piece.objects.exists(), "control: still to be looked at"
    settles(world, stranger.report.arrival)
    reporters.erase_old(at=world.at)
    assert not Piece.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_chat_goes_thirty_days_after_its_end(world):
    chat = Chatting(world)
    chat.says("Practice")
    reporters.end_own_chat(opened=chat.opened, at=world.at)
    assert reporters.erase_old(at=world.at + timedelta(days=29)) == 0
    assert reporters.erase_old(at=world.at + timedelta(days=31)) == 1
    assert chat.opened is None
    assert (
        not Chat.objects.exists() and not ChatLine.objects.exists() and not shred_store.keys_of("door_line")
    )


def test_sweeping_orphans_takes_no_answer_and_no_line(world, stranger):
    stranger.writes()
    stranger.is_answered("Practice")
    chat = Chatting(world)
    chat.says("Practice")
    # A node without a single file sweeps nothing.
    cases.open_case(keys=world.keys("amina"), by=world.staff["amina"], at=world.at, language="uz")
    lost = uuid4()
    vault.store_new_blobs(kind="door_line", sealed={lost: b"Practice"}, society=world.societies["north"].pk)
    for days in (0, 3):
        vault.sweep_orphans(at=world.at + timedelta(days=days))
    assert chat.reads() == [(False, "Practice")]
    assert reporters_queries.words_for(stranger.returns())[0].text == "Practice"
    assert shred_store.get("door_line", lost) is None, "control: what no row names is swept"


def test_what_a_stranger_writes_is_only_ever_added(world):
    """So a door on a machine of its own needs no right to change anything in the shred store."""
    from django.db import IntegrityError, transaction

    key, north = uuid4(), world.societies["north"].pk
    vault.store_new_blobs(kind="arrived", sealed={key: b"first"}, society=north)
    with pytest.raises(IntegrityError), transaction.atomic(using="shred"):
        vault.store_new_blobs(kind="arrived", sealed={key: b"second"}, society=north)
    assert vault.load_blob(kind="arrived", key=key) == b"first"


# ---- numbers ----------------------------------------------------------------------------------------


def test_numbers_of_a_month_are_told_and_small_ones_are_hidden(world):
    north = world.societies["north"].pk
    strangers = [Stranger(world) for _ in range(6)]
    for one in strangers:
        one.writes()
    for one in strangers[:3]:
        one.is_answered("Practice")
    month = reporters_queries.month_of(north, world.at.date())
    assert month.counts[Counted.REPORTS] == 6
    assert month.counts[Counted.ANSWERS] is None, "three people are not told"
    assert month.counts[Counted.CHATS] == 0
    assert (month.first_answers.parts[Counted.WITHIN_DAY], month.first_answers.total) == (None, None)
    assert reporters_queries.month_of(north, date(2026, 10, 1)).counts[Counted.REPORTS] == 0
    assert (
        reporters_queries.month_of(world.societies["south"].pk, world.at.date()).counts[Counted.REPORTS] == 0
    )


@pytest.mark.parametrize(
    ("waited", "code"), [(1, "day"), (49, "three-days"), (100, "week"), (24 * 9, "longer")], ids=str
)
def test_how_long_she_waited_for_the_first_answer_is_a_code(world, stranger, waited, code):
    stranger.writes()
    opens(world, stranger.report)
    for more_hours in (0, 100):
        stranger.is_answered("Practice", at=world.at + timedelta(hours=waited + more_hours))
    assert stranger.report.within == code
    rows = Tally.objects.filter(what__startswith="within-", amount__gt=0)
    assert list(rows.values_list("what", "amount")) == [(f"within-{code}", 1)]


def test_a_report_that_was_erased_still_counts(world, stranger):
    stranger.writes()
    reporters.erase(report=stranger.report, at=world.at)
    assert sum(Tally.objects.filter(what="reports").values_list("amount", flat=True)) == 1


def test_in_which_minute_a_receipt_was_shown_is_forgotten_within_minutes(world, stranger):
    stranger.writes()
    stranger.returns()
    reporters.forget_minutes(at=world.at)
    assert NodeTally.objects.filter(what="tries").exists(), "control: it slows down whoever guesses now"
    reporters.forget_minutes(at=world.at + timedelta(minutes=11))
    assert not NodeTally.objects.filter(what="tries").exists()
    assert NodeTally.objects.filter(what="bytes").exists()


def test_numbers_of_hours_go_and_those_of_months_stay_for_three_years(world, stranger):
    stranger.writes()
    stranger.returns()
    reporters.forget_tallies(at=world.at)
    reporters.forget_tallies_here(at=world.at)
    assert set(Tally.objects.values_list("what", flat=True)) == {"reports", "returns", "unproven"}
    assert set(NodeTally.objects.values_list("what", flat=True)) == {"bytes", "tries"}
    for forget in (reporters.forget_tallies, reporters.forget_tallies_here):
        forget(at=world.at + timedelta(days=3))
    assert set(Tally.objects.values_list("what", flat=True)) == {"reports", "returns"}
    assert not NodeTally.objects.exists()
    reporters.forget_tallies(at=world.at + 4 * YEAR)
    assert not Tally.objects.exists()
