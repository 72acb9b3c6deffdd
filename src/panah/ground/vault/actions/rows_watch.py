"""Rows that decide and were changed past Panah: found, written as they were kept, and said in the journal."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from panah.ground.audit import actions as audit
from panah.ground.foundation import protected_rows
from panah.ground.foundation.protected_rows import protection_of
from panah.ground.vault import events


@transaction.atomic
def put_rows_right(*, society: UUID, at: datetime, whole: bool = False) -> int:
    """Write a society's rows that decide as they were kept; returns of how many subjects.

    Those that are kept together for the society, and with ``whole`` those that are kept one by one, too.
    """
    found = 0
    for model in protected_rows.protected_models():
        protection = protection_of(model)
        if not whole and protection.by != protection.society:
            continue
        right = [
            one for one in protected_rows.changed_of(model, society) if protected_rows.put_right(model, one)
        ]
        if right:
            facts = {"kind": protection.kind, "rows": len(right)}
            audit.record(event=events.ROWS_CHANGED, by=None, society=society, at=at, facts=facts)
            found += len(right)
    return found
