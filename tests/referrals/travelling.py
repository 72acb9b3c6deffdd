"""Somebody travels: a referral abroad was accepted and its meeting is agreed; who is called when nobody was met."""

from __future__ import annotations

import pytest

from panah.ground.foundation import tenancy
from panah.ground.work.queries import alarms_for
from panah.people.referrals import actions as referrals
from panah.people.referrals.models import Referral
from tests.referrals.across import MEETING, Story, soon


@pytest.fixture
def unmet(world, paired):
    return Story.begun(world)


@pytest.fixture
def story(unmet):
    """A meeting in five hours is agreed: where nearly all of these begin."""
    unmet.first(meets)
    return unmet


def rings(story: Story, side: str, at) -> bool:
    """Whether an alarm about this person rings for the duty of a side, by the job alone."""
    name, who, direction = {"here": ("north", "bakyt", "out"), "there": ("south", "rustam", "in")}[side]
    with tenancy.tenant_context(story.world.societies[name].pk):
        referrals.raise_due_alarms(at=at)
    row = Referral.objects.get(direction=direction)
    return row.pk in [a.subject for a in alarms_for(to=story.world.staff[who])]


def meets(story: Story, *, hours: float = 5, read: bool = True) -> None:
    """South accepts, and Amina proposes a meeting in some hours."""
    story.accepted()
    story.does("amina", "meeting", **MEETING | soon(hours))
    story.deliver()
    if read:
        story.does("daler", "take_up")
