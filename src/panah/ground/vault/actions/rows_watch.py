"""Rows that decide and were changed past Panah: written as they were kept, and said in the journal."""

import logging
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction

from panah.ground.audit import actions as audit
from panah.ground.foundation.changed_rows import Subject, accept, put_right
from panah.ground.foundation.protected_rows import protection_of
from panah.ground.vault import events, shred_store

log = logging.getLogger(__name__)

# Kept once for each society: from then on its rows that decide are believed as they were kept, and never accepted.
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
    """On a node from before rows were kept, let them count as they stand: once, when it is brought up to date."""
    if shred_store.get(ACCEPTED, society) is not None:
        return False
    accept_rows(society=society)
    return True


def accept_rows(*, society: UUID) -> None:
    """Let a society's rows count as they stand."""
    accept(society)
    audit.accept_entries(society)
    shred_store.put(ACCEPTED, society, b"1", society=society)
