"""Who brings cases in, who takes them out, and who agrees to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission
from panah.ground.approvals.acts import ACTS, Act
from panah.ground.foundation import retention
from panah.ground.vault.actions import proves
from panah.ground.vault.queries import leading_since
from panah.people.cases.permissions import leads, works_on_cases

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


# With names of more than one person: a focal point who is another person agrees, and that alone is enough.
EXPORT = ACTS.register(
    "imports:export",
    Act(
        "imports:export",
        _("Export cases with names"),
        Permission.CASES_WORK,
        Permission.CASES_LEAD,
        leading_since,
        proves=proves,
        alone_after_waiting=True,
        stopped_by=Permission.CASES_LEAD,
        kept_for=retention.EXPORT_REQUEST.period,
        page="imports:asked",
    ),
)


def may_import(staff: Staff) -> bool:
    """A focal point: she may read every case of the society anyway."""
    return leads(staff)


def may_export(staff: Staff) -> bool:
    """Whoever works on cases, those that she can open."""
    return works_on_cases(staff)
