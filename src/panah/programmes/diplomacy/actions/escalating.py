"""What nobody did for two weeks after its day goes to the focal points, beside whoever it is due from."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from panah.ground.foundation import tenancy
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.programmes.diplomacy import rules
from panah.programmes.diplomacy.models import Status
from panah.programmes.diplomacy.words import ANSWER, DIALOGUE_LATE, DO, FOLLOW_UP, LATE, NEXT, STEP_LATE

# What is due -> what the focal points are asked.
ASKED = {FOLLOW_UP: LATE, DO: STEP_LATE, ANSWER: DIALOGUE_LATE, NEXT: DIALOGUE_LATE}


def escalate_late(*, at: datetime) -> int:
    """Ask the focal points about what is late by two weeks; returns about how much. For the worker.

    A step of which somebody has said within these weeks how far it is, and why it is late, waits.
    """
    since = at - rules.ESCALATED_AFTER
    late = work_queries.overdue(purposes=ASKED, before=since, society=tenancy.current_tenant())
    spoken = _spoken_about([one.subject for one in late if one.purpose == DO], since)
    rows = [one for one in late if one.subject not in spoken]
    for one in rows:
        work.due_for_focal_points(
            DueType(one.room, ASKED[one.purpose], DueKind.REVIEW, urgency=Urgency.WEEK),
            DueSubject(one.society_id, one.subject, number=one.number),
            at=at,
        )
    return len(rows)


def _spoken_about(steps: list[UUID], since: datetime) -> set[UUID]:
    said = Status.objects.filter(step__in=steps, said_on__gte=timezone.localtime(since).date())
    return set(said.values_list("step", flat=True))
