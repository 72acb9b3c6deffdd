"""Whom an alarm has called, whom it calls next, and how each message to them stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from panah.channels import queries as channels_queries
from panah.work.models import Alarm, Page


@dataclass(frozen=True)
class PagedColleague:
    """One colleague on the list of an alarm; ``paged_at`` None for who comes next."""

    pk: UUID
    name: str
    phone: str
    paged_at: datetime | None
    times: int
    tries: tuple[channels_queries.Attempt, ...]


def called_by(alarm: Alarm) -> list[PagedColleague]:
    """Return who was called and the next to be, in order (the caller has been let in). Two queries."""
    pages = list(Page.objects.filter(alarm=alarm).select_related("staff").order_by("step", "pk"))
    waiting = [one.step for one in pages if one.paged_at is None]
    shown = [one for one in pages if one.paged_at or one.step == min(waiting)]
    tries = channels_queries.attempts([one.call for one in shown if one.call])
    return [
        PagedColleague(
            one.staff.pk,
            one.staff.name,
            one.staff.shown_phone,
            one.paged_at,
            one.times,
            tuple(t for t in tries if t.about == one.call and t.staff == one.staff.pk),
        )
        for one in shown
    ]
