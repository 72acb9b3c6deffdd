"""What tests of the wire let a process of its own do on a node: see ``tests/node_acts.py``."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


def pair_both() -> None:
    """Pair North and South, both on this node."""
    from tests import node_acts
    from tests.conftest import World, everyone_signs_in, pair

    world = World(AT)
    for name, seed in node_acts.recall()["seeds"].items():
        world.staff[name] = node_acts.keys(name).staff
        world.seeds[name] = bytes.fromhex(seed)
    everyone_signs_in(world)
    pair(world, "bakyt", "rustam", AT)
    pair(world, "rustam", "bakyt", AT)


def offer_some(number: str) -> list[str]:
    """Amina offers so many persons to South."""
    from panah.exchange import actions as exchange
    from panah.exchange import queries as wire
    from panah.exchange.words import Kind
    from tests import node_acts

    hers = node_acts.keys("amina")
    peer = wire.paired_with(society=hers.staff.society_id, theirs="practice-south", at=AT)
    assert peer is not None
    return [
        str(
            exchange.send(
                keys=hers, peer=peer, kind=Kind.OFFERED, conversation=uuid4(), content={"number": n}, at=AT
            ).pk
        )
        for n in range(int(number))
    ]


def deliver(minutes: str = "0") -> int:
    """The worker delivers, so many minutes later; what arrives is kept as the rooms above keep it."""
    from panah.exchange import actions as exchange

    _keep_what_arrives()
    return exchange.deliver_due(at=AT + timedelta(minutes=int(minutes)))


def _keep_what_arrives() -> None:
    from panah.exchange import actions as exchange
    from panah.exchange.words import Code, Kind
    from panah.vault import actions as vault

    def keep(*, peer: Any, envelope: Any, at: datetime) -> Code:
        vault.put_away(kind="arrived", key=envelope.header.id, sealed=envelope.body, society=peer.society_id)
        return Code.TAKEN

    exchange.ARRIVES_TOGETHER.pop(Kind.OFFERED, None)
    exchange.ARRIVES[Kind.OFFERED] = keep


def on_the_wire() -> dict[str, Any]:
    """Say how far everything is: states of what was sent, what came, and which bodies lie where."""
    from collections import Counter

    from panah.exchange.envelope import open_body
    from panah.exchange.models import Incoming, Outgoing
    from panah.vault import actions as vault
    from panah.vault.shredding import keys_of
    from tests import node_acts

    intake = node_acts.keys("rustam").holds("G")
    assert intake is not None
    came = list(Incoming.objects.all())
    read = []
    for row in came:
        body = vault.taken(kind="arrived", key=row.message)
        assert body is not None, "what is said to have come is there"
        read.append(open_body(intake.private, body, bytes(row.header))["number"])
    return {
        "sent": dict(Counter(Outgoing.objects.values_list("state", flat=True))),
        "waiting without a body": sum(
            vault.taken(kind="sent", key=row.pk) is None for row in Outgoing.objects.filter(state="waiting")
        ),
        "read": sorted(read),
        "bodies left": len(keys_of("sent")),
    }


ACTS = {one.__name__: one for one in (pair_both, offer_some, deliver, on_the_wire)}
