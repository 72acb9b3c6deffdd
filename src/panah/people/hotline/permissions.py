"""Who may do what on the hotline. Access to a contact is holding its line's key (see queries.visible)."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, may
from panah.ground.approvals.acts import ACTS, Act
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.queries import leading_since, lines_held

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


# Whoever answers takes the request down; two focal points decide, each alone.
AUTHORITY = ACTS.register(
    "hotline:authority",
    Act(
        "hotline:authority",
        _("Decide what an authority asks for"),
        Permission.HOTLINE_AUTHORITY,
        Permission.HOTLINE_LEAD,
        leading_since,
    ),
)


def leads(staff: Staff) -> bool:
    """A focal point keeps the lines, sees every contact of the society and decides requests."""
    return may(staff, Permission.HOTLINE_LEAD)


def answers(staff: Staff) -> bool:
    """An operator holds the key of at least one line."""
    return staff is not None and staff.is_active and bool(lines_held(staff))


def works_with_calls(staff: Staff) -> bool:
    """Who finds the list of calls and the log: whoever has the role, or holds the key of a line."""
    return may_see_calls(staff) or answers(staff)


def may_see_calls(staff: Staff) -> bool:
    """Who finds *Calls* in the menu: by role, so that the menu costs no query."""
    return may(staff, Permission.HOTLINE_CALLS)


# Who gives the key of a line.
GIVES_IT = _("Ask a focal point to give it to you.")


def must_hold_line(staff: Staff, line: UUID, *, next_step: Promise = GIVES_IT) -> None:
    """Refuse whoever does not hold the key of a line."""
    if line not in lines_held(staff):
        raise Refusal(
            _("You do not hold the key of this line."), next_step=next_step, code="no-line-key", status=403
        )
