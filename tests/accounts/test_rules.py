"""When a duty is too long, and when the rest before or after it is too short: plain Python."""

from datetime import UTC, datetime, timedelta

import pytest

from panah.ground.accounts import rules

EIGHT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def duty(begins, hours=8):
    return EIGHT + timedelta(hours=begins), EIGHT + timedelta(hours=begins + hours)


@pytest.mark.parametrize(
    ("others", "short"),
    [
        ([], False),
        ([duty(8)], True),
        ([duty(18)], True),
        ([duty(19)], False),
        ([duty(-8)], True),
        ([duty(-18)], True),
        ([duty(-19)], False),
        ([duty(4)], False),
        ([duty(-40), duty(0), duty(40), duty(18)], True),
        ([duty(-40), duty(0), duty(40)], False),
    ],
)
def test_eleven_hours_lie_between_two_duties_whichever_is_planned_first(others, short):
    assert rules.too_little_rest(*duty(0), others) is short


def test_the_rule_sheet_of_a_society_may_ask_for_more():
    strict = rules.Limits(duty=8, rest=16)
    assert rules.too_little_rest(*duty(0), [duty(20)], limits=strict)
    assert not rules.too_little_rest(*duty(0), [duty(20)])
    assert rules.too_long(*duty(0, 9), limits=strict)
    assert not rules.too_long(*duty(0, 8), limits=strict)


def test_no_duty_is_planned_for_longer_than_two_days():
    assert timedelta(hours=48) == rules.LONGEST_DUTY
