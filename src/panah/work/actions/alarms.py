"""Danger now: whoever is on duty is paged at once, a second colleague after five minutes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction

from panah.accounts.queries import on_duty, with_role
from panah.audit import actions as audit
from panah.foundation.bulk_insert import insert
from panah.foundation.registry import Registry
from panah.work import events
from panah.work.models import Alarm
from panah.work.rules import second_is_due

if TYPE_CHECKING:
    from panah.accounts.models import Staff


# Sends a word without content, such as an e-mail. Takes (staff, kind).
NOTIFY: Registry[Callable[[Any, str], None]] = Registry("ways to page a colleague")


@transaction.atomic
def raise_alarm(
    *, society: UUID, room: str, subject: UUID, by: Staff | None, at: datetime, exclude: Collection[UUID] = ()
) -> Alarm:
    """Danger now: page the person on duty at once. A second call for the same subject changes nothing.

    ``exclude`` are colleagues who are not paged: whom it is about, or who calls for help.
    """
    raise_alarms(society=society, room=room, subjects=[subject], by=by, at=at, exclude=exclude)
    return Alarm.objects.filter(subject=subject, answered_at=None).order_by("raised_at")[0]


@transaction.atomic
def raise_alarms(
    *,
    society: UUID,
    room: str,
    subjects: Iterable[UUID],
    by: Staff | None,
    at: datetime,
    exclude: Collection[UUID] = (),
) -> None:
    """Danger now for each of these: an alarm and an entry for each, and one word to the person on duty."""
    wanted = list(subjects)
    if not wanted:
        return
    open_ones = Alarm.objects.filter(subject__in=wanted, answered_at=None)
    there = set(open_ones.values_list("subject", flat=True))
    fresh = [subject for subject in wanted if subject not in there]
    if not fresh:
        return
    first, second = who_is_paged(society, at=at, exclude=exclude)
    names = (
        "id", "society_id", "room", "subject", "raised_at", "raised_by_id", "first_id", "second_id", "first_paged_at",
    )  # fmt: skip
    whose = by and by.pk, first and first.pk, second and second.pk
    paged_at = at if first else None
    insert(Alarm, names, ((uuid4(), society, room, one, at, *whose, paged_at) for one in fresh))
    audit.record_many(
        event=events.ALARM, by=by, society=society, at=at, said=[(subject, {}) for subject in fresh]
    )
    _page(first, at, society, alarms=len(fresh))


def who_is_paged(society: UUID, *, at: datetime, exclude: Collection[UUID] = ()) -> tuple[Any, Any]:
    """Return whom an alarm pages now: at once, and after five minutes; None where nobody is left."""
    # With nobody on the roster the focal points are paged: an alarm never goes nowhere.
    on = [*on_duty(society, "danger", at=at), *on_duty(society, "danger_second", at=at)]
    people = list(dict.fromkeys([*on, *with_role(society, "focal_point")]))
    people = [one for one in people if one.pk not in exclude]
    return (people[0] if people else None, people[1] if len(people) > 1 else None)


def _page(staff: Staff, at: datetime, society: UUID, *, alarms: int = 1) -> None:
    if staff is None:
        return
    said: list[tuple[UUID | None, dict[str, object]]] = [(None, {"whom": str(staff.pk)})] * alarms
    audit.record_many(event=events.PAGED, by=None, society=society, at=at, said=said)
    send_word(to=staff, kind="danger")


def send_word(*, to: Any, kind: str) -> None:
    """Let a colleague know, without any content, that something waits: once what is being written stands."""
    for notify in NOTIFY:
        transaction.on_commit(partial(notify, to, kind))


@transaction.atomic
def page_second(*, at: datetime) -> int:
    """Page the second person for every alarm nobody answered within five minutes; returns how many."""
    late = [
        a
        for a in Alarm.objects.select_for_update().filter(answered_at=None, second_paged_at=None)
        if second_is_due(raised=a.raised_at, now=at) and a.second
    ]
    for alarm in late:
        alarm.second_paged_at = at
        alarm.save(update_fields=["second_paged_at"])
        _page(alarm.second, at, alarm.society_id)
    return len(late)


@transaction.atomic
def answer_alarm(*, alarm: Alarm, by: Staff, at: datetime) -> None:
    """Take an alarm on: paging stops, everyone sees who answers."""
    if Alarm.objects.filter(pk=alarm.pk, answered_at=None).update(answered_at=at, answered_by=by):
        audit.record(event=events.ANSWERED, by=by, at=at, about=alarm.subject)
