"""When the next on the list is paged, and how long a slip can be taken back: plain Python."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panah.ground.work import rules
from panah.ground.work.rules import PagingStep

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(("seconds", "can"), [(0, True), (60, True), (61, False)])
def test_a_slip_of_the_finger_can_be_taken_back_for_one_minute(seconds, can):
    assert rules.can_be_undone(ended=AT, now=AT + timedelta(seconds=seconds)) is can


@pytest.mark.parametrize("step", [PagingStep.FIRST, PagingStep.SECOND, PagingStep.NEXT])
@pytest.mark.parametrize(("seconds", "due"), [(0, False), (299, False), (300, True), (900, True)])
def test_the_next_on_the_list_is_paged_after_five_minutes_without_an_answer(step, seconds, due):
    assert rules.paging_goes_on(step=step, paged=AT, now=AT + timedelta(seconds=seconds)) is due


@pytest.mark.parametrize("step", [PagingStep.FOCAL_POINTS, PagingStep.AGAIN])
@pytest.mark.parametrize(("seconds", "due"), [(300, False), (599, False), (600, True)])
def test_at_the_end_of_the_list_everybody_is_paged_again_every_ten_minutes(step, seconds, due):
    assert rules.paging_goes_on(step=step, paged=AT, now=AT + timedelta(seconds=seconds)) is due


def test_one_reminder_speaks_for_four_hours():
    assert timedelta(hours=4) == rules.QUIET_AFTER_A_REMINDER


@given(st.integers(0, 87_600))
def test_a_week_begins_on_monday_morning_and_holds_every_other_moment(hours):
    moment = AT + timedelta(hours=hours)
    week = rules.week_of(moment)
    early = moment.weekday() == 0 and moment.hour < rules.MORNING
    assert (week is None) is early
    if week is not None:
        assert week[0].weekday() == week[1].weekday() == 0
        assert week[0] <= moment.date() < week[1]
