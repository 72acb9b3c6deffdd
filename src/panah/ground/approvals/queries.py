"""What waits for two people, as far as the asker may know."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast
from uuid import UUID

from django.db.models import prefetch_related_objects
from django.http import Http404

from panah.ground.accounts.queries import staff_by_id
from panah.ground.approvals import permissions, rules
from panah.ground.approvals.acts import ACTS, Act
from panah.ground.approvals.models import Request, Vote
from panah.ground.approvals.notifications import Link
from panah.ground.approvals.words import Standing, State
from panah.ground.foundation.changed_rows import Subject
from panah.ground.foundation.protected_rows import trusted_columns, trusted_rows

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def act_of(request: Request) -> Act:
    return ACTS[request.act]


def kept_votes(request: Request) -> list[Vote]:
    """Return the votes of a request as Panah kept them, oldest first."""
    votes = trusted_rows(Vote, request.pk)
    prefetch_related_objects(votes, "staff")
    return sorted(votes, key=lambda vote: (vote.at, vote.pk))


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


def stored(society: UUID, wanted: Callable[[Mapping[str, object]], bool] = lambda row: True) -> list[Request]:
    """Return what was asked for in a society as Panah kept it, oldest first: what waits, and what ended lately."""
    return sorted(trusted_rows(Request, society, wanted), key=lambda request: request.asked_at)


def rows_of(request: Request) -> list[Subject]:
    """Return what is kept together of a request and of its votes, for whoever puts it right."""
    return [(Request, request.society_id), (Vote, request.pk)]


def _waits(row: Mapping[str, object]) -> bool:
    return row["state"] == State.WAITING.value


def waiting(*, society: UUID, act: str, subject: UUID, at: datetime) -> Request | None:
    """Return the request that waits for an act, or None; one that has grown old counts as none."""
    return next((one for one in waiting_in(society, at=at) if (one.act, one.subject) == (act, subject)), None)


def waiting_in(society: UUID, *, at: datetime) -> list[Request]:
    """Return all that waits in a society, oldest first."""
    return [one for one in stored(society, _waits) if one.expires_at > at]


def grown_old(society: UUID, *, at: datetime) -> list[Request]:
    """Return what still waits in a society though its time is over."""
    return [one for one in stored(society, _waits) if one.expires_at <= at]


def last_done(*, society: UUID, act: str, subject: UUID) -> Request | None:
    """Return the request by which an act was carried out last, within thirty days, or None."""
    ended = [
        (one.ended_at, one.pk, one)
        for one in stored(society, lambda row: row["state"] == State.DONE.value)
        if (one.act, one.subject) == (act, subject) and one.ended_at is not None
    ]
    return max(ended)[2] if ended else None


def visible(*, to: Staff) -> list[Request]:
    """Return the requests of her society that a colleague was told of or asked for, the newest first."""
    known = stored(to.society_id)
    older = Request.objects.visible(to=to).exclude(state=State.WAITING)
    rows = [*known, *older.exclude(pk__in=[one.pk for one in known])]
    prefetch_related_objects(rows, "asked_by", "ended_by")
    return sorted(
        (row for row in rows if permissions.may_see(to, row)), key=lambda row: row.asked_at, reverse=True
    )


def _one(pk: UUID, society: UUID) -> Request | None:
    found = stored(society, lambda row: row["pk"] == str(pk))
    # What ended long ago is only looked at.
    return (
        found[0] if found else Request.objects.filter(pk=pk, society=society, ended_at__isnull=False).first()
    )


def request_or_404(pk: UUID, *, to: Staff) -> Request:
    """Return a request that the asker may see."""
    row = _one(pk, to.society_id)
    if row is None or not permissions.may_see(to, row):
        raise Http404
    return row


def by_link(link: Link) -> Request | None:
    """Return the request that a link in an e-mail names, None when whom it was sent to works here no longer.

    The caller has entered the walls of its society.
    """
    staff = staff_by_id(link.staff)
    request = _one(link.request, link.society)
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
    """Return what waits and what this colleague was told of, without what she asked for; one question."""
    rows = [row for row in trusted_columns(Request, staff.society_id) if _waits(row) and row["act"] in ACTS]
    return [
        ToldOf(UUID(str(row["pk"])), ACTS[str(row["act"])], row["subject"] == str(staff.pk))
        for row in sorted(rows, key=lambda row: str(row["asked_at"]))
        if datetime.fromisoformat(str(row["expires_at"])) > at
        and str(staff.pk) in cast("list[str]", row["told"])
        and row["asked_by"] != str(staff.pk)
    ]
