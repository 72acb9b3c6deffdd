"""Who keeps which volunteers: a role without the branch is not enough, nor the branch without the role."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from panah.ground.work.models import DueItem
from panah.ground.work.words import DueKind
from panah.programmes.volunteers import permissions
from panah.programmes.volunteers.actions.register import put_on_lists
from tests.allowed import allowed
from tests.volunteers.making import volunteer


def test_the_coordinator_of_the_branch_and_the_focal_points_keep_a_volunteer(world):
    arna, besh = volunteer(world), volunteer(world, branch="besh")
    assert allowed(world, lambda staff: permissions.keeps(staff, arna)) == {"ibrat", "bakyt", "saule"}
    assert allowed(world, lambda staff: permissions.keeps(staff, besh)) == {"bakyt", "saule"}


def test_whoever_keeps_the_branch_that_was_asked_takes_over_and_nobody_where_none_was(world):
    row = volunteer(world, branch="besh")
    assert allowed(world, lambda staff: permissions.receives(staff, row)) == set()
    row.moving_to = world.branches["arna"]
    assert allowed(world, lambda staff: permissions.receives(staff, row)) == {"ibrat", "bakyt", "saule"}
    row.moving_to = world.branches["besh"]
    assert allowed(world, lambda staff: permissions.receives(staff, row)) == {"bakyt", "saule"}


def test_focal_points_decide_and_whoever_keeps_the_register_or_the_facts_counts(world):
    assert allowed(world, permissions.decides) == {"bakyt", "saule"}
    assert allowed(world, permissions.counts) == {"ibrat", "bakyt", "saule", "nurlan"}
    assert not permissions.decides(None) and not permissions.counts(None)


@pytest.mark.parametrize(("name", "days"), [("safeguarding", 365), ("vet", 730)])
def test_what_is_written_down_today_holds_as_long_as_usual_unless_another_day_is_said(world, name, days):
    row = volunteer(world)
    shown = world.client("bakyt").get(reverse(f"volunteers:{name}", args=[row.pk])).text
    until = timezone.localdate() + timedelta(days=days)
    for part in ("day", "month", "year"):
        assert f'name="until_{part}" value="{getattr(until, part)}"' in shown


@pytest.mark.parametrize(("urgency", "hours"), [("now", 0), ("today", 4), ("week", 24 * 7)])
def test_what_is_asked_of_a_branch_is_due_when_it_was_said_to_be(world, urgency, hours):
    row = volunteer(world)
    put_on_lists(row, "asked", DueKind.DECIDE, at=world.at, urgency=urgency)
    assert DueItem.objects.get(subject=row.pk, purpose="asked").due_at - world.at == timedelta(hours=hours)
