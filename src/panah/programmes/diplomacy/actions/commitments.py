"""A commitment from its draft over the sign-off by a second person to its end, its plan, and the next round."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.accounts.queries import colleagues
from panah.ground.approvals.second_person import must_be_second
from panah.ground.audit import actions as audit
from panah.ground.audit.queries import hands_since_approval
from panah.ground.foundation.errors import Refusal
from panah.ground.kit import row_locks
from panah.ground.kit.dates import dated, morning
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.ground.vault.actions.offboarding import HandoverResult
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.programmes.diplomacy import events, queries, rules
from panah.programmes.diplomacy.models import Commitment, Indicator, Standing, Step, Supporter
from panah.programmes.diplomacy.permissions import decides, must_decide, must_keep
from panah.programmes.diplomacy.words import (
    COMMITMENTS,
    DECIDE,
    DO,
    FOLLOW_UP,
    STEPS,
    CommitmentState,
    Progress,
)

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.vault.keyring import Keyring

SIGN_OFF = DueType(COMMITMENTS, DECIDE, DueKind.DECIDE, urgency=Urgency.WEEK)
ASK_HOW_FAR = DueType(COMMITMENTS, FOLLOW_UP, DueKind.REVIEW, urgency=Urgency.LATER, once=True)
TAKE_STEP = DueType(STEPS, DO, DueKind.DEADLINE, urgency=Urgency.LATER)


def locked(commitment: Commitment, *states: CommitmentState) -> Commitment:
    """Return the row for a change; refuse when it has gone on meanwhile."""
    row = row_locks.locked(commitment)
    again = _("Open the page of the commitment again: a colleague has gone on with it.")
    row_locks.must_fit(row.state in states, next_step=again)
    return row


@transaction.atomic
def say_standing(
    *,
    instrument: str,
    party: str,
    state: str,
    since: str,
    source: str,
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Standing:
    """Write down how a state or a society stands to an instrument; what was written before stays."""
    must_keep(by)
    said = Standing.objects.filter(society=by.society_id, instrument=instrument, party=party)
    row: Standing = Standing.objects.create(
        pk=pk or uuid4(),
        turn=said.count() + 1,
        society_id=by.society_id,
        instrument=instrument,
        party=party,
        state=state,
        since=since,
        source=source,
        said_on=timezone.localtime(at).date(),
        said_by=by,
    )
    audit.record(event=events.STOOD, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def draft_commitment(
    *, focal: str, pk: UUID | None = None, by: Staff, at: datetime, **said: object
) -> Commitment:
    """Draft a commitment; it binds nobody until a focal point who did not write it signs it off."""
    must_keep(by)
    row: Commitment = Commitment.objects.create(
        pk=pk or uuid4(),
        society_id=by.society_id,
        focal=get_object_or_404(colleagues(to=by), pk=UUID(focal)),
        changed_by=by,
        edited_at=at,
        **said,
    )
    audit.record(event=events.DRAFTED, by=by, at=at, about=row.pk)
    _put_up(row, at)
    return row


@transaction.atomic
def change_commitment(
    *, commitment: Commitment, focal: str, seen: str | None = None, by: Staff, at: datetime, **said: object
) -> None:
    """Change a draft; what was signed off is not changed any more."""
    must_keep(by)
    row = locked(commitment, CommitmentState.DRAFT)
    refuse_if_changed(row, seen=seen)
    for name, value in said.items():
        setattr(row, name, value)
    if row.follows is not None:
        _must_begin_after(row.follows, row.begins_on)
    row.focal = get_object_or_404(colleagues(to=by), pk=UUID(focal))
    row.changed_by, row.edited_at, row.comment = by, at, ""
    row.save()
    work.cancel_for(subject=row.pk, purpose=DECIDE, at=at)
    audit.record(event=events.CHANGED, by=by, at=at, about=row.pk)
    _put_up(row, at)


def _put_up(row: Commitment, at: datetime) -> None:
    work.due_for_focal_points(SIGN_OFF, row, not_to=hands_since_approval(row.pk), at=at)


@transaction.atomic
def send_back(*, commitment: Commitment, comment: str, by: Staff, at: datetime) -> None:
    """Say what is missing; whoever wrote the draft goes on with it."""
    must_decide(by)
    row = locked(commitment, CommitmentState.DRAFT)
    row.comment, row.edited_at = comment, at
    row.save(update_fields=["comment", "edited_at"])
    work.complete_for(subject=row.pk, purpose=DECIDE, by=by, at=at)
    audit.record(event=events.SENT_BACK, by=by, at=at, about=row.pk)


@transaction.atomic
def sign_off(*, commitment: Commitment, seen: str | None = None, by: Staff, at: datetime) -> None:
    """Sign a draft off: from now on it runs, and its focal person is asked how far it is."""
    must_decide(by)
    row = locked(commitment, CommitmentState.DRAFT)
    refuse_if_changed(row, seen=seen)
    must_be_second(row.pk, by=by, may=decides)
    day = timezone.localtime(at).date()
    row.state, row.signed_by, row.signed_on, row.comment = CommitmentState.RUNNING, by, day, ""
    row.save(update_fields=["state", "signed_by", "signed_on", "comment"])
    work.complete_for(subject=row.pk, purpose=DECIDE, by=by, at=at)
    for step in row.steps.select_related("owner"):
        put_step_on_list(row, step, at)
    ask_again(row, day, at)
    audit.record(event=events.SIGNED, by=by, at=at, about=row.pk)


def ask_again(row: Commitment, said_on: date, at: datetime) -> None:
    """Put the next word about a commitment on its focal person's list."""
    work.due(
        ASK_HOW_FAR, row, owner=row.focal, due_at=morning(rules.follow_up_on(said_on, row.ends_on)), at=at
    )


