"""Whose keys two people decide about: focal points, data protection officers, and readers of complaints."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.accounts.queries import held_since, with_role
from panah.ground.accounts.words import Role
from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

ROLES = (Role.FOCAL_POINT.value, Role.DATA_PROTECTION_OFFICER.value)

# Who else reads in a society what no role opens.
READERS: Registry[Callable[[UUID], set[UUID]]] = Registry("readers whose keys two people decide about")


def is_guarded(staff: Staff) -> bool:
    """Say whether a new key, or the end, of this colleague is for two people to decide."""
    holds = any(staff.pk in held_since(staff.society_id, role) for role in ROLES)
    return holds or any(staff.pk in find(staff.society_id) for find in READERS)


def told_about(staff: Staff, society: UUID) -> list[Staff]:
    """Return who is told at once and can stop it: focal points, data protection officers, and the one it is about."""
    return list({one.pk: one for one in [*with_role(society, *ROLES), staff]}.values())
