"""Who corrects texts of the public door."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def corrects(staff: Staff | None) -> bool:
    """Focal points of every society that works on this node: the door is theirs together."""
    return staff is not None and staff.is_focal_point
