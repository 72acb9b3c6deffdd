"""Coming back with digits: right and wrong ones cost the same, very many make everybody wait a little, nobody is shut out."""

from __future__ import annotations

import inspect
import re
import sys
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from panah.ground.foundation import tenancy
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters import rules
from panah.people.reporters.models import NodeTally, Report, Tally
from tests.committed_rows import what_panah_wrote_is_committed
from tests.reporters.conftest import Stranger

VALUES = re.compile(r"s\d+_x\d+|'[^']*'|\b\d+\b|X'[0-9a-fA-F]*'")


def asked(what):
    """Every statement to each database, without its values."""
    looks = {alias: CaptureQueriesContext(connections[alias]) for alias in ("default", "shred", "shred_copy")}
    for look in looks.values():
        look.__enter__()
    try:
        what()
    finally:
        for look in looks.values():
            look.__exit__(None, None, None)
    return {
        alias: [VALUES.sub("?", one["sql"]) for one in look.captured_queries] for alias, look in looks.items()
    }


def looked_up(receipt, at):
    """As the page of the receipt does it."""
    found = reporters.come_back(handle=receipt.handle, secret=receipt.secret, at=at)
    reporters_queries.words_for(found.opened)
    return found


def wrong(receipt):
    """Her handle, and a secret that is not hers."""
    return rules.Receipt(receipt.handle, receipt.secret[::-1])


def test_existing_and_missing_receipts_ask_the_same_questions(world, stranger):
    """With an answer, without one, her handle with a wrong secret, and none at all; in whichever society it lies."""
    stranger.writes()
    stranger.is_answered("Practice")
    silent, south = Stranger(world), Stranger(world)
    silent.writes()
    south.writes(society=world.societies["south"].pk)
    looked_up(stranger.receipt, world.at)
    hers = asked(lambda: looked_up(stranger.receipt, world.at))
    assert looked_up(stranger.receipt, world.at).opened is not None, "control"
    for other in (silent.receipt, south.receipt, wrong(stranger.receipt), rules.new_receipt()):
        theirs = asked(lambda receipt=other: looked_up(receipt, world.at))
        for alias, statements in hers.items():
            assert theirs[alias] == statements
    # Three times the first copy says which societies work here, in any case.
    assert len(hers["default"]) > 5 and (len(hers["shred"]), len(hers["shred_copy"])) == (4, 1), "control"


def path_of(what):
    """Every function of ours and of the libraries that is entered, in its order.

    Not those of Python, which draw lots, and not each row of a loop: tries are counted in shards by lot.
    """
    path = []

    def entered(frame, event, _given):
        code = frame.f_code
        ours = "/site-packages/" in code.co_filename or "/src/panah/" in code.co_filename
        if event == "call" and ours and not code.co_flags & inspect.CO_GENERATOR:
            path.append((code.co_filename, code.co_qualname))

    sys.setprofile(entered)
    try:
        what()
    finally:
        sys.setprofile(None)
    return path


def test_existing_and_missing_receipts_go_the_same_path_of_code(world, stranger):
    """A row is read, put together and written in both cases, also behind the last one and before the first."""
    stranger.writes()
    others = [Stranger(world) for _ in range(2)]
    for other in others:
        other.writes()
    receipt = stranger.receipt
    missing = [wrong(receipt), *(rules.new_receipt() for _ in range(12))]
    for one in (receipt, *missing):
        looked_up(one, world.at)
    hers = path_of(lambda: looked_up(receipt, world.at))
    assert len(hers) > 300, "control"
    for one in missing:
        assert path_of(lambda one=one: looked_up(one, world.at)) == hers

    def careless(one):
        if looked_up(one, world.at).opened:
            rules.month_name(world.at)

    found = path_of(lambda: careless(receipt))
    assert found != path_of(lambda: careless(missing[0])), "control: one function more would be seen"


@pytest.mark.parametrize("before", [False, True])
def test_a_wrong_receipt_changes_nothing_of_the_row_that_is_written_in_its_place(world, stranger, before):
    stranger.writes()
    Report.objects.update(came_back=before)
    rows = list(Report.objects.values())
    for _ in range(20):
        looked_up(rules.new_receipt(), world.at)
        looked_up(wrong(stranger.receipt), world.at)
    assert list(Report.objects.values()) == rows
    assert looked_up(stranger.receipt, world.at).opened.again is not before
    assert Report.objects.get().came_back


def test_a_row_is_written_for_every_wrong_receipt(world, stranger):
    """Also where chance begins behind the last row: of one report every other try would write nothing."""
    stranger.writes()
    written = []

    def counted(execute, sql, params, many, context):
        answer = execute(sql, params, many, context)
        if sql.startswith('UPDATE "reporters_report"'):
            written.append(context["cursor"].rowcount)
        return answer

    with connection.execute_wrapper(counted):
        for _ in range(20):
            looked_up(rules.new_receipt(), world.at)
        looked_up(stranger.receipt, world.at)
    assert written == [1] * 21


