"""Nights, who fits where, and how long to wait: without rows, without a clock."""

from datetime import UTC, date, datetime, timedelta

import pytest

from panah.ground.foundation import retention
from panah.people.shelter import rules

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(("hour", "day"), [(0, 23), (3, 23), (5, 23), (6, 24), (12, 24), (23, 24)])
def test_at_three_in_the_morning_tonight_is_the_night_that_began_yesterday(hour, day):
    assert rules.tonight(datetime(2026, 11, 24, hour, 30, tzinfo=UTC)) == date(2026, 11, day)


def test_the_last_day_has_no_night():
    assert rules.nights(DAY, date(2026, 11, 26)) == [DAY, date(2026, 11, 25)]
    assert rules.nights(DAY, DAY) == []


@pytest.mark.parametrize(
    ("last", "fine"),
    [
        (date(2026, 11, 24), False),
        (date(2026, 11, 25), True),
        (date(2027, 11, 25), True),
        (date(2027, 11, 26), False),
    ],
)
def test_a_stay_has_a_night_and_at_most_a_year(last, fine):
    assert rules.span_is_fine(DAY, last) is fine


@pytest.mark.parametrize(
    ("who", "place", "room", "fits"),
    [
        ("women", ["women"], [], True),
        ("men", ["women"], [], False),
        ("men", ["women", "men"], ["women"], False),
        ("women", ["women", "men"], ["women"], True),
        ("", ["women"], [], False),
    ],
)
def test_a_room_is_narrower_than_its_place(who, place, room, fits):
    assert rules.fits(who, place, room) is fits


@pytest.mark.parametrize(
    ("first", "last", "out"),
    [
        (None, None, False),
        (DAY, None, True),
        (DAY, date(2026, 11, 25), True),
        (date(2026, 11, 25), None, False),
        (date(2026, 11, 20), DAY, False),
    ],
)
def test_a_bed_is_out_of_use_from_a_day_until_a_day(first, last, out):
    assert rules.is_out(first, last, DAY) is out


@pytest.mark.parametrize(
    ("child", "danger", "alarm"),
    [
        (True, "no", True),
        (False, "no", False),
        (False, "yes", True),
        (False, "unknown", True),
        (False, "none", True),
    ],
)
def test_a_child_or_a_danger_that_nobody_rules_out_is_danger_now(child, danger, alarm):
    assert rules.must_alarm(child=child, danger=danger) is alarm


@pytest.mark.parametrize("state", ["left", "declined", "taken_back"])
def test_what_has_ended_becomes_nothing_else(state):
    assert not any(
        rules.may_become(state, then) for then in ("asked", "held", "placed", "here", "missing", "left")
    )


@pytest.mark.parametrize(
    ("state", "may"),
    [
        ("asked", {"held", "placed", "declined", "taken_back"}),
        ("held", {"asked", "held", "placed", "declined", "taken_back"}),
        ("placed", {"here", "left", "taken_back"}),
        ("here", {"missing", "left"}),
        ("missing", {"here", "left"}),
    ],
)
def test_a_stay_goes_its_way_and_whoever_is_there_is_no_longer_only_asked_for(state, may):
    states = ("asked", "held", "placed", "here", "missing", "left", "declined", "taken_back")
    assert {target for target in states if rules.may_become(state, target)} == may


def test_with_an_alarm_somebody_looks_at_once_and_for_an_adult_after_two_hours():
    seen = datetime(2026, 11, 24, 22, 0, tzinfo=UTC)
    assert rules.look_again_at(seen_missing=seen, alarm=True) == seen
    assert rules.look_again_at(seen_missing=seen, alarm=False) == seen.replace(hour=0) + timedelta(days=1)


def test_an_hour_of_a_day_is_told_in_the_local_time_of_the_place():
    assert rules.at_hour(DAY, 7) == datetime(2026, 11, 24, 7)  # noqa: DTZ001  the place is said by the caller


def test_a_bed_that_is_out_of_use_until_a_day_was_in_use_before_the_first():
    assert not rules.is_out(None, date(2026, 11, 30), DAY)
    assert rules.is_out(date(2026, 11, 23), date(2026, 11, 25), DAY)


def test_the_board_shows_tonight_and_two_weeks_and_a_sheet_is_kept_for_three_months():
    assert rules.SHOWN_NIGHTS == 15 and retention.STAY_SHEET.days == 90
