"""Taking in what others have written already: files sealed without an open vault, and marks of rows."""

import hmac
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from panah.ground.vault import pin_record, shred_store
from panah.ground.vault.host_secrets import host
from panah.ground.vault.keyring import HeldKey, Keyring, Secret
from panah.ground.vault.seals import DoesNotOpen, context, pad, seal, unpad

UPLOAD = "upload"
# Letters of the day before an upload.
DAY = len("2026-12-31")


@dataclass(frozen=True)
class TheNode:
    """Who writes when no colleague does: the journal then names nobody."""

    society_id: UUID
    pk: None = None


class SealingOnly(Keyring):
    """A keyring without a key: it opens nothing but the files it has just begun, as long as it lives.

    ``begin_file(keys=SealingOnly(society=…), staff=[…], focal_points=True, …)`` seals the new file's secret to public
    keys; ``write`` and ``add`` then use the data key that this process made. Afterwards only the granted can read.
    """

    def __init__(self, *, society: UUID) -> None:
        super().__init__(staff=TheNode(society), private=None)  # type: ignore[arg-type]
        # Nobody sits here who pinned a key: what lies in the database is believed, which is why this is a command.
        self._record = pin_record.PinRecord()

    def held(self) -> list[HeldKey]:
        return []

    def _secrets(self, files: list[UUID]) -> dict[UUID, Secret]:
        return {}


def mark_of(*, society: UUID, bits: tuple[str | bytes, ...]) -> UUID:
    """Return the mark of a row: HMAC under the host's pepper, so that nobody without it can try out names."""
    digest = hmac.digest(host().pepper, context("import", society, *bits), "sha256")
    return UUID(bytes=digest[:16])


def seal_upload(*, keys: Keyring, body: bytes, day: date) -> None:
    """Keep an uploaded file in the shred store, sealed to whoever uploaded it; her earlier upload is destroyed.

    ``day`` stands before it for the worker, who opens no upload: under the key of the store, and in no column.
    """
    staff = keys.staff
    sealed = seal(keys.private.public, pad(body), "upload", staff.pk)
    shred_store.put(UPLOAD, staff.pk, day.isoformat().encode() + sealed, society=staff.society_id)


def open_upload(*, keys: Keyring) -> bytes | None:
    """Return her file on its way in, or None."""
    blob: Any = shred_store.get(UPLOAD, keys.staff.pk)
    if blob is None:
        return None
    try:
        return unpad(keys.private.open(blob[DAY:], "upload", keys.staff.pk))
    except DoesNotOpen:
        return None


def drop_upload(*, keys: Keyring) -> None:
    """Destroy her file on its way in."""
    shred_store.drop(UPLOAD, [keys.staff.pk])


def drop_uploads_before(day: date, *, society: UUID | None) -> int:
    """Destroy files that were sealed last before a day, of one society or of all; returns how many."""
    old = [owner for owner in shred_store.keys_of(UPLOAD, society) if _sealed_before(day, owner)]
    shred_store.drop(UPLOAD, old)
    return len(old)


def _sealed_before(day: date, owner: UUID) -> bool:
    blob = shred_store.get(UPLOAD, owner)
    if blob is None:
        return False
    try:
        return date.fromisoformat(blob[:DAY].decode()) < day
    except ValueError:
        # From a time when no day stood there: it opens for nobody now.
        return True
