"""Keeping what a colleague remembers of her society's keys (``pin_record.py``): read, moved with the chain, journalled.

Everything that changes a record goes through here: it is read under a lock, must be no older than what was known, and
the journal gets its new count, so that an older copy put back stands out.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from panah.ground.audit import actions as audit
from panah.ground.audit import queries as audit_queries
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.vault import events, pin_record, signing_key_chain
from panah.ground.vault.models import SocietyKey, StaffKey
from panah.ground.vault.seals import signed
from panah.ground.vault.words import KeyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.pin_record import PinRow


def record_of(staff: Staff, *, seed: bytes, at_least: int = 0) -> pin_record.PinRecord:
    """Return what she remembers; PinGone when it was taken away, or is older than the journal or ``at_least`` says."""
    row = next(iter(_records(staff=staff.pk)), None)
    found = pin_record.opened(row, seed=seed) if row else None
    if max(at_least, journalled_version(staff)) > (found.count if found else 0):
        raise pin_record.PinGone
    return found or pin_record.PinRecord()


@prepared
def _records(staff: UUID) -> QuerySet[StaffKey, PinRow]:
    return StaffKey.objects.filter(staff=staff).values_list("staff_id", "pins", "pinned", named=True)


def journalled_version(staff: Staff) -> int:
    """Return how far the record of her present key was by what the journal says; 0 when it says nothing."""
    newest = audit_queries.newest_by(staff, events=[events.PINNED.name, events.KEY_MADE.name])
    return int(newest.facts["count"]) if newest and newest.event == events.PINNED.name else 0


def keep(row: StaffKey, seed: bytes, record: pin_record.PinRecord, at: datetime) -> None:
    """Write a record into her row and its count into the journal, unless they are there already."""
    before = pin_record.opened(row, seed=seed) if row.pins else None
    if before == record:
        return
    row.pins = pin_record.close(record, seed=seed, staff=row.staff_id)
    row.save(update_fields=["pins"])
    if record.count:
        # The journal remembers how far the record was: an older copy put back stands out.
        audit.record(event=events.PINNED, by=row.staff, at=at, facts={"count": record.count})


@transaction.atomic
def change(
    *,
    staff: Staff,
    seed: bytes,
    known: pin_record.PinRecord,
    how: Callable[[pin_record.PinRecord], pin_record.PinRecord],
    at: datetime,
) -> pin_record.PinRecord:
    """Change the stored record; PinGone when the stored one is older than ``known``."""
    row = StaffKey.objects.select_for_update().get(staff=staff)
    now = pin_record.opened(row, seed=seed) or pin_record.PinRecord()
    if now.count < known.count:
        raise pin_record.PinGone
    record = how(now)
    keep(row, seed, record, at)
    return record


def follow(*, staff: Staff, seed: bytes, known: pin_record.PinRecord, at: datetime) -> pin_record.PinRecord:
    """Move her record along the chain of signing keys, if it leads on from the one she pinned; returns it."""

    def how(record: pin_record.PinRecord) -> pin_record.PinRecord:
        moved = signing_key_chain.follow(record, signing_key_chain.chain_of(staff.society_id))
        return moved if moved == record else moved.changed(seen=generations(staff.society_id, moved.signing))

    return change(staff=staff, seed=seed, known=known, how=how, at=at)


def updated_record(record: pin_record.PinRecord, society: UUID) -> pin_record.PinRecord:
    """Return a record with a signing key as a sign-in leaves it: chain followed, generations seen, people met."""
    record = signing_key_chain.follow(record, signing_key_chain.chain_of(society))
    record = record.changed(seen=generations(society, record.signing))
    return signing_key_chain.meet_vouchers(record, _focal_points_signed_by(record.signing, society))


def generations(society: UUID, signing: bytes) -> dict[str, int]:
    """Return the highest generation of each key that the signing key signed.

    Without signing keys: one is seen when it is followed, and not because the one before it signed it.
    """
    found: dict[str, int] = {}
    for key in _other_keys(society=society):
        what = (society, key.kind, key.line or "", key.generation, bytes(key.public))
        if signed(signing, bytes(key.signature), "society key", *what):
            found[pin_record.name_of(key.kind, key.line)] = key.generation
    return found


@prepared
def _other_keys(society: UUID) -> QuerySet[SocietyKey]:
    return SocietyKey.objects.filter(society=society).exclude(kind=KeyKind.SIGNING).order_by("generation")


def _focal_points_signed_by(signing: bytes, society: UUID) -> list[StaffKey]:
    # Both must be signed: that the key is hers, and that she is a focal point. A row of the table says nothing.
    rows = StaffKey.objects.filter(
        staff__leads__society=society, staff__is_active=True, staff__roles__role="focal_point"
    ).select_related("staff__leads")
    return [
        row
        for row in rows
        if signed(signing, bytes(row.signature), "staff key", society, row.staff_id, bytes(row.public))
        and signed(
            signing, bytes(row.staff.leads.signature), *pin_record.attestation_body(society, row.staff_id)
        )
    ]
