"""Rehearsed calls: everyone reads her own times, the focal points those of the society. Nothing else reads them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from panah.ground.accounts.roles import Permission, may
from panah.people.hotline.models import RehearsedCall

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff

SHOWN = 20
# A rehearsal whose page was left open asks nobody for an answer any more.
LASTS = timedelta(hours=1)


def rehearsed_calls(*, to: Staff) -> list[RehearsedCall]:
    """Return the newest that ended: hers, and for a focal point the society's."""
    rows = RehearsedCall.objects.visible(to=to).exclude(ended_at=None)
    rows = rows if may(to, Permission.HOTLINE_LEAD) else rows.filter(by=to)
    return list(rows.select_related("by", "answered_by").order_by("-began_at")[:SHOWN])


def rehearsed_by(pk: UUID, *, to: Staff) -> RehearsedCall | None:
    """Return a rehearsal for whoever plays the operator in it, and nobody else."""
    found: RehearsedCall | None = (
        RehearsedCall.objects.visible(to=to).filter(pk=pk, by=to).select_related("answered_by").first()
    )
    return found


def rehearsed_pages(*, to: Staff, at: datetime) -> QuerySet[RehearsedCall]:
    """Return the rehearsals whose page waits for somebody to play the duty: any colleague but who rings."""
    rows: QuerySet[RehearsedCall] = RehearsedCall.objects.visible(to=to).filter(
        ended_at=None, answered_at=None, paged_at__isnull=False, began_at__gt=at - LASTS
    )
    return rows.exclude(by=to).select_related("by")
