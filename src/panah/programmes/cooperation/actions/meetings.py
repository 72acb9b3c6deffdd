"""Meetings of the network: agenda, papers, decisions, and what came of them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.accounts.queries import colleagues
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.dates import morning
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.programmes.cooperation import events
from panah.programmes.cooperation.models import Decision, Meeting, Paper
from panah.programmes.cooperation.permissions import keeps, must_keep
from panah.programmes.cooperation.words import DECISIONS, FOLLOW, DecisionState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

FOLLOW_DECISION = DueType(DECISIONS, FOLLOW, DueKind.DEADLINE, urgency=Urgency.LATER)


@transaction.atomic
def save_meeting(
    *,
    meeting: Meeting | None = None,
    seen: str | None = None,
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
    **said: object,
) -> Meeting:
    """Write down a meeting, to come or past, with its agenda."""
    must_keep(by)
    row: Meeting = (
        Meeting(pk=pk or uuid4(), society_id=by.society_id)
        if meeting is None
        else Meeting.objects.select_for_update().get(pk=meeting.pk)
    )
    refuse_if_changed(row, seen=seen)
    for name, value in said.items():
        setattr(row, name, value)
    row.edited_at, row.changed_by = at, by
    row.save(force_insert=meeting is None)
    audit.record(event=events.MEETING, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def add_paper(
    *, meeting: Meeting, title: str, where: str, pk: UUID | None = None, by: Staff, at: datetime
) -> Paper:
    must_keep(by)
    row: Paper = Paper.objects.create(pk=pk or uuid4(), meeting=meeting, title=title, where=where)
    audit.record(event=events.MEETING, by=by, at=at, about=meeting.pk)
    return row


@transaction.atomic
def add_decision(
    *,
    meeting: Meeting,
    text: str,
    owner: str,
    due_on: date,
    with_whom: str = "",
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Decision:
    """Write down what was decided; it stands on its owner's list until she says what came of it."""
    must_keep(by)
    person = get_object_or_404(colleagues(to=by), pk=UUID(owner))
    row: Decision = Decision.objects.create(
        pk=pk or uuid4(), meeting=meeting, text=text, owner=person, with_whom=with_whom, due_on=due_on
    )
    Meeting.objects.filter(pk=meeting.pk).update(edited_at=at)
    work.due(
        FOLLOW_DECISION, DueSubject(meeting.society_id, row.pk), owner=person, due_at=morning(due_on), at=at
    )
    audit.record(event=events.DECIDED, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def close_decision(*, decision: Decision, state: str, outcome: str, by: Staff, at: datetime) -> None:
    """Say what came of a decision: its owner does, or whoever keeps the meetings."""
    row: Decision = Decision.objects.select_for_update().select_related("meeting").get(pk=decision.pk)
    if not (keeps(by) or row.owner_id == by.pk):
        must_keep(by)
    if row.state != DecisionState.OPEN:
        raise Refusal(
            _("A colleague has said already what came of it."),
            next_step=_("Open its page again."),
            code="closed-already",
        )
    row.state, row.outcome, row.closed_on = state, outcome, timezone.localtime(at).date()
    row.save(update_fields=["state", "outcome", "closed_on"])
    work.complete_for(subject=row.pk, purpose=FOLLOW, by=by, at=at)
    audit.record(event=events.FOLLOWED, by=by, at=at, about=row.pk)
