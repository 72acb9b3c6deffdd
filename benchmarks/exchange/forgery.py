"""What somebody on the wire can do to bundles and receipts. Written from the protocol, not with its code.

She knows every byte that passes and has a node key of her own; she has neither key of the two nodes.
"""

import hashlib
import json
import random
from collections.abc import Iterator
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

MAGIC, SIGNATURE, STEP = b"PANAHENV\x01", 64, 4096


def parts(bundle: bytes) -> list[bytes]:
    """Return the packed envelopes of a bundle that is whole."""
    found, at = [], 0
    while at < len(bundle):
        length = int.from_bytes(bundle[at : at + 4], "big")
        found.append(bundle[at + 4 : at + 4 + length])
        at += 4 + length
    return found


def joined(envelopes: list[bytes]) -> bytes:
    return b"".join(len(one).to_bytes(4, "big") + one for one in envelopes)


def taken_apart(envelope: bytes) -> tuple[bytes, bytes]:
    """Return header and body of a packed envelope."""
    start = len(MAGIC)
    size = int.from_bytes(envelope[start : start + 4], "big")
    header = envelope[start + 4 : start + 4 + size]
    return header, envelope[start + 8 + size : -SIGNATURE]


def ids(bundle: bytes) -> Iterator[str]:
    for one in parts(bundle):
        yield str(json.loads(taken_apart(one)[0])["id"])


def body_sizes(bundle: bytes) -> set[int]:
    return {len(taken_apart(one)[1]) for one in parts(bundle)}


def off_the_steps(sizes: set[int]) -> set[int]:
    """Return the sizes of bodies that tell more than a number of steps. An empty body is a withdrawal."""
    # What a seal adds: suite, X-Wing's 1120 bytes (X25519's 32), the tag.
    return {size for size in sizes if size and (size - 1137) % STEP and (size - 49) % STEP}


def context(what: str, *bits: bytes) -> bytes:
    """Return what a signature of the protocol is over."""
    return b"panah/1" + b"".join(len(bit).to_bytes(4, "big") + bit for bit in (what.encode(), *bits))


class ThirdNode:
    """A node that nobody has paired with, and what it signs."""

    def __init__(self, seed: int) -> None:
        self.key = Ed25519PrivateKey.from_private_bytes(random.Random(seed).randbytes(32))
        self.name = hashlib.sha256(self.key.public_key().public_bytes_raw()).hexdigest()

    def sign_anew(self, bundle: bytes, chance: random.Random) -> tuple[bytes, set[str]]:
        """Return the bundle with every envelope signed by this node, and the ids that exist nowhere else.

        Some stay as they are but for the signature, some get a new id, some say that they come from this node.
        """
        out, forged = [], set()
        for one in parts(bundle):
            header, body = taken_apart(one)
            value = json.loads(header)
            how = chance.choice(("signature", "id", "node"))
            if how != "signature":
                value["id"] = str(UUID(int=chance.getrandbits(128), version=4))
                forged.add(value["id"])
            if how == "node":
                value["from"]["node"] = self.name
            header = json.dumps(value, separators=(",", ":"), sort_keys=True).encode()
            signature = self.key.sign(context("envelope", header, body))
            sizes = len(header).to_bytes(4, "big"), len(body).to_bytes(4, "big")
            out.append(MAGIC + sizes[0] + header + sizes[1] + body + signature)
        return joined(out), forged

    def receipt(self, bundle: bytes, node: str) -> bytes:
        """Return a receipt that says that all was taken, in the name of another node, signed by this one."""
        value = {
            "v": 1,
            "node": node,
            "bundle": hashlib.sha256(bundle).hexdigest(),
            "at": "2026-11-24T09:00:00+00:00",
            "receipts": [{"id": one, "code": "taken"} for one in ids(bundle)],
        }
        raw = json.dumps(value, separators=(",", ":"), sort_keys=True).encode()
        return len(raw).to_bytes(4, "big") + raw + self.key.sign(context("receipt", raw))


def flipped(raw: bytes, chance: random.Random, *, times: int = 1) -> bytes:
    """Return the bytes with some bits turned over."""
    out = bytearray(raw)
    for _ in range(times):
        out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)
    return bytes(out)
