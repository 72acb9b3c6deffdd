"""What somebody can send who has a node's signing key and nothing else: kinds in plain, over bodies of any sort."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from panah.ground.exchange import actions as exchange
from panah.ground.exchange.envelope import Envelope, Header, bundle
from panah.ground.exchange.models import Outgoing
from panah.ground.exchange.words import SAY_ONLY_THAT
from panah.ground.vault import actions as vault
from panah.ground.vault import node_keys
from panah.ground.vault.sealed_body import seal_body
from panah.ground.vault.seals import sign


def packed(row: Outgoing) -> bytes:
    """An envelope as it lies in the queue."""
    header, body = bytes(row.header), vault.load_blob(kind="sent", key=row.pk) or b""
    return Envelope(Header.unpack(header), header, body, bytes(row.signature)).pack()


def header_of(
    pattern: Outgoing, kind: str, at: datetime, *, key: str = "conversation", urgency: str = "now"
) -> Header:
    """The header of another message from the same side, in the same conversation."""
    to_key = "nothing" if kind in SAY_ONLY_THAT else key
    known = Header.unpack(bytes(pattern.header))
    return replace(known, id=uuid4(), kind=kind, created=at, to_key=to_key, urgency=urgency)


def signed_by_the_node(header: Header, body: bytes) -> bytes:
    """A header over this body, with the signature of the node."""
    raw = header.pack()
    return Envelope(header, raw, body, sign(node_keys.signing_seed(), "envelope", raw, body)).pack()


def sealed_under(header: Header, public: bytes, content: dict[str, Any]) -> bytes:
    """A body that opens under this header."""
    return seal_body(public, content, header.pack())


def comes(piece: bytes, at: datetime) -> str:
    """Let an envelope arrive; returns what the receipt says of it."""
    (one,) = exchange.receive_bundle(bundle([piece]), at=at)
    return str(one.code)
