"""Rows that decide and were changed past Panah: written as they were kept, and said in the journal."""

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction

from panah.ground.audit import actions as audit
from panah.ground.foundation.changed_rows import Subject, accept, changed_in, protected_models, put_right
from panah.ground.foundation.protection import protection_of
from panah.ground.foundation.registry import Registry
from panah.ground.foundation.tenancy import NO_TENANT
from panah.ground.vault import events, shred_store

# (society, at): who is told that rows were changed past Panah, wherever it was noticed. Filled from above.
CHANGED_ROWS_SAID: Registry[Callable[[UUID, datetime], None]] = Registry(
    "who is told of rows that were changed past Panah"
)
log = logging.getLogger(__name__)

# The kinds of rows of a society that were accepted once, with their columns: from then on they are believed as they
# were kept. A kind that has other columns since is accepted once more, or nothing of it could be read.
ACCEPTED = "rows-since"
# Among these kinds: the entries of the journal that decide.
ENTRIES = "journal"


@transaction.atomic
def put_rows_right(*, society: UUID, subjects: Iterable[Subject], at: datetime) -> int:
    """Write these of a society as they were kept; returns how many of them were not.

    Where the database refuses one of them, the others are put right all the same: danger calls after this.
    """
    right, stuck = _put_right(subjects)
    say_put_right(right, society=society, at=at, stuck=stuck)
    return right.total() + stuck


@transaction.atomic
def put_node_rows_right() -> tuple[Counter[str], int]:
    """Write the tables of the whole node as they were kept.

    Returns how many rows of each kind were not, and how many tables the database refused to put right.
    """
    return _put_right(changed_in(NO_TENANT))


def _put_right(subjects: Iterable[Subject]) -> tuple[Counter[str], int]:
    right, stuck = Counter[str](), 0
    for model, subject in subjects:
        try:
            with transaction.atomic():
                right[protection_of(model).kind] += put_right(model, subject)
        except DatabaseError:
            log.exception("rows were changed outside Panah and cannot be put right")
            stuck += 1
    return right, stuck


@transaction.atomic
def say_put_right(right: Counter[str], *, society: UUID, at: datetime, stuck: int) -> None:
    """Say in the journal of a society what was put right, and tell whoever watches, also of what is ``stuck``."""
    for kind, rows in (+right).items():
        facts = {"kind": kind, "rows": rows}
        audit.record(event=events.ROWS_CHANGED, by=None, society=society, at=at, facts=facts)
    if right.total() + stuck:
        for say in CHANGED_ROWS_SAID:
            say(society, at)


def accept_rows_from_before(*, society: UUID = NO_TENANT) -> bool:
    """On a node from before rows were kept, let them count as they stand: each kind once, when it is updated.

    Without a society: the tables of the whole node.
    """
    known = (shred_store.get(ACCEPTED, society) or b"").decode().split()
    return _accept(society, except_for=known)


def accept_rows(*, society: UUID) -> None:
    """Let a society's rows count as they stand, those of the whole node, and the entries of its journal that decide."""
    _accept(society)
    _accept(NO_TENANT)


def _accept(society: UUID, except_for: Sequence[str] = ()) -> bool:
    of_node = society == NO_TENANT
    tables = {
        f"{protection_of(model).kind}:{','.join(protection_of(model).columns)}": model
        for model in protected_models(of_node=of_node)
    }
    new = {*tables, *([] if of_node else [ENTRIES])} - set(except_for)
    accept(society, [model for kind, model in tables.items() if kind in new])
    if ENTRIES in new:
        audit.accept_entries(society)
    if new:
        shred_store.put(ACCEPTED, society, " ".join([*tables, ENTRIES]).encode(), society=society)
    return bool(new)
