"""Who corrects texts of the public door."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.accounts.roles import Permission, may

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def corrects(staff: Staff | None) -> bool:
    """Focal points of every society that works on this node: the door is theirs together."""
    return may(staff, Permission.PAGE_TEXTS_CORRECT)