def put_step_on_list(row: Commitment, step: Step, at: datetime) -> None:
    work.due(
        TAKE_STEP, DueSubject(row.society_id, step.pk), owner=step.owner, due_at=morning(step.due_on), at=at
    )


@transaction.atomic
def add_supporter(*, commitment: Commitment, name: str, kind: str, by: Staff, at: datetime) -> None:
    """Write down who stands behind a commitment too."""
    must_keep(by)
    row = locked(commitment, CommitmentState.DRAFT, CommitmentState.RUNNING)
    try:
        with transaction.atomic():
            Supporter.objects.create(commitment=row, name=name, kind=kind)
    except IntegrityError:
        raise Refusal(
            _("%(name)s stands there already.") % {"name": name},
            next_step=_("Look at the list above."),
            code="supporter-there",
        ) from None
    audit.record(event=events.PLANNED, by=by, at=at, about=row.pk)


@transaction.atomic
def add_step(
    *, commitment: Commitment, owner: str, pk: UUID | None = None, by: Staff, at: datetime, **said: object
) -> Step:
    """Add a step to the plan; of a running commitment it stands on its owner's list at once."""
    must_keep(by)
    row = locked(commitment, CommitmentState.DRAFT, CommitmentState.RUNNING)
    person = get_object_or_404(colleagues(to=by), pk=UUID(owner))
    step: Step = Step.objects.create(pk=pk or uuid4(), commitment=row, owner=person, **said)
    if row.state == CommitmentState.RUNNING:
        put_step_on_list(row, step, at)
    audit.record(event=events.PLANNED, by=by, at=at, about=row.pk)
    return step


@transaction.atomic
def add_indicator(
    *,
    commitment: Commitment,
    steps: Collection[str],
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
    **said: object,
) -> Indicator:
    """Add by what progress is measured."""
    must_keep(by)
    row = locked(commitment, CommitmentState.DRAFT, CommitmentState.RUNNING)
    indicator: Indicator = Indicator.objects.create(pk=pk or uuid4(), commitment=row, **said)
    indicator.steps.set(row.steps.filter(pk__in=[UUID(step) for step in steps]))
    audit.record(event=events.PLANNED, by=by, at=at, about=row.pk)
    return indicator


@transaction.atomic
def end_commitment(*, commitment: Commitment, by: Staff, at: datetime) -> None:
    """End a commitment: nothing of it is asked any more, all of it stays to be read."""
    must_decide(by)
    row = locked(commitment, CommitmentState.RUNNING)
    if not row.statuses.filter(step=None).exists():
        raise Refusal(
            _("Nobody has said yet how far it is."),
            next_step=_("Add evidence and say how far it is. Then end it."),
            code="no-evidence",
        )
    row.state, row.ended_on = CommitmentState.ENDED, timezone.localtime(at).date()
    row.save(update_fields=["state", "ended_on"])
    work.cancel_for(subject=row.pk, at=at)
    for step in row.steps.all():
        work.cancel_for(subject=step.pk, at=at)
    audit.record(event=events.ENDED, by=by, at=at, about=row.pk)


@transaction.atomic
def carry_over(
    *, commitment: Commitment, begins_on: date, ends_on: date, pk: UUID | None = None, by: Staff, at: datetime
) -> Commitment:
    """Draft the next round: objective, provisions, supporters, indicators, and the steps that are not over."""
    must_keep(by)
    old = locked(commitment, CommitmentState.RUNNING, CommitmentState.ENDED)
    _must_begin_after(old, begins_on)
    row: Commitment = Commitment.objects.create(
        pk=pk or uuid4(),
        society_id=old.society_id,
        follows=old,
        begins_on=begins_on,
        ends_on=ends_on,
        changed_by=by,
        edited_at=at,
        focal=old.focal,
        **{
            name: getattr(old, name)
            for name in ("kind", "title", "provisions", "objective", "resources", "risks")
        },
    )
    Supporter.objects.bulk_create(
        Supporter(commitment=row, name=one.name, kind=one.kind) for one in old.supporters.all()
    )
    moved = {}
    over = {pk for pk, one in queries.last_words(old).items() if one in (Progress.DONE, Progress.DROPPED)}
    for step in old.steps.exclude(pk__in=over):
        was = step.pk
        step.pk, step.commitment, step.due_on = uuid4(), row, max(step.due_on, begins_on)
        step._state.adding = True
        step.save()
        moved[was] = step
    for one in old.indicators.prefetch_related("steps"):
        kept = Indicator.objects.create(commitment=row, text=one.text, begins_at=one.begins_at, aim=one.aim)
        kept.steps.set([moved[each.pk] for each in one.steps.all() if each.pk in moved])
    audit.record(event=events.CARRIED, by=by, at=at, about=row.pk)
    _put_up(row, at)
    return row


def _must_begin_after(old: Commitment, begins_on: date) -> None:
    if begins_on <= old.begins_on:
        raise Refusal(
            _("The round before begins on %(day)s: the next one begins after it.")
            % {"day": dated(old.begins_on)},
            next_step=_("Write a later day."),
            code="begins-before",
        )


@transaction.atomic
def hand_over_all(*, keys: Keyring, staff: Staff, to: Staff, at: datetime) -> HandoverResult:
    """A colleague leaves: commitments and steps that are not over go to ``to``, with what is due about them."""
    del keys, at
    Commitment.objects.filter(focal=staff).exclude(state=CommitmentState.ENDED).update(focal=to)
    Step.objects.filter(owner=staff).exclude(commitment__state=CommitmentState.ENDED).update(owner=to)
    return HandoverResult(0, 0)
