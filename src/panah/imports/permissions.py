"""Who brings cases in, and who takes them out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.cases.permissions import leads, works_on_cases

if TYPE_CHECKING:
    from panah.accounts.models import Staff


def may_import(staff: Staff) -> bool:
    """A focal point: she may read every case of the society anyway."""
    return leads(staff)


def may_export(staff: Staff) -> bool:
    """Whoever works on cases, those that she can open."""
    return works_on_cases(staff)
