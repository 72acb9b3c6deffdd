"""Whom an alarm has called, whom it calls next, whether anybody was told, and whom to ring where nobody was."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from panah.ground.accounts.queries import DutyPhone, duty_phone, duty_phones
from panah.ground.channels import queries as channels_queries
from panah.ground.foundation import dialled_numbers
from panah.ground.kit.nav import OwnCall
from panah.ground.work.item_rooms import item_room
from panah.ground.work.models import Alarm, Page
from panah.ground.work.permissions import called_for_help
from panah.ground.work.queries import may_open

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


@dataclass(frozen=True)
class PagedColleague:
    """One colleague on the list of an alarm; ``paged_at`` None for who comes next.

    Without ``tries`` no channel reached her: the alarm stands on her page alone, should she have one open.
    """

    pk: UUID
    name: str
    phone: str
    paged_at: datetime | None
    times: int
    tries: tuple[channels_queries.Attempt, ...]

    @property
    def told(self) -> bool:
        """Whether a message was taken, or is on its way: only then somebody may wake up by it."""
        return any(not one.failed for one in self.tries)


@dataclass(frozen=True)
class RingNow:
    """Whom to ring, and on which number; ``changed``: it says that the number was changed outside Panah."""

    name: str
    phone: str
    changed: bool = False


@dataclass(frozen=True)
class Paging:
    """How far a call for help has come. ``ring``: who can be rung, in the order of the list.

    Where nobody can be, those alone whose number was changed outside Panah: it says so, in place of the number.
    """

    colleagues: tuple[PagedColleague, ...]
    ring: tuple[RingNow, ...]
    # Whoever called said that it is over or was a slip: her name, and when.
    over_by: str = ""
    over_at: datetime | None = None

    @property
    def told(self) -> list[str]:
        """The names of those who were told."""
        return [colleague.name for colleague in self.colleagues if colleague.told]

    @property
    def say(self) -> str:
        """How it stands in one sentence without a name: it may lie in a cookie until the next page."""
        if self.told:
            return _("Danger now: a colleague is being called in.")
        return _("Nobody has been told.")


def called_by(alarm: Alarm, *, to: Staff | None = None) -> Paging:
    """Return who was called and the next to be, in order (the caller has been let in): at most four queries.

    ``to`` reads it: she is not told to ring herself, nor whoever called for help.
    """
    pages = list(Page.objects.filter(alarm=alarm).select_related("staff").order_by("step", "pk"))
    dialled_numbers.compared(page.staff for page in pages)
    # Whoever left is neither called next nor rung; that she was called stays.
    here = [page for page in pages if page.staff.is_active]
    waiting = [one.step for one in here if one.paged_at is None]
    shown = [page for page in pages if page.paged_at or (page in here and page.step == min(waiting))]
    tries = channels_queries.attempts([one.call for one in shown if one.call])
    colleagues = tuple(
        PagedColleague(
            one.staff.pk,
            one.staff.name,
            one.staff.shown_phone,
            one.paged_at,
            one.times,
            tuple(t for t in tries if t.about == one.call and t.staff == one.staff.pk),
        )
        for one in shown
    )
    but = {to.pk if to else None, alarm.raised_by_id}
    listed = [duty_phone(one.staff) for one in here if one.staff_id not in but]
    return Paging(
        colleagues,
        _usable(listed) or _usable(_others_on_duty(alarm, but)) or _changed(listed),
        alarm.raised_by.name if alarm.over_said_at and alarm.raised_by else "",
        alarm.over_said_at,
    )


def own_calls(staff: Staff) -> list[OwnCall]:
    """Return her own calls for help that nobody has answered, for pages between her and the page that says it."""
    rows = Alarm.objects.filter(society=staff.society_id, answered_at=None).select_related("raised_by")
    own = [row for row in rows.order_by("raised_at") if called_for_help(row, staff=staff)]
    found = [(one, called_by(one, to=staff)) for one in own]
    return [OwnCall(one.raised_at, bool(paging.told), paging.ring) for one, paging in found]


def _usable(phones: Iterable[DutyPhone]) -> tuple[RingNow, ...]:
    return tuple(RingNow(one.name, one.phone) for one in phones if one.usable)


def _changed(phones: Iterable[DutyPhone]) -> tuple[RingNow, ...]:
    return tuple(RingNow(one.name, one.phone, changed=True) for one in phones if one.changed)


def _others_on_duty(alarm: Alarm, but: Collection[UUID | None]) -> list[DutyPhone]:
    """Where nobody on the list can be rung: whoever else is on duty now, and may be named."""
    if who_may_be_named(alarm) is not None:
        return []
    return [one for one in duty_phones(alarm.society_id, at=timezone.now()) if one.pk not in but]


def who_may_be_named(alarm: Alarm) -> set[UUID] | None:
    """Return who alone may be named beside an alarm, as somebody to ring; None: anybody.

    What is shown to those alone whom it pages may be about any other colleague: a focal point, whoever is on duty.
    """
    if not item_room(alarm.room).owners_only:
        return None
    listed = Page.objects.filter(alarm=alarm).values_list("staff", flat=True)
    return {*listed, *([alarm.raised_by_id] if alarm.raised_by_id else [])}


def told_apart(alarm: Alarm, *, staff: Staff) -> str:
    """Return what tells an alarm from the next: a neutral word, a line or a number, as this colleague may know it."""
    say = item_room(alarm.room).told_apart
    return say(alarm.subject, staff=staff, may_open=may_open(alarm, staff=staff)) if say else ""


def who_answers(subjects: Collection[UUID]) -> set[UUID]:
    """Return the colleagues who answered an alarm about one of these."""
    rows = Alarm.objects.filter(subject__in=subjects, answered_by__isnull=False)
    return set(rows.values_list("answered_by", flat=True))


def calls_beside(*, to: Staff, without: Iterable[UUID], since: datetime) -> list[Alarm]:
    """Return the alarms that called a colleague for something else, open ones and those answered since a moment."""
    called = Page.objects.filter(staff=to, paged_at__isnull=False).values("alarm")
    rows = Alarm.objects.filter(society=to.society_id, pk__in=called).exclude(subject__in=list(without))
    open_ones = rows.filter(answered_at=None)
    ended = rows.filter(answered_at__gte=since, answered_by__isnull=False).exclude(answered_by=to)
    return sorted(
        [one for found in (open_ones, ended) for one in found.select_related("answered_by", "raised_by")],
        key=lambda one: one.raised_at,
    )
