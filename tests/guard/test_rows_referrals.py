# ruff: noqa: F811  fixtures of referrals are used here too
"""Somebody changes the row of a referral: it is still somebody's, the alarm of its meeting rings, no peer ends another."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from panah.ground.foundation import tenancy
from panah.ground.work import actions as work
from panah.people.referrals.models import Referral
from tests.guard.past_panah import noticed, swap, take_out
from tests.referrals.across import open_case
from tests.referrals.travelling import rings, story, unmet  # noqa: F401

TABLE = "referrals_referral"


def ten_minutes_pass(story):
    with tenancy.tenant_context(story.world.societies["north"].pk):
        work.put_all_rows_right(at=timezone.now())


def ours():
    return Referral.objects.get(direction="out")


@pytest.mark.parametrize("column", ["alarm_at", "safe_by", "read_by"])
def test_no_row_alone_silences_the_call_when_somebody_was_not_met(story, world, column):
    later = timezone.now() + timedelta(hours=6)
    Referral.objects.filter(pk=ours().pk).update(**{column: later - timedelta(minutes=1)})
    before = ours()
    swap(TABLE, column, None, id=before.pk)
    ten_minutes_pass(story)
    assert noticed(world.societies["north"].pk)
    assert getattr(ours(), column) == getattr(before, column)
    assert rings(story, "here", later)


@pytest.mark.parametrize(
    ("column", "value"),
    [("state", "done"), ("conversation", uuid4()), ("met_at", timezone.now()), ("ended_at", timezone.now())],
)
def test_nobody_is_met_and_nothing_has_ended_because_a_row_says_so(story, world, column, value):
    before = getattr(ours(), column)
    swap(TABLE, column, value, id=ours().pk)
    ten_minutes_pass(story)
    assert noticed(world.societies["north"].pk)
    assert getattr(ours(), column) == before


@pytest.mark.parametrize("how", ["moved to another case", "moved to another society", "taken out"])
def test_a_referral_is_found_again_in_its_case_within_minutes(story, world, how):
    north, south = (world.societies[name].pk for name in ("north", "south"))
    page = story.here
    assert story.amina.get(page).status_code == 200, "control"
    if how == "taken out":
        take_out(TABLE, id=ours().pk)
    elif how == "moved to another case":
        swap(TABLE, "case_id", open_case(world).pk, id=ours().pk)
    else:
        swap(TABLE, "society_id", south, id=ours().pk)
    assert story.amina.get(page).status_code != 200 or how.endswith("society"), "control"
    ten_minutes_pass(story)
    assert noticed(north)
    assert story.amina.get(page).status_code == 200
