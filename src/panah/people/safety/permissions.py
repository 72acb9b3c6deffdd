"""Who keeps the register of interpreters, and who finds it. A report of a threat opens by its grant, by no role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.accounts.roles import Permission, may

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def leads(staff: Staff) -> bool:
    return may(staff, Permission.SAFETY_LEAD)


def names_interpreters(staff: Staff) -> bool:
    """Whoever speaks with people may look for somebody who interprets."""
    return may(staff, Permission.SAFETY_INTERPRETERS)
