"""The society's own policy: from the network's model text over comments to what the board adopted."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.kit.optimistic_lock import refuse_if_changed
from panah.ground.kit.row_locks import locked
from panah.programmes.diplomacy import events
from panah.programmes.diplomacy.instruments import model_policy
from panah.programmes.diplomacy.models import Policy, PolicyComment
from panah.programmes.diplomacy.permissions import must_decide, must_keep
from panah.programmes.diplomacy.words import PolicyState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def locked_draft(policy: Policy) -> Policy:
    row = locked(policy)
    if row.state != PolicyState.DRAFT:
        raise Refusal(
            _("This version was adopted: it is not changed any more."),
            next_step=_("Begin a new version from it."),
            code="adopted-already",
        )
    return row


@transaction.atomic
def begin_policy(*, language: str, by: Staff, at: datetime) -> Policy:
    """Begin a version from the one that is in force, else from the network's model text; one draft a language."""
    must_keep(by)
    rows = Policy.objects.filter(society=by.society_id, language=language)
    draft = rows.filter(state=PolicyState.DRAFT).first()
    if draft is not None:
        return draft
    before = rows.filter(state=PolicyState.ADOPTED).first()
    try:
        with transaction.atomic():
            row: Policy = Policy.objects.create(
                society_id=by.society_id,
                version=(rows.aggregate(last=Max("version"))["last"] or 0) + 1,
                language=language,
                text=before.text if before else model_policy(language),
                changed_by=by,
                edited_at=at,
            )
    except IntegrityError:
        return Policy.objects.get(society=by.society_id, language=language, state=PolicyState.DRAFT)
    audit.record(event=events.POLICY_BEGUN, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def change_policy(*, policy: Policy, text: str, seen: str | None = None, by: Staff, at: datetime) -> None:
    must_keep(by)
    row = locked_draft(policy)
    refuse_if_changed(row, seen=seen)
    row.text, row.changed_by, row.edited_at = text, by, at
    row.save(update_fields=["text", "changed_by", "edited_at"])
    audit.record(event=events.POLICY_CHANGED, by=by, at=at, about=row.pk)


@transaction.atomic
def comment_policy(
    *, policy: Policy, text: str, pk: UUID | None = None, by: Staff, at: datetime
) -> PolicyComment:
    """Say something to a draft; whoever reads commitments may."""
    row = locked_draft(policy)
    one: PolicyComment = PolicyComment.objects.create(
        pk=pk or uuid4(), policy=row, text=text, by=by, on=timezone.localtime(at).date()
    )
    audit.record(event=events.POLICY_COMMENTED, by=by, at=at, about=row.pk)
    return one


@transaction.atomic
def adopt_policy(
    *, policy: Policy, adopted_on: date, decision: str, seen: str | None = None, by: Staff, at: datetime
) -> None:
    """Write down that the board adopted a version; the one before is replaced and stays to be read."""
    must_decide(by)
    row = locked_draft(policy)
    refuse_if_changed(row, seen=seen)
    if adopted_on > timezone.localtime(at).date():
        raise Refusal(
            _("The board’s decision is of today or earlier."),
            next_step=_("Write it down once it was taken."),
            code="decision-of-the-future",
        )
    Policy.objects.filter(society=row.society_id, language=row.language, state=PolicyState.ADOPTED).update(
        state=PolicyState.REPLACED
    )
    row.state, row.adopted_on, row.decision, row.entered_by = PolicyState.ADOPTED, adopted_on, decision, by
    row.save(update_fields=["state", "adopted_on", "decision", "entered_by"])
    audit.record(event=events.POLICY_ADOPTED, by=by, at=at, about=row.pk)
