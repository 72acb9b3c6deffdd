"""Months are counted by the calendar, wherever a period is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.foundation.months import months_after


@pytest.mark.parametrize(
    ("day", "months", "found"),
    [
        (date(2026, 1, 1), 0, date(2026, 1, 1)),
        (date(2026, 3, 31), 0, date(2026, 3, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 30), 13, date(2027, 12, 30)),
        (date(2026, 12, 15), 24, date(2028, 12, 15)),
        (date(2026, 11, 24), 120, date(2036, 11, 24)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 11, 24), -24, date(2024, 11, 24)),
    ],
)
def test_a_period_ends_on_the_same_day_or_the_last_of_that_month(day, months, found):
    assert months_after(day, months) == found


@given(day=st.dates(date(2020, 1, 1), date(2040, 1, 1)), months=st.integers(-240, 240))
def test_it_is_that_month_and_never_a_later_day(day, months):
    found = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day <= day.day
