"""The rule for small numbers: whoever knows it, and all that is shown, learns of no hidden number which it is."""

from datetime import date
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.foundation import small_counts
from panah.month import rules

SMALL = range(1, small_counts.THRESHOLD)
numbers = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), max_size=6)


def consistent(shown: small_counts.Protected[str], hidden: list[str], limit: int):
    """All that the hidden numbers could be, for a reader who sees the rest and the sum."""
    rest = sum(n for n in shown.parts.values() if n is not None)
    for guess in product(range(1, limit), repeat=len(hidden)):
        if shown.total is None or rest + sum(guess) == shown.total:
            yield dict(zip(hidden, guess, strict=True))


@given(numbers)
def test_a_small_number_is_never_shown_and_could_always_be_any_small_one(counts):
    shown = small_counts.protected(counts)
    hidden = [key for key, n in shown.parts.items() if n is None]
    assert not [key for key, n in shown.parts.items() if n is not None and n in SMALL]
    assert shown.total is None or shown.total not in SMALL
    for key in hidden[:1] if len(hidden) > 4 else hidden:
        others = [one for one in hidden if one != key]
        rest = (shown.total or 0) - sum(n or 0 for n in shown.parts.values())
        for value in SMALL:
            # The others take up what is left: each at least one.
            assert shown.total is None or rest - value >= len(others) > 0


@given(numbers)
def test_whoever_tries_all_that_could_be_finds_every_small_number_possible(counts):
    shown = small_counts.protected(counts)
    hidden = [key for key, n in shown.parts.items() if n is None][:3]
    if shown.total is None or len(hidden) != sum(n is None for n in shown.parts.values()):
        return
    possible = list(consistent(shown, hidden, 40))
    for key in hidden:
        assert {one[key] for one in possible} >= set(SMALL)


@given(numbers)
def test_what_is_shown_is_true(counts):
    shown = small_counts.protected(counts)
    assert {k: n for k, n in shown.parts.items() if n is not None}.items() <= counts.items()
    assert shown.total in (None, sum(counts.values()))


@given(numbers, st.integers(0, 12))
def test_a_sum_divided_twice_is_told_by_neither_where_one_hides_it(counts, first):
    whole = sum(counts.values())
    others = {"x": min(first, whole), "y": whole - min(first, whole)}
    one, other = small_counts.protected_both(counts, others)
    assert one.total == other.total
    if whole and one.total is None:
        assert all(n in (None, 0) for n in (*one.parts.values(), *other.parts.values()))


@pytest.mark.parametrize(
    ("counts", "parts", "total"),
    [
        ({"a": 20, "b": 30}, {"a": 20, "b": 30}, 50),
        ({"a": 0, "b": 30}, {"a": 0, "b": 30}, 30),
        ({"a": 3, "b": 30, "c": 9}, {"a": None, "b": 30, "c": None}, 42),
        ({"a": 3, "b": 0}, {"a": None, "b": 0}, None),
        ({"a": 3}, {"a": None}, None),
        ({"a": 2, "b": 2, "c": 40}, {"a": None, "b": None, "c": None}, 44),
        ({"a": 4, "b": 4, "c": 40}, {"a": None, "b": None, "c": 40}, 48),
        ({"a": 1, "b": 1, "c": 1}, {"a": None, "b": None, "c": None}, None),
        ({}, {}, 0),
    ],
)
def test_what_is_hidden_with_a_small_number(counts, parts, total):
    assert small_counts.protected(counts) == small_counts.Protected(parts, total)


@pytest.mark.parametrize(
    ("branches", "groups"),
    [
        ({"a": [9, 1], "b": [7, 7]}, [("a",), ("b",)]),
        ({"a": [9, 1], "b": [1, 1], "c": [4, 0]}, [("a",), ("b", "c")]),
        ({"a": [9, 1], "b": [20, 1], "c": [1, 0]}, [("a",), ("b",), ("c",)]),
        ({"a": [0, 0], "b": [20, 1]}, [("b",)]),
        ({"a": [1, 0]}, [("a",)]),
        ({}, []),
    ],
)
def test_branches_that_are_too_small_are_counted_together(branches, groups):
    assert rules.groups(branches) == groups


BISHKEK = ZoneInfo("Asia/Bishkek")


def test_a_month_begins_and_ends_at_midnight_in_bishkek():
    start, end = rules.span_of(date(2026, 11, 1), BISHKEK)
    assert start.isoformat() == "2026-11-01T00:00:00+06:00" and end.isoformat() == "2026-12-01T00:00:00+06:00"
    assert rules.span_of(date(2026, 12, 1), BISHKEK)[1].isoformat() == "2027-01-01T00:00:00+06:00"


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2026-10", date(2026, 10, 1)),
        ("2026-12", date(2026, 11, 1)),  # to come
        ("2026-13", date(2026, 11, 1)),
        ("1999-12", date(2026, 11, 1)),
        ("٢٠٢٦-١٠", date(2026, 11, 1)),
        ("", date(2026, 11, 1)),
        ("2026-10-05", date(2026, 11, 1)),
    ],
)
def test_an_address_names_a_month_or_the_one_that_runs_is_shown(text, month):
    assert rules.month_of(text, latest=date(2026, 11, 27)) == month


def test_the_months_around_one():
    assert rules.month_before(date(2026, 1, 1)) == date(2025, 12, 1)
    assert rules.month_before(date(2026, 12, 1)) == date(2026, 11, 1)
    assert rules.next_month(date(2025, 12, 1)) == date(2026, 1, 1)
    assert rules.next_month(date(2026, 11, 1)) == date(2026, 12, 1)
