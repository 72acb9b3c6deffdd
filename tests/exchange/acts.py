"""What tests of the wire let a process of its own do on a node: see ``tests/node_acts.py``."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

AS_LONG_AS_THE_PROCESS = ExitStack()
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
    from panah.ground.exchange import actions as exchange
    from panah.ground.exchange import queries as exchange_queries
    from panah.ground.exchange.words import MessageKind
    from tests import node_acts

    hers = node_acts.keys("amina")
    peer = exchange_queries.paired_with(society=hers.staff.society_id, theirs="practice-south", at=AT)
    assert peer is not None
    return [
        str(
            exchange.send(
                keys=hers,
                peer=peer,
                kind=MessageKind.OFFERED,
                conversation=uuid4(),
                content={"number": n},
                at=AT,
            ).pk
        )
        for n in range(int(number))
    ]


def offer_texts() -> dict[str, Any]:
    """Amina offers a person with texts that must be found nowhere; also into a file; South reads and keeps it."""
    import os
    from pathlib import Path

    from django.test import Client
    from django.urls import reverse

    from panah.ground.exchange import actions as exchange
    from panah.ground.exchange import queries as exchange_queries
    from panah.ground.exchange.actions.delivering import post_bundle
    from panah.ground.exchange.models import Incoming
    from panah.ground.exchange.words import MessageKind
    from panah.ground.vault import actions as vault
    from panah.ground.vault.sealed_body import open_body
    from tests import node_acts

    hers, home = node_acts.keys("amina"), Path(os.environ["PANAH_HOME"])
    peer = exchange_queries.paired_with(society=hers.staff.society_id, theirs="practice-south", at=AT)
    assert peer is not None
    content = {"names": list(node_acts.NAMES), "texts": node_acts.TEXTS, "codes": list(node_acts.CODES)}
    exchange.send(
        keys=hers, peer=peer, kind=MessageKind.OFFERED, conversation=uuid4(), content=content, at=AT
    )
    file = exchange.write_file(peer=peer, by=node_acts.keys("bakyt").staff, at=AT)
    (home / "carried.panah").write_bytes(file)
    _keep_what_arrives()

    def through_the_door(peer: Any, raw: bytes, at: datetime) -> bytes:
        (home / "bundle").write_bytes(raw)
        Client().post(reverse("exchange:envelopes"), raw, content_type="application/octet-stream")
        return post_bundle(peer, raw, at)

    exchange.deliver_due(at=AT, post=through_the_door)
    row = Incoming.objects.get()
    body = vault.load_blob(kind="arrived", key=row.message)
    intake = node_acts.keys("rustam").holds("G")
    assert body is not None
    assert intake is not None
    return open_body(intake.private, body, bytes(row.header))


def deliver(minutes: str = "0") -> int:
    """The worker delivers, so many minutes later; what arrives is kept as the rooms above keep it."""
    from panah.ground.exchange import actions as exchange

    _keep_what_arrives()
    return exchange.deliver_due(at=AT + timedelta(minutes=int(minutes)))


def _keep_what_arrives() -> None:
    from panah.ground.exchange import actions as exchange
    from panah.ground.exchange.words import MessageKind, ReceiptCode
    from panah.ground.vault import actions as vault

    def keep(*, peer: Any, envelope: Any, at: datetime) -> ReceiptCode:
        vault.store_blob(
            kind="arrived", key=envelope.header.id, sealed=envelope.body, society=peer.society_id
        )
        return ReceiptCode.TAKEN

    handler = exchange.MessageHandler(frozenset({MessageKind.OFFERED}), keep)
    AS_LONG_AS_THE_PROCESS.enter_context(exchange.HANDLERS.temporarily("test", handler, order=-1))


def on_the_wire() -> dict[str, Any]:
    """Say how far everything is: states of what was sent, what came, and which bodies lie where."""
    from collections import Counter

    from panah.ground.exchange.models import Incoming, Outgoing
    from panah.ground.vault import actions as vault
    from panah.ground.vault.sealed_body import open_body
    from panah.ground.vault.shred_store import keys_of
    from tests import node_acts

    intake = node_acts.keys("rustam").holds("G")
    assert intake is not None
    came = list(Incoming.objects.all())
    read = []
    for row in came:
        body = vault.load_blob(kind="arrived", key=row.message)
        assert body is not None, "what is said to have come is there"
        read.append(open_body(intake.private, body, bytes(row.header))["number"])
    return {
        "sent": dict(Counter(Outgoing.objects.values_list("state", flat=True))),
        "waiting without a body": sum(
            vault.load_blob(kind="sent", key=row.pk) is None
            for row in Outgoing.objects.filter(state="waiting")
        ),
        "read": sorted(read),
        "bodies left": len(keys_of("sent")),
    }


ACTS = {one.__name__: one for one in (pair_both, offer_some, offer_texts, deliver, on_the_wire)}
