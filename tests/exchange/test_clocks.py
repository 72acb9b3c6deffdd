"""A node whose clock was ahead and is put right. The bench found it: nothing was lost, and all of it waited for a day."""

from datetime import timedelta

from panah.ground.exchange import actions as exchange
from panah.ground.exchange.http_client import NotReached
from panah.ground.exchange.models import Outgoing, Peer
from panah.ground.exchange.words import SendingState

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def cut(peer, raw, at):
    raise NotReached("unreachable")


def test_what_was_tried_while_the_clock_was_ahead_leaves_as_soon_as_it_is_right(offer, arrived, paired, at):
    row = offer()
    assert exchange.deliver_due(at=at + DAY, post=cut) == 0
    assert Outgoing.objects.get().next_try_at > at + DAY
    assert Peer.objects.get(pk=paired.north.pk).next_try_at > at + DAY
    assert exchange.deliver_due(at=at + MINUTE) == 1
    row.refresh_from_db()
    assert (row.state, len(arrived)) == (SendingState.DELIVERED, 1)


def test_what_was_sealed_while_the_clock_was_ahead_does_not_wait_for_that_day(offer, arrived, at):
    offer(at=at + DAY)
    assert exchange.deliver_due(at=at) == 1
    assert len(arrived) == 1


def test_what_is_to_be_tried_in_six_hours_still_is(offer, arrived, paired, at):
    offer()
    now, tries = at, 0
    while Peer.objects.get(pk=paired.north.pk).attempts < 12:
        exchange.deliver_due(at=now, post=cut)
        now, tries = Peer.objects.get(pk=paired.north.pk).next_try_at, tries + 1
    assert exchange.deliver_due(at=now - MINUTE) == 0, "a long wait of ours is no wrong clock"
    assert exchange.deliver_due(at=now) == 1
    assert tries == 12


def test_what_came_while_our_clock_was_ahead_does_not_use_up_the_hour(offer, arrived, paired, at):
    Peer.objects.filter(pk=paired.south.pk).update(per_hour=2)
    offer(), offer()
    assert exchange.deliver_due(at=at + DAY) == 2
    offer(at=at + MINUTE), offer(at=at + MINUTE)
    assert exchange.deliver_due(at=at + 2 * MINUTE) == 2
    assert len(arrived) == 4
