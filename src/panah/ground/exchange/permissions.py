"""Who pairs, and who looks after what is stuck: the focal points. Others see with whom their society is paired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.ground.accounts.roles import Permission, focal_point_only, may

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def pairs(staff: Staff) -> bool:
    """Say whether this colleague pairs for her society."""
    return may(staff, Permission.EXCHANGE_PAIR)


def require_pairing(staff: Staff) -> None:
    """Refuse everyone but focal points."""
    if not pairs(staff):
        raise focal_point_only()
