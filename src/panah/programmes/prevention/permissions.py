"""Who plans peer education and campaigns, who adds goals, who reads the numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.accounts.roles import Permission, may
from panah.programmes.volunteers.permissions import keeps_all_branches, keeps_volunteers

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def plans(staff: Staff | None) -> bool:
    """Whoever keeps the register of volunteers plans what they do, in the same branches."""
    return keeps_volunteers(staff)


def plans_everywhere(staff: Staff) -> bool:
    return keeps_all_branches(staff)


def adds_goals(staff: Staff) -> bool:
    return may(staff, Permission.PREVENTION_GOALS)


def writes_narrative(staff: Staff) -> bool:
    """Whoever sees the numbers of the whole society, and answers for what is said of them."""
    return may(staff, Permission.PREVENTION_NARRATIVE)


def reads_report(staff: Staff | None) -> bool:
    """Whoever plans, and the data officer, who counts and releases figures."""
    return plans(staff) or may(staff, Permission.PREVENTION_REPORT)
