"""Who may look for a person, and who lets a question of another society be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.accounts.roles import Permission, may

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def may_find(staff: Staff) -> bool:
    """Caseworkers (their own cases) and focal points (all)."""
    return may(staff, Permission.FINDING_FIND)


def may_compare(staff: Staff) -> bool:
    """Focal points: they hold the search key."""
    return may(staff, Permission.FINDING_COMPARE)
