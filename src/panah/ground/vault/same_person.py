"""Accounts that may belong to one person: admitted by one colleague, known to no second."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.request_cache import cached_per_request
from panah.ground.vault.models import StaffKey

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Two people are needed to give these roles, so that nobody says it as the account that is in doubt.


@cached_per_request
def known_through_one(staff: Staff) -> set[UUID]:
    """Return those who may be the same person as this colleague; one query.

    Those whom she admitted and nobody else knows. While nobody else knows her: who admitted her, and the others that
    this colleague admitted.
    """
    unknown = StaffKey.objects.filter(admitted_at__isnull=False, admitted_by__isnull=False, known_by=None)
    admitted_her = unknown.filter(staff=staff).values("admitted_by")
    rows = unknown.filter(Q(admitted_by=staff) | Q(admitted_by__in=admitted_her))
    return {one for pair in rows.values_list("staff", "admitted_by") for one in pair} - {staff.pk}


def may_say_known(by: Staff, staff: Staff) -> bool:
    """Say whether this colleague can be the second who knows the other one."""
    if by.pk == staff.pk or not may(by, Permission.VAULT_KNOW):
        return False
    rows = StaffKey.objects.filter(staff=staff, staff__society=by.society_id, admitted_at__isnull=False)
    return rows.filter(admitted_by__isnull=False, known_by=None).exclude(admitted_by=by).exists()


def admitted_by(staff: Staff) -> Staff | None:
    """Return who admitted a colleague's key, None for the keys of a ceremony."""
    row = StaffKey.objects.filter(staff=staff).select_related("admitted_by").first()
    return row.admitted_by if row else None


def say_known(staff: Staff, by: Staff) -> None:
    """Write down who the second is."""
    StaffKey.objects.filter(staff=staff, known_by=None).update(known_by=by)
