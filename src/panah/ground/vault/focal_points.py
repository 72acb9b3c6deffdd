"""Who is a focal point: by the society's signature, not by a row that whoever can write in the database could add."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from panah.ground.accounts.queries import held_since, roles_held, with_role
from panah.ground.vault.keyring import Keyring, current_key
from panah.ground.vault.models import FocalPointAttestation, StaffKey
from panah.ground.vault.pin_record import attestation_body
from panah.ground.vault.seals import signed
from panah.ground.vault.trusted_staff_keys import trusted_staff_keys
from panah.ground.vault.words import KeyKind


def named_ids(society: UUID) -> set[UUID]:
    """Return whom the signing key in force names as focal points; nobody before the ceremony."""
    key = current_key(society, KeyKind.SIGNING)
    rows = FocalPointAttestation.objects.filter(society=society) if key else ()
    return {
        row.staff_id
        for row in rows
        if key and signed(bytes(key.public), bytes(row.signature), *attestation_body(society, row.staff_id))
    }


def focal_point_ids(society: UUID) -> set[UUID]:
    """Return the society's focal points: at work, with the role, an admitted key, and named by the society."""
    named = named_ids(society) & held_since(society, "focal_point").keys()
    admitted = [pk for pk, key in trusted_staff_keys(named).items() if key.admitted_at is not None]
    return {one.pk for one in with_role(society, "focal_point") if one.pk in admitted}


def leading_since(society: UUID) -> dict[UUID, datetime]:
    """Return the society's focal points, and since when each has been one with the key she has now."""
    since, keys = held_since(society, "focal_point"), admitted_since(society)
    return {staff: max(since[staff], keys[staff]) for staff in focal_point_ids(society) if staff in keys}


def admitted_since(society: UUID) -> dict[UUID, datetime]:
    """Return the colleagues at work whose key is admitted, and since when the key that each has now is."""
    keys = trusted_staff_keys(roles_held(society))
    return {pk: max(key.admitted_at, key.made_at) for pk, key in keys.items() if key.admitted_at is not None}


def holding_since(society: UUID, role: str) -> dict[UUID, datetime]:
    """Return who holds a role with an admitted key, and since when both count."""
    roles, keys = held_since(society, role), admitted_since(society)
    return {staff: max(since, keys[staff]) for staff, since in roles.items() if staff in keys}


def must_lead(keys: Keyring, people: Iterable[StaffKey]) -> None:
    """Refuse when one of them was named by another signing key than the one this colleague pinned."""
    wanted = list(people)
    rows = (
        FocalPointAttestation.objects.filter(staff__in=[person.staff_id for person in wanted])
        if wanted
        else ()
    )
    found = {row.staff_id: bytes(row.signature) for row in rows}
    for person in wanted:
        said = found.get(person.staff_id, b"")
        keys.must_be_named(said, *attestation_body(person.staff.society_id, person.staff_id))
