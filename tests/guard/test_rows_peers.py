"""Somebody changes what a row says of a paired society: nothing is sealed to his key, sent to his address, or let in."""

from __future__ import annotations

import os
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panah.ground.exchange import actions as exchange
from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange import receipts
from panah.ground.exchange.actions.delivering import post_bundle
from panah.ground.exchange.envelope import CONTEXT, Envelope, Header, bundle, fingerprint, unbundle
from panah.ground.exchange.models import Incoming, Outgoing, OwnCard, Peer
from panah.ground.exchange.words import BlockReason, MessageKind, PeerState, SendingState
from panah.ground.foundation.errors import Refusal
from panah.ground.network.models import Society
from panah.ground.vault import actions as vault
from panah.ground.vault import node_keys
from panah.ground.vault.actions import ceremony
from panah.ground.vault.sealed_body import open_body
from panah.ground.vault.seals import DoesNotOpen, Private, sign, signing_public
from panah.ground.vault.words import KeyKind
from panah.ground.work import actions as work
from tests.committed_rows import what_panah_wrote_is_committed
from tests.conftest import card_of
from tests.guard.past_panah import copied, noticed, put_back, put_in, swap, swapped, take_out

PEERS = "exchange_peer"
SAID = {"need": "Practice: a bed for her, in the yellow house"}
NOW = timezone.now


@pytest.fixture
def thief():
    """He keeps the private half of what he puts in."""
    return Private.new()


@pytest.fixture
def north(world, paired):
    return world.societies["north"].pk


@pytest.fixture
def his_node():
    """The seed of a node of his own."""
    return os.urandom(32)


def hands_on(world, paired):
    """Amina hands a person on to South, chosen as the page chooses; returns what waits to leave."""
    peer = exchange_queries.paired_with(society=world.societies["north"].pk, theirs="practice-south")
    return exchange.send(
        keys=world.keys("amina"), peer=peer or paired.north, kind=MessageKind.OFFERED, conversation=uuid4(),
        content=SAID, at=NOW(),
    )  # fmt: skip


def opens(row, private):
    try:
        return open_body(private, vault.load_blob(kind="sent", key=row.pk), bytes(row.header))
    except DoesNotOpen:
        return None


def intake_of_south(world):
    return world.keys("rustam").holds("G").private


def leaves(answer=post_bundle):
    """The worker delivers what is due; returns to which addresses."""
    went = []

    def post(peer, raw, at):
        went.append(peer.address)
        return answer(peer, raw, at)

    exchange.deliver_due(at=NOW(), post=post)
    return went


def signed_by(seed, *, kind=MessageKind.OFFERED):
    """A bundle with one envelope as from South, sealed and signed by whoever has this seed."""
    header = Header(
        id=uuid4(), kind=str(kind), source="practice-south", source_node=fingerprint(signing_public(seed)),
        target="practice-north", target_node=fingerprint(node_keys.public()), conversation=uuid4(), urgency="today",
        created=NOW(), expires=NOW().replace(year=NOW().year + 1), to_key="nothing",
    )  # fmt: skip
    raw = header.pack()
    return bundle([Envelope(header, raw, b"", sign(seed, CONTEXT, raw, b"")).pack()])


# -- what is sealed ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "column",
    ["intake", "intake_signature", "node_box", "node", "signing", "vouched", "card", "state", "their_id"],
)
def test_a_referral_is_sealed_to_the_key_that_was_compared_whatever_the_row_says(
    world, paired, north, thief, column
):
    false = {"state": "ended", "their_id": uuid4()}.get(
        column, thief.public[:32] if column == "node" else thief.public
    )
    with swapped(PEERS, column, false, id=paired.north.pk):
        row = hands_on(world, paired)
        told = noticed(north)
    assert opens(row, thief) is None
    assert opens(row, intake_of_south(world)) == SAID, "she is handed on all the same"
    assert told


def test_an_intake_key_that_was_replaced_and_is_put_back_is_sealed_to_by_nobody(world, paired, north):
    old, left_with = copied(PEERS, id=paired.north.pk), intake_of_south(world)
    ceremony.new_generation(
        keys=world.keys("rustam"), kind=KeyKind.INTAKE, line=None, holders=[world.staff["malika"]], at=NOW()
    )
    exchange.announce_intake(at=NOW())
    leaves()
    assert Peer.objects.get(pk=paired.north.pk).intake_generation == 2, "control"
    put_back(PEERS, old)
    row = hands_on(world, paired)
    assert opens(row, left_with) is None
    assert noticed(north)


def test_under_another_short_name_nothing_about_a_person_is_sealed(world, paired):
    swap("network_society", "slug", "practice-other", id=world.societies["south"].pk)
    with pytest.raises(Refusal):
        exchange.send(
            keys=world.keys("amina"), peer=Peer.objects.get(pk=paired.north.pk), kind=MessageKind.OFFERED,
            conversation=uuid4(), content=SAID, at=NOW(),
        )  # fmt: skip


def test_what_a_node_tells_a_node_is_sealed_to_the_box_that_was_compared(world, paired, north, thief):
    with swapped(PEERS, "node_box", thief.public, id=paired.north.pk):
        exchange.send_heads(at=NOW())
        told = noticed(north)
    row = Outgoing.objects.get(society=north, kind=MessageKind.HEAD)
    assert opens(row, thief) is None
    assert opens(row, node_keys.box())["number"]
    assert told


# -- where it goes -----------------------------------------------------------------------------------


def test_a_bundle_goes_to_the_address_on_their_card(world, paired, north):
    hands_on(world, paired)
    with swapped(PEERS, "address", "https://his.example", id=paired.north.pk):
        went = leaves()
        told = noticed(north)
    assert set(went) == {"https://south.example"}
    assert told


