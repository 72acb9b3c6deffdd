"""What South takes in, and what it says about everything else: one code each, and nothing changed."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from panah.ground.exchange import actions as exchange
from panah.ground.exchange import receipts
from panah.ground.exchange.envelope import LARGEST_BUNDLE, Envelope, bundle, close, unbundle
from panah.ground.exchange.models import Incoming, Peer
from panah.ground.exchange.words import MessageKind, PeerState, ReceiptCode
from panah.ground.vault import actions as vault
from panah.ground.vault import node_keys


@pytest.fixture
def packed(offer, paired, at):
    """One offer as it leaves North; ``changed`` makes another one of it, signed by a node of one's choice."""
    offer()
    return next(unbundle(exchange.lease(peer=paired.north, at=at).raw))


def changed(raw, *, seed=None, **header):
    envelope = Envelope.unpack(raw)
    new = dataclasses.replace(envelope.header, **header)
    return close(new, envelope.body, seed or node_keys.signing_seed()).pack()


def codes(*packed, at):
    return [str(one.code) for one in exchange.receive_bundle(bundle(packed), at=at)]


def test_what_a_third_node_signed_anew_is_not_taken(packed, arrived, at):
    assert codes(changed(packed, seed=b"3" * 32), at=at) == ["bad-signature"]
    assert codes(changed(packed, seed=b"3" * 32, source_node="0" * 64), at=at) == ["not-paired"]
    assert arrived == []
    assert Incoming.objects.count() == 0
    assert codes(packed, at=at) == ["taken"], "control"


@pytest.mark.parametrize("place", [20, 300, -70, -1])
def test_a_changed_bit_anywhere_is_noticed(packed, arrived, at, place):
    broken = bytearray(packed)
    broken[place] ^= 1
    (code,) = codes(bytes(broken), at=at)
    assert code in ("bad-signature", "damaged", "not-paired", "wrong-place")
    assert arrived == []


def test_clocks_may_differ_by_a_day_but_not_by_a_week(packed, arrived, at):
    assert codes(changed(packed, id=uuid4(), created=at + timedelta(hours=25)), at=at) == ["taken"]
    assert codes(changed(packed, id=uuid4(), created=at + timedelta(days=7)), at=at) == ["from-the-future"]
    assert codes(changed(packed, id=uuid4(), expires=at - timedelta(hours=25)), at=at) == ["taken"]
    assert codes(changed(packed, id=uuid4(), expires=at - timedelta(hours=27)), at=at) == ["expired"]
    assert codes(changed(packed, id=uuid4(), expires=at + timedelta(days=400)), at=at) == ["from-the-future"]


def test_what_is_for_somewhere_else_is_not_taken(packed, arrived, at):
    assert codes(changed(packed, target="practice-east"), at=at) == ["wrong-place"]
    assert codes(changed(packed, target_node="0" * 64), at=at) == ["wrong-place"]
    assert codes(changed(packed, source="practice-east"), at=at) == ["not-paired"]
    assert codes(changed(packed, source="practice-south", target="practice-south"), at=at) == ["not-paired"]
    assert arrived == []


def test_what_a_newer_panah_sends_is_said_to_be_unknown(packed, arrived, at):
    newer = packed[:8] + b"\x02" + packed[9:]
    assert codes(newer, changed(packed, kind="horoscope"), packed, at=at) == [
        "unknown-version",
        "unknown-kind",
        "taken",
    ]


def test_what_is_sealed_to_a_key_of_nobody_is_said_at_once(packed, arrived, at):
    assert codes(changed(packed, to_key="intake:7"), at=at) == ["old-key"]
    assert codes(changed(packed, to_key="intake:x"), at=at) == ["old-key"]
    assert codes(changed(packed, to_key="nothing"), at=at) == ["old-key"]


def test_a_new_intake_key_leaves_what_was_sealed_to_the_old_one_openable(world, packed, arrived, at):
    keys = world.keys("rustam")
    vault.new_generation(
        keys=keys, kind="G", line=None, holders=[world.staff["rustam"], world.staff["malika"]], at=at
    )
    assert codes(packed, at=at) == ["taken"]


def test_a_room_that_stumbles_over_one_message_takes_the_others(packed, arrived, at):
    bad = uuid4()

    def stumbles(*, peer, envelope, at):
        Peer.objects.filter(pk=peer.pk).update(per_hour=1)
        if envelope.header.conversation == bad:
            raise RuntimeError("as a fault of ours would")
        return ReceiptCode.TAKEN

    handler = exchange.MessageHandler(frozenset({MessageKind.OFFERED}), stumbles)
    first, second = (changed(packed, id=uuid4()) for _ in range(2))
    ill = changed(packed, id=uuid4(), conversation=bad)
    with exchange.HANDLERS.temporarily("stumbles", handler, order=-2):
        assert codes(first, ill, second, at=at) == ["taken", "later", "taken"]
    assert Incoming.objects.count() == 2


