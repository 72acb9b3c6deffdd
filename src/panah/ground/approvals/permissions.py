"""Who may see a request, approve it and stop it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from panah.ground.approvals import rules
from panah.ground.approvals.acts import MAY_BE_ONE, Act
from panah.ground.approvals.models import Request
from panah.ground.foundation.errors import Refusal

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def may_see(staff: Staff, request: Request) -> bool:
    """Whoever was told of it, and whoever asked. Others get the same 404 as for none."""
    return str(staff.pk) in request.told or staff.pk == request.asked_by_id


def may_stop(staff: Staff, request: Request) -> bool:
    """Whoever was told, and whoever asked, as long as she works here."""
    return staff.is_active and may_see(staff, request)


def may_be_one(staff: Staff, others: Collection[UUID | None]) -> bool:
    """Say whether one of these accounts may be this colleague's own: nobody else has said to know its owner."""
    return bool(others) and any(not found(staff).isdisjoint(others) for found in MAY_BE_ONE)


def may_decide(
    act: Act,
    staff: Staff,
    *,
    asked_at: datetime,
    exclude: set[UUID | None],
    asked_by: Collection[UUID | None] = (),
) -> bool:
    """Say whether this colleague's vote counts for an act that was asked for at that time.

    ``asked_by`` are those who want it, none of whom decides, nor anybody who may be the same person as one of them.
    """
    excluded = {*exclude, *asked_by}
    return rules.counts(
        staff.pk, asked_at=asked_at, since=act.since(staff.society_id), exclude=excluded
    ) and not may_be_one(staff, asked_by)


def must_be_another(staff: Staff, others: Collection[UUID | None]) -> None:
    """Refuse the second of two accounts that may belong to one person: nobody else knows who owns it."""
    if may_be_one(staff, others):
        raise Refusal(
            _(
                "One of you admitted the other, and nobody else here has said yet that they know this colleague."
            ),
            next_step=_(
                "Another focal point, or the data protection officer, opens Colleagues and says so: one press. "
                "Or somebody else decides."
            ),
            code="known-to-one",
            status=403,
        )


def must_decide(
    act: Act,
    staff: Staff,
    *,
    asked_at: datetime,
    exclude: set[UUID | None],
    asked_by: Collection[UUID | None] = (),
) -> None:
    """Refuse a vote that does not count; as ``may_decide``."""
    must_be_another(staff, asked_by)
    exclude = {*exclude, *asked_by}
    since = act.since(staff.society_id)
    if staff.pk in exclude:
        raise Refusal(
            _("Somebody else decides this: not who asked, and not whom it is about."),
            next_step=_("Ask a colleague who has held this role since before it was asked for."),
            code="another-decides",
            status=403,
        )
    if staff.pk not in since:
        raise Refusal(
            _("This is not yours to decide."),
            next_step=_("Ask a colleague who has held this role since before it was asked for."),
            code="not-yours-to-decide",
            status=403,
        )
    if not rules.counts(staff.pk, asked_at=asked_at, since=since, exclude=exclude):
        raise Refusal(
            _("This was asked for before you had this role, or before your key was made anew."),
            next_step=_("A colleague who had it already decides."),
            code="role-too-young",
            status=403,
        )
