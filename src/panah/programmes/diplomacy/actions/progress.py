"""How far a commitment is: evidence first, then a word that it carries. Nothing else says it, whatever way it comes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.dates import dated
from panah.ground.work import actions as work
from panah.programmes.diplomacy import events, rules
from panah.programmes.diplomacy.actions.commitments import ask_again, locked
from panah.programmes.diplomacy.models import Commitment, Evidence, Status, Step
from panah.programmes.diplomacy.permissions import keeps, must_keep
from panah.programmes.diplomacy.queries import last_word
from panah.programmes.diplomacy.words import (
    DO,
    FOLLOW_UP,
    LATE,
    NEED_A_REASON,
    STEP_LATE,
    CommitmentState,
    Progress,
)

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def add_evidence(
    *,
    commitment: Commitment,
    shown_on: date,
    steps: Collection[str] = (),
    indicators: Collection[str] = (),
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
    **said: object,
) -> Evidence:
    """Add something dated that shows how far it is; an owner of a step may, too."""
    row = locked(commitment, CommitmentState.RUNNING)
    if not (keeps(by) or row.steps.filter(owner=by).exists()):
        must_keep(by)
    today = timezone.localtime(at).date()
    if shown_on > today:
        raise Refusal(
            _("Evidence is of today or earlier."),
            next_step=_("Write the day from which it is, not the day that is planned."),
            code="evidence-of-the-future",
        )
    one: Evidence = Evidence.objects.create(
        pk=pk or uuid4(), commitment=row, shown_on=shown_on, added_by=by, added_on=today, **said
    )
    one.steps.set(row.steps.filter(pk__in=[UUID(each) for each in steps]))
    one.indicators.set(row.indicators.filter(pk__in=[UUID(each) for each in indicators]))
    audit.record(event=events.SHOWN, by=by, at=at, about=row.pk)
    return one


@transaction.atomic
def say_status(
    *,
    commitment: Commitment,
    progress: str,
    evidence: str,
    why: str = "",
    challenges: str = "",
    step: Step | None = None,
    by: Staff,
    at: datetime,
) -> Status:
    """Say how far a commitment or one of its steps is, by evidence that is newer than that of the last word."""
    row = locked(commitment, CommitmentState.RUNNING)
    if not (keeps(by) or (step is not None and step.owner_id == by.pk)):
        must_keep(by)
    shown = row.evidence.filter(pk=UUID(evidence)).first() if evidence else None
    last = last_word(row, step)
    today = timezone.localtime(at).date()
    if shown is None or not rules.may_be_said(shown.shown_on, last.shown_on if last else None, today):
        raise _needs_evidence(last)
    if progress in NEED_A_REASON and not why:
        raise Refusal(
            _("Late and given up are said with their reason."),
            next_step=_("Write in a sentence why."),
            code="needs-a-reason",
        )
    try:
        with transaction.atomic():
            word: Status = Status.objects.create(
                commitment=row,
                step=step,
                progress=progress,
                why=why,
                challenges=challenges,
                evidence=shown,
                shown_on=shown.shown_on,
                said_by=by,
                said_on=today,
            )
    except IntegrityError:
        raise _needs_evidence(last) from None
    if step is None:
        for purpose in (FOLLOW_UP, LATE):
            work.complete_for(subject=row.pk, purpose=purpose, by=by, at=at)
        ask_again(row, today, at)
    else:
        work.complete_for(subject=step.pk, purpose=STEP_LATE, by=by, at=at)
        if progress in (Progress.DONE, Progress.DROPPED):
            work.complete_for(subject=step.pk, purpose=DO, by=by, at=at)
    audit.record(event=events.SAID, by=by, at=at, about=row.pk)
    return word


def _needs_evidence(last: Status | None) -> Refusal:
    return Refusal(
        _("No word without newer evidence: that of the last word is of %(day)s.")
        % {"day": dated(last.shown_on)}
        if last
        else _("No word without evidence."),
        next_step=_("Add evidence that is newer, then say how far it is."),
        code="needs-newer-evidence",
    )
