"""What a colleague remembers of her society's keys, in a record that only her own key can make or read.

A record holds the society's signing key as she pinned it, the highest generation of each key that she saw, and by
which keys the focal points whom she met countersign a new signing key (``signing_key_chain.py``: when she follows one).
It is made with the key itself, so that a missing one is noticed: who can write in the database can neither make
one nor take it away unseen. Every change counts up, and the count is in the journal and in her open vault: an
older copy of the record put back is noticed too.

Format (version 1): JSON, padded, locked under HKDF(S, "pins") with "pins" and the colleague's id as context; records
from before there were countersigning keys have no ``vouchers``. A staff key that has a record is wrapped with the
context "staff key with pins" instead of "staff key".
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.ground.vault.seals import Bit, DoesNotOpen, derive, lock, pad, unlock, unpad

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
class PinRecord:
    """``signing`` is D's public half, empty until it was pinned; ``seen`` the highest generation by name of a key.

    ``vouchers`` are the public keys by which focal points countersign, by staff id.
    """

    signing: bytes = b""
    seen: Mapping[str, int] = field(default_factory=dict)
    count: int = 0
    vouchers: Mapping[str, bytes] = field(default_factory=dict)

    def higher(self, seen: Mapping[str, int]) -> "PinRecord | None":
        """Return the next record when there is a higher generation among those seen, else None."""
        changed = self.changed(seen=seen)
        return None if changed == self else changed

    def changed(
        self,
        *,
        signing: bytes = b"",
        seen: Mapping[str, int] | None = None,
        vouchers: Mapping[str, bytes] | None = None,
    ) -> "PinRecord":
        """Return the next record, counted up, or this one when nothing differs. What was seen only grows."""
        more = seen or {}
        new = PinRecord(
            signing or self.signing,
            {name: max(more.get(name, 0), self.seen.get(name, 0)) for name in {*more, *self.seen}},
            self.count,
            self.vouchers if vouchers is None else dict(vouchers),
        )
        return self if new == self else replace(new, count=self.count + 1)


def name_of(kind: str, line: UUID | None) -> str:
    """Return how a record names a key: its kind, and the line of a line's key."""
    return f"{kind}:{line.hex}" if line else str(kind)


class PinRow(Protocol):
    """A row of ``StaffKey``, or its columns."""

    @property
    def staff_id(self) -> UUID: ...
    @property
    def pins(self) -> bytes | memoryview | None: ...
    @property
    def pinned(self) -> bytes | memoryview | None: ...


def attestation_body(society: UUID, staff: UUID) -> tuple[Bit, ...]:
    """Return what the signing key signs to say that a colleague is a focal point."""
    return ("focal point", society, staff)


def close(record: PinRecord, *, seed: bytes, staff: UUID) -> bytes:
    """Return the record as it is kept."""
    value = {
        "signing": record.signing.hex(),
        "seen": dict(record.seen),
        "count": record.count,
        "vouchers": {who: public.hex() for who, public in record.vouchers.items()},
    }
    return lock(derive(seed, "pins"), pad(json.dumps(value, sort_keys=True).encode()), "pins", staff)


def opened(row: PinRow, *, seed: bytes) -> PinRecord | None:
    """Return the record of a staff key (a row with ``pins``, ``pinned``, ``staff_id``), or None if it has none yet.

    Raises PinGone when what lies there was not made by this key.
    """
    try:
        if row.pins:
            plain = unlock(derive(seed, "pins"), bytes(row.pins), "pins", row.staff_id)
            value = json.loads(unpad(plain))
            vouchers = {who: bytes.fromhex(public) for who, public in value.get("vouchers", {}).items()}
            return PinRecord(bytes.fromhex(value["signing"]), value["seen"], value["count"], vouchers)
        if row.pinned:
            # Pinned before there were records.
            return PinRecord(unlock(derive(seed, "pin"), bytes(row.pinned), "pin", row.staff_id))
    except DoesNotOpen:
        raise PinGone from None
    return None
