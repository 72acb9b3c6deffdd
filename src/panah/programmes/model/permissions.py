"""Who runs a self-assessment, who reads what came of it, who edits the texts. Levels are given by whoever was named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.accounts.roles import Permission, may

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def runs_assessments(staff: Staff) -> bool:
    return may(staff, Permission.MODEL_RUN)


def reads_assessments(staff: Staff) -> bool:
    """Focal points, and branch coordinators: what was agreed and planned, never who gave which level."""
    return may(staff, Permission.MODEL_READ)


def edits_texts(staff: Staff) -> bool:
    return may(staff, Permission.MODEL_TEXTS)


def finds_it_in_the_menu(staff: Staff) -> bool:
    return reads_assessments(staff) or edits_texts(staff)
