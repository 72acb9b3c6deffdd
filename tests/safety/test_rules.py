"""Who interprets first, and who reads about a threat: plain Python."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from panah.ground.foundation import retention
from panah.people.safety import rules

DAY = date(2026, 11, 24)


def in_order(*interpreters, wanted="uz"):
    """The names of (name, standing, languages) in the order of the list."""
    return [
        name
        for name, standing, speaks in sorted(
            interpreters,
            key=lambda one: rules.rank(standing=one[1], speaks=one[2], wanted=wanted, name=one[0]),
        )
    ]


def test_whoever_may_be_asked_comes_first_and_of_those_whoever_speaks_the_language():
    every = [
        ("Anew", "unvetted", ["uz"]),
        ("Late", "stale", ["uz"]),
        ("Other", "ready", ["ar"]),
        ("Ask", "ask_first", ["uz"]),
        ("zorro", "ready", ["ar", "uz"]),
        ("Yak", "ready", ["uz"]),
    ]
    assert in_order(*every) == ["Yak", "zorro", "Other", "Ask", "Late", "Anew"]
    assert in_order(*every, wanted="") == ["Other", "Yak", "zorro", "Ask", "Late", "Anew"]


@pytest.mark.parametrize(
    ("until", "undertaking", "ties", "standing"),
    [
        (None, None, "none", "unvetted"),
        (None, DAY, "none", "unvetted"),
        (DAY, DAY, "none", "ready"),
        (DAY, None, "ask_first", "unvetted"),
        (DAY - timedelta(days=1), None, "none", "unvetted"),
        (DAY - timedelta(days=1), DAY, "not_asked", "unvetted"),
        (DAY - timedelta(days=1), DAY, "none", "stale"),
        (DAY, DAY - timedelta(days=400), "ask_first", "ask_first"),
    ],
)
def test_whoever_has_not_given_an_undertaking_or_was_not_asked_about_ties_is_not_vetted(
    until, undertaking, ties, standing
):
    assert rules.standing(vetted_until=until, undertaking=undertaking, ties=ties, today=DAY) == standing


def test_whom_a_threat_may_come_from_does_not_read_about_it():
    a, b, c = (UUID(int=n) for n in (1, 2, 3))
    assert rules.readers(leads=[a, b], concerned=[b, c]) == {a}
    assert rules.readers(leads=[a, b], concerned=[]) == {a, b}


@pytest.mark.parametrize("now", ["no", "unknown", "none", ""])
def test_only_a_clear_yes_is_danger_and_the_rest_is_looked_at_within_half_a_day(now):
    reported = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
    assert not rules.is_danger(now) and rules.is_danger("yes")
    assert rules.look_at(reported=reported, now=now) == reported + timedelta(hours=12)
    assert rules.look_at(reported=reported, now="yes") == reported


def test_where_the_society_says_nothing_else_practice_counts():
    assert (rules.REVIEW_DAYS, retention.THREAT.days, rules.READERS) == (7, 730, 2)
    assert (rules.VETTED_DAYS, rules.WARNED_DAYS) == (365, 30)
