"""Too few people, or exact figures of them, and no rows are published."""

from decimal import Decimal

from panah.programmes.release.accounting import Ledger, Spend
from panah.programmes.release.floors import exact_tables_refused, rows_refused

FRESH = Ledger(Decimal(1))


def test_rows_of_fewer_people_than_the_floor_are_refused_and_nobody_is_told_how_many_there_are():
    assert str(rows_refused(999, floor=1000, ledger=FRESH)) == (
        "There are fewer than 1000 people in it: no rows are made of so few, real or not."
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
