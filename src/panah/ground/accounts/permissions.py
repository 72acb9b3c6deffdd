"""Who keeps the list of colleagues and the roster: the focal points of the society."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.models import Staff
from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.errors import Refusal

if TYPE_CHECKING:
    from panah.ground.network.models import Society


def manages_staff(staff: Staff, society: Society) -> bool:
    """Say whether this colleague keeps the society's colleagues and roster."""
    return may(staff, Permission.ACCOUNTS_KEEP) and staff.society_id == society.pk


def is_staff_manager(staff: Staff) -> bool:
    """Say whether this colleague keeps her own society's list: for the menu."""
    return may(staff, Permission.ACCOUNTS_KEEP)


def require_staff_manager(staff: Staff, society: Society) -> None:
    """Refuse everyone but the focal points of the society."""
    if not manages_staff(staff, society):
        raise Refusal(
            _("Only a focal point can do this."),
            next_step=_("Ask a focal point of your society."),
            code="focal-point-only",
        )