def test_many_of_a_kind_are_taken_together_and_one_by_one_if_that_fails(packed, arrived, at):
    together = []

    def many(*, peer, envelopes, at):
        together.append(len(envelopes))
        return [ReceiptCode.TAKEN] * len(envelopes)

    def left_to_the_next(*, peer, envelope, at):
        return None

    offers = frozenset({MessageKind.OFFERED})
    handler = exchange.MessageHandler(offers, left_to_the_next, handle_many=many)
    with exchange.HANDLERS.temporarily("test", handler, order=-2):
        assert codes(*(changed(packed, id=uuid4()) for _ in range(5)), at=at) == ["taken"] * 5
    assert together == [5]
    assert arrived == []

    def fails(*, peer, envelopes, at):
        raise RuntimeError("together it does not go")

    handler = exchange.MessageHandler(offers, left_to_the_next, handle_many=fails)
    with exchange.HANDLERS.temporarily("test", handler, order=-2):
        assert codes(*(changed(packed, id=uuid4()) for _ in range(3)), at=at) == ["taken"] * 3
    assert len(arrived) == 3


def test_the_same_message_twice_in_one_bundle_has_one_effect(packed, arrived, at):
    assert codes(packed, packed, at=at) == ["taken", "had-it"]
    assert len(arrived) == 1


def test_a_flood_is_held_back_but_never_a_withdrawal(packed, arrived, paired, at):
    Peer.objects.filter(pk=paired.south.pk).update(per_hour=2)
    flood = [changed(packed, id=uuid4()) for _ in range(4)]
    assert codes(*flood, at=at) == ["taken", "taken", "too-many", "too-many"]
    withdrawn = changed(packed, id=uuid4(), kind=MessageKind.WITHDRAWN, to_key="nothing")
    assert codes(withdrawn, at=at) == ["taken"]
    assert codes(flood[2], at=at + timedelta(hours=2)) == ["blocked"], "it was withdrawn meanwhile"


def test_more_than_a_bundle_holds_is_left_for_later(packed, arrived, at):
    many = [changed(packed, id=uuid4()) for _ in range(258)]
    said = codes(*many, at=at)
    assert said[:256] == ["taken"] * 256
    assert said[256:] == ["too-many"], "one line for all that is left"


def test_a_blocked_or_ended_society_is_told_that_it_is_not_paired(packed, arrived, paired, at):
    for state in (PeerState.BLOCKED, PeerState.ENDED, PeerState.WAITING):
        Peer.objects.filter(pk=paired.south.pk).update(state=state)
        assert codes(packed, at=at) == ["not-paired"]
    assert arrived == []


def test_a_pairing_whose_year_is_over_still_lets_in_what_comes(packed, arrived, paired, at):
    """A lost referral can cost a life: nothing new is sealed, the focal points are told, and what comes is taken."""
    Peer.objects.filter(pk=paired.south.pk).update(compare_by=at - timedelta(days=1))
    assert codes(packed, at=at) == ["taken"]


def test_everything_but_a_withdrawal_and_its_answer_is_blocked_once_it_came(packed, arrived, at):
    conversation = Envelope.unpack(packed).header.conversation
    gone = changed(packed, id=uuid4(), kind=MessageKind.WITHDRAWN, to_key="nothing")
    assert codes(gone, at=at) == ["taken"]
    for kind in (MessageKind.OFFERED, MessageKind.TOLD, MessageKind.MEETING, MessageKind.TRAVEL):
        assert codes(changed(packed, id=uuid4(), kind=kind), at=at) == ["blocked"], kind
    for kind in (MessageKind.ERASED, MessageKind.WITHDRAWN):
        assert codes(changed(packed, id=uuid4(), kind=kind), at=at) == ["taken"], kind
    assert codes(changed(packed, id=uuid4(), conversation=uuid4()), at=at) == ["taken"], (
        "another conversation"
    )
    assert Incoming.objects.filter(conversation=conversation, code="blocked").count() == 4


def test_a_receipt_names_its_bundle_and_every_place_in_it(packed, arrived, at):
    raw = bundle([packed, b"no envelope"]) + b"\x00\x00\x01"
    receipt = receipts.unpack(exchange.receive(raw, at=at))
    assert receipt.is_signed_by(node_keys.public())
    assert not receipt.is_signed_by(bytes(32))
    assert receipt.bundle == receipts.hash_of(raw)
    assert [code for _, code in receipt.codes] == ["taken", "damaged", "damaged"]
    assert [bool(which) for which, _ in receipt.codes] == [True, False, False]


# ---- the door -------------------------------------------------------------------------------------


@pytest.fixture
def knock(farid):
    def post(raw, **more):
        more = {"content_type": "application/octet-stream"} | more
        return farid.post(reverse("exchange:envelopes"), raw, **more)

    return post


def test_another_node_hands_in_a_bundle_and_gets_a_receipt_and_no_cookie(packed, arrived, knock):
    answer = knock(bundle([packed]))
    assert answer.status_code == 200
    assert [code for _, code in receipts.unpack(answer.content).codes] == ["taken"]
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert len(arrived) == 1


def test_the_door_says_no_more_than_a_code(knock, db):
    assert knock(b"x", content_type="text/html").content == b"not-this\n"
    assert knock(b"x", content_type="text/html").status_code == 415
    large = knock(b"x" * (LARGEST_BUNDLE + 1))
    assert (large.status_code, large.content) == (413, b"too-large\n")
    assert [code for _, code in receipts.unpack(knock(b"rubbish").content).codes] == ["damaged"]


def test_a_bundle_that_says_it_is_shorter_than_it_is_is_still_too_large(knock, db):
    large = knock(b"x" * (LARGEST_BUNDLE + 100), CONTENT_LENGTH=str(LARGEST_BUNDLE + 100))
    assert large.status_code == 413
