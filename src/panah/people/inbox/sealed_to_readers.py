"""What goes past the intake is sealed to each reader of complaints by herself: no key of a duty opens it.

The body is one line of JSON, ``{reader: seal in base64}``; each seal is one of the envelope under the same header.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from uuid import UUID

from panah.ground.vault.sealed_body import seal_body
from panah.ground.vault.seals import DoesNotOpen


def seal_to_readers(publics: Mapping[UUID, bytes], content: Mapping[str, object], header: bytes) -> bytes:
    """Return a content sealed to these colleagues' own keys. Raises ValueError when it is too large."""
    return joined({who: seal_body(public, content, header) for who, public in publics.items()})


def joined(parts: Mapping[UUID, bytes]) -> bytes:
    """Return one body of the seals that each reader has."""
    sealed = {str(who): b64encode(seal).decode() for who, seal in parts.items()}
    return json.dumps(sealed, separators=(",", ":"), sort_keys=True).encode()


def readers_in(body: bytes) -> set[UUID]:
    """Return to whom a body is sealed; nobody where it is none of these."""
    try:
        return {UUID(who) for who in json.loads(body)}
    except (ValueError, TypeError):
        return set()


def part_of(body: bytes, reader: UUID) -> bytes:
    """Return the seal that is a reader's. Raises DoesNotOpen where there is none."""
    try:
        return b64decode(json.loads(body)[str(reader)], validate=True)
    except (ValueError, KeyError, TypeError):
        raise DoesNotOpen from None
