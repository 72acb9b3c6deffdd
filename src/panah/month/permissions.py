"""Who reads the numbers of a month, and who sees how much each colleague has in hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.accounts.roles import Permission, may

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def reads_society(staff: Staff) -> bool:
    """The data officer and the focal points read all branches."""
    return may(staff, Permission.MONTH_READ_ALL)


def may_read(staff: Staff) -> bool:
    """A branch coordinator reads the own branch."""
    return may(staff, Permission.MONTH_READ)


def sees_caseload(staff: Staff) -> bool:
    """Who gives work out: focal points over all branches, a branch coordinator over the own one."""
    return may(staff, Permission.MONTH_CASELOAD)
