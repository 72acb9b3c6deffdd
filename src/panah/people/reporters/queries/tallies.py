"""Numbers of an hour or a month: read from all their shards."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.foundation.compiled_queries import prepared
from panah.people.reporters.models import NodeTally, Tally

if TYPE_CHECKING:
    from django.db.models import QuerySet


def counted(society: UUID, what: str, window: str) -> int:
    """Return a number of a society."""
    return sum(_counted(society=society, what=str(what), window=window))


def counted_here(what: str, window: str) -> int:
    """Return a number of the whole node."""
    return sum(_counted_here(what=str(what), window=window))


# Each report asks these: compiled once.
@prepared
def _counted(society: UUID, what: str, window: str) -> QuerySet[Tally, int]:
    return Tally.objects.filter(society=society, what=what, window=window).values_list("amount", flat=True)


@prepared
def _counted_here(what: str, window: str) -> QuerySet[NodeTally, int]:
    return NodeTally.objects.filter(what=what, window=window).values_list("amount", flat=True)
