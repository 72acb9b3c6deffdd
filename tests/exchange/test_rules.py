"""How long a message lives, when it is tried again, and which clocks are believed: plain Python."""

from datetime import UTC, datetime, timedelta

import pytest

from panah.ground.exchange import backoff, rules
from panah.ground.foundation import retention

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize("kind", ["consent-withdrawn", "not-needed", "erased", "outcome", "key-announced"])
def test_a_withdrawal_and_what_follows_from_it_arrives_however_late(kind):
    assert rules.lives_until(kind, at=AT) == AT + 60 * DAY


def test_everything_else_lives_two_weeks():
    assert rules.lives_until("referral-offered", at=AT) == AT + 14 * DAY


@pytest.mark.parametrize(
    ("attempts", "usual", "urgent"),
    [
        (0, MINUTE, MINUTE),
        (1, MINUTE, MINUTE),
        (2, 2 * MINUTE, 2 * MINUTE),
        (3, 4 * MINUTE, 4 * MINUTE),
        (4, 8 * MINUTE, 5 * MINUTE),
        (9, 256 * MINUTE, 5 * MINUTE),
        (10, 6 * HOUR, 5 * MINUTE),
        (2000, 6 * HOUR, 5 * MINUTE),
    ],
)
def test_each_wait_is_twice_the_last_up_to_six_hours_and_what_cannot_wait_waits_five_minutes(
    attempts, usual, urgent
):
    assert backoff.wait_after(attempts, now=False, chance=0.5) == usual
    assert backoff.wait_after(attempts, now=True, chance=0.5) == urgent


def test_chance_makes_a_wait_a_quarter_shorter_or_longer():
    assert backoff.wait_after(3, now=False, chance=0) == 3 * MINUTE
    assert backoff.wait_after(3, now=False, chance=1) == 5 * MINUTE


@pytest.mark.parametrize(
    ("created", "expires", "code"),
    [
        (AT, AT + 14 * DAY, ""),
        (AT + 26 * HOUR, AT + 14 * DAY, ""),
        (AT + 26 * HOUR + MINUTE, AT + 14 * DAY, "from-the-future"),
        (AT, AT + 180 * DAY + 26 * HOUR, ""),
        (AT, AT + 180 * DAY + 26 * HOUR + MINUTE, "from-the-future"),
        (AT - 14 * DAY, AT - 26 * HOUR, ""),
        (AT - 14 * DAY, AT - 26 * HOUR - MINUTE, "expired"),
    ],
)
def test_clocks_may_differ_by_a_day_and_the_hours_of_a_time_zone(created, expires, code):
    assert rules.clock_code(created=created, expires=expires, at=AT) == code


def test_how_long_things_are_kept_tried_and_held_is_what_the_procedure_says():
    assert (retention.WIRE_REMEMBERED.period, retention.WIRE_STORY.period) == (60 * DAY, 730 * DAY), (
        "a story outlives its last outcome"
    )
    assert (rules.DAMAGED_TIMES, rules.LEASE) == (5, 5 * MINUTE)
    assert (rules.NEVER_SO_LATE, rules.LONGEST_HELD) == (8 * HOUR, 7 * DAY)
    assert backoff.wait_after(99, now=False, chance=1) < rules.NEVER_SO_LATE, "no honest wait is that long"
    assert (rules.SAID_AFTER, rules.SAID_AFTER_NOW) == (24 * HOUR, HOUR)
