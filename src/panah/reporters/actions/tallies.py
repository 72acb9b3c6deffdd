"""Counting by the hour or the month, in shards: many who write at once seldom wait for each other."""

import secrets
from typing import Any
from uuid import UUID

from django.db.models import F

from panah.reporters.models import NodeTally, Tally

SHARDS = 16


def count(society: UUID, what: str, window: str, amount: int = 1) -> None:
    """Add to a number of a society. Nothing added costs the same statements as something."""
    _add(Tally, {"society_id": society, "what": what, "window": window}, amount)


def count_here(what: str, window: str, amount: int = 1) -> None:
    """Add to a number of the whole node."""
    _add(NodeTally, {"what": what, "window": window}, amount)


def _add(model: type[Tally] | type[NodeTally], said: dict[str, Any], amount: int) -> None:
    shard = secrets.randbelow(SHARDS)
    row: Any = model(**said, shard=shard)
    rows = model._default_manager
    # The row first, without looking whether it is there: the same two statements each time.
    rows.bulk_create([row], ignore_conflicts=True)
    rows.filter(**said, shard=shard).update(amount=F("amount") + amount)
