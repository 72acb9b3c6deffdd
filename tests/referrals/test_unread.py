"""News of a journey whose times are sealed: unread on the other side, it rings by itself, long before the arrival."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.exchange.models import Outgoing
from panah.ground.foundation import tenancy
from panah.ground.work.queries import alarms_for
from panah.people.referrals import actions as referrals
from panah.people.referrals.models import Referral
from tests.referrals.across import MEETING, Story, soon, text_of


@pytest.fixture
def story(world, paired):
    return Story.begun(world)


def rung(world, at) -> int:
    with tenancy.tenant_context(world.societies["south"].pk):
        return referrals.raise_due_alarms(at=at)


def test_news_of_a_journey_that_nobody_opens_rings_long_before_the_arrival(story, world):
    story.first(Story.accepted)
    story.does("amina", "meeting", **MEETING | soon(5))
    story.deliver()
    row, now = Referral.objects.get(direction="in"), timezone.now()
    assert row.alarm_at is None
    assert rung(world, now + timedelta(minutes=14)) == 0
    assert rung(world, now + timedelta(minutes=16)) == 1
    assert row.pk in [a.subject for a in alarms_for(to=world.staff["rustam"])]
    row.refresh_from_db()
    assert row.read_by > now + timedelta(minutes=40)
    Referral.objects.filter(pk=row.pk).update(read_by=now)
    assert "News of the journey lies unread" in text_of(story.daler.get(story.there))
    read = text_of(story.does("daler", "take_up"))
    assert "lies unread" not in read
    row.refresh_from_db()
    assert (row.read_by, row.alarm_at is not None) == (None, True)


@pytest.mark.parametrize(
    ("hours", "urgency", "waits"),
    [(5, "now", 0.25), (30, "today", 8), (100, "week", 48), (1000, "later", 168)],
)
def test_the_outside_of_a_meeting_says_by_when_it_must_be_read_and_no_time(
    story, world, hours, urgency, waits
):
    story.accepted()
    story.does("amina", "meeting", **MEETING | soon(hours))
    assert Outgoing.objects.get(kind="meeting-agreed").urgency == urgency
    story.deliver()
    row = Referral.objects.get(direction="in")
    assert abs(row.read_by - timezone.now() - timedelta(hours=waits)) < timedelta(minutes=2)
    assert waits < hours


def test_an_arrival_that_lies_unread_rings_and_a_person_who_was_met_rings_no_more(story, world):
    story.first(Story.accepted)
    story.does("amina", "meeting", **MEETING)
    story.deliver()
    story.does("daler", "take_up")
    story.does("amina", "travel", what="arrived", note="", **soon(0))
    story.deliver()
    row = Referral.objects.get(direction="in")
    assert row.read_by is not None
    story.does("daler", "met", met="yes", note="")
    row.refresh_from_db()
    assert row.read_by is None
    assert rung(world, timezone.now() + timedelta(hours=1)) == 0
