"""Who may look for a person."""

from typing import Any


def may_find(staff: Any) -> bool:
    """Caseworkers (their own cases) and focal points (all)."""
    return staff is not None and staff.has_role("caseworker", "focal_point")
