"""Closing and opening what a society does itself. Whoever calls this has seen to it that two people decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from panah.ground.audit import actions as audit
from panah.ground.network import capabilities, events
from panah.ground.network.models import Society

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@transaction.atomic
def set_closed(
    *,
    society: Society,
    closed: Iterable[str],
    from_day: date,
    decided_by: str,
    by: Staff,
    at: datetime,
    receiver: Mapping[str, str] | None = None,
) -> Society:
    """From a day on a society leaves these capabilities to others; until then all stays as it is today.

    A change that was planned and has not begun is replaced by this one. ``receiver``: who has accepted what is not
    begun here any more, ``{"name", "by", "on"}``.
    """
    row = capabilities.as_decided(Society.objects.select_for_update().get(pk=society.pk))
    today = timezone.localtime(at).date()
    before = sorted(capabilities.closed_on(row, min(today, from_day)))
    row.closed, row.closed_before, row.closed_from = sorted(closed), before, from_day
    # What is closed already goes on being closed since its own day.
    kept = {name: day for name, day in row.closed_since.items() if name in before}
    row.closed_since = dict.fromkeys(row.closed, from_day.isoformat()) | kept
    row.closed_receiver = dict(receiver) if receiver else row.closed_receiver
    row.closed_decided_by = decided_by
    names = ("closed", "closed_before", "closed_from", "closed_since", "closed_receiver", "closed_decided_by")
    row.save(update_fields=names)
    audit.record(
        event=events.WORK_LEFT if set(row.closed) - set(before) else events.WORK_TAKEN_UP,
        by=by,
        at=at,
        about=row.pk,
        society=row.pk,
        facts={"from": from_day.isoformat()},
    )
    return row
