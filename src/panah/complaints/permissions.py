"""Who names and confirms the second reader. A matter itself opens by the grant on its file, by no role."""

from typing import Any


def leads(staff: Any) -> bool:
    return staff is not None and bool(staff.has_role("focal_point"))


def is_officer(staff: Any) -> bool:
    return staff is not None and bool(staff.has_role("data_protection_officer"))


def may_confirm(staff: Any, *, named: Any, officers: list[Any]) -> bool:
    """The officer confirms; where there is none, another focal point than the one who named. Never the one named."""
    if staff.pk in (named.named_by_id, named.staff_id):
        return False
    return is_officer(staff) if officers else leads(staff)


def may_gather(staff: Any, case: Any) -> bool:
    """Whoever holds the case, and the focal points, gather what is kept; a colleague who was let in does not."""
    return leads(staff) or staff.pk == case.owner_id
