"""Withdrawing a referral: what it does is said first, why is asked, and a second press does it."""

from __future__ import annotations

import pytest

from panah.ground.exchange.models import Outgoing
from panah.ground.work.queries import items_of
from panah.people.referrals.models import Referral
from tests.referrals.across import MEETING, Story, text_of
from tests.referrals.giving_up import gives_up
from tests.referrals.withdrawing import withdraw


@pytest.fixture
def story(world, paired):
    return Story.begun(world)


def states() -> list[str]:
    return list(Referral.objects.order_by("-direction").values_list("state", flat=True))


def told() -> set[str]:
    return set(Outgoing.objects.values_list("kind", flat=True))


def test_the_first_press_only_asks_and_says_what_each_reason_does(story):
    story.first(Story.accepted)
    button = story.amina.get(story.here).content.decode()
    assert f'href="{story.here}give-up/"' in button
    page = text_of(story.amina.get(f"{story.here}give-up/"))
    for one in ("The person takes it back", "It is not needed any more", "It was sent by mistake"):
        assert one in page
    assert "asked to erase all that came" in page
    assert "not asked to erase anything" in page
    assert "tell the data protection officer" in page
    assert states() == ["accepted", "accepted"]
    assert gives_up(story, "").status_code == 422
    assert gives_up(story, "whatever", note="typed").status_code == 422
    assert states() == ["accepted", "accepted"]


@pytest.mark.parametrize("why", ["person", "mistake"])
def test_taken_back_by_the_person_or_a_mistake_asks_the_other_side_to_erase(story, why):
    story.first(Story.accepted)
    assert gives_up(story, why, note="a reason of ours").status_code == 302
    story.deliver()
    assert states() == ["withdrawn", "withdrawn"]
    (due,) = items_of(Referral.objects.get(direction="in").pk)
    assert due.purpose == "erase"
    assert "a reason of ours" in text_of(story.amina.get(story.here))
    assert "a reason of ours" not in text_of(story.daler.get(story.there))


def test_what_is_not_needed_any_more_stops_both_sides_and_erases_nothing(story):
    story.first(Story.accepted)
    assert gives_up(story, "not_needed").status_code == 302
    story.deliver()
    assert states() == ["not_needed", "not_needed"]
    assert "consent-withdrawn" not in told()
    there = Referral.objects.get(direction="in")
    assert [item.purpose for item in items_of(there.pk)] == ["look"]
    page = text_of(story.daler.get(story.there))
    assert "does not need it any more" in page
    assert "Nothing has to be erased" in page
    assert story.daler.get(f"{story.there}came/").status_code == 404


def test_an_offer_that_nobody_accepted_and_that_is_not_needed_any_more_is_deleted_there(story):
    story.prepare()
    story.seal()
    story.deliver()
    assert "nobody there has accepted is deleted" in text_of(story.amina.get(f"{story.here}give-up/"))
    gives_up(story, "not_needed")
    story.deliver()
    (arrival,) = story.arrivals()
    assert arrival.state == "withdrawn"


def test_after_not_needed_the_person_can_still_take_the_consent_back(story):
    story.first(Story.accepted)
    gives_up(story, "not_needed")
    story.deliver()
    assert "they are told at once" in withdraw(story)
    story.deliver()
    assert states() == ["withdrawn", "withdrawn"]
    assert "erase" in {item.purpose for item in items_of(Referral.objects.get(direction="in").pk)}


def test_after_they_met_it_says_what_it_can_and_cannot_do_and_offers_feedback_and_closing(story):
    story.first(Story.accepted)
    story.does("amina", "meeting", **MEETING)
    story.does("amina", "met", met="yes", note="")
    page = story.amina.get(f"{story.here}give-up/")
    said = text_of(page)
    assert "Withdrawing does not undo that" in said
    assert "It can only ask them to erase" in said
    assert "Write how it went" in said
    assert f"/cases/{story.case.number}/close/" in page.content.decode()
    assert 'value="not_needed"' not in page.content.decode()
    assert gives_up(story, "not_needed").status_code == 422
    assert Referral.objects.get(direction="out").state == "met"


def test_pressed_twice_it_happens_once(story):
    story.first(Story.accepted)
    assert gives_up(story).status_code == 302
    again = story.amina.post(f"{story.here}give-up/", {"why": "not_needed", "note": ""}, follow=True)
    assert "over already" in again.content.decode()
    assert Outgoing.objects.filter(kind="consent-withdrawn").count() == 1
    assert "not-needed" not in told()
    assert Referral.objects.get(direction="out").state == "withdrawn"


def test_from_a_locked_vault_nothing_is_withdrawn(story):
    story.first(Story.accepted)
    story.amina.post("/vault/lock")
    gives_up(story)
    assert story.amina.get(f"{story.here}give-up/").status_code != 200
    assert states() == ["accepted", "accepted"]


def test_what_has_not_left_is_put_away_and_nobody_is_told(story):
    story.prepare()
    page = text_of(story.amina.get(f"{story.here}give-up/"))
    assert "Nobody is told anything" in page
    assert "Why?" not in page
    assert story.amina.post(f"{story.here}give-up/", {"note": ""}).status_code == 302
    assert states() == ["withdrawn"]
    assert told() == set()


def test_whoever_received_it_declines_and_does_not_withdraw_and_strangers_find_nothing(story, world):
    story.first(Story.accepted)
    assert story.daler.post(f"{story.there}give-up/", {"why": "person", "note": ""}).status_code == 404
    assert world.client("cholpon").get(f"{story.here}give-up/").status_code == 404
