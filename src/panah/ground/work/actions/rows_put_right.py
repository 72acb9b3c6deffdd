"""Rows that decide and were changed past Panah are put right, and focal points are told; before danger calls, too."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from panah.ground.accounts.roles import Permission
from panah.ground.foundation import changed_rows, protected_rows, tenancy
from panah.ground.network.queries import hosted_ids
from panah.ground.vault import actions as vault
from panah.ground.work.models import Alarm, Page
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency

ROWS = DueType("journal", "rows", DueKind.DEADLINE, urgency=Urgency.NOW)


def put_rows_right(*, at: datetime) -> int:
    """Write rows that decide as they were kept, where somebody changed them past Panah; for how many societies."""
    return sum(
        _put_right(society, changed_rows.changed_in(society, together=True), at) for society in _societies()
    )


def put_all_rows_right(*, at: datetime) -> int:
    """The same, with those that are kept one by one; what is kept of erased ones goes."""
    societies = _societies()
    for society in societies:
        changed_rows.forget_erased(society)
    return sum(_put_right(society, changed_rows.changed_in(society), at) for society in societies)


def put_rows_of_table_right(model: type[Model], *, at: datetime) -> int:
    """The same of one table whose rows are kept one by one, where nobody should wait an hour."""
    return sum(
        _put_right(society, [(model, row) for row in changed_rows.changed_of(model, society)], at)
        for society in _societies()
    )


@transaction.atomic
def put_node_rows_right(*, at: datetime) -> bool:
    """The same of tables of the whole node, such as the directory: each society that works here is told."""
    right, stuck = vault.put_node_rows_right()
    for society in hosted_ids() if right.total() + stuck else ():
        with tenancy.tenant_context(society):
            vault.say_put_right(right, society=society, at=at, stuck=stuck)
    return bool(right.total() + stuck)


def put_alarms_right(*, at: datetime, societies: Iterable[UUID] | None = None) -> None:
    """Before danger calls: who is here, who is on duty, alarms and their lists are as they were kept."""
    for society in _societies() if societies is None else societies:
        alarms = [UUID(str(column["pk"])) for column in protected_rows.trusted_columns(Alarm, society)]
        lists = [(Page, one) for one in changed_rows.differing(Page, alarms)]
        _put_right(society, [*changed_rows.changed_in(society, together=True), *lists], at)


def put_calls_right(society: UUID, subjects: Iterable[changed_rows.Subject], at: datetime) -> None:
    """Before messages of danger are sent: those are as they were kept that somebody changed past Panah."""
    _put_right(society, subjects, at)


def _societies() -> list[UUID]:
    here = tenancy.current_tenant()
    return [here] if here is not None else list(hosted_ids())


def _put_right(society: UUID, subjects: Iterable[changed_rows.Subject], at: datetime) -> bool:
    changed = list(subjects)
    return bool(changed and vault.put_rows_right(society=society, subjects=changed, at=at))


def say_rows_changed(society: UUID, at: datetime) -> None:
    """Put it on the lists of focal points and of the data protection officer until they looked, though all is right."""
    # Lists are written by what calls in danger, which asks here first.
    from panah.ground.work.actions.declared import due_for_focal_points

    due_for_focal_points(ROWS, DueSubject(society, society), at=at, beside=Permission.DESK_WATCH_JOURNAL)
