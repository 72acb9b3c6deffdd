"""The disk is full: what comes is left for later, what waits goes on waiting, and nothing is lost."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection

from panah.ground.exchange import actions as exchange
from panah.ground.exchange.models import Incoming, Outgoing
from panah.ground.exchange.words import MessageKind, ReceiptCode, SendingState
from panah.ground.vault import actions as vault

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="a full disk is made by a limit of SQLite's: ./panah test"
    ),
]


@pytest.fixture
def kept():
    """A room above that keeps bodies, as the inbox does."""

    def keep(*, peer, envelope, at):
        vault.store_blob(
            kind="arrived", key=envelope.header.id, sealed=envelope.body, society=peer.society_id
        )
        return ReceiptCode.TAKEN

    handler = exchange.MessageHandler(frozenset({MessageKind.OFFERED}), keep)
    with exchange.HANDLERS.temporarily("test", handler, order=-1):
        yield


@pytest.mark.parametrize("alias", ["default", "shred", "shred_copy"])
def test_a_full_disk_where_it_arrives_leaves_it_for_later(world, paired, offer, kept, full, at, alias):
    rows = [offer(content={"text": "x" * 50_000}) for _ in range(30)]
    raw = exchange.lease(peer=paired.north, at=at).raw
    full(alias)
    codes = {str(one.code) for one in exchange.receive_bundle(raw, at=at)}
    assert codes <= {"taken", "later"}
    assert "later" in codes
    said = sum(str(one.code) == "taken" for one in exchange.receive_bundle(raw, at=at))
    assert said == 0, "what was not said to be there is not there the second time"
    full(alias, over=True)
    later = at + timedelta(minutes=6)
    while exchange.deliver_due(at=later):
        later += timedelta(hours=1)
    assert set(Outgoing.objects.values_list("state", flat=True)) == {SendingState.DELIVERED}
    assert Incoming.objects.count() == len(rows)
    assert all(vault.load_blob(kind="arrived", key=row.pk) for row in rows)


def test_a_full_disk_where_it_is_sealed_says_so_and_queues_nothing_by_halves(world, paired, offer, full, at):
    def thirty():
        for _ in range(30):
            offer(content={"text": "x" * 50_000}, conversation=uuid4())

    full("shred")
    with pytest.raises(DatabaseError, match="full"):
        thirty()
    full("shred", over=True)
    rows = list(Outgoing.objects.all())
    assert len(rows) < 30
    assert all(vault.load_blob(kind="sent", key=row.pk) for row in rows), "each row has its body"
