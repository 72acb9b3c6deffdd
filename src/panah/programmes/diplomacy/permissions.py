"""Who reads and keeps the commitments, who signs them off, who leads a dialogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.errors import Refusal

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
    if not keeps(by):
        raise Refusal(
            _("A focal point or the network coordinator keeps the commitments."),
            next_step=_("Tell one of them what should change."),
            code="not-yours-to-keep",
            status=403,
        )


def must_decide(by: Staff) -> None:
    if not decides(by):
        raise Refusal(
            _("A focal point decides this."),
            next_step=_("Ask one of them."),
            code="focal-point-only",
            status=403,
        )
