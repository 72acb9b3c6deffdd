"""What numbers of tests can carry, when a permission holds, what a period is."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from panah.ground.foundation import small_counts
from panah.programmes.prevention import rules
from panah.programmes.training import effect
from panah.programmes.training.effect import CountedTests, NoClaim, change

NUMBERS = st.integers(0, 400)


@st.composite
def apart(draw, least=1):
    before, after = draw(st.integers(least, 400)), draw(st.integers(least, 400))
    return CountedTests(False, before, after, draw(st.integers(0, before)), draw(st.integers(0, after)))


@st.composite
def paired(draw, least=1):
    """Counts as they come from sheets: each pair passed twice, only after, only before, or never."""
    both, gained, dropped, never = (draw(st.integers(0, 120)) for _ in range(4))
    pairs = both + gained + dropped + never
    assume(pairs >= least)
    lost_passed, lost_failed = draw(st.integers(0, 80)), draw(st.integers(0, 80))
    return CountedTests(
        True, pairs + lost_passed + lost_failed, pairs, both + dropped + lost_passed, both + gained, gained, dropped
    )  # fmt: skip


@given(st.one_of(apart(), paired()))
def test_the_interval_holds_the_change_and_stays_within_all_and_nothing(tests):
    found = change(tests)
    assert -1 <= found.low <= found.points <= found.high <= 1
    assert 0 <= found.lost_part <= 1


@given(st.one_of(apart(), paired()))
def test_a_claim_is_made_only_where_the_numbers_carry_it(tests):
    found = change(tests)
    number = tests.took_after if tests.paired else min(tests.took_before, tests.took_after)
    carries = number >= 30 and found.lost_part <= 0.4 and not found.low <= 0 <= found.high
    assert (found.why_not is None) == carries


@given(apart())
def test_turned_round_the_change_is_its_opposite(tests):
    turned = change(
        CountedTests(False, tests.took_after, tests.took_before, tests.passed_after, tests.passed_before)
    )
    found = change(tests)
    assert turned.points == pytest.approx(-found.points)
    assert (turned.low, turned.high) == pytest.approx((-found.high, -found.low))


@given(paired())
def test_more_of_the_same_makes_the_interval_narrower(tests):
    once, ten = change(tests), change(sum([tests] * 9, tests))
    assert ten.high - ten.low <= once.high - once.low
    assert ten.points == pytest.approx(once.points)


@given(st.one_of(apart(), paired()))
def test_counts_that_can_be_are_taken(tests):
    assert rules.wrong_tests(tests) == ""


@pytest.mark.parametrize(
    ("tests", "code"),
    [
        (CountedTests(False, 10, 10, 11, 3), "passed-more-than-took"),
        (CountedTests(False, 10, 10, 3, 11), "passed-more-than-took"),
        # More passed only after than passed after; more had passed before than did; more pairs than were tested.
        (CountedTests(True, 40, 40, 10, 2, gained=3), "pairs-do-not-add-up"),
        (CountedTests(True, 40, 40, 10, 20, gained=12, dropped=3), "pairs-do-not-add-up"),
        (CountedTests(True, 40, 20, 30, 18, gained=2, dropped=5), "pairs-do-not-add-up"),
        (CountedTests(True, 10, 11, 3, 3), "more-pairs-than-tests"),
        (CountedTests(True, 40, 40, 10, 20, gained=25), "pairs-do-not-add-up"),
        (CountedTests(True, 40, 40, 10, 20, gained=5, dropped=2), "pairs-do-not-add-up"),
    ],
)
def test_counts_that_cannot_be_are_told_apart(tests, code):
    assert rules.wrong_tests(tests) == code


def test_intervals_are_those_of_the_books():
    # Newcombe 1998, method 10: 56/70 and 48/80 give 0.0524 to 0.3339.
    found = change(CountedTests(False, 80, 70, 48, 56))
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)
    # Wilson's of 10 of 20.
    assert effect.wilson(10, 20) == pytest.approx((0.2993, 0.7007), abs=1e-4)


@pytest.mark.parametrize(
    ("tests", "why"),
    [
        (CountedTests(False, 29, 200, 2, 190), NoClaim.FEW),
        (CountedTests(True, 40, 29, 2, 29, gained=27), NoClaim.FEW),
        (CountedTests(False, 100, 59, 20, 59), NoClaim.LOST),
        (CountedTests(False, 100, 95, 50, 48), NoClaim.ZERO),
        (CountedTests(True, 60, 60, 30, 31, gained=6, dropped=5), NoClaim.ZERO),
        (CountedTests(False, 0, 0, 0, 0), NoClaim.NOTHING),
        (CountedTests(False, 40, 0, 10, 0), NoClaim.NOTHING),
        (CountedTests(False, 50, 40, 10, 35), None),
        (CountedTests(True, 50, 40, 12, 35, gained=25, dropped=1), None),
    ],
)
def test_what_keeps_numbers_from_a_claim(tests, why):
    assert change(tests).why_not == why


def test_tests_that_were_compared_in_two_ways_are_not_added_up():
    with pytest.raises(ValueError, match="two ways"):
        CountedTests(True, 1, 1, 1, 1) + CountedTests(False, 1, 1, 1, 1)


@pytest.mark.parametrize(
    ("state", "until", "on", "holds"),
    [
        ("granted", None, 5, True),
        ("granted", 5, 5, True),
        ("granted", 5, 6, False),
        ("granted", 9, 1, False),
        ("asked", 9, 5, False),
        ("refused", 9, 5, False),
        ("granted", 9, 2, True),
    ],
)
def test_a_permission_holds_from_its_day_to_its_last(state, until, on, holds):
    end = date(2026, 3, until) if until else None
    assert rules.access_holds(state, date(2026, 3, 2), end, date(2026, 3, on)) == holds


def test_a_permission_of_which_nobody_knows_from_when_does_not_hold():
    assert rules.access_holds("granted", None, None, date(2026, 3, 2)) is False


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("2026", (date(2026, 1, 1), date(2026, 12, 31))),
        ("2026-Q1", (date(2026, 1, 1), date(2026, 3, 31))),
        ("2026-Q2", (date(2026, 4, 1), date(2026, 6, 30))),
        ("2026-Q4", (date(2026, 10, 1), date(2026, 12, 31))),
        *(
            (text, None)
            for text in (
                "",
                "26",
                "2026-Q5",
                "2026-Q",
                "2026-04",
                "1999",
                "٢٠٢٦",
                "x-Q1",
                "20a6",
                "02026",
                "2101",
            )
        ),
        ("2100", (date(2100, 1, 1), date(2100, 12, 31))),
    ],
)
def test_a_period_is_a_year_or_a_quarter(text, span):
    assert rules.period(text) == span


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_each_day_lies_in_its_quarter(day):
    first, last = rules.period(rules.quarter_of(day))
    assert first <= day <= last


QUARTER = st.dictionaries(st.sampled_from("abc"), st.integers(0, 12), max_size=3)


@given(st.lists(QUARTER, min_size=1, max_size=4))
def test_what_a_quarter_hides_is_not_the_year_less_the_other_quarters(quarters):
    (year,) = small_counts.protected_all([[one] for one in quarters])
    told = [small_counts.protected(one) for one in quarters]
    assert year.total in (None, sum(sum(one.values()) for one in quarters))
    for key in "abc":
        shown = year.parts.get(key, 0)
        hidden = [
            one[key] for one, seen in zip(quarters, told, strict=True) if seen.parts.get(key, 0) is None
        ]
        assert shown in (None, sum(one.get(key, 0) for one in quarters))
        if hidden and shown is not None:
            # Each may be any from one to four, the others take up the rest.
            assert len(hidden) > 1 and sum(hidden) - 4 >= len(hidden) - 1
    sums = [sum(one.values()) for one, seen in zip(quarters, told, strict=True) if seen.total is None]
    if sums and year.total is not None:
        assert len(sums) > 1 and sum(sums) - 4 >= len(sums) - 1


def test_a_year_hides_with_a_number_all_that_its_quarter_hides_beside_it():
    quarters = [
        {"a": 5, "b": 20, "c": 20},
        {"a": 3, "b": 20, "c": 6},
        {"a": 0, "b": 4, "c": 4},
        {"b": 4, "c": 4},
    ]
    (year,) = small_counts.protected_all([[one] for one in quarters])
    assert year == small_counts.Protected({"a": None, "b": 48, "c": None}, 90)


def test_a_period_is_cut_at_the_ends_of_quarters():
    assert rules.quarters_between(date(2026, 2, 3), date(2026, 7, 1)) == [
        (date(2026, 2, 3), date(2026, 3, 31)),
        (date(2026, 4, 1), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2026, 7, 1)),
    ]
    assert len(rules.quarters_between(date(2026, 1, 1), date(2026, 12, 31))) == 4


def test_a_period_before_all_quarters_stays_whole():
    assert rules.quarters_between(date(1998, 1, 5), date(1998, 9, 1)) == [
        (date(1998, 1, 5), date(1998, 9, 1))
    ]


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (date(2026, 1, 31), date(2026, 4, 1), 3),
        (date(2025, 11, 1), date(2026, 11, 30), 12),
        (date(2026, 5, 1), date(2026, 5, 9), 0),
    ],
)
def test_months_are_counted_from_one_to_the_other(first, last, months):
    assert rules.months_between(first, last) == months


def test_what_stands_in_braces_is_a_number_of_the_report_or_is_said_to_be_none():
    known = ("sessions", "people", "courses", "trained", "campaigns", "reach", "period")
    text = " ".join(f"{{{one}}}" for one in (*known, "profit", "profit"))
    assert rules.unknown_placeholders(text) == ["profit"]
    assert rules.filled_in("{people} and {profit}", {"people": "40"}) == "40 and {profit}"
