"""A society's own plans for sessions, the goals that it added, and what it took out as a table."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.network.goals import GlobalAgenda
from panah.programmes.prevention import events, permissions
from panah.programmes.prevention.models import Goal, Narrative, Plan

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def write_plan(
    *,
    title: str,
    language: str,
    minutes: int,
    aims: str,
    steps: str,
    materials: str,
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
    old: Plan | None = None,
) -> Plan:
    """Write a plan of the society; ``old``: the one it replaces, which stays with the sessions that used it."""
    if old is not None and old.retired_on is None:
        old.retired_on = timezone.localtime(at).date()
        old.save(update_fields=["retired_on"])
    row = Plan.objects.create(
        pk=pk or uuid4(),
        society_id=by.society_id,
        title=title,
        language=language,
        minutes=minutes,
        aims=aims,
        steps=steps,
        materials=materials,
    )
    audit.record(event=events.PLAN_WRITTEN, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def retire_plan(*, plan: Plan, by: Staff, at: datetime) -> None:
    """Take a plan off the list for new sessions."""
    plan.retired_on = plan.retired_on or timezone.localtime(at).date()
    plan.save(update_fields=["retired_on"])
    audit.record(event=events.PLAN_WRITTEN, by=by, at=at, about=plan.pk)


@transaction.atomic
def add_goal(
    *, code: str, name_en: str, name_ru: str, pk: UUID | None = None, by: Staff, at: datetime
) -> Goal:
    """Add a goal beside the four that are built in."""
    if not permissions.adds_goals(by):
        raise Refusal(_("A focal point adds goals for the whole society."), code="adds-no-goals")
    taken = Goal.objects.filter(society=by.society_id, code=code).exists()
    if taken or code in GlobalAgenda.values:
        raise Refusal(
            _("This code stands for another goal."),
            next_step=_("Choose another code."),
            code="goal-code-taken",
        )
    row = Goal.objects.create(
        pk=pk or uuid4(), society_id=by.society_id, code=code, name_en=name_en, name_ru=name_ru
    )
    audit.record(event=events.GOAL_ADDED, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def write_narrative(*, period: str, text: str, by: Staff, at: datetime) -> None:
    """Write the text beside the numbers of a period; an empty one takes it away."""
    if not permissions.writes_narrative(by):
        raise Refusal(_("A focal point or the data officer writes it."), code="writes-no-narrative")
    if text:
        Narrative.objects.update_or_create(society_id=by.society_id, period=period, defaults={"text": text})
    else:
        Narrative.objects.filter(society=by.society_id, period=period).delete()
    audit.record(event=events.NARRATIVE_WRITTEN, by=by, at=at)


def record_export(*, by: Staff, at: datetime) -> None:
    audit.record(event=events.EXPORTED, by=by, at=at)
