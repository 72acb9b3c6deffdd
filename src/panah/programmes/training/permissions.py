"""Who plans courses, who writes who was there, who adopts modules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.accounts.roles import Permission, may
from panah.programmes.volunteers.permissions import keeps_all_branches, keeps_volunteers

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def plans_courses(staff: Staff | None) -> bool:
    """Whoever keeps the register of volunteers plans the courses of the same branches."""
    return keeps_volunteers(staff)


def adopts_modules(staff: Staff) -> bool:
    """What a society teaches is decided for all of its branches."""
    return may(staff, Permission.TRAINING_ADOPT)


def writes_modules(staff: Staff | None) -> bool:
    """Whoever plans courses knows what is missing in them; a second person publishes it."""
    return plans_courses(staff)


def plans_everywhere(staff: Staff) -> bool:
    return keeps_all_branches(staff)
