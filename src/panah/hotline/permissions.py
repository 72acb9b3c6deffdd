"""Who may do what on the hotline. Access to a contact is holding its line's key (see queries.visible)."""

from typing import Any

from panah.vault.queries import lines_held


def leads(staff: Any) -> bool:
    """A focal point keeps the lines, sees every contact of the society and decides requests."""
    return staff is not None and bool(staff.has_role("focal_point"))


def answers(staff: Any) -> bool:
    """An operator holds the key of at least one line."""
    return staff is not None and staff.is_active and bool(lines_held(staff))


def works_with_calls(staff: Any) -> bool:
    """Who finds the list of calls and the log: whoever has the role, or holds the key of a line."""
    return may_see_calls(staff) or answers(staff)


def may_see_calls(staff: Any) -> bool:
    """Who finds *Calls* in the menu: by role, so that the menu costs no query."""
    return staff is not None and bool(staff.has_role("hotline_operator", "focal_point"))
