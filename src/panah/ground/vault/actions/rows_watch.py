"""Rows that decide and were changed past Panah: written as they were kept, and said in the journal."""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Model

from panah.ground.audit import actions as audit
from panah.ground.foundation.changed_rows import Subject, accept, protected_models, put_right
from panah.ground.foundation.protected_rows import protection_of
from panah.ground.vault import events, shred_store

log = logging.getLogger(__name__)

# The kinds of rows of a society that were accepted once: from then on they are believed as they were kept.
ACCEPTED = "rows-since"


@transaction.atomic
def put_rows_right(*, society: UUID, subjects: Iterable[Subject], at: datetime) -> int:
    """Write these of a society as they were kept; returns how many of them were not.

    Where the database refuses one of them, the others are put right all the same: danger calls after this.
    """
    right, stuck = Counter[str](), 0
    for model, subject in subjects:
        try:
            with transaction.atomic():
                right[protection_of(model).kind] += put_right(model, subject)
        except DatabaseError:
            log.exception("rows were changed outside Panah and cannot be put right")
            stuck += 1
    for kind, rows in (+right).items():
        facts = {"kind": kind, "rows": rows}
        audit.record(event=events.ROWS_CHANGED, by=None, society=society, at=at, facts=facts)
    return right.total() + stuck


def accept_rows_from_before(*, society: UUID) -> bool:
    """On a node from before rows were kept, let them count as they stand: each kind once, when it is updated."""
    known = (shred_store.get(ACCEPTED, society) or b"").decode().split()
    new = [model for model in protected_models() if protection_of(model).kind not in known]
    _accept(society, new)
    return bool(new)


def accept_rows(*, society: UUID) -> None:
    """Let a society's rows count as they stand."""
    _accept(society, protected_models())


def _accept(society: UUID, tables: list[type[Model]]) -> None:
    if tables:
        accept(society, tables)
        kinds = " ".join(protection_of(model).kind for model in protected_models())
        shred_store.put(ACCEPTED, society, kinds.encode(), society=society)
