"""When an answer leaves, and which match is laid before a holder: plain Python."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from panah.ground.foundation import retention
from panah.people.finding import rules

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("compared", "days", "why"),
    [
        (MONDAY.replace(hour=5), 3, "three days are over when it strikes six"),
        (MONDAY.replace(hour=6), 3, "to the minute"),
        (MONDAY.replace(hour=6, minute=1), 4, "else the next day"),
        (MONDAY.replace(hour=23), 4, "at whatever hour"),
    ],
)
def test_an_answer_leaves_at_six_at_least_three_days_later(compared, days, why):
    leaves = rules.leaves_at(compared)
    assert leaves == (MONDAY + timedelta(days=days)).replace(hour=6), why
    elsewhere = compared.astimezone(timezone(timedelta(hours=6)))
    assert rules.leaves_at(elsewhere) == leaves, "the clock on the wall does not matter"


@pytest.mark.parametrize(
    ("score", "year", "tail", "goes"),
    [
        (0.9, True, None, True),
        (0.9, None, None, True),
        (0.9, False, None, False),
        (0.9, False, False, False),
        (0.5, True, None, True),
        (0.49, True, False, False),
        (0.4, False, True, True),
        (0.2, True, True, False),
    ],
)
def test_a_name_is_shown_to_a_holder_only_when_year_or_telephone_do_not_speak_against_it(
    score, year, tail, goes
):
    assert rules.may_be_shown_to_holder(score, year_fits=year, tail_fits=tail) is goes


@pytest.mark.parametrize(
    ("score", "word"), [(0.85, "very"), (0.84, "perhaps"), (0.6, "perhaps"), (0.59, "distant")]
)
def test_how_alike_two_names_are_is_a_word_and_never_a_number(score, word):
    assert rules.likeness(score) == word


def test_the_twentieth_question_within_an_hour_is_the_last_and_the_tenth_within_a_day_between_two_societies():
    assert [rules.too_many(asked) for asked in (0, 19, 20, 21)] == [False, False, True, True]
    assert [rules.too_many_between(asked) for asked in (0, 9, 10, 11)] == [False, False, True, True]


def test_a_name_that_is_hardly_alike_is_shown_to_nobody_whatever_the_telephone():
    assert rules.may_be_shown_to_holder(0.35, year_fits=False, tail_fits=True)
    assert not rules.may_be_shown_to_holder(0.34, year_fits=True, tail_fits=True)


def test_how_often_one_person_is_asked_about_and_how_long_it_is_remembered_is_what_the_procedure_says():
    assert (timedelta(hours=1), timedelta(days=1)) == (rules.WINDOW, rules.DAY)
    assert (timedelta(days=90), timedelta(days=10)) == (rules.AGAIN_AFTER, rules.CALL_AFTER)
    assert timedelta(days=365) == retention.INQUIRY.period and (rules.MOST_NAMES, rules.MOST_PASSED) == (5, 5)
