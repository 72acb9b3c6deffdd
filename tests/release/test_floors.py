"""Too few people, or exact figures of them, and no rows are published; no society stands alone in a table."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.release.accounting import Ledger, Spend
from panah.release.floors import LEAST_IN_A_POOL, exact_tables_refused, pooled, rows_refused

FRESH = Ledger(Decimal(1))


def test_rows_of_fewer_people_than_the_floor_are_refused_with_both_numbers():
    assert str(rows_refused(999, floor=1000, ledger=FRESH)) == (
        "999 people are too few for rows about single people: 1000 is the least."
    )
    assert rows_refused(1000, floor=1000, ledger=FRESH) is None
    assert rows_refused(4_999, floor=5_000, ledger=FRESH)


def test_the_floor_can_be_raised_and_never_lowered():
    assert str(rows_refused(100_000, floor=999, ledger=FRESH)) == "A floor below 1000 is not allowed."


def test_exact_figures_and_protected_ones_of_the_same_people_exclude_each_other():
    exact, private = FRESH.mark_exact(), FRESH.spend(Spend("rows", Decimal("0.5")))
    assert "no rows can follow" in str(rows_refused(5000, floor=1000, ledger=exact))
    assert "exact tables cannot follow" in str(exact_tables_refused(private))
    assert exact_tables_refused(FRESH) is None and exact_tables_refused(exact) is None
    assert rows_refused(5000, floor=1000, ledger=private) is None


@given(st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(0, 300), min_size=1))
def test_whoever_is_pooled_is_hidden_among_enough_others(people):
    shown = pooled(people, least=100, label="others")
    assert set(shown) == set(people)
    pool = [one for one in people if shown[one] == "others"]
    if pool and len(pool) < len(people):
        assert len(pool) >= LEAST_IN_A_POOL and sum(people[one] for one in pool) >= 100
    for one in people:
        assert people[one] >= 100 or one in pool


@pytest.mark.parametrize(
    ("people", "pool"), [({"A": 500, "B": 400, "C": 300}, ""), ({"A": 500, "B": 40, "C": 300}, "ABC")]
)
def test_one_small_society_takes_two_others_along(people, pool):
    assert (
        "".join(
            sorted(
                one for one, label in pooled(people, least=100, label="others").items() if label == "others"
            )
        )
        == pool
    )
