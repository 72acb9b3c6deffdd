"""Two reports of one matter: joined, each with its own receipt and its own answers, and parted again."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.people.inbox import actions as inbox
from panah.people.inbox.words import ArrivalState
from panah.people.intake import events
from panah.people.intake.models import JoinedReport

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.inbox.models import Arrival


@transaction.atomic
def join_reports(*, arrival: Arrival, other: Arrival, by: Staff, at: datetime) -> None:
    """Join two opened reports, with all that each is joined with already; twice is the same as once.

    Refuses what nobody has read, and what goes past the intake: whom that is about is known to its readers alone.
    """
    # In one order: two colleagues who join the same two wait for each other, and neither for ever.
    rows = [inbox.locked_row(one) for one in sorted((arrival, other), key=lambda one: str(one.pk))]
    if arrival.pk == other.pk:
        return
    if any(row.state != ArrivalState.OPENED for row in rows):
        raise inbox.not_opened()
    if any(row.past_intake for row in rows):
        raise Refusal(
            _("One of these goes past the intake."),
            next_step=_("It stays by itself: its readers go on with it."),
            code="past-intake",
        )
    there = {
        one.arrival_id: one
        for one in JoinedReport.objects.select_for_update().filter(arrival__in=[row.pk for row in rows])
    }
    groups = {one.group for one in there.values()}
    if len(there) == len(rows) and len(groups) == 1:
        return
    group = min(groups) if groups else uuid4()
    JoinedReport.objects.filter(group__in=groups).update(group=group)
    for row in rows:
        if row.pk not in there:
            JoinedReport.objects.create(
                society_id=row.society_id, arrival=row, group=group, joined_by=by, joined_on=at
            )
    audit.record(event=events.JOINED, by=by, at=at, about=group, facts={"number": len(rows)})


@transaction.atomic
def part_report(*, arrival: Arrival, by: Staff, at: datetime) -> None:
    """Take one report out of its group: it was of another matter. The last one left is joined with nothing."""
    row = JoinedReport.objects.select_for_update().filter(arrival=arrival.pk, society=by.society_id).first()
    if row is None:
        return
    row.delete()
    left = JoinedReport.objects.filter(group=row.group)
    if left.count() == 1:
        left.delete()
    audit.record(event=events.PARTED, by=by, at=at, about=row.group)
