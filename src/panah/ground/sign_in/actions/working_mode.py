"""What a society does itself and what it leaves to others: asked for by one focal point, decided with another."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.approvals import actions as approvals
from panah.ground.approvals import queries as approvals_queries
from panah.ground.approvals.acts import ACTS, Act
from panah.ground.approvals.words import Standing
from panah.ground.foundation.errors import Refusal
from panah.ground.network import actions as network
from panah.ground.network import capabilities
from panah.ground.vault import actions as vault
from panah.ground.vault.queries import leading_since

if TYPE_CHECKING:
    from panah.ground.approvals.models import Request
    from panah.ground.network.models import Society
    from panah.ground.vault.keyring import Keyring

LEADS = Permission.MODE_CHANGE
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
        proves=vault.proves,
    ),
)
FULL, LIGHT, SOME = "full", "light", "some"


@transaction.atomic
def ask_for_mode(
    *,
    mode: str,
    from_day: date,
    keys: Keyring,
    at: datetime,
    leaves: Collection[str] = (),
    receiver: str = "",
    accepted_by: str = "",
    accepted_on: date | None = None,
) -> Request:
    """Ask that the society works in full, in light mode, or leaves some of it to others from a day on: the first vote.

    ``leaves`` names the capabilities where it is some of it. Who takes on what is not begun here any more, who there
    accepted it and when, is needed where a capability says so (``Capability.accepted``).
    """
    by = keys.staff
    closed = sorted({LIGHT: capabilities.light(), FULL: []}.get(mode, leaves))
    today = timezone.localtime(at).date()
    if from_day < today:
        raise Refusal(
            _("The day must not lie in the past."), next_step=_("Choose today or a later day."), code="past"
        )
    if capabilities.closed_on(by.society, from_day) == frozenset(closed):
        raise Refusal(
            _("The society works like this on that day anyway."),
            next_step=_("Choose the other way of working, or an earlier day."),
            code="nothing-changes",
        )
    closing = set(closed) - capabilities.closed_on(by.society, today)
    _must_be_carried(by.society, closed, today)
    _must_be_settled(by.society, closing)
    accepted = bool(receiver and accepted_by and accepted_on and accepted_on <= today)
    _must_be_accepted(closing, accepted=accepted)
    facts = {"leaves": ",".join(closed), "from": from_day.isoformat()}
    if accepted and accepted_on:
        facts |= {"receiver": receiver, "accepted_by": accepted_by, "accepted_on": accepted_on.isoformat()}
    request = approvals.ask(
        act=WORKING_MODE,
        subject=by.society_id,
        by=by,
        at=at,
        told=with_permission(by.society_id, LEADS),
        facts=facts,
    )
    if approvals_queries.may_approve(by, request, at=at):
        vault.approve(keys=keys, request=request, at=at)
    return request


def _must_be_carried(society: Society, closed: Collection[str], today: date) -> None:
    """Out of light mode a society takes up what its self-assessment allows, and no case work without it at all."""
    opens = capabilities.closed_on(society, today) - set(closed)
    if not capabilities.is_light(society, today):
        opens = frozenset(name for name in opens if capabilities.CAPABILITIES[name].accepted)
    lacks = capabilities.not_carried(society, opens)
    if lacks:
        raise Refusal(
            _("The self-assessment does not allow this yet. %(what)s") % {"what": " ".join(lacks)},
            next_step=_(
                "Agree on the levels under “Self-assessment” first. What it carries already can be taken up "
                "alone: choose “Some of it”, and leave the rest ticked."
            ),
            code="self-assessment-first",
        )


def _must_be_settled(society: Society, closing: Collection[str]) -> None:
    for one in capabilities.open_work(society, closing):
        if one.blocks:
            raise Refusal(
                one.sentence,
                next_step=_("Every open case needs a named holder before work on cases closes."),
                code="nobody-holds-it",
            )


def _must_be_accepted(closing: Collection[str], *, accepted: bool) -> None:
    """What would find nobody else closes only when another receiver has accepted it."""
    asks = [
        one.accepted for name, one in capabilities.CAPABILITIES.items() if name in closing and one.accepted
    ]
    if asks and not accepted:
        raise Refusal(
            _("Before this closes, another receiver must have accepted it: %(what)s …") % {"what": asks[0]},
            next_step=_("Ask them, then write who takes it on, who there accepted it and on which day."),
            code="nobody-accepted-it",
        )


def asked_for(request: Request) -> tuple[list[str], date]:
    """Return what a request wants left to others, and from which day on."""
    return [name for name in request.facts["leaves"].split(",") if name], date.fromisoformat(
        request.facts["from"]
    )


@transaction.atomic
def approve_mode(*, keys: Keyring, request: Request, at: datetime) -> Society | None:
    """Vote, signed with her own key, and with the second vote decide it; None while a vote is missing."""
    by = keys.staff
    vault.approve(keys=keys, request=request, at=at)
    if approvals_queries.standing(request, at=at) != Standing.READY:
        return None
    facts = dict(request.facts)
    closed, from_day = asked_for(request)
    today = timezone.localtime(at).date()
    _must_be_carried(by.society, closed, today)
    _must_be_settled(by.society, set(closed) - capabilities.closed_on(by.society, today))
    vault.must_have_met(keys=keys, request=request)
    voters, _by_shares = approvals_queries.counted(request)
    names = [
        vote.staff.name
        for vote in approvals_queries.kept_votes(request)
        if vote.staff is not None and vote.staff_id in voters
    ]
    approvals.use_up(act=WORKING_MODE, subject=by.society_id, by=by, at=at, facts=facts)
    return network.set_closed(
        society=by.society,
        closed=closed,
        from_day=from_day,
        decided_by=", ".join(names),
        receiver={"name": facts["receiver"], "by": facts["accepted_by"], "on": facts["accepted_on"]}
        if facts.get("receiver")
        else None,
        by=by,
        at=at,
    )
