"""Counting by the hour or the month, in shards: many who write at once seldom wait for each other."""

import secrets
from uuid import UUID, uuid4

from panah.ground.foundation.bulk_insert import insert
from panah.people.reporters.models import NodeTally, Tally

SHARDS = 16
APART = ("what", "window", "shard")


def count(society: UUID, what: str, window: str, amount: int = 1) -> None:
    """Add to a number of a society. Nothing added costs the same as something: one statement."""
    _add(Tally, {"society_id": society, "what": what, "window": window}, ("society", *APART), amount)


def count_here(what: str, window: str, amount: int = 1) -> None:
    """Add to a number of the whole node."""
    _add(NodeTally, {"what": what, "window": window}, APART, amount)


def _add(
    model: type[Tally] | type[NodeTally], said: dict[str, object], apart: tuple[str, ...], amount: int
) -> None:
    row = {"id": uuid4(), **said, "shard": secrets.randbelow(SHARDS), "amount": amount}
    insert(model, tuple(row), [tuple(row.values())], over=apart, adding="amount")
