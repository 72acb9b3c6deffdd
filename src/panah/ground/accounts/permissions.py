"""Who keeps the list of colleagues and the roster: the focal points of the society."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.models import Staff
from panah.ground.accounts.roles import Permission, focal_point_only, may
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
        raise focal_point_only()


def must_be_of(society: UUID, *people: Staff) -> None:
    """Refuse what is about a colleague of another society."""
    if any(person.society_id != society for person in people):
        raise other_society()


def other_society() -> Refusal:
    return Refusal(
        _("This colleague works for another society."),
        next_step=_("Choose a colleague of your own society."),
        code="other-society",
    )


def must_not_be_oneself(by: Staff, staff: Staff) -> None:
    """Refuse what a focal point does for others alone."""
    if by.pk == staff.pk:
        raise Refusal(
            _("You cannot do this for yourself."),
            next_step=_("Ask the other focal point."),
            code="not-oneself",
        )
