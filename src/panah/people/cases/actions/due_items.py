"""What is due on a case: neutral rows in the work list, sentences sealed in the file, the soonest kept on the case."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from panah.ground.vault.keyring import Keyring
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import AgeGroup, DueKind, Sentence, Urgency
from panah.people.cases.models import Case
from panah.people.cases.words import NOTHING_DUE

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.work.models import DueItem

ROOM = "cases"


def add_due(
    *,
    keys: Keyring | None,
    case: Case,
    kind: DueKind,
    due_at: datetime,
    purpose: str,
    sentence: Sentence,
    at: datetime,
    owner: Staff | None = None,
    urgency: str = "",
    pages_after: timedelta | None = None,
) -> DueItem:
    """Put something on the list of the holder of a case (or of ``owner``); ``pages_after`` as in ``work.add_item``.

    ``purpose`` is a neutral code of this room: it stands in a plain column and must not say what it is about.
    """
    return work.add_item(
        keys=keys,
        society=case.society_id,
        kind=kind,
        due_at=due_at,
        room=ROOM,
        subject=case.pk,
        at=at,
        owner=owner or case.owner,
        branch=case.branch,
        urgency=Urgency(urgency or case.urgency),
        language=case.language,
        age_group=AgeGroup(case.age_group),
        number=case.number,
        purpose=purpose,
        file=case.file_id,
        sentence=sentence,
        pages_after=pages_after,
    )


def replace_due(*, purpose: str, case: Case, at: datetime, **more: Any) -> DueItem:
    """The same, but instead of what this purpose had on the list."""
    work.cancel_for(subject=case.pk, purpose=purpose, at=at)
    return add_due(case=case, purpose=purpose, at=at, **more)


def complete_due(*, case: Case, purpose: str, by: Staff, at: datetime) -> None:
    """What a purpose had on the list is done."""
    work.complete_for(subject=case.pk, purpose=purpose, by=by, at=at)


def cancel_due(*, case: Case, at: datetime, purpose: str | None = None) -> None:
    work.cancel_for(subject=case.pk, at=at, purpose=purpose)


def item_of(case: Case, item: str | UUID | None) -> DueItem | None:
    """The open due item with this id, if it is one of the case."""
    return next((i for i in work_queries.items_of(case.pk) if str(i.pk) == str(item)), None)


def complete_item(*, case: Case, item: str | None, by: Staff, at: datetime) -> None:
    """Mark one item as done."""
    found = item_of(case, item)
    if found is not None:
        work.complete(item=found, by=by, at=at)


def move_item(
    *, case: Case, item: str | None, due_at: datetime, by: Staff, at: datetime, urgency: str = ""
) -> None:
    found = item_of(case, item)
    if found is not None:
        work.move(item=found, due_at=due_at, by=by, at=at, urgency=urgency)


@transaction.atomic
def refresh(file: UUID) -> None:
    """Keep the soonest due time of a file beside its case, whichever room it is from."""
    due_at, kind = work_queries.soonest_of_file(file) or (NOTHING_DUE, "")
    Case.objects.filter(file_id=file, erased_at=None).update(due_at=due_at, due_kind=kind)


def refresh_item(item: DueItem) -> None:
    """For the registry of the work room: an item was put, done, moved or dropped, here or in another room."""
    if item.file is not None:
        refresh(item.file)
