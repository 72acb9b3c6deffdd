"""A paired society whose node turns on us: whatever it sends again and again costs little, and others go on."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from panah.ground.audit.models import Entry
from panah.ground.exchange import actions as exchange
from panah.ground.exchange import receipts
from panah.ground.exchange.actions import key_announcements, peer_limits
from panah.ground.exchange.envelope import bundle
from panah.ground.exchange.models import Closed, Outgoing, Peer
from panah.ground.exchange.words import MessageKind
from panah.ground.vault import actions as vault
from panah.ground.vault import node_keys
from tests.referrals.forged import packed


@pytest.fixture
def badly_signed(world, paired):
    """A bundle of South's node: an intake key that South's society never signed."""
    key = key_announcements.intake_key(world.societies["north"].pk)
    said = key_announcements._of_intake(key) | {"generation": 7}
    key_announcements.send_of_node(peer=paired.south, kind=MessageKind.KEY, content=said, at=timezone.now())
    return exchange.lease(peer=paired.south, at=timezone.now()).raw


def codes(raw, at):
    return {str(one.code) for one in exchange.receive_bundle(raw, at=at)}


def lines(world):
    return Entry.objects.filter(society=world.societies["north"].pk, event="exchange:key:refused").count()


def test_a_badly_signed_key_sent_again_and_again_is_one_line_an_hour(world, paired, badly_signed):
    at = timezone.now()
    said = [codes(badly_signed, at + timedelta(seconds=n)) for n in range(peer_limits.REFUSED_AN_HOUR + 20)]
    assert said[0] == {"bad-signature"} and said[-1] == {"too-many"}, "counted, and then not looked at"
    assert lines(world) == 1
    assert codes(badly_signed, at + timedelta(minutes=61)) == {"bad-signature"}
    assert lines(world) == 2
    assert Peer.objects.get(pk=paired.north.pk).refused == 1


def test_beside_refused_keys_what_is_about_a_person_is_taken_in(paired, badly_signed, arrived, world):
    at = timezone.now()
    Peer.objects.filter(pk=paired.north.pk).update(hour_began=at, refused=peer_limits.REFUSED_AN_HOUR)
    assert codes(badly_signed, at) == {"too-many"}
    exchange.send(
        keys=world.keys("daler"), peer=paired.south, kind=MessageKind.OFFERED, conversation=uuid4(),
        content={"need": "a bed"}, at=at,
    )  # fmt: skip
    assert "taken" in codes(exchange.lease(peer=paired.south, at=at).raw, at)


def bare(paired, kind, conversation, at):
    """What South's node sends that says nothing but its kind, packed."""
    row = exchange.send(
        keys=None, peer=paired.south, kind=kind, conversation=conversation, content={}, at=at, urgency="now"
    )
    return packed(row)


def said_of(pieces, at):
    return [str(one.code) for one in exchange.receive_bundle(bundle(pieces), at=at)]


def test_consents_withdrawn_in_invented_conversations_are_so_many_an_hour(paired, world):
    at, most = timezone.now(), peer_limits.UNKNOWN_AN_HOUR
    pieces = [bare(paired, MessageKind.WITHDRAWN, uuid4(), at) for _n in range(most + 30)]
    said = said_of(pieces, at)
    assert said == ["taken"] * most + ["too-many"] * 30
    assert Closed.objects.filter(peer=paired.north).count() == most
    known = uuid4()
    exchange.send(
        keys=world.keys("amina"), peer=paired.north, kind=MessageKind.OFFERED, conversation=known,
        content={"need": "a bed"}, at=at,
    )  # fmt: skip
    assert said_of([bare(paired, MessageKind.WITHDRAWN, known, at)], at) == ["taken"], (
        "of a person that is known"
    )
    assert said_of(pieces[-30:], at + timedelta(minutes=61)) == ["taken"] * 30, (
        "they come again by themselves"
    )


def test_one_question_asked_again_and_again_is_taken_twelve_times_an_hour(paired, world, arrived):
    at, asked = timezone.now(), uuid4()
    pieces = [bare(paired, MessageKind.SAFETY_ASKED, asked, at) for _n in range(40)]
    said = [code for n in range(0, 40, 10) for code in said_of(pieces[n : n + 10], at + timedelta(minutes=n))]
    assert said.count("taken") == peer_limits.SAID_AN_HOUR == len(arrived)
    assert said[-1] == "too-many"


def test_a_receipt_that_names_what_was_not_in_its_bundle_settles_nothing_of_it(paired, offer, arrived, at):
    held, row = offer(leaves_at=at + timedelta(hours=1)), offer()

    def lies(peer, raw, at):
        codes = [(row.pk, "taken"), (held.pk, "taken"), (uuid4(), "taken")]
        return receipts.pack(bundle=raw, codes=codes, at=at, node_seed=node_keys.signing_seed())

    exchange.deliver_due(at=at, post=lies)
    assert [Outgoing.objects.get(pk=one.pk).state for one in (row, held)] == ["delivered", "waiting"]
    assert vault.load_blob(kind="sent", key=held.pk)


@pytest.mark.parametrize("kind", [MessageKind.HEAD, MessageKind.KEY])
def test_a_signed_key_or_head_told_again_and_again_is_so_many_lines_an_hour(world, paired, kind):
    key = key_announcements._of_intake(key_announcements.intake_key(world.societies["south"].pk))
    content = {MessageKind.HEAD: {"number": 1, "hash": "0" * 64}, MessageKind.KEY: key}[kind]
    at, most = timezone.now(), peer_limits.KEYS_AN_HOUR
    pieces = [
        packed(key_announcements.send_of_node(peer=paired.south, kind=kind, content=content, at=at))
        for _n in range(most + 6)
    ]
    said = said_of(pieces[:10], at) + said_of(pieces[10:], at)
    assert said == ["taken"] * most + ["too-many"] * 6
    assert Entry.objects.filter(event__startswith="exchange:head").count() <= most
    assert said_of(pieces[-6:], at + timedelta(minutes=61)) == ["taken"] * 6
