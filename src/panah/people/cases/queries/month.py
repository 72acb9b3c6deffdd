"""Cases as work that is done, from plain columns alone: how many in a month, and how many in whose hands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q

from panah.people.cases.models import Case
from panah.people.cases.words import NOTHING_DUE


def cases_of_month(
    *, society: UUID, start: datetime, end: datetime
) -> tuple[dict[UUID | None, int], dict[UUID | None, int]]:
    """Return (opened, closed) in a time, by branch; one that was erased counts nowhere any more."""
    rows = Case.objects.filter(society=society, erased_at=None).order_by()
    opened = rows.filter(opened_at__gte=start, opened_at__lt=end).values_list("branch").annotate(Count("pk"))
    closed = rows.filter(closed_at__gte=start, closed_at__lt=end).values_list("branch").annotate(Count("pk"))
    return dict(opened), dict(closed)


@dataclass(frozen=True)
class InHand:
    """The open cases of one colleague: how many, how many late, how many with nothing due, the oldest that is due."""

    open: int = 0
    late: int = 0
    nothing_due: int = 0
    oldest: datetime | None = None


def in_hand(*, society: UUID, at: datetime) -> dict[UUID, InHand]:
    """Return what each colleague has in hand by her id: numbers and a time, no case and nobody it is about."""
    rows = Case.objects.filter(society=society, closed_at=None, erased_at=None, owner__isnull=False)
    none = Q(due_at=NOTHING_DUE)
    counted = (
        rows.order_by()
        .values_list("owner")
        .annotate(
            open=Count("pk"),
            late=Count("pk", filter=Q(due_at__lt=at)),
            nothing_due=Count("pk", filter=none),
            oldest=Min("due_at", filter=~none),
        )
    )
    return {owner: InHand(*counts) for owner, *counts in counted}
