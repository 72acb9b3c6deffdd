"""Access to places: asked for, granted until a day, refused; and places that ask for a session."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.work import actions as work
from panah.programmes.prevention import events
from panah.programmes.prevention.actions.sessions import put
from panah.programmes.prevention.models import Access
from panah.programmes.prevention.words import ACCESS, AccessState
from panah.programmes.volunteers import actions as volunteers

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff

# Purposes of due items.
ANSWER, RENEW = "answer", "renew"
ANSWERED_WITHIN, RENEWED_BEFORE = timedelta(days=14), timedelta(days=30)


@transaction.atomic
def ask_access(
    *,
    place: str,
    kind: str,
    asked_by: str,
    office: str,
    audience: str,
    branch: str,
    asked_on: date,
    pk: UUID | None = None,
    by: Staff,
    at: datetime,
) -> Access:
    """Write down that access was asked for, or that a place asks for a session; two weeks later it is looked at."""
    row = Access.objects.create(
        pk=pk or uuid4(),
        society_id=by.society_id,
        branch_id=volunteers.kept_branch(branch, by=by),
        place=place,
        kind=kind,
        asked_by=asked_by,
        office=office,
        audience=audience,
        asked_on=asked_on,
    )
    put(row, ANSWER, asked_on + ANSWERED_WITHIN, room=ACCESS, by=by, at=at)
    audit.record(event=events.ACCESS_ASKED, by=by, at=at, about=row.pk)
    return row


@transaction.atomic
def decide_access(
    *,
    access: Access,
    state: str,
    decided_on: date,
    decided_by: str,
    granted_until: date | None,
    conditions: str,
    by: Staff,
    at: datetime,
) -> None:
    """Write down the answer; again: a new answer, or a longer permission."""
    granted = state == AccessState.GRANTED
    if granted and granted_until is not None and granted_until < decided_on:
        raise Refusal(
            _("The permission would end before it was given."),
            next_step=_("Look at the two days."),
            code="ends-before-it-begins",
        )
    access.state, access.decided_on, access.decided_by = state, decided_on, decided_by
    access.granted_until = granted_until if granted else None
    access.conditions = conditions
    access.save()
    work.complete_for(subject=access.pk, purpose=ANSWER, by=by, at=at)
    work.complete_for(subject=access.pk, purpose=RENEW, by=by, at=at)
    if granted and granted_until is not None:
        put(access, RENEW, granted_until - RENEWED_BEFORE, room=ACCESS, by=by, at=at)
    audit.record(event=events.ACCESS_DECIDED, by=by, at=at, about=access.pk)


def record_letter(*, access: Access, by: Staff, at: datetime) -> None:
    audit.record(event=events.LETTER, by=by, at=at, about=access.pk)
