"""Piles that went aside: those that can be brought back, and what lies in one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from panah.people.inbox import queries as inbox_queries
from panah.people.intake.models import Pile

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.people.inbox.models import Arrival

SHOWN = 50


def piles_there(society: UUID) -> QuerySet[Pile]:
    """Return a society's piles that can be brought back (a queryset), the newest first."""
    rows = Pile.objects.filter(society=society, ended_at=None).select_related("emptied_by")
    return rows.order_by("-emptied_at", "pk")


def piles_of(society: UUID) -> list[Pile]:
    """Return the newest piles that can be brought back."""
    return list(piles_there(society)[:SHOWN])


def put_aside(pile: Pile, *, after: str = "") -> list[Arrival]:
    """Return what lies in a pile, the oldest first, after one that was shown."""
    return inbox_queries.aside_of(pile.society_id, pile.pk, after=after, most=SHOWN)
