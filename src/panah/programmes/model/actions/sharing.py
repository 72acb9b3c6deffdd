"""What the network sees: the elements in which a society is strong, the level, and whom to ask. Nothing else leaves."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone

from panah.ground.accounts.queries import colleagues
from panah.ground.audit import actions as audit
from panah.programmes.model import events, rules
from panah.programmes.model.actions.assessments import locked, must_run
from panah.programmes.model.models import Assessment, SharedStrengths
from panah.programmes.model.words import AssessmentState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def share(*, assessment: Assessment, contact: str, by: Staff, at: datetime) -> None:
    """Show the network what this assessment says the society is strong in; an earlier year's is replaced."""
    must_run(by)
    row = locked(assessment, AssessmentState.AGREED)
    levels = dict(row.agreed.values_list("element", "level"))
    SharedStrengths.objects.update_or_create(
        society_id=row.society_id,
        defaults={
            "year": row.year,
            "levels": {name: levels[name] for name in rules.strengths(levels)},
            "contact": get_object_or_404(colleagues(to=by), pk=UUID(contact)),
            "shared_on": timezone.localtime(at).date(),
        },
    )
    audit.record(event=events.SHARED, by=by, at=at, about=row.pk)


@transaction.atomic
def take_back(*, assessment: Assessment, by: Staff, at: datetime) -> None:
    """The network sees nothing of this society any more."""
    must_run(by)
    gone, _by_kind = SharedStrengths.objects.filter(
        society=assessment.society_id, year=assessment.year
    ).delete()
    if gone:
        audit.record(event=events.TAKEN_BACK, by=by, at=at, about=assessment.pk)
