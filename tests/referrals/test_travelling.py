"""While somebody travels, a withdrawal stops what is told, not the watching: on both sides, in both directions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.foundation import walls
from panah.referrals import actions as referrals
from panah.referrals.models import Referral
from panah.work.queries import alarms_for, items_of
from tests.referrals.across import MEETING, Story, text_of
from tests.referrals.test_across import withdraw
from tests.referrals.test_unread import soon

FAR = timedelta(days=800)


@pytest.fixture
def story(world, paired):
    return Story(world)


def rows() -> tuple[Referral, Referral]:
    """The rows of Amina's side and of Daler's."""
    return Referral.objects.get(direction="out"), Referral.objects.get(direction="in")


def rings(story: Story, side: str, at) -> bool:
    """Whether an alarm about this person rings for the duty of a side, by the job alone."""
    name, who, direction = {"here": ("north", "bakyt", "out"), "there": ("south", "rustam", "in")}[side]
    with walls.inside(story.world.societies[name].pk):
        referrals.ring(at=at)
    row = Referral.objects.get(direction=direction)
    return row.pk in [a.subject for a in alarms_for(to=story.world.staff[who])]


def due(row: Referral) -> set[str]:
    return {item.purpose for item in items_of(row.pk)}


def meets(story: Story, *, hours: float = 5, read: bool = True) -> None:
    """South accepts, and Amina proposes a meeting in some hours."""
    story.accepted()
    story.does("amina", "meeting", **MEETING | soon(hours))
    story.deliver()
    if read:
        story.does("daler", "take_up")


def gives_up(story: Story, why: str = "person", note: str = ""):
    return story.amina.post(f"{story.here}give-up/", {"why": why, "note": note})


def consent_withdrawn(story: Story) -> None:
    withdraw(story)


def referral_withdrawn(story: Story) -> None:
    assert gives_up(story).status_code == 302


def not_needed(story: Story) -> None:
    assert gives_up(story, "not_needed").status_code == 302


def consent_withdrawn_there(story: Story) -> None:
    """The person takes back at Daler's what was agreed to there."""
    page = story.daler.get(f"/cases/{story.theirs.number}/consent/").content.decode()
    address = page[: page.index("/withdraw/")].rsplit('"', 1)[1] + "/withdraw/"
    today = timezone.localdate()
    day = {"on_day": today.day, "on_month": today.month, "on_year": today.year, "words": ""}
    assert story.daler.post(address, day).status_code == 302


def declined_there(story: Story) -> None:
    story.does("daler", "after_all", reason="not_safe", note="the street is watched")


ENDS = [consent_withdrawn, referral_withdrawn, not_needed, consent_withdrawn_there, declined_there]


@pytest.mark.parametrize("end", ENDS)
def test_half_an_hour_after_the_arrival_it_still_rings_on_both_sides_whoever_took_what_back(story, end):
    meets(story)
    known = [row.alarm_at for row in rows()]
    end(story)
    story.deliver()
    assert [row.alarm_at for row in rows()] == known
    for side, at in zip(("here", "there"), known, strict=True):
        Referral.objects.update(safe_by=None)
        assert not rings(story, side, at - timedelta(minutes=1))
        assert rings(story, side, at)


@pytest.mark.parametrize("end", ENDS)
def test_both_sides_are_asked_at_once_whether_the_person_is_safe(story, end):
    meets(story)
    end(story)
    story.deliver()
    for row, who in zip(rows(), ("amina", "daler"), strict=True):
        (asked,) = items_of(row.pk, purpose="safe")
        assert (asked.urgency, asked.owner.username) == ("now", who)
        assert asked.due_at <= timezone.now()
        where = story.here if who == "amina" else story.there
        page = text_of(getattr(story, who).get(where))
        assert "Is the person safe?" in page
        assert "somebody may be on the way" in page.casefold()


def test_a_meeting_that_nobody_read_goes_on_ringing_after_it_was_withdrawn_and_can_still_be_read(story):
    meets(story, read=False)
    consent_withdrawn(story)
    story.deliver()
    now = timezone.now()
    _, there = rows()
    assert there.read_by is not None
    assert rings(story, "there", now + timedelta(minutes=16))
    assert "the bakery behind the station" in text_of(story.does("daler", "take_up"))
    _, there = rows()
    assert there.alarm_at is not None
