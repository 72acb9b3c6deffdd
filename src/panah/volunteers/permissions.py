"""Who keeps the register of volunteers: the branch's coordinator hers, focal points the society's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.accounts.words import Role

if TYPE_CHECKING:
    from panah.accounts.models import Staff


def keeps_volunteers(staff: Staff | None) -> bool:
    return staff is not None and bool(staff.has_role(Role.FOCAL_POINT, Role.BRANCH_COORDINATOR))


def keeps_all_branches(staff: Staff) -> bool:
    """A focal point, and a coordinator whom no branch was given (the headquarters')."""
    return staff.is_focal_point or (staff.branch_id is None and keeps_volunteers(staff))
