"""Asking for what two people decide, approving it, stopping it, carrying it out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import staff_by_id
from panah.ground.approvals import events, permissions, queries, rules
from panah.ground.approvals.acts import Act, waiting_time
from panah.ground.approvals.models import Request, Vote
from panah.ground.approvals.notifications import Link, tell
from panah.ground.approvals.words import Standing, State
from panah.ground.audit import actions as audit
from panah.ground.audit.queries import entries_about
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.registry import Registry

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


# What else becomes of a request that was asked for (with whom it tells), or that ended.
WHEN_ASKED: Registry[Callable[[Request, list[Staff]], None]] = Registry("when something was asked for")
WHEN_ENDED: Registry[Callable[[Request, datetime], None]] = Registry("when a request ended")


@transaction.atomic
def ask(
    *,
    act: Act,
    subject: UUID,
    by: Staff,
    at: datetime,
    told: Iterable[Staff],
    facts: Mapping[str, str],
    waits_from: datetime | None = None,
    address: str = "",
) -> Request:
    """Ask for an act about ``subject``; ``told`` can stop it. The waiting time runs from now, or ``waits_from``.

    ``address`` is where a link in an e-mail leads, with ``notifications.LINK`` in it.
    """
    for old in queries.grown_old(by.society_id, at=at):
        _end(old, State.EXPIRED, by=None, at=at)
    if queries.waiting(society=by.society_id, act=act.name, subject=subject, at=at) is not None:
        raise _asked_already()
    people = list({one.pk: one for one in told}.values())
    ready_at = (waits_from or at) + waiting_time() if act.waits else at
    try:
        with transaction.atomic():
            request = Request.objects.create(
                society_id=by.society_id,
                act=act.name,
                subject=subject,
                facts=dict(facts),
                asked_by=by,
                asked_at=at,
                ready_at=ready_at,
                expires_at=rules.expires_at(max(ready_at, at), act.kept_for),
                told=sorted(str(person.pk) for person in people),
            )
    except IntegrityError:
        raise _asked_already() from None
    audit.record(event=events.ASKED, by=by, at=at, about=request.pk, facts=_facts(request))
    tell(request=request, people=people, address=address)
    for each in WHEN_ASKED:
        each(request, people)
    return request


def _asked_already() -> Refusal:
    return Refusal(
        _("This was asked for already."),
        next_step=_("Open it under “Two people decide”: approve it there, or stop it."),
        code="asked-already",
    )


def _facts(request: Request) -> dict[str, str]:
    return {"act": request.act, "subject": str(request.subject)}


def _as_stored(request: Request) -> Request | None:
    """Return a request as Panah kept it, its row locked; None where Panah never wrote it."""
    Request.objects.select_for_update().filter(pk=request.pk).first()
    return next(iter(queries.stored(request.society_id, lambda row: row["pk"] == str(request.pk))), None)


def locked(request: Request, *, at: datetime) -> Request:
    """Return what was asked for as Panah kept it, its row locked, or refuse when it no longer waits."""
    row = _as_stored(request)
    if row is None or row.state != State.WAITING or row.expires_at <= at:
        raise Refusal(
            _("This does not wait any more."),
            next_step=_("Open it to see what became of it; ask anew if it is still wanted."),
            code="not-waiting",
        )
    return row


@transaction.atomic
def approve(*, request: Request, by: Staff, at: datetime, proof: bytes) -> None:
    """One vote. It counts only from who may decide and could before the request came; never of whom it is about.

    The caller has put right what somebody changed of the request and its votes past Panah (``queries.rows_of``).
    """
    row = locked(request, at=at)
    act = queries.act_of(row)
    votes = queries.kept_votes(row)
    others = queries.others_who_want_it(row, by, votes)
    permissions.must_decide(act, by, asked_at=row.asked_at, exclude={row.subject}, asked_by=others)
    if any(vote.staff_id == by.pk for vote in votes):
        raise Refusal(
            _("You have approved this already."),
            next_step=_("The second approval is another colleague’s."),
            code="voted-already",
        )
    if not all(vote.proof for vote in votes):
        raise Refusal(
            _("It was asked for before approvals were signed: the first one counts for nothing."),
            next_step=_("Stop it, and ask anew."),
            code="vote-not-signed",
        )
    Vote.objects.create(request=row, staff=by, at=at, proof=proof)
    audit.record(event=events.APPROVED, by=by, at=at, about=row.pk, facts=_facts(row))


@transaction.atomic
def approve_by_shares(*, request: Request, at: datetime, proof: bytes) -> None:
    """Two shares of the recovery key stand in for one of the two, and end the waiting time."""
    row = locked(request, at=at)
    if all(vote.staff_id is not None for vote in queries.kept_votes(row)):
        Vote.objects.create(request=row, staff=None, at=at, proof=proof)
    audit.record(
        event=events.BY_SHARES, by=None, society=row.society_id, at=at, about=row.pk, facts=_facts(row)
    )


@transaction.atomic
def stop(*, request: Request, by: Staff, at: datetime) -> None:
    """Stop it, for good: whoever was told can. Stopped twice, it stays as it was."""
    row = _as_stored(request)
    if row is None or row.state != State.WAITING or not permissions.may_stop(by, row):
        return
    _end(row, State.STOPPED, by=by, at=at)
    audit.record(event=events.STOPPED, by=by, at=at, about=row.pk, facts=_facts(row))


def stop_by_link(*, link: Link, at: datetime) -> Request | None:
    """Stop what a link in an e-mail names, in the name of whoever it was sent to; None when it stands nowhere.

    The caller has entered the walls of the society that the link names.
    """
    request, staff = queries.by_link(link), staff_by_id(link.staff)
    if request is not None and staff is not None:
        stop(request=request, by=staff, at=at)
    return queries.by_link(link)


def _end(row: Request, state: State, *, by: Staff | None, at: datetime) -> None:
    row.state, row.ended_at, row.ended_by = state, at, by
    row.save()
    if state == State.EXPIRED:
        audit.record(
            event=events.EXPIRED, by=None, society=row.society_id, at=at, about=row.pk, facts=_facts(row)
        )
    for each in WHEN_ENDED:
        each(row, at)


@transaction.atomic
def use_up(*, act: Act, subject: UUID, by: Staff, at: datetime, facts: Mapping[str, str]) -> Request:
    """Take what two people decided, once, for the act that is carried out in the same transaction; or refuse.

    ``facts`` are as they are now: what was approved about another key or role is good for nothing.
    """
    found = queries.waiting(society=by.society_id, act=act.name, subject=subject, at=at)
    if found is None:
        raise Refusal(
            _("Two people decide this."),
            next_step=_("Ask for it first; another focal point approves it."),
            code="two-people-decide",
        )
    row = locked(found, at=at)
    if row.facts != dict(facts):
        raise Refusal(
            _("What was approved has changed since: the key or the role is another one now."),
            next_step=_("Stop it, compare the words once more, and ask anew."),
            code="approved-something-else",
        )
    _must_be_ready(row, at)
    _end(row, State.DONE, by=by, at=at)
    audit.record(event=events.DONE, by=by, at=at, about=row.pk, facts=_facts(row))
    return row


def _must_be_ready(row: Request, at: datetime) -> None:
    needs = queries.standing(row, at=at)
    if needs == Standing.APPROVAL:
        raise Refusal(
            _("A second approval is missing."),
            next_step=_("Another focal point approves it and types the six words."),
            code="second-approval-missing",
        )
    if needs == Standing.TIME:
        raise Refusal(
            _("The waiting time is not over."),
            next_step=_("Until then those who were told can stop it. The page says when it ends."),
            code="waiting-time",
        )
    # Whoever puts the row back cannot take the stop out of the journal.
    if any(entry.event == events.STOPPED.name for entry in entries_about(row.pk)):
        raise Refusal(
            _("The journal says that this was stopped."),
            next_step=_("Somebody may have changed the database. Call the other focal point."),
            code="stopped-says-the-journal",
        )
