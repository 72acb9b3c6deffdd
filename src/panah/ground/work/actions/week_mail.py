"""The weekly e-mail: how many things are due from a colleague, and nothing else. She stops it by one press."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from panah.ground.accounts.queries import staff_by_id
from panah.ground.audit import actions as audit
from panah.ground.channels import actions as channels
from panah.ground.channels.words import MessageKind
from panah.ground.foundation import tenancy
from panah.ground.work import events
from panah.ground.work.models import DueItem, WeekMail
from panah.ground.work.rules import week_of

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def send_week_mail(*, at: datetime) -> int:
    """Tell everybody once a week how many things are due from her by its end; returns to how many. For the worker.

    Whoever has nothing due hears nothing, nor does whoever stopped it. A node that was off on Monday does it later.
    """
    week = week_of(timezone.localtime(at))
    if week is None:
        return 0
    monday, next_monday = week
    ends = timezone.make_aware(datetime.combine(next_monday, time.min))
    rows = DueItem.objects.filter(done_at=None, due_at__lt=ends, owner__is_active=True)
    if (here := tenancy.current_tenant()) is not None:
        rows = rows.filter(society=here)
    past = WeekMail.objects.filter(stopped=True) | WeekMail.objects.filter(sent_on__gte=monday)
    due = rows.exclude(owner__in=past.values("staff")).order_by().values("owner").annotate(number=Count("pk"))
    return sum(_send(staff_by_id(one["owner"]), one["number"], monday, at) for one in due)


@transaction.atomic
def _send(staff: Staff | None, number: int, monday: date, at: datetime) -> bool:
    if staff is None:
        return False
    WeekMail.objects.get_or_create(staff=staff, defaults={"society_id": staff.society_id})
    row = WeekMail.objects.filter(Q(sent_on=None) | Q(sent_on__lt=monday), staff=staff, stopped=False)
    # Another worker may have found her too, and she may have stopped it since.
    if not row.update(sent_on=timezone.localtime(at).date()):
        return False
    return channels.queue(to=staff, message=MessageKind.WEEK, number=number, at=at) > 0


@transaction.atomic
def stop_week_mail(*, stopped: bool, by: Staff, at: datetime) -> None:
    """Stop the weekly e-mail for oneself, or turn it on again."""
    WeekMail.objects.update_or_create(staff=by, defaults={"society_id": by.society_id, "stopped": stopped})
    audit.record(event=events.WEEK_STOPPED if stopped else events.WEEK_AGAIN, by=by, at=at)
