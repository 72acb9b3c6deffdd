"""Who keeps the register of volunteers: the branch's coordinator hers, focal points the society's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.accounts.words import Role
from panah.programmes.volunteers.kept_branches import keeps_all_branches, keeps_volunteers

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.programmes.volunteers.models import Volunteer


def keeps(staff: Staff, volunteer: Volunteer) -> bool:
    """Whoever keeps the volunteer's own branch: others, where somebody helps too, only read."""
    return keeps_volunteers(staff) and (keeps_all_branches(staff) or staff.branch_id == volunteer.branch_id)


def receives(staff: Staff, volunteer: Volunteer) -> bool:
    """Whoever keeps the branch that was asked to take over."""
    if volunteer.moving_to_id is None or not keeps_volunteers(staff):
        return False
    return keeps_all_branches(staff) or staff.branch_id == volunteer.moving_to_id


def decides(staff: Staff | None) -> bool:
    """Vetting, incidents, who signs in: a focal point."""
    return staff is not None and staff.is_focal_point


def counts(staff: Staff | None) -> bool:
    """The numbers by sex and age: whoever keeps the register, and the data officer."""
    return keeps_volunteers(staff) or (staff is not None and bool(staff.has_role(Role.DATA_OFFICER)))
