"""Who reads the register of figures, who writes in it, who clears what may be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.ground.accounts.roles import Permission, may, require
from panah.ground.foundation.errors import Refusal

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def reads(staff: Staff | None) -> bool:
    """Every colleague."""
    return staff is not None


def writes(staff: Staff | None) -> bool:
    """Registers sources, enters and corrects figures, writes what may be said."""
    return may(staff, Permission.FIGURES_WRITE)


def must_write(by: Staff) -> None:
    require(
        by,
        Permission.FIGURES_WRITE,
        _("Data officers, focal points and the network coordinator keep the register of figures."),
        _("Tell one of them what you read, and where."),
        "not-yours-to-keep",
    )


def clears(staff: Staff | None) -> bool:
    """Clears what another has written for everybody."""
    return may(staff, Permission.FIGURES_CLEAR)


def must_clear(by: Staff) -> None:
    require(by, Permission.FIGURES_CLEAR)


def clears_brief(staff: Staff | None, *, concerned: object) -> bool:
    """Speaks for the society whose country a brief is about: one of its focal points."""
    return clears(staff) and staff is not None and staff.society_id == concerned


def must_clear_brief(by: Staff, *, concerned: object) -> None:
    if not clears_brief(by, concerned=concerned):
        raise Refusal(
            _("A focal point of the society concerned clears this."),
            next_step=_("Ask one of them."),
            code="not-yours-to-clear",
            status=403,
        )