def test_existing_and_missing_chats_ask_the_same_questions(world, stranger):
    token = reporters_queries.new_token()
    north = world.societies["north"].pk
    chat = reporters.start_chat(society=north, token=token, language="tg", urgency="today", at=world.at)
    stranger.writes()
    what_panah_wrote_is_committed()

    def look(receipt):
        return reporters.come_back_to_chat(handle=receipt.handle, secret=receipt.secret, at=world.at)

    hers = asked(lambda: look(chat.receipt))
    assert look(chat.receipt).opened is not None, "control"
    for other in (wrong(chat.receipt), rules.new_receipt(), stranger.receipt):
        assert asked(lambda receipt=other: look(receipt)) == hers
        assert look(other).opened is None


def test_control_a_question_more_for_existing_ones_would_be_seen(world, stranger):
    stranger.writes()

    def careless(receipt):
        if looked_up(receipt, world.at).opened:
            Report.objects.count()

    assert asked(lambda: careless(stranger.receipt)) != asked(lambda: careless(rules.new_receipt()))


def many_tries(number, at):
    """So many tries in this minute, from wherever."""
    window = f"{at:%Y-%m-%dT%H:%M}"
    NodeTally.objects.create(what="tries", window=window, shard=40, amount=number)


@pytest.mark.parametrize("number", [1000, 100_000])
def test_while_somebody_guesses_she_waits_some_seconds_and_is_in(world, stranger, number):
    stranger.writes()
    many_tries(number, world.at)
    receipt = stranger.receipt
    said = {"handle": receipt.handle, "secret": receipt.secret}
    first = reporters.come_back(**said, at=world.at)
    assert first.opened is None and 0 < first.wait <= 10
    hasty = reporters.come_back(**said, at=world.at + timedelta(seconds=1), ticket=first.ticket)
    assert hasty.opened is None and hasty.wait == first.wait - 1
    in_time = world.at + timedelta(seconds=first.wait)
    second = reporters.come_back(**said, at=in_time, ticket=first.ticket)
    assert second.opened is not None
    third = reporters.come_back(**said, at=in_time + timedelta(minutes=30), ticket=second.ticket)
    assert third.opened is not None and third.wait == 0
    assert figure(world, "returns") == 1, "counted once"


def test_whoever_guesses_is_told_to_wait_in_the_same_words(world, stranger):
    stranger.writes()
    many_tries(1000, world.at)
    guess = wrong(stranger.receipt)
    first = reporters.come_back(handle=guess.handle, secret=guess.secret, at=world.at)
    hers = reporters.come_back(handle=stranger.receipt.handle, secret=stranger.receipt.secret, at=world.at)
    assert (first.opened, first.wait, len(first.ticket)) == (None, hers.wait, len(hers.ticket))


def test_another_persons_ticket_spares_no_pause(world, stranger):
    stranger.writes()
    receipt = rules.new_receipt()
    theirs = reporters.come_back(handle=receipt.handle, secret=receipt.secret, at=world.at).ticket
    many_tries(1000, world.at)
    hers = {"handle": stranger.receipt.handle, "secret": stranger.receipt.secret}
    assert reporters.come_back(**hers, at=world.at, ticket=theirs).wait > 0
    assert reporters.come_back(**hers, at=world.at, ticket="made up").wait > 0


def test_tries_are_counted_in_the_database_for_all_processes_and_name_nobody(world):
    receipt = rules.new_receipt()
    for _ in range(5):
        reporters.come_back(handle=receipt.handle, secret=receipt.secret, at=world.at)
    rows = list(NodeTally.objects.filter(what="tries").values())
    assert sum(row["amount"] for row in rows) == 5
    assert {row["window"] for row in rows} == {"2026-11-24T09:00"}
    assert {name for row in rows for name in row} == {"id", "what", "window", "shard", "amount"}


def figure(world, what):
    rows = Tally.objects.filter(society=world.societies["north"], what=what)
    return sum(rows.values_list("amount", flat=True))


def test_how_many_come_back_is_a_number_of_the_month_and_nothing_else(world, stranger):
    stranger.writes()
    for _ in range(3):
        stranger.returns()
    reporters.come_back(handle="1" * 10, secret="2" * 25, at=world.at)
    assert figure(world, "returns") == 3
    assert set(Tally.objects.filter(what="returns").values_list("window", flat=True)) == {"2026-11"}


def test_a_receipt_leads_into_its_own_society_from_no_society_at_all(world):
    """As on a page of the door: nobody is signed in, and nobody's walls are entered."""
    south = Stranger(world)
    south.writes(society=world.societies["south"].pk)
    with tenancy.tenant_context(tenancy.NO_TENANT):
        assert south.returns().society == world.societies["south"].pk
        assert tenancy.current_tenant() == tenancy.NO_TENANT
