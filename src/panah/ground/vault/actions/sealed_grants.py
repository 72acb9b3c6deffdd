"""Grants that are sealed now and written later, by the node: see ``vault/later.py``."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from panah.ground.vault import events
from panah.ground.vault.actions.files import for_staff, keep_grant
from panah.ground.vault.actions.journal_by_day import record_by_day
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.models import File, Grant, StaffKey
from panah.ground.vault.queries import holders
from panah.ground.vault.seals import DoesNotOpen

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# What is kept of a grant until it is written: as JSON has it.
SealedGrant = Mapping[str, str]


def seal_grant(
    *, keys: Keyring, file: UUID, to: Staff, waiting: SealedGrant | None = None
) -> dict[str, str] | None:
    """Seal a file to a colleague, to be written later; None when these keys do not open it, or she has no key.

    ``waiting`` is a grant to the asker that is not written yet.
    """
    key = StaffKey.objects.filter(staff=to, admitted_at__isnull=False, staff__is_active=True).first()
    if key is None:
        return None
    try:
        secret = keys.secret(file)
    except DoesNotOpen:
        if waiting is None:
            return None
        try:
            secret = keys.private.open(b64decode(waiting["sealed"]), "grant", file, keys.staff.pk)
        except DoesNotOpen:
            return None
    keys.must_trust(key)
    made = for_staff(file, key, secret)
    return {"sealed": b64encode(made.sealed).decode(), "mark": bytes(key.mark).hex()}


@transaction.atomic
def write_grant(*, file: UUID, to: Staff, kept: SealedGrant, at: datetime) -> bool:
    """Write a grant that was sealed earlier; returns whether the colleague opens the file now."""
    if to in holders(file):
        return True
    there = File.objects.filter(pk=file, society=to.society_id, erasing_since=None, erased_at=None).exists()
    mark = bytes.fromhex(kept["mark"])
    if not there or not StaffKey.objects.filter(staff=to, mark=mark, admitted_at__isnull=False).exists():
        return False
    keep_grant(Grant(file_id=file, staff=to, sealed=b64decode(kept["sealed"]), sealed_to=mark))
    record_by_day(event=events.GRANTED, by=to, at=at, about=file, facts={"to": str(to.pk)})
    return True
