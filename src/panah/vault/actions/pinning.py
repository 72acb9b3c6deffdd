"""What a colleague pins of her society's keys when she opens her vault, and how a lost pin is noticed."""

from datetime import datetime
from typing import Any
from uuid import UUID

from panah.audit import actions as audit
from panah.audit import queries as journal
from panah.vault import events, pins
from panah.vault.keyring import Keyring
from panah.vault.models import SocietyKey, StaffKey
from panah.vault.seals import signed
from panah.vault.words import KeyKind


def pin(*, staff: Any, seed: bytes, at: datetime, must_exist: bool) -> pins.Record:
    """Bring the record of whoever opens her vault up to date and return it, or refuse with PinGone.

    ``must_exist``: her wrapped key says that a record was made with it. Called inside a transaction.
    The society's signing key is pinned at the first sign-in after admission, and never again.
    """
    row = StaffKey.objects.select_for_update().get(staff=staff)
    known = pins.opened(row, seed=seed)
    if known is None and must_exist:
        raise pins.PinGone
    record = known or pins.Record()
    if record.count < written_down(staff):
        raise pins.PinGone
    if not record.signing and row.admitted_at:
        record = _first(staff.society_id, record)
    higher = record.higher(_generations(staff.society_id, record.signing)) if record.signing else None
    _keep(row, seed, higher or record, at)
    return higher or record


def _first(society: UUID, record: pins.Record) -> pins.Record:
    key = SocietyKey.objects.filter(society=society, kind=KeyKind.SIGNING, retired_at=None).first()
    return pins.Record(bytes(key.public), record.seen, record.count + 1) if key else record


def _generations(society: UUID, signing: bytes) -> dict[str, int]:
    """Return the highest generation of each key that the signing key signed."""
    found: dict[str, int] = {}
    for key in SocietyKey.objects.filter(society=society).order_by("generation"):
        what = (society, key.kind, key.line or "", key.generation, bytes(key.public))
        if signed(signing, bytes(key.signature), "society key", *what):
            found[pins.name_of(key.kind, key.line)] = key.generation
    return found


def _keep(row: StaffKey, seed: bytes, record: pins.Record, at: datetime) -> None:
    before = pins.opened(row, seed=seed) if row.pins else None
    if before == record:
        return
    row.pins = pins.close(record, seed=seed, staff=row.staff_id)
    row.save(update_fields=["pins"])
    if record.count:
        # The journal remembers how far the record was: an older copy put back stands out.
        audit.record(event=events.PINNED, by=row.staff, at=at, facts={"count": record.count})


def written_down(staff: Any) -> int:
    """Return how far the record of her present key was by what the journal says; 0 when it says nothing."""
    newest = journal.newest_by(staff, events=[events.PINNED.name, events.KEY_MADE.name])
    return int(newest.facts["count"]) if newest and newest.event == events.PINNED.name else 0


def pin_signing_key(*, keys: Keyring, signing: bytes, at: datetime) -> None:
    """Pin the signing key that this colleague has just made herself."""
    record = pins.Record(signing, keys.record.seen, keys.record.count + 1)
    row = StaffKey.objects.select_for_update().select_related("staff").get(staff=keys.staff)
    _keep(row, keys.private.seed, record, at)
