"""Accounts that may belong to one person: admitted by one colleague, known to no second."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.accounts.queries import roles_held, staff_by_id
from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.request_cache import cached_per_request
from panah.ground.vault.models import StaffKey
from panah.ground.vault.trusted_staff_keys import trusted_staff_keys

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Two people are needed to give these roles, so that nobody says it as the account that is in doubt.


@cached_per_request
def known_through_one(staff: Staff) -> set[UUID]:
    """Return those who may be the same person as this colleague; one query.

    Those whom she admitted and nobody else knows. While nobody else knows her: who admitted her, and the others that
    this colleague admitted.
    """
    keys = trusted_staff_keys(roles_held(staff.society_id)).values()
    unknown = {
        key.staff: key.admitted_by
        for key in keys
        if key.admitted_at and key.admitted_by and key.known_by is None
    }
    admitted_her = unknown.get(staff.pk)
    pairs = [(one, by) for one, by in unknown.items() if one == staff.pk or by in (staff.pk, admitted_her)]
    return {one for pair in pairs for one in pair} - {staff.pk}


def may_say_known(by: Staff, staff: Staff) -> bool:
    """Say whether this colleague can be the second who knows the other one."""
    if by.pk == staff.pk or not may(by, Permission.VAULT_KNOW):
        return False
    key = trusted_staff_keys([staff.pk]).get(staff.pk) if staff.society_id == by.society_id else None
    if key is None or key.admitted_at is None or key.admitted_by is None:
        return False
    return key.known_by is None and key.admitted_by != by.pk


def admitted_by(staff: Staff) -> Staff | None:
    """Return who admitted a colleague's key, None for the keys of a ceremony."""
    key = trusted_staff_keys([staff.pk]).get(staff.pk)
    return staff_by_id(key.admitted_by) if key is not None and key.admitted_by is not None else None


def say_known(staff: Staff, by: Staff) -> None:
    """Write down who the second is."""
    StaffKey.objects.filter(staff=staff, known_by=None).update(known_by=by)
