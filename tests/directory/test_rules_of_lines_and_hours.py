"""Which line counts, when a door opens next, which agreement to speak of: plain Python."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from panah.ground.directory import rules
from panah.ground.directory.rules import Hours
from panah.ground.kit.optimistic_lock import mark
from panah.ground.network import rules as network_rules
from panah.ground.network.words import dial_digits as dialled_digits

TODAY = date(2026, 11, 24)  # a Tuesday


def days(number):
    return TODAY + timedelta(days=number)


@dataclass(frozen=True)
class Line:
    name: str
    own: bool = False
    anywhere: bool = False
    valid_from: date = date(2026, 2, 1)
    entered_at: datetime = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        ([], None),
        ([Line("old"), Line("new", valid_from=days(0))], "new"),
        ([Line("old"), Line("not yet", valid_from=days(1))], "old"),
        ([Line("anywhere", anywhere=True, valid_from=days(0)), Line("country")], "country"),
        ([Line("country", valid_from=days(0)), Line("own", own=True)], "own"),
        ([Line("first"), Line("corrected", entered_at=datetime(2026, 5, 1, tzinfo=UTC))], "corrected"),
        (
            [Line("late entry", entered_at=datetime(2026, 5, 1, tzinfo=UTC)), Line("later", valid_from=days(-1))],
            "later",
        ),
    ],
)  # fmt: skip
def test_the_nearest_and_newest_line_counts(lines, counts):
    found = network_rules.line_that_counts(lines, on=TODAY)
    assert (found and found.name) == counts


@pytest.mark.parametrize(
    ("outcome", "expires", "state"),
    [
        ("answered", None, rules.NEVER),
        (None, TODAY, rules.NEVER),
        ("answered", days(0), rules.FRESH),
        ("answered", days(1), rules.FRESH),
        ("busy", days(-1), rules.STALE),
        ("wrong_number", None, rules.NEVER),
    ],
)
def test_what_nobody_tried_is_not_verified(outcome, expires, state):
    assert rules.freshness(outcome, expires=expires, on=TODAY) == state


def test_lists_begin_with_what_can_be_trusted_most():
    assert sorted(rules.RANK, key=rules.RANK.get) == ["fresh", "stale", "never", "failed"]


def at(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Almaty"))


def opening(hours, moment):
    return rules.opening(hours, at=moment.astimezone(UTC), time_zone="Asia/Almaty")


def opens_next(hours, moment):
    return rules.opens_next(hours, at=moment.astimezone(UTC), time_zone="Asia/Almaty")


@pytest.mark.parametrize(
    ("hours", "moment", "state"),
    [
        ([Hours(("MO",), "22:00", "06:00")], at(24, 3), "open"),
        ([Hours(("TU",), "22:00", "06:00")], at(24, 3), "closed"),
        ([Hours(("TU",), "22:00", "06:00")], at(24, 12), "closed"),
        ([Hours(("TU",), "22:00", "06:00")], at(24, 22), "open"),
        ([Hours(("SU",), "22:00", "06:00")], at(23, 5, 59), "open"),
        ([Hours(("MO",), "09:00", "17:00")], at(24, 3), "closed"),
        ([Hours(("MO",), "09:00", "09:00")], at(24, 8, 59), "open"),
        ([Hours(("TU",), "09:30", "17:15")], at(24, 9, 29), "closed"),
        ([Hours(("TU",), "09:30", "17:15")], at(24, 9, 30), "open"),
        ([Hours(("TU",), "09:30", "17:15")], at(24, 17, 14), "open"),
        ([Hours(("TU",), "09:30", "17:15")], at(24, 17, 15), "closed"),
        ([Hours(("MO",), "09:00", "17:00"), Hours(("TU",), "09:00", "17:00")], at(24, 10), "open"),
    ],
)
def test_a_door_is_open_by_its_own_clock_and_past_midnight_by_yesterdays(hours, moment, state):
    assert opening(hours, moment) == state


@pytest.mark.parametrize(
    ("hours", "moment", "opens"),
    [
        ([Hours(("TU",), "09:00", "17:00")], at(24, 8), at(24, 9)),
        ([Hours(("TU",), "09:00", "17:00")], at(24, 17), datetime(2026, 12, 1, 9, 0, tzinfo=ZoneInfo("Asia/Almaty"))),
        ([Hours(("SU",), "09:00", "17:00")], at(24, 8), at(29, 9)),
        ([Hours(("TH", "WE"), "09:00", "17:00")], at(24, 8), at(25, 9)),
        ([Hours(("WE",), "12:00", "17:00"), Hours(("WE",), "08:00", "10:00")], at(24, 8), at(25, 8)),
        ([Hours(("TU",), "09:00", "17:00")], at(24, 12), None),
        ([Hours((), "09:00", "17:00")], at(24, 12), None),
    ],
)  # fmt: skip
def test_a_closed_door_says_the_first_time_at_which_it_opens(hours, moment, opens):
    assert opens_next(hours, moment) == opens


def test_a_period_that_is_not_known_keeps_a_file_and_the_longest_one_that_is_known_counts():
    closed = date(2026, 11, 24)
    claims = network_rules.Retention(months=60, child_months=None, claim_months=36)
    assert network_rules.retention_ends(claims, closed_on=closed, claim_ended_on=date(2020, 1, 1)) == date(
        2031, 11, 24
    )
    children = network_rules.Retention(months=60, child_months=12, claim_months=None)
    assert network_rules.retention_ends(children, closed_on=closed, comes_of_age_on=date(2027, 1, 1)) == date(
        2031, 11, 24
    )
    assert network_rules.retention_ends(children, closed_on=closed, claim_open=True) is None


def test_somebody_comes_of_age_by_the_rule_sheet_of_the_country():
    assert network_rules.comes_of_age(born_on=date(2010, 5, 7), child_age=18) == date(2028, 5, 7)
    assert network_rules.comes_of_age(born_on=date(2010, 5, 7), child_age=16) == date(2026, 5, 7)


@pytest.mark.parametrize(
    ("number", "dialled"),
    [(" +7 (727) 000-00-00", "+77270000000"), ("8 800 5", "88005"), ("112", "112"), ("8+1", "81"), ("", "")],
)
def test_a_number_is_dialled_by_its_digits_and_a_leading_plus(number, dialled):
    assert dialled_digits(number) == dialled


@pytest.mark.parametrize(
    ("text", "clock"),
    [("09:30", time(9, 30)), ("00:00", time(0)), ("24:01", None), ("nine", None), ("", None)],
)
def test_a_wall_clock_is_read_or_none(text, clock):
    assert rules.clock(text) == clock


def test_a_form_knows_which_state_of_an_entry_it_has_seen():
    assert mark(None) == ""
    assert mark(datetime(2026, 11, 24, 9, tzinfo=UTC)) == "2026-11-24T09:00:00+00:00"


@pytest.mark.parametrize(
    ("starts", "ends", "state"),
    [
        (0, None, "in_force"),
        (1, None, "not_begun"),
        (1, 400, "not_begun"),
        (-400, 61, "in_force"),
        (-400, 60, "ends_soon"),
        (-400, 0, "ends_soon"),
        (-400, -1, "ended"),
        (0, 0, "ends_soon"),
    ],
)
def test_of_an_agreement_both_days_count_and_two_months_before_its_end_it_is_said(starts, ends, state):
    ends_on = None if ends is None else days(ends)
    assert rules.agreement_state(starts_on=days(starts), ends_on=ends_on, on=TODAY) == state


@dataclass(frozen=True)
class Agreement:
    name: str
    starts_on: date
    ends_on: date | None


@pytest.mark.parametrize(
    ("agreements", "counts"),
    [
        ([], None),
        ([("old", -900, -500), ("last", -500, -100)], "last"),
        ([("to come", 10, 900), ("ended", -900, -1)], "ended"),
        ([("to come", 10, 900)], "to come"),
        ([("ends soon", -900, 10), ("ended", -900, -1), ("to come", 10, 900)], "ends soon"),
        ([("in force", -900, 100), ("ends soon", -10, 50)], "in force"),
        ([("ends soon", -900, 50), ("for ever", -900, None)], "for ever"),
        ([("first", -900, 100), ("anew", -10, 100)], "anew"),
    ],
)
def test_of_many_with_one_partner_the_one_in_force_and_longest_counts(agreements, counts):
    every = [Agreement(name, days(a), None if b is None else days(b)) for name, a, b in agreements]
    found = rules.agreement_that_counts(every, on=TODAY)
    assert (found and found.name) == counts


@pytest.mark.parametrize(
    ("here", "there", "tens"),
    [
        ((0, 0), (0, 1), 110),
        ((0, 0), (1, 0), 110),
        ((60, 0), (60, 1), 60),
        ((60, 10), (40, 30), 2620),
        ((10, 20), (-10, 20), 2220),
        ((0, 0), (0, 180), 20020),
    ],
)
def test_points_lie_apart_as_the_crow_flies(here, there, tens):
    assert rules.kilometres(here, there) == rules.kilometres(there, here) == tens


def test_what_a_source_says_is_relied_on_for_a_quarter():
    assert (rules.ANSWERED_DAYS, rules.TOLD_DAYS, rules.BUSY_DAYS) == (90, 90, 7)


@pytest.mark.parametrize(
    ("day", "date_of_it"),
    [("MO", 23), ("TU", 24), ("WE", 25), ("TH", 26), ("FR", 27), ("SA", 28), ("SU", 29)],
)
def test_each_day_of_the_week_is_called_as_the_calendar_calls_it(day, date_of_it):
    noon = [opening([Hours((day,), "09:00", "17:00")], at(number, 12)) for number in range(23, 30)]
    assert [number for number, state in zip(range(23, 30), noon, strict=True) if state == "open"] == [
        date_of_it
    ]


def test_no_two_degrees_of_trust_stand_side_by_side():
    assert len(set(rules.RANK.values())) == len(rules.RANK)


def test_the_earth_is_as_large_as_it_is():
    assert rules.kilometres((0, 0), (0, 179.998)) == 20010
