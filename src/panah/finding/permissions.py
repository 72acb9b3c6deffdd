"""Who may look for a person, and who lets a question of another society be compared."""

from typing import Any


def may_find(staff: Any) -> bool:
    """Caseworkers (their own cases) and focal points (all)."""
    return staff is not None and staff.has_role("caseworker", "focal_point")


def may_compare(staff: Any) -> bool:
    """Focal points: they hold the search key."""
    return staff is not None and staff.has_role("focal_point")
