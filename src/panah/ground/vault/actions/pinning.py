"""What a colleague pins of her society's keys when she opens her vault, and how a lost pin is noticed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.vault import pin_record, pin_store, signing_key_chain
from panah.ground.vault.keyring import Keyring, current_key
from panah.ground.vault.models import SocietyKey, StaffKey
from panah.ground.vault.pin_record import PinRecord
from panah.ground.vault.words import KeyKind

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def pin(*, staff: Staff, seed: bytes, at: datetime, must_exist: bool) -> pin_record.PinRecord:
    """Bring the record of whoever opens her vault up to date and return it, or refuse with PinGone.

    ``must_exist``: her wrapped key says that a record was made with it. Called inside a transaction.
    The society's signing key is pinned at the first sign-in after admission; from then on it moves only along the
    chain (``signing_key_chain.py``), or by six words compared by telephone.
    """
    row = StaffKey.objects.select_for_update().get(staff=staff)
    known = pin_record.opened(row, seed=seed)
    if known is None and must_exist:
        raise pin_record.PinGone
    record = known or pin_record.PinRecord()
    if record.count < pin_store.journalled_version(staff):
        raise pin_record.PinGone
    if not record.signing and row.admitted_at:
        record = _first(staff.society_id, record)
    if record.signing:
        record = pin_store.updated_record(record, staff.society_id)
    _say_how_she_vouches(row, seed)
    pin_store.keep(row, seed, record, at)
    return record


def _first(society: UUID, record: pin_record.PinRecord) -> pin_record.PinRecord:
    key = current_key(society, KeyKind.SIGNING)
    if key is None:
        return record
    return record.changed(
        signing=bytes(key.public), seen={pin_record.name_of(key.kind, None): key.generation}
    )


def _say_how_she_vouches(row: StaffKey, seed: bytes) -> None:
    # A key from before there were countersignatures, or one that somebody wrote over.
    if bytes(row.vouches) != signing_key_chain.voucher_public(seed):
        row.vouches = signing_key_chain.voucher_public(seed)
        row.save(update_fields=["vouches"])


def pin_signing_key(
    *, keys: Keyring, key: SocietyKey, at: datetime, vouchers: Mapping[str, bytes] | None = None
) -> None:
    """Pin a signing key that this colleague made, confirmed, or compared by telephone.

    ``vouchers`` are the countersigning keys that stay pinned beside it; without them, those there were.
    """
    public = bytes(key.public)

    def how(record: pin_record.PinRecord) -> pin_record.PinRecord:
        seen = pin_store.generations(key.society_id, public)
        seen[pin_record.name_of(key.kind, None)] = key.generation
        return record.changed(signing=public, seen=seen, vouchers=vouchers)

    _change(keys, how, at)


def pin_generation(*, keys: Keyring, key: SocietyKey, at: datetime) -> None:
    """Raise what this colleague has seen to a generation that she has just made."""
    if keys.pinned:
        name = pin_record.name_of(key.kind, key.line)
        _change(keys, lambda record: record.changed(seen={name: key.generation}), at)


def _change(keys: Keyring, how: Callable[[PinRecord], PinRecord], at: datetime) -> None:
    record = pin_store.change(staff=keys.staff, seed=keys.private.seed, known=keys.record, how=how, at=at)
    keys.take_record(record)
