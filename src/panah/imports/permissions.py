"""Who brings cases in, and who takes them out."""

from typing import Any

from panah.cases.permissions import leads, works_on_cases


def may_import(staff: Any) -> bool:
    """A focal point: she may read every case of the society anyway."""
    return leads(staff)


def may_export(staff: Any) -> bool:
    """Whoever works on cases, those that she can open."""
    return works_on_cases(staff)
