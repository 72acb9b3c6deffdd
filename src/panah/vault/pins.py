"""What a colleague remembers of her society's keys, in a record that only her own key can make or read.

A record holds the society's signing key as she pinned it and the highest generation of each key that she saw.
It is made with the key itself, so that a missing one is noticed: who can write in the database can neither make
one nor take it away unseen. Every change counts up, and the count is in the journal and in her open vault: an
older copy of the record put back is noticed too.

Format (version 1): JSON, padded, locked under HKDF(S, "pins") with "pins" and the colleague's id as context. A
staff key that has a record is wrapped with the context "staff key with pins" instead of "staff key".
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.foundation.errors import Refusal
from panah.vault.seals import DoesNotOpen, derive, lock, pad, unlock, unpad

WITHOUT, WITH = "staff key", "staff key with pins"


class PinGone(Refusal):
    """The record is missing, changed, or an older copy: somebody wrote in the database."""

    def __init__(self) -> None:
        super().__init__(
            _("What you remembered of your society's keys is missing or was changed."),
            next_step=_(
                "Do not go on. Somebody may have changed the database. Call a focal point on a number you"
                " know, and tell both of them: they compare the six words of the society's key with each"
                " other, then let you make a new key. Nothing of your cases is lost."
            ),
            code="pin-gone",
        )


@dataclass(frozen=True)
class Record:
    """``signing`` is D's public half, empty until it was pinned; ``seen`` the highest generation by name of a key."""

    signing: bytes = b""
    seen: Mapping[str, int] = field(default_factory=dict)
    count: int = 0

    def higher(self, seen: Mapping[str, int]) -> "Record | None":
        """Return the next record when there is a higher generation among those seen, else None."""
        merged = {name: max(seen.get(name, 0), self.seen.get(name, 0)) for name in {*seen, *self.seen}}
        return None if merged == dict(self.seen) else Record(self.signing, merged, self.count + 1)


def name_of(kind: str, line: UUID | None) -> str:
    """Return how a record names a key: its kind, and the line of a line's key."""
    return f"{kind}:{line.hex}" if line else str(kind)


def close(record: Record, *, seed: bytes, staff: UUID) -> bytes:
    """Return the record as it is kept."""
    value = {"signing": record.signing.hex(), "seen": dict(record.seen), "count": record.count}
    return lock(derive(seed, "pins"), pad(json.dumps(value, sort_keys=True).encode()), "pins", staff)


def opened(row: Any, *, seed: bytes) -> Record | None:
    """Return the record of a staff key (a row with ``pins``, ``pinned``, ``staff_id``), or None if it has none yet.

    Raises PinGone when what lies there was not made by this key.
    """
    try:
        if row.pins:
            plain = unlock(derive(seed, "pins"), bytes(row.pins), "pins", row.staff_id)
            value = json.loads(unpad(plain))
            return Record(bytes.fromhex(value["signing"]), value["seen"], value["count"])
        if row.pinned:
            # Pinned before there were records.
            return Record(unlock(derive(seed, "pin"), bytes(row.pinned), "pin", row.staff_id))
    except DoesNotOpen:
        raise PinGone from None
    return None
