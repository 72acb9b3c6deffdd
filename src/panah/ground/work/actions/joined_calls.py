"""One call for many dangers that look alike: a flood pages once, and each message keeps an alarm of its own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from panah.ground.work.models import Alarm, Page
from panah.ground.work.rules import JOINED_FOR, PagingStep


def join_a_call(alarms: Sequence[Alarm], like: Collection[UUID], at: datetime) -> bool:
    """Put alarms that were just raised where an open one stands that has just called; says whether there was one.

    From then on they go on together. Where their list begins with somebody whom that one has not called, none join.
    """
    if not like:
        return False
    rows = Alarm.objects.filter(society=alarms[0].society_id, subject__in=like, answered_at=None)
    led = rows.filter(paged_at__gt=at - JOINED_FOR, paged_at__lte=at).order_by("-paged_at").first()
    if led is None:
        return False
    called = {one.staff_id: one for one in Page.objects.filter(alarm=led, call__isnull=False)}
    pages = list(Page.objects.filter(alarm__in=[one.pk for one in alarms]))
    first = {one.staff_id for one in pages if one.step == PagingStep.FIRST}
    if not first or not first <= called.keys():
        return False
    joined = [one for one in pages if one.staff_id in called]
    for page in joined:
        of = called[page.staff_id]
        page.paged_at, page.times, page.call = of.paged_at, of.times, of.call
    Page.objects.bulk_update(joined, ["paged_at", "times", "call"])
    for alarm in alarms:
        alarm.step, alarm.paged_at = led.step, led.paged_at
        alarm.first_paged_at, alarm.second_paged_at = led.first_paged_at, led.second_paged_at
    Alarm.objects.bulk_update(alarms, ["step", "paged_at", "first_paged_at", "second_paged_at"])
    return True
