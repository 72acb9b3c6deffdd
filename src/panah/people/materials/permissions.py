"""Who writes materials, and who publishes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.accounts.words import Role

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def writes(staff: Staff | None) -> bool:
    """Focal points and branch coordinators know what people take along."""
    return staff is not None and bool(staff.has_role(Role.FOCAL_POINT, Role.BRANCH_COORDINATOR))


def publishes(staff: Staff | None) -> bool:
    """What stands at the public door in the society's name is decided for all of its branches."""
    return staff is not None and staff.is_focal_point
