"""The other side's node turns: what its kinds in plain may not do to a referral of ours."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.exchange.models import Outgoing
from panah.ground.work.queries import items_of
from panah.people.referrals import queries
from panah.people.referrals.models import Referral
from tests.referrals.across import MEETING, Story, soon
from tests.referrals.forged import comes, header_of, signed_by_the_node


@pytest.fixture
def story(world, paired):
    found = Story.begun(world)
    found.first(Story.accepted)
    return found


def says(direction: str, kind: str, *, minutes: int = 0) -> str:
    """A kind alone, signed by the node of the other side."""
    pattern = Outgoing.objects.get(kind={"out": "referral-accepted", "in": "referral-offered"}[direction])
    at = timezone.now() + timedelta(minutes=minutes)
    return comes(signed_by_the_node(header_of(pattern, kind, at), b""), at)


def row(direction: str) -> Referral:
    return Referral.objects.get(direction=direction)


def test_whoever_received_a_referral_does_not_end_it_with_not_needed(story):
    assert says("out", "not-needed") == "taken"
    assert row("out").state == "accepted"
    assert says("in", "not-needed") == "taken"
    assert row("in").state == "not_needed", "whoever offered may say so"


def test_safety_asked_of_a_person_who_was_met_is_put_on_the_list_and_forbids_no_erasure(story):
    story.does("amina", "meeting", **MEETING | soon(2))
    story.deliver()
    story.does("daler", "take_up")
    story.does("amina", "travel", what="arrived", note="", **soon(0))
    story.deliver()
    story.does("daler", "take_up")
    story.does("daler", "met", met="yes", note="")
    story.deliver()
    story.does("amina", "take_up")
    for direction in ("out", "in"):
        assert row(direction).state == "met"
        for minute in range(3):
            assert says(direction, "safety-asked", minutes=minute) == "taken"
        assert row(direction).safe_by is None
        assert not queries.must_not_be_erased(file=row(direction).case.file_id)
        assert [one.purpose for one in items_of(row(direction).pk)].count("look") == 1
