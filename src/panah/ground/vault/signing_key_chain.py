"""From one signing key of a society to the next: what a colleague accepts who pinned the one before.

A focal point who leaves has held the signing key D, and may keep a copy. So D alone must not be able to name its own
successor: two focal points who stay countersign the new one, each with a key derived from her own staff key, whose
public half every colleague pinned beside D at an earlier sign-in. Docs: decisions/0006.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from panah.ground.foundation.compiled_queries import prepared
from panah.ground.vault.models import SocietyKey, StaffKey
from panah.ground.vault.pin_record import PinRecord, name_of
from panah.ground.vault.seals import Bit, derive, signed, signing_public
from panah.ground.vault.words import KeyKind

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
        bits = countersignature_body(link.society, link.generation, trusted, link.public)
        good = [
            who
            for who, signature in link.countersigned.items()
            if who in vouchers and signed(vouchers[who], signature, *bits)
        ]
        if len(good) >= COUNTERSIGNED_BY:
            trusted, reached = link.public, link
    return reached


def countersignature_body(society: UUID, generation: int, old: bytes, new: bytes) -> tuple[Bit, ...]:
    """Return what a countersignature is over."""
    return ("new signing key", society, generation, old, new)


def voucher(seed: bytes) -> bytes:
    """Return the seed of the Ed25519 key by which the owner of a staff key countersigns."""
    return derive(seed, "vouches")


def voucher_public(seed: bytes) -> bytes:
    return signing_public(voucher(seed))


def chain_of(society: UUID) -> list[Link]:
    """Return the signing keys of a society that are in force or were, oldest first."""
    return [
        Link(
            row.society_id,
            row.generation,
            bytes(row.public),
            bytes(row.signature),
            {who: bytes.fromhex(signature) for who, signature in row.countersigned.items()},
        )
        for row in _signing_keys(society=society)
    ]


@prepared
def _signing_keys(society: UUID) -> QuerySet[SocietyKey]:
    return SocietyKey.objects.filter(society=society, kind=KeyKind.SIGNING, waits=False).order_by(
        "generation"
    )


def follow(record: PinRecord, chain: Iterable[Link]) -> PinRecord:
    """Return the record moved along the chain as far as it holds, or the same one when nothing leads on.

    Only a higher generation than was seen counts. With the new key only those who countersigned it stay pinned:
    whoever left can vouch for nothing any more.
    """
    name = name_of(KeyKind.SIGNING, None)
    higher = [link for link in chain if link.generation > record.seen.get(name, 0)]
    link = accepts_new_signing_key(record.signing, record.vouchers, higher)
    return (
        record
        if link is None
        else record.changed(
            signing=link.public,
            seen={name: link.generation},
            vouchers=remaining_signers(record, link.countersigned),
        )
    )


def remaining_signers(record: PinRecord, countersigned: Iterable[str]) -> dict[str, bytes]:
    """Return the pinned countersigning keys of those who countersigned a new signing key."""
    return {who: public for who, public in record.vouchers.items() if who in set(countersigned)}


def meet_vouchers(record: PinRecord, people: Iterable[StaffKey]) -> PinRecord:
    """Pin the countersigning keys of focal points whom this colleague has not met yet. The first one seen stays."""
    met = {str(p.staff_id): bytes(p.vouches) for p in people if p.vouches}
    return record.changed(vouchers=met | dict(record.vouchers))
