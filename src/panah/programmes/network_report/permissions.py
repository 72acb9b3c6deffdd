"""Who prepares a society's figures, who signs them off and sends them, who reads those of all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.accounts.roles import Permission, may
from panah.programmes.volunteers.permissions import keeps_all_branches, keeps_volunteers

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def prepares(staff: Staff | None) -> bool:
    """The data officer and focal points; nobody who sees one branch alone."""
    if staff is None or not may(staff, Permission.REPORT_PREPARE):
        return False
    return keeps_all_branches(staff) or not keeps_volunteers(staff)


def signs(staff: Staff | None) -> bool:
    return may(staff, Permission.REPORT_SIGN)


def reads(staff: Staff | None) -> bool:
    """The network's coordinator reads what societies told, never a person."""
    return prepares(staff) or may(staff, Permission.REPORT_READ_ALL)
