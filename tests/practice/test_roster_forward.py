"""A practice node that stood still for weeks has someone on duty again when it starts."""

from datetime import timedelta

from panah.ground.accounts.models import Duty
from panah.ground.accounts.queries import on_duty_now
from panah.practice import roster


def test_after_a_month_of_standing_still_calls_and_danger_are_answered_today_and_tomorrow(
    world, at, monkeypatch
):
    monkeypatch.setattr(
        roster,
        "ROSTER",
        (("practice-north", (("calls", "elena"), ("danger", "bakyt"), ("danger_second", "saule"))),),
    )
    north = world.societies["north"].pk
    later = at + timedelta(days=30)
    assert on_duty_now(north, at=later) == {}
    assert roster.roll_forward(at=later) == 4
    for hours in range(0, 13 * 24, 5):
        now = on_duty_now(north, at=later + timedelta(hours=hours))
        assert {what: len(who) for what, who in now.items()} == {"calls": 1, "danger": 1, "danger_second": 1}
    rows = Duty.objects.count()
    assert roster.roll_forward(at=later + timedelta(hours=1)) == 0
    assert Duty.objects.count() == rows


def test_started_again_and_again_day_and_night_nobody_is_put_on_duty_twice(world, at):
    roster.roll_forward(at=at)
    rows = Duty.objects.count()
    for hours in (1, 5, 11, 13, 20, 40, 200):
        roster.roll_forward(at=at + timedelta(hours=hours))
    assert Duty.objects.count() == rows
