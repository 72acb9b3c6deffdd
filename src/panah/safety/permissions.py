"""Who keeps the register of interpreters, and who finds it. A report of a threat opens by its grant, by no role."""

from typing import Any

WORKS_WITH_PEOPLE = ("hotline_operator", "caseworker", "shelter_manager", "intake", "focal_point")


def leads(staff: Any) -> bool:
    return staff is not None and bool(staff.has_role("focal_point"))


def names_interpreters(staff: Any) -> bool:
    """Whoever speaks with people may look for somebody who interprets."""
    return staff is not None and bool(staff.has_role(*WORKS_WITH_PEOPLE))
