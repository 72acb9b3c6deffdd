"""Numbers of an hour or a month: read from all their shards."""

from uuid import UUID

from django.db.models import Sum

from panah.reporters.models import NodeTally, Tally


def counted(society: UUID, what: str, window: str) -> int:
    """Return a number of a society."""
    rows = Tally.objects.filter(society=society, what=what, window=window)
    return int(rows.aggregate(of=Sum("amount"))["of"] or 0)


def counted_here(what: str, window: str) -> int:
    """Return a number of the whole node."""
    rows = NodeTally.objects.filter(what=what, window=window)
    return int(rows.aggregate(of=Sum("amount"))["of"] or 0)
