"""Who reads and keeps the commitments, who signs them off, who leads a dialogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.ground.accounts.roles import Permission, may, require

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def keeps(staff: Staff) -> bool:
    """Drafts commitments, adds evidence, says how far they are, makes reports and leads dialogues."""
    return may(staff, Permission.DIPLOMACY_KEEP)


def reads(staff: Staff) -> bool:
    """Those who keep them, and branch coordinators and data officers, whose work they concern."""
    return may(staff, Permission.DIPLOMACY_READ)


def decides(staff: Staff) -> bool:
    """Signs off what another has drafted, and clears what leaves."""
    return may(staff, Permission.DIPLOMACY_DECIDE)


def must_keep(by: Staff) -> None:
    require(
        by,
        Permission.DIPLOMACY_KEEP,
        _("A focal point or the network coordinator keeps the commitments."),
        _("Tell one of them what should change."),
        "not-yours-to-keep",
    )


def must_decide(by: Staff) -> None:
    require(by, Permission.DIPLOMACY_DECIDE)
