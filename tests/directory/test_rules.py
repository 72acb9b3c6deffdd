"""What may be relied on and when: pure rules, without database or clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from panah.ground.directory.queries import opening_hours
from panah.ground.directory.rules import (
    BYDAY,
    CLOSED,
    FAILED,
    FRESH,
    NEVER,
    OPEN,
    STALE,
    UNKNOWN,
    Hours,
    clock,
    expires_on,
    freshness,
    kilometres,
    may_have_address,
    opening,
    opens_next,
    told_long_ago,
)


@pytest.mark.parametrize(
    ("outcome", "until"),
    [
        ("answered", date(2027, 2, 22)),
        ("busy", date(2026, 12, 1)),
        ("no_answer", date(2026, 11, 24)),
        ("wrong_number", date(2026, 11, 24)),
    ],
)
def test_only_an_answer_can_be_relied_on_for_long(outcome, until):
    assert expires_on(outcome, tried_on=date(2026, 11, 24)) == until


@pytest.mark.parametrize(
    ("outcome", "expires", "state"),
    [
        (None, None, NEVER),
        ("answered", date(2026, 11, 24), FRESH),
        ("answered", date(2026, 11, 23), STALE),
        ("busy", date(2026, 12, 1), STALE),
        ("no_answer", date(2026, 11, 24), FAILED),
        ("closed", date(2030, 1, 1), FAILED),
    ],
)
def test_the_last_attempt_says_how_far_a_number_can_be_trusted(outcome, expires, state):
    assert freshness(outcome, expires=expires, on=date(2026, 11, 24)) == state


NIGHT = Hours(("FR",), "22:00", "06:00")


WEEKDAYS = Hours(("MO", "TU", "WE", "TH", "FR"), "09:00", "17:00")
ALWAYS = Hours(BYDAY, "00:00", "24:00")


def almaty(day, hour, minute=0):
    """A moment of November 2026, given as the clock in Almaty (UTC+5) shows it."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Almaty"))


@pytest.mark.parametrize(
    ("hours", "at", "state"),
    [
        ([], almaty(24, 10), UNKNOWN),
        ([ALWAYS], almaty(29, 3), OPEN),
        ([WEEKDAYS], almaty(24, 9), OPEN),
        ([WEEKDAYS], almaty(24, 8, 59), CLOSED),
        ([WEEKDAYS], almaty(24, 17), CLOSED),
        ([WEEKDAYS], almaty(29, 10), CLOSED),
        ([NIGHT], almaty(27, 23), OPEN),
        ([NIGHT], almaty(28, 5), OPEN),
        ([NIGHT], almaty(28, 6), CLOSED),
        ([NIGHT], almaty(27, 5), CLOSED),
    ],
)
def test_whether_a_door_is_open_is_asked_of_the_clock_on_its_wall(hours, at, state):
    assert opening(hours, at=at.astimezone(UTC), time_zone="Asia/Almaty") == state


def test_a_closed_door_says_when_it_opens_next():
    friday_night = almaty(27, 20).astimezone(UTC)
    monday = opens_next([WEEKDAYS], at=friday_night, time_zone="Asia/Almaty")
    assert monday == almaty(30, 9)
    assert opens_next([ALWAYS], at=friday_night, time_zone="Asia/Almaty") is None
    assert opens_next([], at=friday_night, time_zone="Asia/Almaty") is None


def test_a_bed_is_never_written_down_with_its_address():
    assert not may_have_address(["medical", "shelter"])
    assert may_have_address(["medical"])


def test_a_clock_is_read_or_not():
    assert clock("09:30").hour == 9
    assert clock("24:00x") is None


def test_distances_are_said_in_tens_of_kilometres():
    # Almaty and Astana lie a little under 1000 km apart.
    assert kilometres((43.2, 76.9), (51.2, 71.4)) == kilometres((51.2, 71.4), (43.2, 76.9)) == 980
    assert kilometres((43.2, 76.9), (43.2, 76.9)) == 0


@pytest.mark.parametrize(("days", "long_ago"), [(0, False), (90, False), (91, True), (-5, False)])
def test_the_word_of_another_counts_for_a_quarter(days, long_ago):
    today = date(2026, 11, 24)
    assert told_long_ago(today - timedelta(days=days), on=today) is long_ago


@pytest.mark.parametrize(
    ("days", "opens", "closes", "said"),
    [
        (BYDAY, "00:00", "24:00", "Day and night"),
        (BYDAY, "08:00", "22:00", "Every day 08:00–22:00"),
        (("MO", "TU", "WE", "TH", "FR"), "09:00", "17:00", "Monday to Friday 09:00–17:00"),
        (("MO", "WE", "SA", "SU"), "10:00", "12:00", "Monday, Wednesday, Saturday, Sunday 10:00–12:00"),
    ],
)
def test_hours_without_words_are_said_from_the_schedule(days, opens, closes, said):
    assert opening_hours.hours([Hours(days, opens, closes)]) == said
