"""Files that carry a bundle or a receipt where there is no line. Frozen; examples stand in the tests.

A file is ``PANAHFIL``, a version byte, the length of its JSON in four bytes, the JSON (what it holds, from whom, for
whom), and then the bundle or the receipt as it would go over the wire. The JSON only helps people and pages to tell
files apart: what counts is signed inside.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from panah.ground.exchange.envelope import LARGEST_BUNDLE, Damaged

MAGIC, VERSION = b"PANAHFIL", 1
LARGEST_LABEL = 1024
LARGEST = LARGEST_BUNDLE + LARGEST_LABEL + 64
ENVELOPES, RECEIPT = "envelopes", "receipt"


@dataclass(frozen=True)
class TransportFile:
    """What a file says of itself, and what it holds. Nodes by their fingerprints."""

    what: str
    source: str
    source_node: str
    target: str
    target_node: str
    written: str
    inside: bytes

    def pack(self) -> bytes:
        value = {
            "what": self.what,
            "from": {"society": self.source, "node": self.source_node},
            "to": {"society": self.target, "node": self.target_node},
            "written": self.written,
        }
        label = json.dumps(value, separators=(",", ":"), sort_keys=True).encode()
        return MAGIC + bytes([VERSION]) + len(label).to_bytes(4, "big") + label + self.inside

    def answered(self, receipt: bytes, at: datetime) -> "TransportFile":
        """Return the file that is carried back."""
        return TransportFile(
            RECEIPT, self.target, self.target_node, self.source, self.source_node, at.isoformat(), receipt
        )

    @classmethod
    def unpack(cls, raw: bytes) -> Self:
        """Return what is in these bytes, or raise Damaged."""
        start = len(MAGIC)
        if raw[:start] != MAGIC or len(raw) > LARGEST:
            raise Damaged
        if raw[start : start + 1] != bytes([VERSION]):
            raise Damaged(version=raw[start] if len(raw) > start else None)
        length = int.from_bytes(raw[start + 1 : start + 5], "big")
        label = raw[start + 5 : start + 5 + length]
        if length > LARGEST_LABEL or len(label) != length:
            raise Damaged
        try:
            value = json.loads(label)
            found = cls(
                what=value["what"],
                source=value["from"]["society"],
                source_node=value["from"]["node"],
                target=value["to"]["society"],
                target_node=value["to"]["node"],
                written=value["written"],
                inside=raw[start + 5 + length :],
            )
        except (ValueError, KeyError, TypeError, RecursionError):
            raise Damaged from None
        if found.what not in (ENVELOPES, RECEIPT) or not all(
            isinstance(v, str) for v in vars(found).values() if v is not found.inside
        ):
            raise Damaged
        return found
