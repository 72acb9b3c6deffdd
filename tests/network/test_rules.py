"""What counts when: pure rules, without database or clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.network import rules
from panah.ground.network.words import dial_digits


@dataclass(frozen=True)
class Line:
    name: str
    own: bool
    anywhere: bool
    valid_from: date
    entered_at: datetime = datetime(2026, 1, 1, tzinfo=UTC)


ANYWHERE = Line("anywhere", own=False, anywhere=True, valid_from=date(2026, 6, 1))
COUNTRY = Line("country", own=False, anywhere=False, valid_from=date(2026, 3, 1))
OWN = Line("own", own=True, anywhere=False, valid_from=date(2026, 2, 1))
LATER = Line("later", own=True, anywhere=False, valid_from=date(2026, 12, 1))
CORRECTED = Line(
    "corrected",
    own=True,
    anywhere=False,
    valid_from=date(2026, 2, 1),
    entered_at=datetime(2026, 5, 5, tzinfo=UTC),
)


@pytest.mark.parametrize(
    ("lines", "counts"),
    [
        ([ANYWHERE], "anywhere"),
        ([ANYWHERE, COUNTRY], "country"),
        ([ANYWHERE, COUNTRY, OWN], "own"),
        ([OWN, LATER], "own"),
        ([OWN, CORRECTED, ANYWHERE], "corrected"),
    ],
)
def test_a_societys_own_word_counts_before_its_countrys_and_the_newest_of_it(lines, counts):
    assert rules.line_that_counts(lines, on=date(2026, 11, 24)).name == counts


def test_a_line_that_has_not_begun_counts_for_nobody():
    assert rules.line_that_counts([LATER], on=date(2026, 11, 24)) is None
    assert rules.line_that_counts([LATER], on=date(2026, 12, 1)) is LATER


def test_reflection_gives_thirty_whole_days_after_the_day_on_which_it_began():
    assert rules.reflection_ends(began_on=date(2026, 11, 24), days=30) == date(2026, 12, 24)


PERIODS = rules.Retention(months=60, child_months=120, claim_months=36)


def test_the_longest_period_that_applies_keeps_a_file():
    closed = date(2026, 11, 24)
    assert rules.retention_ends(PERIODS, closed_on=closed) == date(2031, 11, 24)
    of_age = date(2035, 5, 1)
    assert rules.retention_ends(PERIODS, closed_on=closed, comes_of_age_on=of_age) == date(2045, 5, 1)
    ended = date(2033, 1, 1)
    assert rules.retention_ends(PERIODS, closed_on=closed, claim_ended_on=ended) == date(2036, 1, 1)


def test_nothing_is_erased_while_a_claim_is_open_or_a_period_is_not_known():
    closed = date(2026, 11, 24)
    unknown = rules.Retention(months=None, child_months=None, claim_months=None)
    half = rules.Retention(months=60, child_months=None, claim_months=None)
    assert rules.retention_ends(PERIODS, closed_on=closed, claim_open=True) is None
    assert rules.retention_ends(unknown, closed_on=closed) is None
    assert rules.retention_ends(half, closed_on=closed, comes_of_age_on=closed) is None
    assert rules.retention_ends(half, closed_on=closed, claim_ended_on=closed) is None


@given(
    closed=st.dates(date(2020, 1, 1), date(2060, 1, 1)),
    months=st.integers(1, 400),
    child=st.integers(1, 400),
    of_age=st.dates(date(2020, 1, 1), date(2080, 1, 1)),
)
def test_no_fact_about_a_person_ever_shortens_how_long_her_proof_is_kept(closed, months, child, of_age):
    periods = rules.Retention(months=months, child_months=child, claim_months=36)
    alone = rules.retention_ends(periods, closed_on=closed)
    assert rules.retention_ends(periods, closed_on=closed, comes_of_age_on=of_age) >= alone


def test_a_child_comes_of_age_on_the_birthday():
    assert rules.comes_of_age(born_on=date(2012, 2, 29), child_age=18) == date(2030, 2, 28)


def test_a_number_is_dialled_without_its_spaces():
    assert dial_digits("+992 37 224 03 74") == "+992372240374"
    assert dial_digits("11-08") == "1108"
