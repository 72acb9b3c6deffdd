"""What a society does itself and what it leaves to others: asked for by one focal point, decided with another."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.accounts.queries import with_role
from panah.accounts.words import Role
from panah.approvals import actions as approvals
from panah.approvals import queries as approvals_queries
from panah.approvals.acts import ACTS, Act
from panah.approvals.words import Standing
from panah.foundation.errors import Refusal
from panah.network import actions as network
from panah.network import capabilities
from panah.vault.queries import leading_since

if TYPE_CHECKING:
    from panah.accounts.models import Staff
    from panah.approvals.models import Request
    from panah.network.models import Society

LEADS = (Role.FOCAL_POINT,)
WORKING_MODE = ACTS.register(
    "network:working-mode",
    Act(
        "network:working-mode",
        gettext_lazy("Change what the society does itself"),
        LEADS,
        LEADS,
        leading_since,
        asker_votes=True,
        stopped_by=LEADS,
    ),
)
FULL, LIGHT = "full", "light"


@transaction.atomic
def ask_for_mode(*, mode: str, from_day: date, by: Staff, at: datetime) -> Request:
    """Ask that the society works in full or in light mode from a day on: the first of two votes."""
    closed = capabilities.light() if mode == LIGHT else []
    if from_day < timezone.localtime(at).date():
        raise Refusal(
            _("The day must not lie in the past."), next_step=_("Choose today or a later day."), code="past"
        )
    if capabilities.closed_on(by.society, from_day) == frozenset(closed):
        raise Refusal(
            _("The society works like this on that day anyway."),
            next_step=_("Choose the other way of working, or an earlier day."),
            code="nothing-changes",
        )
    if closed:
        _must_be_settled(by.society)
    request = approvals.ask(
        act=WORKING_MODE,
        subject=by.society_id,
        by=by,
        at=at,
        told=with_role(by.society_id, *LEADS),
        facts={"way": mode, "from": from_day.isoformat()},
    )
    if approvals_queries.may_approve(by, request, at=at):
        approvals.approve(request=request, by=by, at=at)
    return request


def _must_be_settled(society: Society) -> None:
    for find in capabilities.OPEN_WORK:
        for one in find(society.pk):
            if one.blocks:
                raise Refusal(
                    one.sentence,
                    next_step=_("Every open case needs a named holder before anything closes."),
                    code="nobody-holds-it",
                )


@transaction.atomic
def approve_mode(*, request: Request, by: Staff, at: datetime) -> Society | None:
    """Vote, and with the second vote decide it; None while a vote is missing."""
    approvals.approve(request=request, by=by, at=at)
    if approvals_queries.standing(request, at=at) != Standing.READY:
        return None
    facts = dict(request.facts)
    closed = capabilities.light() if facts["way"] == LIGHT else []
    if closed:
        _must_be_settled(by.society)
    names = [vote.staff.name for vote in approvals_queries.kept_votes(request) if vote.staff is not None]
    approvals.use_up(act=WORKING_MODE, subject=by.society_id, by=by, at=at, facts=facts)
    return network.set_closed(
        society=by.society,
        closed=closed,
        from_day=date.fromisoformat(facts["from"]),
        decided_by=", ".join(names),
        by=by,
        at=at,
    )