def test_a_receipt_of_his_node_makes_nothing_delivered(world, paired, north, his_node):
    """The referral would be said to have arrived, and its only copy be destroyed."""
    row = hands_on(world, paired)

    def his_answer(peer, raw, at):
        codes = [(Envelope.unpack(one).header.id, "taken") for one in unbundle(raw)]
        return receipts.pack(bundle=raw, codes=codes, at=at, node_seed=his_node)

    with swapped(PEERS, "node", signing_public(his_node), id=paired.north.pk):
        leaves(his_answer)
        told = noticed(north)
    row.refresh_from_db()
    assert row.state == SendingState.WAITING
    assert opens(row, intake_of_south(world)) == SAID
    assert told


@pytest.mark.parametrize("state", ["ended", "blocked", "waiting"])
def test_what_waits_leaves_though_a_row_says_that_the_pairing_is_not_in_use(world, paired, north, state):
    row = hands_on(world, paired)
    with swapped(PEERS, "state", state, id=paired.north.pk):
        went = leaves()
    assert went
    row.refresh_from_db()
    assert row.state != SendingState.STOPPED


# -- who is let in -----------------------------------------------------------------------------------


def test_what_his_node_signed_is_not_taken_as_the_other_societys(world, paired, north, his_node):
    with swapped(PEERS, "node", signing_public(his_node), id=paired.north.pk):
        exchange.receive(signed_by(his_node, kind=MessageKind.WITHDRAWN), at=NOW())
        told = noticed(north)
    assert not Incoming.objects.filter(society=north).exists()
    assert told


def test_a_society_that_was_blocked_is_not_let_in_by_a_row(world, paired, north):
    exchange.block(peer=paired.north, why=BlockReason.STRANGE, by=world.staff["bakyt"], at=NOW())
    swap(PEERS, "state", "paired", id=paired.north.pk)
    exchange.receive(signed_by(node_keys.signing_seed(), kind=MessageKind.WITHDRAWN), at=NOW())
    assert not Incoming.objects.filter(society=north).exists()
    with pytest.raises(Refusal):
        hands_on(world, paired)
    assert noticed(north)


def test_a_pairing_that_ended_is_not_taken_up_by_its_whole_row_of_before(world, paired, north):
    old = copied(PEERS, id=paired.north.pk)
    exchange.end_pairing(peer=paired.north, why=BlockReason.ASKED, by=world.staff["bakyt"], at=NOW())
    put_back(PEERS, old)
    assert exchange_queries.paired_with(society=north, theirs="practice-south") is None
    assert "practice-south" not in [
        one.slug for one in exchange_queries.reachable_societies(to=world.staff["amina"])
    ]
    with pytest.raises(Refusal):
        hands_on(world, paired)
    assert noticed(north)


def test_a_year_is_not_made_longer_by_a_row(world, paired, north):
    later = NOW().replace(year=NOW().year + 5)
    true = Peer.objects.get(pk=paired.north.pk).compare_by
    what_panah_wrote_is_committed()
    swap(PEERS, "compare_by", later, id=paired.north.pk)
    assert exchange_queries.paired_with(society=north, theirs="practice-south", at=true) is None
    assert noticed(north)


def test_a_society_that_nobody_paired_with_is_offered_to_nobody(world, paired, north, thief):
    row = copied(PEERS, id=paired.north.pk)
    third = Society.objects.create(
        slug="practice-west", iso2="XC", iso3="XCC", name_en="Practice Society West"
    )
    put_in(PEERS, **row | {"id": uuid4(), "theirs_id": third.pk, "intake": thief.public})
    assert third.slug not in [
        one.slug for one in exchange_queries.reachable_societies(to=world.staff["amina"])
    ]
    assert third.name_en not in world.client("bakyt").get("/exchange/").text
    assert noticed(north)


def test_a_pairing_whose_row_was_deleted_goes_on(world, paired, north):
    take_out(PEERS, id=paired.north.pk)
    assert "practice-south" in [
        one.slug for one in exchange_queries.reachable_societies(to=world.staff["amina"])
    ]
    work.put_rows_right(at=NOW())
    row = hands_on(world, paired)
    assert opens(row, intake_of_south(world)) == SAID
    assert set(leaves()) == {"https://south.example"}


def test_our_own_card_is_shown_and_our_address_kept_as_a_focal_point_wrote_it(world, paired, north):
    his, shown = (
        OwnCard.objects.get(society=world.societies["south"]),
        reverse("exchange:card-shown", args=["practice-north"]),
    )
    true = Client().get(shown).content
    with (
        swapped("exchange_owncard", "body", bytes(his.body), society_id=north),
        swapped("exchange_owncard", "signature", bytes(his.signature), society_id=north),
    ):
        assert Client().get(shown).content == true
        assert "https://south.example" not in world.client("bakyt").get(reverse("exchange:card")).text
        told = noticed(north)
    assert told


def test_words_are_compared_with_the_card_that_was_taken_and_not_with_one_from_a_row(world, north, paired):
    """His own card lies in the row while the focal points read: theirs is compared, and its keys count."""
    exchange.end_pairing(peer=paired.north, why=BlockReason.ASKED, by=world.staff["bakyt"], at=NOW())
    peer = exchange.take_card(keys=world.keys("bakyt"), raw=card_of(world, "rustam", NOW()), at=NOW())
    swap(PEERS, "card", bytes(Peer.objects.get(society=world.societies["south"]).card), id=peer.pk)
    exchange.compare(
        keys=world.keys("bakyt"), peer=peer, words=exchange.own_words(world.keys("rustam")), at=NOW()
    )
    assert exchange_queries.paired_with(society=north, theirs="practice-south").state == PeerState.PAIRED
    assert opens(hands_on(world, paired), intake_of_south(world)) == SAID
