"""What waits for two people, as far as the asker may know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from panah.ground.accounts.queries import staff_by_id
from panah.ground.approvals import permissions, rules
from panah.ground.approvals.acts import ACTS, Act
from panah.ground.approvals.models import Request, Vote
from panah.ground.approvals.notifications import Link
from panah.ground.approvals.words import Standing, State
from panah.ground.foundation.compiled_queries import prepared

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def act_of(request: Request) -> Act:
    return ACTS[request.act]


def kept_votes(request: Request) -> list[Vote]:
    """Return the votes of a request, oldest first."""
    return list(request.votes.select_related("staff").order_by("at", "pk"))


def counted(request: Request) -> tuple[set[UUID], bool]:
    """Return whose votes count today, and whether two shares of the recovery key stand in."""
    act = act_of(request)
    good = [vote for vote in kept_votes(request) if act.proves(request, vote)]
    voters = rules.votes(
        [vote.staff_id for vote in good if vote.staff_id],
        asked_at=request.asked_at,
        since=act.since(request.society_id),
        exclude={request.subject},
    )
    return voters, any(vote.staff_id is None for vote in good)


def standing(request: Request, *, at: datetime) -> Standing:
    """Return what a request that waits still needs."""
    act = act_of(request)
    voters, by_shares = counted(request)
    alone = act.alone_after_waiting and at >= request.ready_at
    if rules.needs_approval(len(voters), by_shares=by_shares, needed=1 if alone else rules.NEEDED):
        return Standing.APPROVAL
    waits = act.waits and rules.waits(
        number=len(voters),
        by_shares=by_shares,
        ready_at=request.ready_at,
        at=at,
        ended_by_two=act.alone_after_waiting,
    )
    return Standing.TIME if waits else Standing.READY


def waiting(*, society: UUID, act: str, subject: UUID, at: datetime) -> Request | None:
    """Return the request that waits for an act, or None; one that has grown old counts as none."""
    return Request.objects.filter(
        society=society, act=act, subject=subject, state=State.WAITING, expires_at__gt=at
    ).first()


def waiting_in(society: UUID, *, at: datetime) -> list[Request]:
    """Return all that waits in a society, oldest first."""
    rows = Request.objects.filter(society=society, state=State.WAITING, expires_at__gt=at)
    return list(rows.select_related("asked_by").order_by("asked_at"))


def last_done(*, society: UUID, act: str, subject: UUID) -> Request | None:
    """Return the request by which an act was carried out last, or None."""
    rows = Request.objects.filter(society=society, act=act, subject=subject, state=State.DONE)
    return rows.order_by("-ended_at").first()


def visible(*, to: Staff) -> list[Request]:
    """Return the requests of her society that a colleague was told of or asked for, the newest first."""
    rows = Request.objects.visible(to=to).select_related("asked_by", "ended_by").order_by("-asked_at")
    return [row for row in rows if permissions.may_see(to, row)]


def request_or_404(pk: UUID, *, to: Staff) -> Request:
    """Return a request that the asker may see."""
    row = Request.objects.visible(to=to).filter(pk=pk).select_related("asked_by", "ended_by").first()
    if row is None or not permissions.may_see(to, row):
        raise Http404
    return row


def by_link(link: Link) -> Request | None:
    """Return the request that a link in an e-mail names, None when whom it was sent to works here no longer.

    The caller has entered the walls of its society.
    """
    staff = staff_by_id(link.staff)
    request = Request.objects.filter(pk=link.request, society=link.society).first()
    allowed = request is not None and staff is not None and permissions.may_stop(staff, request)
    return request if allowed else None


def may_approve(staff: Staff, request: Request, *, at: datetime) -> bool:
    """Say whether this colleague can still approve a request."""
    if request.state != State.WAITING or request.expires_at <= at:
        return False
    votes = kept_votes(request)
    if any(vote.staff_id == staff.pk for vote in votes):
        return False
    others = others_who_want_it(request, staff, votes)
    return permissions.may_decide(
        act_of(request), staff, asked_at=request.asked_at, exclude={request.subject}, asked_by=others
    )


def others_who_want_it(request: Request, staff: Staff, votes: list[Vote]) -> set[UUID | None]:
    """Return who asked and who approved already: this colleague must be another person than each of them.

    Where asking is the first of the two votes, the one who asked is no other to herself.
    """
    others: set[UUID | None] = {vote.staff_id for vote in votes} - {None, staff.pk}
    own = act_of(request).asker_votes and request.asked_by_id == staff.pk
    return others if own else others | {request.asked_by_id}


@dataclass(frozen=True)
class ToldOf:
    """One request as the frame of every page needs it."""

    pk: UUID
    act: Act
    about_oneself: bool


def told_of(staff: Staff, *, at: datetime) -> list[ToldOf]:
    """Return what waits and what this colleague was told of, without what she asked for; one query."""
    return [
        ToldOf(pk, ACTS[act], subject == staff.pk)
        for pk, act, subject, told, by, until in _waiting(society=staff.society_id)
        if act in ACTS and until > at and str(staff.pk) in told and by != staff.pk
    ]


@prepared
def _waiting(society: UUID) -> QuerySet[Request, tuple[UUID, str, UUID, dict[str, object], UUID, datetime]]:
    # Always "waiting" as a text: the form of the question is kept, and what is asked about alone changes.
    rows = Request.objects.filter(society=society, state="waiting").order_by("asked_at")
    return rows.values_list("pk", "act", "subject", "told", "asked_by", "expires_at")
