"""The envelope: how one message looks on the wire, in a file, and in a bundle. Frozen; examples stand in the tests.

An envelope is ``PANAHENV``, a version byte, the header (length in four bytes, then UTF-8 JSON), the body (length in
four bytes, then a seal) and 64 bytes of Ed25519 signature by the node that sends it. The signature is over the exact
bytes of header and body: nothing is written anew to be checked. The body is sealed with that header in its context
(``vault.sealed_body``), so a body under another header does not open.
The whole protocol: docs/federation.md.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from panah.ground.vault.sealed_body import LARGEST_BODY, STEP
from panah.ground.vault.seals import sign, signed

MAGIC, VERSION = b"PANAHENV", 1
LARGEST_HEADER, LARGEST_BUNDLE = 2048, 8 * 1024 * 1024
# Envelopes in one bundle over the wire, and in one that is carried in a file: a receipt has a line for each.
MOST, MOST_IN_FILE = 256, 2000
SIGNATURE = 64
# One packed envelope: magic, version, two lengths, header, body with what a seal adds, signature.
LARGEST = len(MAGIC) + 9 + LARGEST_HEADER + LARGEST_BODY + STEP + SIGNATURE
CONTEXT = "envelope"


class Damaged(Exception):
    """These bytes are no envelope. ``version`` is set when only the version is not known here."""

    def __init__(self, version: int | None = None) -> None:
        super().__init__("not an envelope")
        self.version = version


def fingerprint(node: bytes) -> str:
    """Return how a node is named in a header: SHA-256 of its 32-byte public signing key, in hex."""
    return hashlib.sha256(node).hexdigest()


@dataclass(frozen=True)
class Header:
    """What can be seen unopened: who to whom, what kind, how urgent, which conversation, from when to when.

    ``source`` and ``target``: slugs of societies. ``source_node`` and ``target_node``: fingerprints of node keys (hex).
    ``to_key``: what the body is sealed to: ``intake:<generation>``, ``conversation``, ``node`` or ``nothing``.
    """

    id: UUID
    kind: str
    source: str
    source_node: str
    target: str
    target_node: str
    conversation: UUID
    urgency: str
    created: datetime
    expires: datetime
    to_key: str

    def pack(self) -> bytes:
        """Return the header as it is sealed, signed and sent."""
        value = {
            "id": str(self.id),
            "kind": self.kind,
            "from": {"society": self.source, "node": self.source_node},
            "to": {"society": self.target, "node": self.target_node},
            "conversation": str(self.conversation),
            "urgency": self.urgency,
            "created": self.created.isoformat(),
            "expires": self.expires.isoformat(),
            "key": self.to_key,
        }
        return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()

    @classmethod
    def unpack(cls, raw: bytes) -> Self:
        """Return the header in these bytes, or raise Damaged. What it does not know, it passes over."""
        try:
            value = json.loads(raw)
            found = cls(
                id=UUID(value["id"]),
                kind=_text(value["kind"], 40),
                source=_text(value["from"]["society"], 60),
                source_node=_text(value["from"]["node"], 64),
                target=_text(value["to"]["society"], 60),
                target_node=_text(value["to"]["node"], 64),
                conversation=UUID(value["conversation"]),
                urgency=_text(value["urgency"], 10),
                created=_moment(value["created"]),
                expires=_moment(value["expires"]),
                to_key=_text(value["key"], 40),
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise Damaged from None
        return found


def _text(value: object, longest: int) -> str:
    if not isinstance(value, str) or len(value) > longest or not value.isprintable():
        raise ValueError
    return value


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value, 40))
    if moment.tzinfo is None or not 2000 < moment.year < 9000:
        raise ValueError
    return moment


@dataclass(frozen=True)
class Envelope:
    """One message as it travels. ``raw_header`` is kept to the byte: signature and seal are over it."""

    header: Header
    raw_header: bytes
    body: bytes
    signature: bytes

    def pack(self) -> bytes:
        return b"".join(
            (
                MAGIC,
                bytes([VERSION]),
                len(self.raw_header).to_bytes(4, "big"),
                self.raw_header,
                len(self.body).to_bytes(4, "big"),
                self.body,
                self.signature,
            )
        )

    @classmethod
    def unpack(cls, raw: bytes) -> Self:
        """Return the envelope in these bytes, or raise Damaged. Checks the shape, not the signature."""
        start = len(MAGIC)
        if raw[:start] != MAGIC:
            raise Damaged
        if raw[start : start + 1] != bytes([VERSION]):
            raise Damaged(version=raw[start] if len(raw) > start else None)
        header, place = _piece(raw, start + 1, LARGEST_HEADER)
        body, place = _piece(raw, place, LARGEST_BODY + STEP)
        signature = raw[place:]
        if len(signature) != SIGNATURE:
            raise Damaged
        return cls(Header.unpack(header), header, body, signature)

    def is_signed_by(self, node: bytes) -> bool:
        """Say whether the node with this public key signed it."""
        return signed(node, self.signature, CONTEXT, self.raw_header, self.body)


def _piece(raw: bytes, start: int, largest: int) -> tuple[bytes, int]:
    """Return what stands at a place behind its length in four bytes, and where it ends."""
    begins = start + 4
    length = int.from_bytes(raw[start:begins], "big")
    if len(raw) < begins or length > largest or len(raw) < begins + length:
        raise Damaged
    return raw[begins : begins + length], begins + length


def close(header: Header, body: bytes, node_seed: bytes) -> Envelope:
    """Return the envelope around a sealed body, signed by the node whose seed this is."""
    raw = header.pack()
    return Envelope(header, raw, body, sign(node_seed, CONTEXT, raw, body))


# -- the body ----------------------------------------------------------------------------------


# -- bundles and receipts ----------------------------------------------------------------------


def bundle(envelopes: Iterable[bytes]) -> bytes:
    """Return packed envelopes one after the other, each behind its length in four bytes."""
    return b"".join(len(raw).to_bytes(4, "big") + raw for raw in envelopes)


def unbundle(raw: bytes) -> Iterator[bytes]:
    """Yield the packed envelopes of a bundle; raises Damaged where one is cut off, too long, or none at all.

    A length of zero would make an envelope out of four bytes: eight megabytes of zeros held two million of them.
    """
    place = 0
    while place < len(raw):
        length = int.from_bytes(raw[place : place + 4], "big")
        end = place + 4 + length
        if not 0 < length <= LARGEST or end > len(raw):
            raise Damaged
        yield raw[place + 4 : end]
        place = end
