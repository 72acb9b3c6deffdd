"""Joining without an account: a branch's link, an invitation, what a stranger asks there, and the branch's answer."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation import host_seal
from panah.ground.foundation.errors import Refusal
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind
from panah.programmes.volunteers import events, rules, sealed_details
from panah.programmes.volunteers.actions.register import fill, lock_row, must_keep, put_on_lists
from panah.programmes.volunteers.models import JoinLink, Membership, Volunteer
from panah.programmes.volunteers.queries import joining
from panah.programmes.volunteers.words import ROOM, Happened, LinkKind, VolunteerState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

ASKED = "asked"


@transaction.atomic
def renew_link(*, by: Staff, branch: UUID, at: datetime) -> str:
    """Make a branch's link, or a new one in place of the old, which opens nothing any more; returns its token."""
    joining.link_or_404(branch, to=by)
    day = timezone.localtime(at).date()
    JoinLink.objects.filter(branch=branch, kind=LinkKind.BRANCH, ended_on=None).update(ended_on=day)
    return _make(by, branch, LinkKind.BRANCH, at)


@transaction.atomic
def end_link(*, by: Staff, branch: UUID, at: datetime) -> None:
    """Switch a branch's link off, and every invitation that nobody used."""
    joining.link_or_404(branch, to=by)
    JoinLink.objects.filter(branch=branch, ended_on=None).update(ended_on=timezone.localtime(at).date())
    audit.record(event=events.LINK, by=by, at=at, facts={"what": "off"})


@transaction.atomic
def invite(*, by: Staff, branch: UUID, at: datetime) -> str:
    """Make a link for one person, good for two weeks; it is shown once and returned."""
    joining.link_or_404(branch, to=by)
    return _make(by, branch, LinkKind.INVITATION, at)


def _make(by: Staff, branch: UUID, kind: LinkKind, at: datetime) -> str:
    token, day = secrets.token_urlsafe(18), timezone.localtime(at).date()
    row = JoinLink(society_id=by.society_id, branch_id=branch, kind=kind, made_on=day)
    row.until = day + timedelta(days=rules.INVITATION_DAYS) if kind == LinkKind.INVITATION else None
    row.mark = joining.mark_of(token)
    row.sealed = host_seal.seal({"token": token}, what=f"{joining.WHAT} {row.pk}", room=ROOM)
    row.save()
    audit.record(event=events.LINK, by=by, at=at, facts={"what": kind})
    return token


@transaction.atomic
def ask_to_join(*, link: JoinLink, once: UUID, at: datetime, **typed: object) -> None:
    """Keep what a stranger asks with, and put it on the branch's list; the same form sent twice is one request."""
    day = timezone.localdate(at)
    if joining.has_asked(once):
        return
    now = joining.open_links(on=day).select_for_update().filter(pk=link.pk).first()
    if now is None:
        raise Refusal(
            _("This link is not open any more."),
            next_step=_("Ask the branch for the new one, or come by."),
            code="link-closed",
            status=410,
        )
    used = joining.used_today(now, day)
    if used >= rules.ASKED_A_DAY or joining.waiting_in(link.branch_id) >= rules.ASKED_WAITING:
        raise Refusal(
            _("Many have asked today, and the branch has to answer them first."),
            next_step=_("Try again tomorrow, or come by the branch."),
            code="too-many-asked",
            status=429,
        )
    JoinLink.objects.filter(pk=link.pk).update(used=used + 1, used_on=day)
    row = Volunteer(pk=once, society_id=link.society_id, branch_id=link.branch_id, state=VolunteerState.ASKED)
    fill(row, typed)
    sealed_details.note(row, on=day, what=Happened.ASKED, text=str(LinkKind(link.kind).label))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        # The other press of the same button was quicker.
        return
    _tell(row, at)


def _tell(row: Volunteer, at: datetime) -> None:
    put_on_lists(row, ASKED, DueKind.DECIDE, at=at)
    audit.record(event=events.ASKED, by=None, society=row.society_id, at=at, about=row.pk)


@transaction.atomic
def answer_request(*, by: Staff, row: Volunteer, answer: str, role: str, why: str, at: datetime) -> None:
    """Take somebody on (``yes``) in a role, or not, with a sentence that is told on the telephone."""
    lock_row(row)
    must_keep(by, row)
    day = timezone.localtime(at).date()
    if answer == "yes":
        row.state, row.joined_on = VolunteerState.ACTIVE, day
        Membership.objects.create(
            society_id=row.society_id, volunteer=row, branch_id=row.branch_id, role=role, since=day
        )
    else:
        # From this day the request is kept for some weeks, see ``erasing``.
        row.state, row.left_on = VolunteerState.REFUSED, day
    sealed_details.note(row, on=day, what=Happened.JOINED if answer == "yes" else Happened.REFUSED, text=why)
    row.save()
    work.complete_for(subject=row.pk, purpose=ASKED, by=by, at=at)
    audit.record(event=events.ANSWERED, by=by, at=at, about=row.pk, facts={"what": row.state})
