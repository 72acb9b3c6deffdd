"""What one paired society may fill in an hour, and how somebody in danger still comes through."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.exchange import actions as exchange
from panah.ground.exchange.actions import peer_limits
from panah.ground.exchange.envelope import bundle
from panah.ground.exchange.models import Incoming, Outgoing, Peer
from panah.ground.exchange.words import SAY_ONLY_THAT, MessageKind, SendingState
from panah.ground.vault import free_room
from panah.ground.vault.models import ShredRouter, ShredRow
from panah.ground.vault.sealed_body import LARGEST_BODY
from panah.ground.work.models import Alarm
from tests.referrals.forged import header_of, signed_by_the_node

KIB = 1024


@pytest.fixture
def pattern(paired):
    """Any message of South's node: others are made by its pattern."""
    return exchange.send(
        keys=None, peer=paired.south, kind=MessageKind.SAFETY_ASKED, conversation=uuid4(), content={},
        at=timezone.now(), urgency="now",
    )  # fmt: skip


def offer_of(pattern, at, *, urgency="today", size=LARGEST_BODY, kind=MessageKind.OFFERED):
    """Random bytes that nobody opens, as an offer that South's node signed."""
    known = header_of(pattern, kind, at, urgency=urgency)
    header = replace(known, conversation=uuid4(), to_key="intake:1" if size else "nothing")
    return signed_by_the_node(header, os.urandom(size))


def said_of(pieces, at):
    return [str(one.code) for one in exchange.receive_bundle(bundle(pieces), at=at)]


def mib_in_each_copy():
    sizes = [
        sum(len(bytes(row.wrapped)) for row in ShredRow.objects.using(alias).filter(kind="arrived"))
        for alias in ShredRouter.aliases
    ]
    assert sizes[0] == sizes[1]
    return sizes[0] / KIB / KIB


def test_offers_of_random_bytes_fill_no_more_than_was_agreed_in_an_hour(paired, pattern):
    at = timezone.now()
    said = [
        code
        for n in range(0, 240, 30)
        for code in said_of([offer_of(pattern, at) for _ in range(30)], at + timedelta(minutes=n / 10))
    ]
    agreed = Peer.objects.get(pk=paired.north.pk).per_hour * peer_limits.BYTES_OF_ONE / KIB / KIB
    assert agreed <= mib_in_each_copy() <= agreed + LARGEST_BODY / KIB / KIB
    assert set(said) == {"taken", "too-many"} and said[-1] == "too-many"
    (again,) = said_of([offer_of(pattern, at)], at + timedelta(minutes=61))
    assert again == "taken", "the next hour has room of its own"


def all_is_there(at):
    """The worker of the sender goes on until everything has arrived."""
    for hour in range(6):
        exchange.deliver_due(at=at + timedelta(hours=hour))
    return set(Outgoing.objects.values_list("state", flat=True)) == {SendingState.DELIVERED}


def test_danger_comes_through_a_full_hour_and_the_rest_comes_by_itself_later(world, paired, offer, at):
    Peer.objects.filter(pk=paired.south.pk).update(per_hour=2)
    rows = [offer(content={"text": "x" * 3000}) for _ in range(4)] + [offer(urgency="now")]
    exchange.deliver_due(at=at)
    came = set(Incoming.objects.values_list("message", flat=True))
    assert rows[-1].pk in came and len(came) == 2, "of the others one"
    danger = offer(urgency="now", at=at + timedelta(minutes=5))
    exchange.deliver_due(at=at + timedelta(minutes=5))
    assert Incoming.objects.filter(message=danger.pk).exists()
    assert all_is_there(at + timedelta(hours=1))


def test_so_many_dangers_pass_whatever_else_came_and_no_more(paired, pattern):
    at = timezone.now()
    Peer.objects.filter(pk=paired.north.pk).update(per_hour=0)
    pieces = [offer_of(pattern, at, urgency="now", size=KIB) for _ in range(peer_limits.DANGER_AN_HOUR + 5)]
    said = said_of(pieces[:30], at) + said_of(pieces[30:], at)
    assert said == ["taken"] * peer_limits.DANGER_AN_HOUR + ["too-many"] * 5
    assert said_of([offer_of(pattern, at, size=KIB)], at) == ["too-many"]


def test_on_a_disk_that_is_nearly_full_danger_is_kept_and_the_rest_waits_at_its_sender(
    world, paired, offer, at, monkeypatch
):
    monkeypatch.setattr(free_room, "KEPT_FREE", 1 << 60)
    rows = [offer(), offer(), offer(urgency="now")]
    exchange.send(
        keys=None, peer=paired.north, kind=MessageKind.WITHDRAWN, conversation=uuid4(), content={}, at=at
    )
    exchange.deliver_due(at=at)
    assert set(Incoming.objects.values_list("kind", flat=True)) == {"referral-offered", "consent-withdrawn"}
    assert set(Outgoing.objects.exclude(state="delivered").values_list("code", "state")) == {
        ("later", "waiting")
    }
    monkeypatch.undo()
    assert all_is_there(at + timedelta(minutes=10))
    assert {row.pk for row in rows} <= set(Incoming.objects.values_list("message", flat=True))


def test_a_kind_that_says_all_is_taken_of_so_many_unknown_conversations_in_an_hour(paired, pattern):
    at, most = timezone.now(), peer_limits.UNKNOWN_AN_HOUR
    said = []
    for kind in (MessageKind.WITHDRAWN, MessageKind.NOT_NEEDED):
        for _ in range(2):
            said += said_of([offer_of(pattern, at, kind=kind, size=0) for _ in range(most - 20)], at)
    assert said.count("taken") == most
    assert said[most:] == ["too-many"] * (len(said) - most)


def test_of_what_says_only_its_kind_no_body_is_kept(paired, pattern):
    at = timezone.now()
    for kind in SAY_ONLY_THAT:
        said_of([offer_of(pattern, at, kind=kind)], at)
    assert mib_in_each_copy() == 0


def test_two_hundred_offers_that_say_now_are_one_call_and_each_stands_on_the_list(world, paired, pattern):
    at = timezone.now()

    def come(number, minutes, kind=MessageKind.OFFERED):
        pieces = [offer_of(pattern, at, urgency="now", size=KIB, kind=kind) for _ in range(number)]
        assert said_of(pieces, at + timedelta(minutes=minutes)) == ["taken"] * number
        return Entry.objects.filter(event="work:alarm:paged").count()

    first = come(1, 0)
    assert first and [come(50, n) for n in range(4)] == [first] * 4
    assert Alarm.objects.filter(answered_at=None).count() == 201
    unlike = come(1, 4, MessageKind.KNOWN_ASKED)
    assert unlike > first, "what looks unlike the others calls anew"
    assert come(1, 5) > unlike, "and so does whatever comes after five minutes"
