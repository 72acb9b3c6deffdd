"""Who writes materials, and who publishes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.accounts.roles import Permission, may

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def writes(staff: Staff | None) -> bool:
    """Focal points and branch coordinators know what people take along."""
    return may(staff, Permission.MATERIALS_WRITE)


def publishes(staff: Staff | None) -> bool:
    """What stands at the public door in the society's name is decided for all of its branches."""
    return may(staff, Permission.MATERIALS_PUBLISH)
