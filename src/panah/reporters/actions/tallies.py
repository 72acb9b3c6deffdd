"""Counting by the hour or the month, in shards: many who write at once seldom wait for each other."""

import secrets
from typing import Any
from uuid import UUID

from django.db.models import F

from panah.reporters.models import NodeTally, Tally

SHARDS = 16


def count(society: UUID, what: str, window: str, amount: int = 1, *, evenly: bool = False) -> None:
    """Add to a number of a society. ``evenly``: nothing added costs the same statements as something."""
    _add(Tally, {"society_id": society, "what": what, "window": window}, amount, evenly)


def count_here(what: str, window: str, amount: int = 1, *, evenly: bool = False) -> None:
    """Add to a number of the whole node."""
    _add(NodeTally, {"what": what, "window": window}, amount, evenly)


def _add(model: type[Tally] | type[NodeTally], said: dict[str, Any], amount: int, evenly: bool) -> None:
    shard = secrets.randbelow(SHARDS)
    rows = model._default_manager.filter(**said, shard=shard)
    # Whether the row is there already is looked at only where nobody measures.
    if not evenly and rows.update(amount=F("amount") + amount):
        return
    row: Any = model(**said, shard=shard)
    model._default_manager.bulk_create([row], ignore_conflicts=True)
    rows.update(amount=F("amount") + amount)
