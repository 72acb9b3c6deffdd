"""What may stand in a message of figures, and when a sum is told."""

from datetime import date

import pytest

from panah.programmes.network_report import rules
from panah.programmes.network_report.rules import Quarter, Told
from panah.programmes.network_report.words import DIVISIONS, KEYS, Measure

TODAY = date(2026, 11, 27)
FIGURES = {
    "sessions": 4, "people": 43, "courses": 1, "trained": 12, "campaigns": 2,
    "people:goal:dignity": 30, "people:goal:none": 8, "people:sex:female": 38,
}  # fmt: skip


def told(**more):
    return Told(Quarter(2026, 3), 1, date(2026, 10, 5), FIGURES).packed() | more


def test_what_is_packed_is_read_back():
    assert rules.read(told(), today=TODAY) == Told(Quarter(2026, 3), 1, date(2026, 10, 5), FIGURES)


@pytest.mark.parametrize(
    "more",
    [
        {"v": 2},
        {"v": True},
        {"year": "2026"},
        {"quarter": 5},
        {"quarter": 4},  # not over when it was signed
        {"version": 0},
        {"version": 1000},
        {"signed": date(2026, 12, 24).toordinal()},
        {"signed": date(2026, 11, 29).toordinal()},
        {"signed": 0},
        {"figures": None},
        {"figures": []},
        {"note": "Aigul told us"},
        {"figures": {"sessions": 1, "name": 5}},
        {"figures": {"sessions": "5"}},
        {"figures": {"sessions": 5.5}},
        {"figures": {"sessions": True}},
        {"figures": {"sessions": -1}},
        {"figures": {"sessions": None}},
        {"figures": {"sessions": 10**12}},
        {"figures": {"people": 1}},
        {"figures": {"people": 3}},
        {"figures": {"trained:goal:health": 4}},
        # Of 43 people 40 are told: three others can be worked out.
        {"figures": {"people": 43, "people:goal:dignity": 40}},
        # What is not told as a sum is told by its parts.
        {"figures": {f"people:sex:{one}": 9 for one in ("female", "male", "other")}},
        # More than there are.
        {"figures": {"people": 43, "people:goal:dignity": 44}},
    ],
)
def test_what_is_no_bounded_number_under_a_known_key_or_tells_a_small_count_is_not_read(more):
    assert rules.read(told(**more), today=TODAY) is None


def test_what_lacks_a_field_is_not_read():
    for name in told():
        assert rules.read({key: one for key, one in told().items() if key != name}, today=TODAY) is None


def test_every_key_is_bounded_and_says_which_sum_it_divides():
    assert {key.partition(":")[0] for key in KEYS} == set(Measure.values) and len(KEYS) < 60


def test_quarters_end_and_are_late_a_fortnight_after():
    assert Quarter(2026, 4).last == date(2026, 12, 31) and Quarter(2026, 1).first == date(2026, 1, 1)
    assert Quarter(2026, 3).due_on == date(2026, 10, 15)
    assert rules.last_ended(date(2026, 1, 1)) == Quarter(2025, 4)
    assert [str(one) for one in rules.ended_quarters(TODAY, 3)] == ["2026-Q3", "2026-Q2", "2026-Q1"]
    assert [rules.last_ended(date(2026, month, 1)).number for month in (4, 6, 7, 9, 10, 12)] == [
        1,
        1,
        2,
        2,
        3,
        3,
    ]
    for year in (2000, 2026, 2100):
        for number in (1, 2, 3, 4):
            assert rules.quarter_named(f"{year}-Q{number}") == Quarter(year, number)
    for odd in (
        "2026",
        "2026-Q5",
        "26-Q1",
        "2026-Q",
        "x",
        "٢٠٢٦-Q1",
        "1999-Q1",
        "2101-Q1",
        "20a6-Q1",
        "02026-Q1",
    ):
        assert rules.quarter_named(odd) is None


def test_a_sum_is_told_only_where_every_part_is_known():
    both = rules.totals({"North": {"people": 40, "sessions": 2}, "South": {"people": 7, "sessions": 1}})
    assert both[Measure.PEOPLE].number == 47 and both[Measure.SESSIONS].number == 3
    waiting = rules.totals({"North": {"people": 40}, "South": None})[Measure.PEOPLE]
    assert (waiting.number, waiting.missing) == (None, ("South",))
    hiding = rules.totals({"North": {"people": 40}, "South": {"sessions": 1}})[Measure.PEOPLE]
    assert (hiding.number, hiding.missing, hiding.hidden) == (None, (), ("South",))
    assert rules.totals({})[Measure.PEOPLE].number is None


def test_a_quarter_is_late_only_where_they_were_paired_before_its_end():
    quarter, after = Quarter(2026, 3), date(2026, 10, 16)
    assert rules.is_late(quarter, paired_on=date(2026, 9, 30), today=after)
    assert not rules.is_late(quarter, paired_on=date(2026, 9, 30), today=quarter.due_on)
    for paired_on in (date(2026, 10, 1), None):
        assert not rules.is_late(quarter, paired_on=paired_on, today=TODAY)


ALL = {
    **{f"people:goal:{one}": 0 for one in DIVISIONS["people", "goal"]},
    "people": 40, "people:goal:dignity": 40, "sessions": 1, "trained": 12,
}  # fmt: skip


@pytest.mark.parametrize(
    ("newer", "left_out"),
    [
        ({}, set()),
        ({"sessions": 2}, set()),
        ({"people": 41, "people:goal:dignity": 41}, {"people", "goal"}),
        # The sum is not told any more; its parts are the same.
        ({"people": None, "people:goal:none": None}, set()),
        ({"people": 45, "people:goal:dignity": 45}, set()),
        ({"people": 43, "people:goal:dignity": 43}, {"people", "goal"}),
        ({"people": 36, "people:goal:dignity": 36}, {"people", "goal"}),
        # The sum may stay: that three changed their goal may not be told.
        ({"people:goal:dignity": 37, "people:goal:health": 3}, {"goal"}),
        ({"trained": 14}, {"trained"}),
        # Two are hidden, together 43: before they were 40.
        (
            {"people": 103, "people:goal:health": 60, "people:goal:dignity": None, "people:goal:none": None},
            {"goal"},
        ),
    ],
)
def test_a_newer_version_leaves_out_what_tells_a_small_change_beside_an_earlier_one(newer, left_out):
    figures = {key: one for key, one in (ALL | newer).items() if one is not None}
    found = rules.without_small_changes(figures, earlier=[{"sessions": 1}, ALL])
    expected = {
        key: one
        for key, one in figures.items()
        if not (key in left_out or ("goal" in left_out and key.startswith("people:goal")))
    }
    assert found == expected
    if left_out:
        assert rules.may_leave(found)


def test_figures_may_be_signed_tomorrow_where_it_is_tomorrow_already():
    assert rules.read(told(signed=date(2026, 11, 28).toordinal()), today=TODAY) is not None


def test_of_sessions_a_single_one_more_may_be_told_and_parts_that_make_the_whole():
    before = {"sessions": 3, **{f"sessions:goal:{one}": 0 for one in DIVISIONS["sessions", "goal"]}}
    after = before | {"sessions": 4, "sessions:goal:dignity": 1}
    assert rules.without_small_changes(after, earlier=[before]) == after
    assert rules.may_leave({"sessions": 4, "sessions:goal:dignity": 4})
    assert not rules.may_leave({"sessions": 4, "sessions:goal:dignity": 5})
