"""Whose vote counts, and how long an act of two people waits: plain Python."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from panah.ground.approvals import rules

ASKED = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
BAKYT, SAULE, TIMUR = UUID(int=1), UUID(int=2), UUID(int=3)
LONG_AGO = ASKED - timedelta(days=30)


@pytest.mark.parametrize(
    ("since", "exclude", "counts"),
    [
        ({SAULE: LONG_AGO}, [], True),
        ({SAULE: ASKED}, [], True),
        ({SAULE: ASKED + timedelta(seconds=1)}, [], False),
        ({BAKYT: LONG_AGO}, [], False),
        ({}, [], False),
        ({SAULE: LONG_AGO}, [SAULE], False),
        ({SAULE: LONG_AGO}, [BAKYT], True),
    ],
)
def test_a_vote_counts_of_whoever_could_decide_before_it_was_asked_for_and_is_not_meant(
    since, exclude, counts
):
    assert rules.counts(SAULE, asked_at=ASKED, since=since, exclude=exclude) is counts


def test_each_votes_once_and_only_those_whose_vote_counts():
    since = {BAKYT: LONG_AGO, SAULE: LONG_AGO, TIMUR: ASKED + timedelta(days=1)}
    voters = [BAKYT, SAULE, SAULE, TIMUR]
    assert rules.votes(voters, asked_at=ASKED, since=since, exclude=[BAKYT]) == {SAULE}


@pytest.mark.parametrize(
    ("number", "by_shares", "missing"),
    [(0, False, True), (1, False, True), (2, False, False), (0, True, True), (1, True, False)],
)
def test_two_shares_stand_in_for_one_vote_and_never_for_both(number, by_shares, missing):
    assert rules.needs_approval(number, by_shares=by_shares) is missing


def test_where_one_vote_is_enough_one_is_enough():
    assert not rules.needs_approval(1, by_shares=False, needed=1)
    assert rules.needs_approval(0, by_shares=False, needed=1)


@pytest.mark.parametrize(
    ("number", "by_shares", "by_two", "waits"),
    [
        (1, False, False, True),
        (2, False, False, True),
        (1, True, False, False),
        (1, False, True, True),
        (2, False, True, False),
        (3, False, True, False),
    ],
)
def test_the_waiting_time_ends_early_by_shares_or_where_the_act_says_so_by_two(
    number, by_shares, by_two, waits
):
    given = {"number": number, "by_shares": by_shares, "ended_by_two": by_two}
    before, ready = ASKED + timedelta(hours=23), ASKED + timedelta(hours=24)
    assert rules.waits(**given, ready_at=ready, at=before) is waits
    assert not rules.waits(**given, ready_at=ready, at=ready), "and by itself when it is over"


def test_two_votes_do_not_end_it_where_the_act_does_not_say_so():
    ready = ASKED + timedelta(hours=24)
    assert rules.waits(number=2, by_shares=False, ready_at=ready, at=ASKED)


def test_what_was_decided_and_not_carried_out_grows_old_within_a_week():
    assert rules.expires_at(ASKED) == ASKED + timedelta(days=7)
