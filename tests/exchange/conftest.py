"""North and South, paired both ways on one node, and a room that keeps what arrives."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from panah.exchange import actions as exchange
from panah.exchange.models import Peer
from panah.exchange.words import OF_NODES, PERSONAL, Code, Kind, PeerState
from panah.vault import node
from panah.vault.keyring import current_key


def paired_row(world, ours, theirs, leader, at):
    """The row of a pairing as two focal points left it, made by the test's own hand."""
    society, other = world.societies[ours], world.societies[theirs]
    intake, signing = current_key(other.pk, "G"), current_key(other.pk, "D")
    return Peer.objects.create(
        society=society, theirs=other, their_id=other.pk, state=PeerState.PAIRED,
        node=node.public(), node_box=node.box().public, signing=bytes(signing.public),
        intake=bytes(intake.public), intake_generation=intake.generation,
        intake_signature=bytes(intake.signature), made_at=at, paired_at=at,
        paired_by=world.staff[leader].pk, compare_by=at + timedelta(days=365),
    )  # fmt: skip


@pytest.fixture
def pair(world, at):
    """North's peer South, and South's peer North."""
    return {
        "north": paired_row(world, "north", "south", "bakyt", at),
        "south": paired_row(world, "south", "north", "rustam", at),
    }


@pytest.fixture
def arrived(monkeypatch):
    """What the rooms above were given, in order: (society's slug, kind, envelope)."""
    came = []

    def keep(*, peer, envelope, at):
        came.append((peer.society.slug, envelope.header.kind, envelope))
        return Code.TAKEN

    for kind in PERSONAL | OF_NODES - {Kind.FIGURES}:
        monkeypatch.setitem(exchange.ARRIVES, kind, keep)
    return came


@pytest.fixture
def offer(world, pair, at):
    """Amina offers a person to South; returns the row."""

    def send(conversation=None, **more):
        more = {"kind": Kind.OFFERED, "content": {"need": "a bed"}, "at": at} | more
        return exchange.send(
            keys=world.keys("amina"), peer=pair["north"], conversation=conversation or uuid4(), **more
        )

    return send
