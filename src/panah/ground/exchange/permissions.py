"""Who pairs, and who looks after what is stuck: the focal points. Others see with whom their society is paired."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, may, require

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def pairs(staff: Staff) -> bool:
    """Say whether this colleague pairs for her society."""
    return may(staff, Permission.EXCHANGE_PAIR)


def require_pairing(staff: Staff) -> None:
    """Refuse everyone but focal points."""
    require(
        staff,
        Permission.EXCHANGE_PAIR,
        _("Only a focal point can do this."),
        _("Ask a focal point of your society."),
        status=409,
    )
