"""Numbers of an hour or a month: read from all their shards."""

from typing import Any
from uuid import UUID

from panah.ground.foundation.compiled_queries import prepared
from panah.people.reporters.models import NodeTally, Tally


def counted(society: UUID, what: str, window: str) -> int:
    """Return a number of a society."""
    return sum(_counted(society=society, what=str(what), window=window))


def counted_here(what: str, window: str) -> int:
    """Return a number of the whole node."""
    return sum(_counted_here(what=str(what), window=window))


# Each report asks these: compiled once.
@prepared
def _counted(society: UUID, what: str, window: str) -> Any:
    return Tally.objects.filter(society=society, what=what, window=window).values_list("amount", flat=True)


@prepared
def _counted_here(what: str, window: str) -> Any:
    return NodeTally.objects.filter(what=what, window=window).values_list("amount", flat=True)
