"""What is due on a case: neutral rows in the work list, sentences sealed in the file, the soonest kept on the case."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueSubject
from panah.people.cases.models import Case
from panah.people.cases.words import NOTHING_DUE

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.work.models import DueItem


def on_case(case: Case, subject: UUID | None = None) -> DueSubject:
    """What is due on a case, or on a ``subject`` that belongs to it: whose it is, and what a list may say of it.

    What is due on the case itself is as urgent as the case, where its type says nothing else.
    """
    return DueSubject(
        case.society_id,
        subject or case.pk,
        file=case.file_id,
        owner=case.owner,
        branch=case.branch,
        number=case.number,
        language=case.language,
        age_group=case.age_group,
        urgency=case.urgency if subject is None else "",
    )


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
