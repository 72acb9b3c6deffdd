"""Who reads the numbers of a month, and who sees how much each colleague has in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.accounts.words import Role

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def reads_society(staff: Staff) -> bool:
    """The data officer and the focal points read all branches."""
    return staff is not None and bool(staff.has_role(Role.DATA_OFFICER, Role.FOCAL_POINT))


def may_read(staff: Staff) -> bool:
    """A branch coordinator reads the own branch."""
    return reads_society(staff) or (staff is not None and bool(staff.has_role(Role.BRANCH_COORDINATOR)))


def sees_caseload(staff: Staff) -> bool:
    """Who gives work out: focal points over all branches, a branch coordinator over the own one."""
    return staff is not None and bool(staff.has_role(Role.FOCAL_POINT, Role.BRANCH_COORDINATOR))
