"""Who reads the network's space, who keeps what the society says there, who is a guest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.ground.accounts.guests import is_guest
from panah.ground.accounts.roles import Permission, may, require

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def reads(staff: Staff | None) -> bool:
    """Every colleague; guests read a page of their own."""
    return staff is not None and staff.is_active and not is_guest(staff)


def keeps(staff: Staff | None) -> bool:
    """Writes what the society says of itself, good practices and meetings."""
    return may(staff, Permission.COOPERATION_KEEP)


def decides(staff: Staff | None) -> bool:
    """Says what leaves the society, reviews for others, publishes what another wrote, gives guest seats."""
    return may(staff, Permission.COOPERATION_DECIDE)


def must_keep(by: Staff) -> None:
    require(
        by,
        Permission.COOPERATION_KEEP,
        _("A focal point or the network coordinator keeps this."),
        _("Tell one of them what should change."),
        "not-yours-to-keep",
    )


def must_decide(by: Staff) -> None:
    require(by, Permission.COOPERATION_DECIDE)
