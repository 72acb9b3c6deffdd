"""Who runs a self-assessment, who reads what came of it, who edits the texts. Levels are given by whoever was named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.accounts.words import Role

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def runs_assessments(staff: Staff) -> bool:
    return staff.is_focal_point


def reads_assessments(staff: Staff) -> bool:
    """Focal points, and branch coordinators: what was agreed and planned, never who gave which level."""
    return bool(staff.has_role(Role.FOCAL_POINT, Role.BRANCH_COORDINATOR))


def edits_texts(staff: Staff) -> bool:
    return bool(staff.has_role(Role.NETWORK_COORDINATOR))


def finds_it_in_the_menu(staff: Staff) -> bool:
    return reads_assessments(staff) or edits_texts(staff)
