"""The figures of the public door in the month: reports, answers, times to the first answer. Visits are counted by nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.month import rules
from panah.people.reporters import actions as reporters
from tests.reporters.conftest import Stranger, opens


def test_the_month_says_how_many_reports_came_and_within_which_time_they_were_answered(world):
    now = timezone.now()
    for number in range(6):
        stranger = Stranger(world)
        stranger.writes(at=now)
        opens(world, stranger.report)
        reporters.answer(
            keys=world.keys("bakyt"), report=stranger.report, text="Practice", at=now + timedelta(hours=1)
        )
        del number
    page = world.client("bakyt").get("/month/").content.decode()
    assert "The public door" in page
    assert "The middle one of all first answers" in page
    assert "Visits to the public pages are counted by nobody." in page
    alone = world.client("ibrat").get("/month/").content.decode()
    assert "The public door" not in alone, "a report belongs to no branch"


def test_few_reports_are_hidden_like_every_small_number(world):
    Stranger(world).writes(at=timezone.now())
    page = world.client("bakyt").get("/month/").content.decode()
    assert "hidden" in page.split("The public door")[-1]


@pytest.mark.parametrize(
    ("bands", "half"),
    [
        ({"day": 5, "week": 2}, "day"),
        ({"day": 2, "week": 5}, "week"),
        ({"day": 0, "week": 0}, None),
        ({"day": None, "week": 9}, None),
        ({}, None),
    ],
)
def test_the_middle_one_lies_in_a_band_or_is_not_told(bands, half):
    assert rules.half_of(bands) == half
