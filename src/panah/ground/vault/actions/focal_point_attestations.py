"""Naming focal points: the society's word, signed by D, beside the row that says what a colleague does."""

from uuid import UUID

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.models import FocalPointAttestation
from panah.ground.vault.pin_record import attestation_body
from panah.ground.vault.seals import sign, signed
from panah.ground.vault.words import KeyKind


def attest_focal_point(*, society: UUID, staff: UUID, signing_seed: bytes) -> None:
    """Write down, signed by D, that a colleague is a focal point."""
    signature = sign(signing_seed, *attestation_body(society, staff))
    FocalPointAttestation.objects.update_or_create(
        staff_id=staff, defaults={"society_id": society, "signature": signature}
    )


def revoke_attestation(staff: UUID) -> None:
    """Take the society's word back. What a copy of it is worth ends with the next signing key."""
    FocalPointAttestation.objects.filter(staff=staff).delete()


def renew_attestations(*, society: UUID, before: bytes, seed: bytes) -> int:
    """Sign with a new D what the one before had signed; returns how many statements."""
    number = 0
    for row in FocalPointAttestation.objects.filter(society=society):
        what = attestation_body(society, row.staff_id)
        if signed(before, bytes(row.signature), *what):
            row.signature, number = sign(seed, *what), number + 1
            row.save(update_fields=["signature"])
    return number


def attest_earlier_focal_points(*, keys: Keyring) -> int:
    """Name the focal points of a society from before there were statements; returns how many. Only a holder of D can.

    Not whoever stands in the table today: those whose countersigning keys she pinned when she met them, and herself.
    """
    held, society = keys.holds(KeyKind.SIGNING), keys.staff.society_id
    if held is None or not keys.pinned or FocalPointAttestation.objects.filter(society=society).exists():
        return 0
    met = {*keys.record.vouchers, str(keys.staff.pk)}
    leading = [one.pk for one in with_permission(society, Permission.VAULT_LEAD) if str(one.pk) in met]
    for staff in leading:
        attest_focal_point(society=society, staff=staff, signing_seed=held.seed)
    return len(leading)
