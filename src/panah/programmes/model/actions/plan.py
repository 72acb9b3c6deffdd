"""The plan: what is done about a need, by whom and until when, on the owner's list."""

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
from panah.ground.vault.actions.offboarding import HandoverResult
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.programmes.model import events, queries
from panah.programmes.model.actions.assessments import locked, must_run
from panah.programmes.model.models import Assessment, Assessor, PlannedAction, SharedStrengths
from panah.programmes.model.words import LEVELS, PLAN, ActionState, AssessmentState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring
    from panah.ground.work.models import DueItem

DO_PLANNED = DueType(PLAN, PLAN, DueKind.DEADLINE, urgency=Urgency.LATER)


@transaction.atomic
def add_action(
    *,
    assessment: Assessment,
    element: str,
    action: str,
    owner: str,
    due_on: date,
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> PlannedAction:
    """Plan something about an element, and put it on the owner's list."""
    must_run(by)
    row = locked(assessment, AssessmentState.AGREED)
    person = get_object_or_404(colleagues(to=by), pk=UUID(owner))
    planned: PlannedAction = PlannedAction.objects.create(
        pk=pk or uuid4(), assessment=row, element=element, action=action, owner=person, due_on=due_on
    )
    work.due(DO_PLANNED, DueSubject(row.society_id, planned.pk), owner=person, due_at=morning(due_on), at=at)
    audit.record(event=events.PLANNED, by=by, at=at, about=row.pk, facts={"element": element})
    return planned


@transaction.atomic
def end_action(*, planned: PlannedAction, state: str, came_of_it: str, by: Staff, at: datetime) -> None:
    """Write down what came of an action; it goes off the list."""
    row: PlannedAction = PlannedAction.objects.select_for_update().get(pk=planned.pk)
    if row.state != ActionState.OPEN or not queries.may_end(row, by=by):
        raise Refusal(
            _("This action was ended already, or is on another colleague’s list."),
            next_step=_("Open the plan again."),
            code="step-does-not-fit",
        )
    row.state, row.came_of_it, row.ended_on = state, came_of_it, timezone.localtime(at).date()
    row.save(update_fields=["state", "came_of_it", "ended_on"])
    if state == ActionState.DONE:
        work.complete_for(subject=row.pk, purpose=PLAN, by=by, at=at)
    else:
        work.cancel_for(subject=row.pk, at=at)
    audit.record(event=events.PLAN_ENDED, by=by, at=at, about=row.assessment_id)


def follow_item(item: DueItem) -> None:
    """For the lists: an action that was rescheduled there has that day in the plan too."""
    if item.room != PLAN:
        return
    for due_at in [one.due_at for one in work_queries.items_of(item.subject, purpose=PLAN)]:
        PlannedAction.objects.filter(pk=item.subject).update(due_on=timezone.localtime(due_at).date())


@transaction.atomic
def hand_over_all(*, keys: Keyring, staff: Staff, to: Staff, at: datetime) -> HandoverResult:
    """A colleague leaves: actions and questions of the network go to ``to``; levels are nobody else's to give."""
    del keys
    PlannedAction.objects.filter(owner=staff, state=ActionState.OPEN).update(owner=to)
    SharedStrengths.objects.filter(contact=staff).update(contact=to)
    for part in Assessor.objects.filter(staff=staff, finished_on=None):
        work.cancel_for(subject=part.pk, purpose=LEVELS, at=at)
    return HandoverResult(0, 0)
