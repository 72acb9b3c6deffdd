from datetime import date, timedelta

import pytest

from panah.programmes.training import rules
from panah.programmes.training.rules import Step

END = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("days", "known", "step"),
    [
        (0, True, Step.NOTHING),
        (1, True, Step.SETTLE),
        (1, False, Step.NOTHING),
        (6, False, Step.NOTHING),
        (7, False, Step.TRAINER),
        (13, False, Step.TRAINER),
        (14, False, Step.COORDINATOR),
        (20, False, Step.COORDINATOR),
        (21, False, Step.SETTLE),
    ],
)
def test_what_is_asked_for_of_a_course_that_is_over(days, known, step):
    assert rules.next_step(ends_on=END, all_registered=known, today=END + timedelta(days=days)) == step


@pytest.mark.parametrize(
    ("present", "complete"), [("abc", True), ("ab", True), ("ac", False), ("bc", False), ("", False)]
)
def test_four_fifths_of_the_planned_minutes_complete_a_course(present, complete):
    assert rules.completed({"a": 60, "b": 60, "c": 30}, present) is complete


@pytest.mark.parametrize(
    ("present", "planned", "complete"), [(80, 100, True), (79, 100, False), (795, 1000, False), (1, 1, True)]
)
def test_to_the_minute_four_fifths_are_enough(present, planned, complete):
    assert rules.completed({"a": present, "b": planned - present}, "a") is complete


def test_of_a_course_without_minutes_nobody_completes_anything():
    assert rules.completed({}, ()) is False


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Aigul Toktogulova", "Aigul T."), ("Bolot", "Bolot"), ("  Nur  Ali kyzy ", "Nur A."), ("", "")],
)
def test_a_telephone_shows_the_first_name_and_an_initial(name, shown):
    assert rules.first_name_and_initial(name) == shown
