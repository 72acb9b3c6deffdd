"""Receipts: the signed answer to a bundle. Frozen; examples stand in the tests.

A receipt is the length of its JSON in four bytes, the JSON, and 64 bytes of Ed25519 signature by the node that took the
bundle in, over ``context("receipt", json)``. Its list has one line for each envelope in the order of the bundle; what
could not be read has no id there and is known by its place.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from panah.ground.exchange.envelope import SIGNATURE, Damaged, fingerprint
from panah.ground.vault.seals import sign, signed, signing_public

VERSION = 1
CONTEXT = "receipt"
LARGEST = 256 * 1024


@dataclass(frozen=True)
class Receipt:
    """What a node says about a bundle: its hash (hex), who says it (fingerprint), and (id or None, code) in order."""

    node: str
    bundle: str
    at: str
    codes: tuple[tuple[UUID | None, str], ...]
    raw: bytes
    signature: bytes

    def is_signed_by(self, node: bytes) -> bool:
        """Say whether the node with this public key signed it, and says so itself."""
        return self.node == fingerprint(node) and signed(node, self.signature, CONTEXT, self.raw)


def hash_of(bundle: bytes) -> str:
    """Return how a receipt names the bundle that it is about."""
    return hashlib.sha256(bundle).hexdigest()


def pack(*, bundle: bytes, codes: Iterable[tuple[UUID | None, str]], at: datetime, node_seed: bytes) -> bytes:
    """Return the receipt for a bundle, signed by the node whose seed this is."""
    value = {
        "v": VERSION,
        "node": fingerprint(signing_public(node_seed)),
        "bundle": hash_of(bundle),
        "at": at.isoformat(),
        "receipts": [{"id": str(which) if which else None, "code": str(code)} for which, code in codes],
    }
    raw = json.dumps(value, separators=(",", ":"), sort_keys=True).encode()
    return len(raw).to_bytes(4, "big") + raw + sign(node_seed, CONTEXT, raw)


def unpack(packed: bytes) -> Receipt:
    """Return the receipt in these bytes, or raise Damaged. Checks the shape, not the signature."""
    length = int.from_bytes(packed[:4], "big")
    raw, signature = packed[4 : 4 + length], packed[4 + length :]
    if len(packed) > LARGEST or len(raw) != length or len(signature) != SIGNATURE:
        raise Damaged
    try:
        value = json.loads(raw)
        if value["v"] != VERSION:
            raise Damaged(version=value["v"] if isinstance(value["v"], int) else None)
        codes = tuple(
            (UUID(one["id"]) if one["id"] else None, _text(one["code"])) for one in value["receipts"]
        )
        return Receipt(
            _text(value["node"]), _text(value["bundle"]), _text(value["at"]), codes, raw, signature
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Damaged from None


def _text(value: object) -> str:
    if not isinstance(value, str) or len(value) > 64:
        raise ValueError
    return value
