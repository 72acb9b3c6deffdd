"""A self-assessment from its beginning to what was agreed: each alone, then side by side, then one level."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.accounts.queries import colleagues
from panah.ground.accounts.roles import Permission, require
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit import row_locks
from panah.ground.kit.dates import morning
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.programmes.model import events, queries, rules
from panah.programmes.model.models import AgreedLevel, Assessment, Assessor, Opinion
from panah.programmes.model.words import AGAIN, ELEMENTS, LEVELS, AssessmentState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

DAYS_ALONE = 14
A_YEAR = 365

GIVE_LEVELS = DueType(LEVELS, LEVELS, DueKind.ANSWER, urgency=Urgency.WEEK)
ASSESS_AGAIN = DueType(AGAIN, AGAIN, DueKind.REVIEW, urgency=Urgency.LATER)


def must_run(by: Staff) -> None:
    require(
        by,
        Permission.MODEL_RUN,
        _("A focal point runs the self-assessment."),
        _("Tell one of them what should change."),
        status=409,
    )


def locked(assessment: Assessment, *states: AssessmentState) -> Assessment:
    """Return the row for a change; refuse when it has gone on meanwhile."""
    row = row_locks.locked(assessment)
    again = _("Open the page of the assessment again: a colleague has gone on with it.")
    row_locks.must_fit(row.state in states, next_step=again)
    return row


@transaction.atomic
def begin_assessment(
    *, year: int, people: Collection[str], pk: UUID | None = None, by: Staff, at: datetime
) -> Assessment:
    """Begin the self-assessment of a year by the newest texts, and name who gives levels."""
    must_run(by)
    try:
        with transaction.atomic():
            row: Assessment = Assessment.objects.create(
                pk=pk or uuid4(),
                society_id=by.society_id,
                year=year,
                version=queries.current_version(),
                begun_on=timezone.localtime(at).date(),
            )
    except IntegrityError:
        raise Refusal(
            _("The assessment of this year was begun already."),
            next_step=_("Open it in the list of years."),
            code="begun-already",
        ) from None
    audit.record(event=events.BEGUN, by=by, at=at, about=row.pk)
    _name(row, people, by, at)
    for earlier in Assessment.objects.filter(society=by.society_id, year__lt=year):
        work.complete_for(subject=earlier.pk, purpose=AGAIN, by=by, at=at)
    return row


@transaction.atomic
def name_colleagues(*, assessment: Assessment, people: Collection[str], by: Staff, at: datetime) -> None:
    """Name more colleagues who give levels; only while each is alone with the question."""
    must_run(by)
    _name(locked(assessment, AssessmentState.ALONE), people, by, at)


def _name(row: Assessment, people: Iterable[str], by: Staff, at: datetime) -> None:
    there = set(row.assessors.values_list("staff", flat=True))
    new = [
        one for one in colleagues(to=by).filter(pk__in=[UUID(one) for one in people]) if one.pk not in there
    ]
    for one in new:
        part = Assessor.objects.create(assessment=row, staff=one)
        work.due(
            GIVE_LEVELS,
            DueSubject(row.society_id, part.pk),
            owner=one,
            due_at=morning(timezone.localtime(at).date() + timedelta(days=DAYS_ALONE)),
            at=at,
        )
    if new:
        audit.record(event=events.NAMED, by=by, at=at, about=row.pk, facts={"number": len(new)})


@transaction.atomic
def give_level(
    *, part: Assessor, element: str, level: int, seen: Iterable[int], other: str, sentence: str
) -> Opinion:
    """Keep what one colleague says to one element. It is the colleague's alone until all stand side by side."""
    locked(part.assessment, AssessmentState.ALONE)
    opinion, _created = Opinion.objects.update_or_create(
        assessor=part,
        element=element,
        defaults={"level": level, "seen": sorted(seen), "other": other, "sentence": sentence},
    )
    return opinion


@transaction.atomic
def finish_own_part(*, part: Assessor, by: Staff, at: datetime) -> None:
    """Every element has an answer: the colleague is done. Until all stand side by side it can still be changed."""
    locked(part.assessment, AssessmentState.ALONE)
    missing = len(ELEMENTS) - part.opinions.count()
    if missing:
        raise Refusal(
            _("Elements without an answer: %(num)s.") % {"num": missing},
            next_step=_("Open each of them. “I cannot say” is an answer too."),
            code="not-all-answered",
        )
    if part.finished_on is None:
        part.finished_on = timezone.localtime(at).date()
        part.save(update_fields=["finished_on"])
        work.complete_for(subject=part.pk, purpose=LEVELS, by=by, at=at)
        audit.record(event=events.FINISHED, by=by, at=at, about=part.assessment_id)


@transaction.atomic
def set_side_by_side(*, assessment: Assessment, by: Staff, at: datetime) -> None:
    """From now on those who gave levels read each other's. Whoever has not finished is left out."""
    must_run(by)
    row = locked(assessment, AssessmentState.ALONE)
    parts = list(row.assessors.all())
    if sum(part.finished_on is not None for part in parts) < rules.LEAST_PEOPLE:
        raise Refusal(
            _("Fewer than two colleagues have finished."),
            next_step=_(
                "Wait for them, or name another colleague: a society is seen from more than one place."
            ),
            code="too-few",
        )
    row.state = AssessmentState.TOGETHER
    row.save(update_fields=["state"])
    for part in parts:
        work.cancel_for(subject=part.pk, at=at)
    audit.record(event=events.TOGETHER, by=by, at=at, about=row.pk)


@transaction.atomic
def agree_level(
    *,
    assessment: Assessment,
    element: str,
    level: int,
    sentence: str,
    decided_by: Iterable[str],
    by: Staff,
    at: datetime,
    seen: str | None = None,
) -> AgreedLevel:
    """Write down the level that was agreed for one element, why, and who decided it; what each said stays.

    ``seen`` is the state of the entry that the writer had before her (``kit.optimistic_lock``).
    """
    must_run(by)
    row = locked(assessment, AssessmentState.TOGETHER)
    kept = AgreedLevel.objects.filter(assessment=row, element=element).first()
    kept = kept or AgreedLevel(assessment=row, element=element)
    refuse_if_changed(kept, seen=seen)
    names = colleagues(to=by).filter(pk__in=[UUID(one) for one in decided_by]).values_list("name", flat=True)
    kept.level, kept.sentence, kept.decided_by, kept.edited_at = level, sentence, ", ".join(names), at
    kept.save()
    audit.record(event=events.LEVEL_AGREED, by=by, at=at, about=row.pk, facts={"element": element})
    return kept


@transaction.atomic
def end_assessment(*, assessment: Assessment, by: Staff, at: datetime) -> None:
    """Every element has its agreed level: it stands, and in a year it is due again."""
    must_run(by)
    row = locked(assessment, AssessmentState.TOGETHER)
    missing = len(ELEMENTS) - row.agreed.count()
    if missing:
        raise Refusal(
            _("Elements without an agreed level: %(num)s.") % {"num": missing},
            next_step=_("Talk them through and write down what was agreed."),
            code="not-all-agreed",
        )
    row.state, row.agreed_on = AssessmentState.AGREED, timezone.localtime(at).date()
    row.save(update_fields=["state", "agreed_on"])
    work.due_for_focal_points(
        ASSESS_AGAIN, row, due_at=morning(row.agreed_on + timedelta(days=A_YEAR)), at=at
    )
    audit.record(event=events.AGREED, by=by, at=at, about=row.pk)
