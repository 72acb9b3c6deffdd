"""Who names and confirms the second reader. A matter itself opens by the grant on its file, by no role."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, may
from panah.ground.approvals.acts import ACTS, Act
from panah.ground.approvals.permissions import may_decide
from panah.ground.vault import queries as vault_queries

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.cases.models import Case
    from panah.people.complaints.models import SecondReader


def confirming_since(society: UUID) -> Mapping[UUID, datetime]:
    """Return who confirms a second reader, and since when: the officers; where there is none, the focal points."""
    (officer,) = Permission.COMPLAINTS_OFFICER.roles
    return vault_queries.holding_since(society, officer) or vault_queries.leading_since(society)


# A focal point names; the officer, whom no focal point leads, confirms. Its requests are rows of this room.
SECOND_READER = ACTS.register(
    "complaints:second-reader",
    Act(
        "complaints:second-reader",
        _("Name the second reader of complaints"),
        Permission.COMPLAINTS_LEAD,
        Permission.COMPLAINTS_CONFIRM,
        confirming_since,
        waits=True,
        stopped_by=Permission.COMPLAINTS_CONFIRM,
    ),
)


def leads(staff: Staff) -> bool:
    return may(staff, Permission.COMPLAINTS_LEAD)


def is_officer(staff: Staff) -> bool:
    return may(staff, Permission.COMPLAINTS_OFFICER)


def may_confirm(staff: Staff, *, named: SecondReader, officers: list[Staff]) -> bool:
    """The officer confirms; where there is none, another focal point than the one who named. Never the one named."""
    if staff.pk in (named.named_by_id, named.staff_id):
        return False
    if not (is_officer(staff) if officers else leads(staff)):
        return False
    return may_decide(
        SECOND_READER, staff, asked_at=named.named_at, exclude={named.named_by_id, named.staff_id}
    )


def may_gather(staff: Staff, case: Case) -> bool:
    """Whoever holds the case, and the focal points, gather what is kept; a colleague who was let in does not."""
    return leads(staff) or staff.pk == case.owner_id
