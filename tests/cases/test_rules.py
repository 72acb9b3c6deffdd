"""The rules of a case, each in one sentence: plain Python."""

from datetime import date

import pytest

from panah.cases import rules

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("born", "said"),
    [
        ((None, None), "unknown"),
        ((date(2001, 1, 1), None), "unknown"),
        ((date(2001, 1, 1), date(2001, 12, 31)), "adult"),
        ((date(2012, 1, 1), date(2012, 12, 31)), "child"),
        ((date(2008, 1, 1), date(2008, 12, 31)), "unknown"),
    ],
)
def test_adult_or_child_is_said_only_when_every_possible_birthday_says_so(born, said):
    assert rules.age_group_of(born_first=born[0], born_last=born[1], today=TODAY) == said


@pytest.mark.parametrize(
    ("state", "stage", "line"),
    [
        ("closed", "not_identified", "retention_not_identified"),
        ("closed_referred", "identified", "retention_referred"),
        ("closed", "identified", "retention_case"),
    ],
)
def test_how_a_case_ended_says_which_line_of_the_rule_sheet_keeps_it(state, stage, line):
    assert rules.retention_kind(state=state, stage=stage) == line
