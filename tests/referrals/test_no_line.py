"""Where there is no line, nobody believes that the other side knows: the page and the list say so, to call them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from panah.ground.directory.models import HotlineNumber
from panah.ground.exchange import actions as exchange
from panah.ground.exchange.http_client import NotReached
from panah.ground.exchange.models import Peer
from panah.ground.exchange.queries import has_line
from panah.ground.exchange.words import PeerState
from panah.ground.foundation import dialled_numbers, tenancy
from panah.ground.work import queries as work_queries
from panah.people.referrals import actions as referrals
from panah.people.referrals.models import Referral
from tests.referrals.across import MEETING, Story, soon, text_of

NOT_TOLD = "The other side has NOT been told yet"


@pytest.fixture
def story(world, paired):
    found = Story(world)
    found.accepted()
    found.does("amina", "meeting", **MEETING)
    found.deliver()
    found.does("daler", "take_up")
    return found


def cut(peer, raw, at):
    raise NotReached("unreachable")


def the_line_is_down(story):
    """Their node does not answer: one try has failed."""
    with tenancy.tenant_context(story.world.societies["north"].pk):
        exchange.deliver_due(at=timezone.now(), post=cut)


def job(story, *, minutes=0):
    with tenancy.tenant_context(story.world.societies["north"].pk):
        return referrals.say_held_up(at=timezone.now() + timedelta(minutes=minutes))


def to_call(story):
    return list(work_queries.open_items(to=story.world.staff["amina"]).filter(room="referrals", kind="call"))


def travels(story):
    return story.amina.post(
        story.here, {"step": "travel", "what": "delayed", "note": "", **soon(5)}, follow=True
    )


def test_while_there_is_a_line_nothing_is_said(story):
    page = text_of(travels(story))
    assert NOT_TOLD not in page
    assert to_call(story) == []
    story.deliver()
    assert job(story, minutes=5) == 0
    assert to_call(story) == []


def test_where_the_line_is_known_to_be_down_amina_reads_at_once_that_they_were_not_told(story):
    travels(story)
    the_line_is_down(story)
    page = text_of(travels(story))
    assert NOT_TOLD in page
    assert "News about the journey" in page
    assert "Telephone them now" in page
    assert "They have been told" in page
    (item,) = to_call(story)
    assert item.urgency == "now"
    assert item.due_at <= timezone.now()
    assert "The other side was not told, there is no line: telephone them" in text_of(story.amina.get("/"))


def test_a_line_that_goes_down_afterwards_is_said_within_minutes(story):
    travels(story)
    assert job(story) == 0
    the_line_is_down(story)
    assert job(story) == 1
    assert job(story, minutes=1) == 0
    (item,) = to_call(story)
    assert item.urgency == "now"
    assert NOT_TOLD in text_of(story.amina.get(story.here))


def test_their_own_number_stands_there_if_the_directory_has_it_and_nobody_elses(story):
    south = story.world.societies["south"]
    HotlineNumber.objects.create(
        society=south, iso2=south.iso2, name_en="Duty of South", number="0 000 000 00 77", kind="own"
    )
    # South keeps the entry of the customs office up to date. Whoever rings there tells an authority about the person.
    HotlineNumber.objects.create(
        society=south, iso2=south.iso2, name_en="Customs", number="0 000 000 00 88", kind="authority"
    )
    dialled_numbers.accept(south.pk)
    travels(story)
    the_line_is_down(story)
    page = text_of(story.amina.get(story.here))
    assert "0 000 000 00 77" in page
    assert "0 000 000 00 88" not in page


def test_amina_writes_down_that_they_were_told_by_telephone_and_it_is_not_asked_again(story):
    travels(story)
    the_line_is_down(story)
    job(story)
    page = text_of(story.does("amina", "told", note="Daler knows"))
    assert NOT_TOLD not in page
    assert "They were told by telephone" in page
    assert "Daler knows" in page
    assert to_call(story) == []
    assert job(story, minutes=1) == 0
    travels(story)
    assert NOT_TOLD in text_of(story.amina.get(story.here)), "what is new has to be told anew"
    assert len(to_call(story)) == 1


def test_when_the_line_is_back_it_goes_off_the_list_by_itself(story):
    travels(story)
    the_line_is_down(story)
    job(story)
    with tenancy.tenant_context(story.world.societies["north"].pk):
        exchange.deliver_due(at=timezone.now() + timedelta(hours=1))
    assert job(story, minutes=61) == 0
    assert to_call(story) == []
    assert NOT_TOLD not in text_of(story.amina.get(story.here))
    assert Referral.objects.get(direction="in").read_by is not None


def test_what_could_not_even_be_sealed_is_not_called_told(story):
    Peer.objects.filter(society=story.world.societies["north"]).update(
        compare_by=timezone.now() - timedelta(days=1)
    )
    page = text_of(travels(story))
    assert NOT_TOLD in page
    assert "Written down, and told" not in page
    assert "It could not be sealed to them" in page
    (item,) = to_call(story)
    assert item.purpose == "by_phone"


@pytest.mark.parametrize(
    ("peer", "there"),
    [
        ({"address": "https://south.example"}, True),
        ({"address": ""}, False),
        ({"address": "https://south.example", "failed_since": timezone.now()}, False),
    ],
)
def test_there_is_a_line_where_messages_leave_by_themselves_and_the_last_try_arrived(peer, there):
    assert has_line(Peer(state=PeerState.PAIRED, node=b"1" * 32, **peer)) is there
