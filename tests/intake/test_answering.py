"""Nothing that somebody sent ends silently: what expects an answer is closed by answering it, and in no other way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.exchange.models import Outgoing, Peer
from panah.ground.vault import actions as vault
from panah.ground.work.queries import items_of
from panah.people.inbox.models import Arrival
from panah.people.inbox.words import ArrivalClosing
from panah.people.referrals.models import Referral
from tests.family_links.links import Story as Links
from tests.referrals.across import MEETING, Story, text_of

EVERY_REASON = [one.value for one in ArrivalClosing]


@pytest.fixture
def offered(world, paired):
    story = Story(world)
    story.prepare()
    story.seal()
    story.deliver()
    return story


def stands(arrival):
    arrival.refresh_from_db()
    return arrival.state, arrival.closing


@pytest.mark.parametrize("reason", EVERY_REASON)
def test_an_offer_that_rustam_opened_is_not_closed_without_an_answer_to_amina(offered, reason):
    offered.open_offer()
    (arrival,) = offered.arrivals(kind="referral-offered")
    answer = offered.rustam.post(f"/inbox/{arrival.pk}/close/", {"closing": reason})
    assert answer.status_code == 409
    assert "waits for an answer" in text_of(answer)
    assert stands(arrival) == ("opened", "")
    assert not Outgoing.objects.filter(kind="referral-declined").exists()


def test_the_inbox_leads_to_the_answer_where_it_let_an_offer_be_closed(world, offered):
    offered.open_offer()
    (arrival,) = offered.arrivals(kind="referral-offered")
    # For a colleague who has not opened it herself the offer stands in the inbox, with what for.
    page = text_of(world.client("malika").get(f"/inbox/{arrival.pk}/"))
    assert "waits for an answer" in page
    assert "It needs nothing more" not in page


def test_declined_with_a_reason_it_is_closed_here_and_amina_reads_it(offered):
    offered.open_offer()
    (arrival,) = offered.arrivals(kind="referral-offered")
    offered.rustam.post(offered.offer, {"step": "decline", "reason": "full", "note": ""})
    assert stands(arrival) == ("settled", "answered")
    offered.deliver()
    assert Referral.objects.get(direction="out").state == "offered", "nobody has read it yet"
    offered.does("amina", "take_up")
    assert Referral.objects.get(direction="out").state == "declined"


@pytest.mark.parametrize("way", ["case", "contact"])
def test_an_offer_becomes_a_case_only_by_being_accepted(offered, way):
    offered.open_offer()
    (arrival,) = offered.arrivals(kind="referral-offered")
    typed = {"age_group": "unknown", "urgency": "today", "choice": str(offered.world.staff["daler"].pk)}
    assert offered.rustam.post(f"/inbox/{arrival.pk}/turn/{way}/", typed).status_code == 404
    assert stands(arrival) == ("opened", "")


def test_where_the_pairing_does_not_hold_it_is_closed_once_they_were_told_by_telephone(offered):
    offered.open_offer()
    (arrival,) = offered.arrivals(kind="referral-offered")
    Peer.objects.filter(society=offered.world.societies["south"]).update(
        compare_by=timezone.now() - timedelta(days=1)
    )
    page = text_of(offered.rustam.get(offered.offer))
    assert "No answer can be sent through Panah" in page
    assert "They were told by telephone that we cannot: close it" in page
    refused = offered.rustam.post(f"/inbox/{arrival.pk}/close/", {"closing": "known"})
    assert refused.status_code == 422
    assert "was told by telephone" in text_of(refused)
    offered.rustam.post(f"/inbox/{arrival.pk}/close/", {"closing": "told"})
    assert stands(arrival) == ("settled", "told")


def test_an_offer_that_was_damaged_is_declined_when_it_is_closed_so_that_amina_sends_it_again(offered):
    (arrival,) = offered.arrivals(kind="referral-offered")
    vault.destroy(kind="arrived", keys=[arrival.pk])
    assert offered.rustam.post(f"/inbox/{arrival.pk}/open/").status_code == 409
    offered.rustam.post(f"/inbox/{arrival.pk}/close/", {"closing": "damaged"})
    assert stands(arrival) == ("settled", "damaged")
    offered.deliver()
    # Whoever never opened the offer knows no key of its conversation: it is sealed to the intake key, which Bakyt holds.
    assert offered.world.client("bakyt").post(offered.here, {"step": "take_up"}).status_code == 302
    assert Referral.objects.get(direction="out").state == "declined"


@pytest.mark.parametrize("reason", EVERY_REASON)
def test_a_relatives_request_is_not_closed_before_it_is_with_the_focal_points(world, paired, reason):
    story = Links(world)
    story.ask()
    story.deliver()
    assert "close it" not in text_of(story.open_it())
    (arrival,) = story.arrivals(kind="links-asked")
    assert story.rustam.post(f"/inbox/{arrival.pk}/close/", {"closing": reason}).status_code == 409
    assert stands(arrival) == ("opened", "")
    story.take_over()
    assert stands(arrival)[0] == "settled"


def test_news_of_a_case_is_taken_over_there_and_not_closed_in_the_inbox(world, paired):
    story = Story(world)
    story.accepted()
    story.does("amina", "meeting", **MEETING)
    story.deliver()
    (arrival,) = story.arrivals(kind="meeting-agreed")
    assert story.daler.post(f"/inbox/{arrival.pk}/open/").status_code == 302
    answer = story.daler.post(f"/inbox/{arrival.pk}/close/", {"closing": "answered"})
    assert answer.status_code == 409
    assert "belongs to a case" in text_of(answer)
    assert "the bakery behind the station" in text_of(story.does("daler", "take_up"))
    assert stands(arrival)[0] == "settled"


def test_what_only_a_focal_point_can_read_of_a_declined_offer_is_said_to_amina_and_stands_on_bakyts_list(
    offered,
):
    """Whoever never opened the offer knows no key of its conversation: the answer is sealed to the intake key."""
    (arrival,) = offered.arrivals(kind="referral-offered")
    vault.destroy(kind="arrived", keys=[arrival.pk])
    offered.rustam.post(f"/inbox/{arrival.pk}/open/")
    offered.rustam.post(f"/inbox/{arrival.pk}/close/", {"closing": "damaged"})
    offered.deliver()
    page = text_of(offered.amina.get(offered.here))
    assert "It opens with the key of this conversation" not in page
    assert "it does not open for you" in page
    assert (
        "These colleagues hold that key and this case: Bakyt, Saule. Ask one of them to open it on this page."
        in page
    )
    assert 'value="take_up"' not in offered.amina.get(offered.here).text, (
        "what she cannot open is offered to nobody"
    )
    bakyts = offered.world.client("bakyt")
    (came,) = Arrival.objects.filter(society=offered.world.societies["north"], kind="referral-declined")
    assert {item.owner.name for item in items_of(came.pk)} == {"Bakyt", "Saule"}
    bakyts.post(f"/inbox/{came.pk}/open/")
    bakyts.post(offered.here, {"step": "take_up"})
    assert not items_of(came.pk)
    page = text_of(offered.amina.get(offered.here))
    assert "It did not open here. Send it again." in page and "does not open for you" not in page
    assert Referral.objects.get(direction="out").state == "declined"
