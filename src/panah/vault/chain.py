"""From one signing key of a society to the next: what a colleague accepts who pinned the one before.

A focal point who leaves has held the signing key D, and may keep a copy. So D alone must not be able to name its own
successor: two focal points who stay countersign the new one, each with a key derived from her own staff key, whose
public half every colleague pinned beside D at an earlier sign-in. Docs: decisions/0006.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from panah.vault.models import SocietyKey, StaffKey
from panah.vault.seals import DoesNotOpen, derive, lock, signed, signing_public, unlock
from panah.vault.words import KeyKind

# One more than the leaver's own.
COUNTERSIGNED_BY = 2


@dataclass(frozen=True)
class Link:
    """A signing key as its row says: who signed it, and who countersigned it (staff id to signature)."""

    society: UUID
    generation: int
    public: bytes
    signature: bytes
    countersigned: Mapping[str, bytes]


def accepts_new_signing_key(
    pinned: bytes, vouchers: Mapping[str, bytes], chain: Iterable[Link]
) -> Link | None:
    """Return the newest link that leads on from the pinned key, or None when nothing does.

    A link counts when the key before it signed it and two of the ``vouchers`` (staff id to public key) did too.
    """
    trusted, reached = pinned, None
    for link in sorted(chain, key=lambda one: one.generation):
        what = ("society key", link.society, KeyKind.SIGNING, "", link.generation, link.public)
        if link.public == trusted or not signed(trusted, link.signature, *what):
            continue
        bits = vouched_for(link.society, link.generation, trusted, link.public)
        good = [
            who
            for who, signature in link.countersigned.items()
            if who in vouchers and signed(vouchers[who], signature, *bits)
        ]
        if len(good) >= COUNTERSIGNED_BY:
            trusted, reached = link.public, link
    return reached


def vouched_for(society: UUID, generation: int, old: bytes, new: bytes) -> tuple[Any, ...]:
    """Return what a countersignature is over."""
    return ("new signing key", society, generation, old, new)


def voucher(seed: bytes) -> bytes:
    """Return the seed of the Ed25519 key by which the owner of a staff key countersigns."""
    return derive(seed, "vouches")


def voucher_public(seed: bytes) -> bytes:
    return signing_public(voucher(seed))


def chain_of(society: UUID) -> list[Link]:
    """Return the signing keys of a society that are in force or were, oldest first."""
    rows = SocietyKey.objects.filter(society=society, kind=KeyKind.SIGNING, waits=False).order_by(
        "generation"
    )
    return [
        Link(
            row.society_id,
            row.generation,
            bytes(row.public),
            bytes(row.signature),
            {who: bytes.fromhex(signature) for who, signature in row.countersigned.items()},
        )
        for row in rows
    ]


def pinned_vouchers(row: StaffKey, seed: bytes) -> dict[str, bytes]:
    """Return the countersigning keys that a colleague pinned; empty when there are none or they do not open."""
    if not row.vouchers:
        return {}
    try:
        kept = json.loads(unlock(derive(seed, "vouchers"), bytes(row.vouchers), "vouchers", row.staff_id))
    except DoesNotOpen:
        return {}
    return {who: bytes.fromhex(public) for who, public in kept.items()}


def lock_vouchers(staff: UUID, seed: bytes, vouchers: Mapping[str, bytes]) -> bytes:
    body = json.dumps({who: public.hex() for who, public in vouchers.items()})
    return lock(derive(seed, "vouchers"), body.encode(), "vouchers", staff)


def pin(row: StaffKey, seed: bytes, public: bytes) -> None:
    """Put a signing key into a colleague's row as the one she trusts (not saved)."""
    row.pinned = lock(derive(seed, "pin"), public, "pin", row.staff_id)


def follow(row: StaffKey, seed: bytes, pinned: bytes, society: UUID) -> bytes:
    """Move a colleague's pin along the chain as far as it holds; returns the key she trusts now.

    With the new key only those who countersigned it stay pinned: whoever left can vouch for nothing any more.
    """
    vouchers = pinned_vouchers(row, seed)
    link = accepts_new_signing_key(pinned, vouchers, chain_of(society))
    if link is None:
        return pinned
    kept = {who: public for who, public in vouchers.items() if who in link.countersigned}
    pin(row, seed, link.public)
    row.vouchers = lock_vouchers(row.staff_id, seed, kept)
    row.save(update_fields=["pinned", "vouchers"])
    return link.public


def meet_vouchers(row: StaffKey, seed: bytes, people: Iterable[StaffKey]) -> None:
    """Pin the countersigning keys of focal points whom this colleague has not met yet. The first one seen stays."""
    known = pinned_vouchers(row, seed)
    fresh = {str(p.staff_id): bytes(p.vouches) for p in people if p.vouches and str(p.staff_id) not in known}
    if fresh:
        row.vouchers = lock_vouchers(row.staff_id, seed, known | fresh)
        row.save(update_fields=["vouchers"])
