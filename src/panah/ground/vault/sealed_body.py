"""Content sealed to a public key under a header: what strangers write, and the body of an envelope. Frozen.

The content is JSON, filled up to steps of 4 KiB, so that its length says little. It is sealed with the header in its
context: under another header it does not open.
"""

import json
from collections.abc import Mapping
from typing import Any

from panah.ground.foundation import json_from_outside
from panah.ground.vault.seals import DoesNotOpen, Private, seal

STEP, LARGEST_BODY = 4096, 256 * 1024


def seal_body(public: bytes, content: Mapping[str, object], raw_header: bytes) -> bytes:
    """Return the content sealed to a public key under this header. Raises ValueError when it is too large."""
    plain = json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()
    return seal(public, _fill(plain), "body", raw_header)


def open_body(private: Private, body: bytes, raw_header: bytes) -> dict[str, Any]:
    """Return the content, or raise DoesNotOpen: another key, another header, changed, or no JSON object."""
    padded = private.open(body, "body", raw_header)
    length = int.from_bytes(padded[:4], "big")
    try:
        content = json_from_outside.read(padded[4 : 4 + length])
    except (ValueError, RecursionError):
        raise DoesNotOpen from None
    if not isinstance(content, dict) or len(padded) % STEP:
        raise DoesNotOpen
    return content


def _fill(plain: bytes) -> bytes:
    size = -(-(len(plain) + 4) // STEP) * STEP
    if size > LARGEST_BODY:
        raise ValueError("too large")
    return len(plain).to_bytes(4, "big") + plain + bytes(size - len(plain) - 4)
