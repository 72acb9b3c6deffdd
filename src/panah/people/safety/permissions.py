"""Who keeps the register of interpreters, and who finds it. A report of a threat opens by its grant, by no role."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

WORKS_WITH_PEOPLE = ("hotline_operator", "caseworker", "shelter_manager", "intake", "focal_point")


def leads(staff: Staff) -> bool:
    return staff is not None and staff.is_focal_point


def names_interpreters(staff: Staff) -> bool:
    """Whoever speaks with people may look for somebody who interprets."""
    return staff is not None and bool(staff.has_role(*WORKS_WITH_PEOPLE))
