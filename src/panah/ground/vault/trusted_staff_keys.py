"""Colleagues' keys as Panah wrote them: what is sealed to a reader, and who is admitted, is not asked of a row."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from panah.ground.foundation.protected_rows import columns_in, trusted_versions
from panah.ground.vault.models import StaffKey


@dataclass(frozen=True)
class TrustedStaffKey:
    """A colleague's public key, since when it is admitted and by whom, who else knows whose it is, what signs."""

    staff: UUID
    public: bytes
    made_at: datetime
    admitted_at: datetime | None
    admitted_by: UUID | None
    known_by: UUID | None
    vouches: bytes


def trusted_staff_keys(staff: Iterable[UUID]) -> dict[UUID, TrustedStaffKey]:
    """Return the keys of these colleagues by their ids; whoever has none is left out. One question for all."""
    found = (_read(version) for version in trusted_versions(StaffKey, staff).values())
    return {one.staff: one for one in found if one is not None}


@lru_cache(maxsize=2048)
def _read(version: bytes) -> TrustedStaffKey | None:
    for row in columns_in(StaffKey, version):
        return TrustedStaffKey(
            UUID(str(row["staff"])),
            b64decode(str(row["public"])),
            datetime.fromisoformat(str(row["made_at"])),
            datetime.fromisoformat(str(row["admitted_at"])) if row["admitted_at"] else None,
            UUID(str(row["admitted_by"])) if row["admitted_by"] else None,
            UUID(str(row["known_by"])) if row["known_by"] else None,
            b64decode(str(row["vouches"])),
        )
    return None
