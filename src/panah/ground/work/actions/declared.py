"""Putting on lists what a room has declared (``words.DueType``): for whoever has to do it, or for all focal points."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.vault.keyring import Keyring
from panah.ground.work.actions.due_items import add_item, cancel_for
from panah.ground.work.models import DueItem
from panah.ground.work.words import DueSubject, DueType, Sentence, SubjectRow, Urgency

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def due(
    what: DueType,
    subject: SubjectRow | DueSubject,
    *,
    at: datetime,
    due_at: datetime | None = None,
    owner: Staff | None = None,
    keys: Keyring | None = None,
    sentence: Sentence = "",
    urgency: Urgency | str = "",
    pages_after: timedelta | None = None,
) -> DueItem:
    """Put it on a list; what is given here counts before what its type or what it is about says.

    ``keys`` open the file in which the sentence is sealed: without them there is none.
    """
    about = subject if isinstance(subject, DueSubject) else DueSubject(subject.society_id, subject.pk)
    if what.once:
        cancel_for(subject=about.pk, purpose=what.purpose, at=at)
    return add_item(
        keys=keys,
        society=about.society_id,
        kind=what.kind,
        due_at=due_at or at + what.within,
        room=what.room,
        subject=about.pk,
        at=at,
        owner=owner or about.owner,
        line=about.line,
        branch=about.branch,
        urgency=urgency or what.urgency or about.urgency or Urgency.TODAY,
        language=about.language,
        age_group=about.age_group,
        number=about.number,
        purpose=what.purpose,
        file=about.file,
        sentence=sentence or what.sentence,
        pages_after=pages_after,
    )


@transaction.atomic
def due_for_focal_points(
    what: DueType,
    subject: SubjectRow | DueSubject,
    *,
    at: datetime,
    due_at: datetime | None = None,
    not_to: Collection[UUID | None] = (),
    beside: Permission | None = None,
) -> None:
    """Put something on the list of each focal point, unless it stands on one already.

    ``not_to``: who made it, and so does not decide it. Where there is no other focal point, it stands on hers too.
    ``beside``: who has it on a list besides.
    """
    if DueItem.objects.filter(subject=subject.pk, purpose=what.purpose, done_at=None).exists():
        return
    everyone = with_permission(subject.society_id, Permission.WORK_LEAD)
    first = [one for one in everyone if one.pk not in not_to] or everyone
    others = with_permission(subject.society_id, beside) if beside is not None else []
    for owner in {one.pk: one for one in (*first, *others)}.values():
        due(what, subject, owner=owner, due_at=due_at, at=at)
