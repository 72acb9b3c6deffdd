"""Who sees what arrived: whoever can open it or is on duty for it, and the focal points."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from panah.accounts.queries import on_duty
from panah.accounts.words import DutyKind, Role
from panah.vault.queries import holds_intake_key

if TYPE_CHECKING:
    from panah.accounts.models import Staff


def opens_arrivals(staff: Staff) -> bool:
    """Hold the intake key in force: with it what arrives can be opened."""
    return staff is not None and staff.is_active and holds_intake_key(staff)


def sees_arrivals(staff: Staff, *, at: datetime) -> bool:
    """Say whether a colleague sees all that arrived for the society, from the outside."""
    if staff is None or not staff.is_active:
        return False
    if staff.has_role(Role.FOCAL_POINT, Role.INTAKE) or holds_intake_key(staff):
        return True
    return staff in on_duty(staff.society_id, DutyKind.INTAKE, at=at)


def finds_inbox(staff: Staff) -> bool:
    """Who finds the inbox in the menu: also who holds cases, since answers about them arrive sealed."""
    if staff is None:
        return False
    return bool(staff.has_role(Role.FOCAL_POINT, Role.INTAKE, Role.CASEWORKER)) or holds_intake_key(staff)
