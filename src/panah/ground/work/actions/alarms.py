"""Danger now: first, second, next, the focal points, and all of them again until somebody answers.

The list of an alarm is made when it is raised. The next on it are called after five minutes, or as soon as a message
to the last ones was not taken by their gateway.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from panah.ground.audit import actions as audit
from panah.ground.channels import actions as channels
from panah.ground.channels import queries as channels_queries
from panah.ground.channels.words import MessageKind
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.registry import Registry
from panah.ground.work import events
from panah.ground.work.actions.joined_calls import join_a_call
from panah.ground.work.actions.paging_lists import paging_list
from panah.ground.work.actions.rows_put_right import put_alarms_right
from panah.ground.work.item_rooms import item_room
from panah.ground.work.models import Alarm, DueItem, Page
from panah.ground.work.one_person import about_one_person
from panah.ground.work.permissions import called_for_by, may_answer
from panah.ground.work.rules import DECIDE_AFTER_AN_ANSWER, PagingStep, paging_goes_on

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff

log = logging.getLogger(__name__)

# Called with (alarm, at) when everybody on its list was called and nobody answered, and each time they are again.
UNANSWERED: Registry[Callable[[Alarm, datetime], None]] = Registry("what follows when nobody answers")

# Called with colleagues and a moment: which of them are held by a danger of their own. The next is called at once.
ENGAGED: Registry[Callable[[Collection[UUID], datetime], set[UUID]]] = Registry(
    "who is in a danger of her own and may not come"
)


@transaction.atomic
def raise_alarm(
    *,
    society: UUID,
    room: str,
    subject: UUID,
    by: Staff | None,
    at: datetime,
    exclude: Collection[UUID] = (),
    ahead: Sequence[Staff] = (),
) -> Alarm:
    """Danger now: page the person on duty at once. A second call for the same person is the same alarm.

    Where that one has nobody to call any more, as after a restore, the second one calls.

    ``exclude`` are colleagues who are not paged: whom it is about. Whoever calls for help (``by``) never is. ``ahead``
    are paged before whoever is on duty.
    """
    raise_alarms(society=society, room=room, subjects=[subject], by=by, at=at, exclude=exclude, ahead=ahead)
    found = open_of_one(society, subject).order_by(~CALLS_SOMEBODY, "raised_at")
    return next(one for one in found if _stands_for(one, room))


# Whether an alarm has anybody on its list: after a restore the list is gone, and whoever stood on it may have left.
CALLS_SOMEBODY = Exists(Page.objects.filter(alarm=OuterRef("pk"), staff__is_active=True))


def open_of_one(society: UUID, subject: UUID) -> QuerySet[Alarm]:
    """The unanswered alarms about the person of this subject."""
    same = about_one_person([subject])[subject]
    return Alarm.objects.filter(society=society, subject__in=same, answered_at=None)


@transaction.atomic
def raise_alarms(
    *,
    society: UUID,
    room: str,
    subjects: Iterable[UUID],
    by: Staff | None,
    at: datetime,
    exclude: Collection[UUID] = (),
    ahead: Sequence[Staff] = (),
    beside: Sequence[Staff] = (),
    like: Collection[UUID] = (),
) -> None:
    """Danger now for each of these: an alarm and an entry for each, and one word to the person on duty.

    ``beside`` are called together with the first. ``like``: subjects whose call these join, if it has just been made.
    """
    if not (wanted := list(subjects)):
        return
    put_alarms_right(at=at, societies=[society])
    same = about_one_person(wanted)
    rows = Alarm.objects.select_for_update().annotate(calls=CALLS_SOMEBODY)
    rows = rows.filter(society=society, answered_at=None, subject__in=set().union(*same.values()))
    open_ones = [row for row in rows if _stands_for(row, room)]
    if by is not None:
        _wants_a_second(open_ones, by, at, called_for=wanted)
        exclude = {*exclude, by.pk}
    fresh = _not_there(wanted, same, {one.subject for one in open_ones if one.calls})
    if not fresh:
        return
    people = paging_list(society, at=at, exclude=exclude, ahead=ahead, beside=beside)
    if not any(people):
        # Still nobody to call: what stands open says so already.
        fresh = _not_there(fresh, same, {one.subject for one in open_ones})
    alarms = [_alarm(society, room, one, by, at, people) for one in fresh]
    Alarm.objects.bulk_create(alarms)
    Page.objects.bulk_create(
        Page(society_id=society, alarm=alarm, staff=one, step=step)
        for alarm in alarms
        for step, called in enumerate(people)
        for one in called
    )
    audit.record_many(
        event=events.ALARM, by=by, society=society, at=at, said=[(subject, {}) for subject in fresh]
    )
    if not join_a_call(alarms, like, at):
        _call_next(alarms, at, above=-1)


def _stands_for(alarm: Alarm, room: str) -> bool:
    """Say whether an open alarm may be the same danger: one that is shown to those alone whom it pages never is."""
    return alarm.room == room or not (item_room(alarm.room).owners_only or item_room(room).owners_only)


def _not_there(
    wanted: Iterable[UUID], same: Mapping[UUID, set[UUID]], calling: Collection[UUID]
) -> list[UUID]:
    """Return the subjects for whose person nobody is called yet, one a person."""
    there, fresh = set(calling), []
    for subject in wanted:
        if not same[subject] & there:
            fresh.append(subject)
            there.add(subject)
    return fresh


def _wants_a_second(
    alarms: Sequence[Alarm], by: Staff, at: datetime, *, called_for: Collection[UUID]
) -> None:
    """What called by itself is her call now, too, as is what a colleague called for elsewhere: she does not answer it.

    Where it has called nobody but her, the next are called at once.
    """
    for alarm in alarms:
        if alarm.raised_by_id is None:
            alarm.raised_by = by
        elif alarm.subject not in called_for and alarm.raised_by_id != by.pk:
            alarm.called_for_by = sorted(map(str, {*called_for_by(alarm), by.pk}))
    Alarm.objects.bulk_update(alarms, ["raised_by", "called_for_by"])
    called = Page.objects.filter(alarm__in=alarms, paged_at__isnull=False).values_list("alarm", "staff")
    hers = {alarm for alarm, staff in called if staff == by.pk}
    others = {alarm for alarm, staff in called if staff != by.pk}
    _call_next([one for one in alarms if one.pk in hers - others], at)


def _alarm(
    society: UUID, room: str, subject: UUID, by: Staff | None, at: datetime, people: Sequence[Sequence[Staff]]
) -> Alarm:
    first, second = (called[0] if called else None for called in people[:2])
    return Alarm(
        society_id=society, room=room, subject=subject, raised_at=at, raised_by=by, first=first, second=second,
        paged_at=at,
    )  # fmt: skip


def send_word(*, to: Staff, kind: str, at: datetime) -> None:
    """Let a colleague know, without any content, that something waits."""
    channels.queue(to=to, message=kind, at=at)


@transaction.atomic
def escalate(*, at: datetime) -> int:
    """Call the next on the list of every alarm that nobody answered in time; returns for how many. For the worker."""
    put_alarms_right(at=at)
    rows = Alarm.objects.select_for_update().filter(answered_at=None)
    late = [row for row in rows if paging_goes_on(step=row.step, paged=row.paged_at or row.raised_at, now=at)]
    return _call_next(late, at)


@transaction.atomic
def page_failed(about: UUID, staff: UUID, at: datetime) -> None:
    """A message was not taken: the next on the list are called at once, unless they have been called already."""
    calls = dict(Page.objects.filter(call=about, staff=staff).values_list("alarm", "step"))
    rows = Alarm.objects.select_for_update().filter(pk__in=calls, answered_at=None)
    _call_next([row for row in rows if row.step == calls[row.pk] and row.step < PagingStep.FOCAL_POINTS], at)


def _call_next(alarms: Sequence[Alarm], at: datetime, *, above: int | None = None) -> int:
    """Call the next on these lists; returns how many alarms had somebody left to call.

    Whoever no channel reaches, where the society has channels, is called on her page alone, and whoever is in a danger
    of her own may not come: the step after hers comes at once.
    """
    lists = defaultdict(list)
    for page in Page.objects.filter(alarm__in=alarms, staff__is_active=True).select_related("staff"):
        lists[page.alarm_id].append(page)
    called: dict[Any, list[Page]] = defaultdict(list)
    silent = _may_not_come(alarms, lists, at)
    went_on = 0
    for alarm in alarms:
        step, pages = _next_step(alarm.step if above is None else above, lists[alarm.pk])
        while (
            step < PagingStep.FOCAL_POINTS and {one.staff_id for one in pages if one.step == step} <= silent
        ):
            following, more = _next_step(step, lists[alarm.pk])
            if following == PagingStep.AGAIN:
                break
            step, pages = following, [*pages, *more]
        for page in pages:
            called[page.staff].append(page)
        _gone_on(alarm, step, pages, at)
        went_on += bool(pages)
    Alarm.objects.bulk_update(alarms, ["step", "paged_at", "first_paged_at", "second_paged_at"])
    for staff, pages in called.items():
        _page(staff, pages, at)
    for alarm in alarms:
        # Of an alarm of another day, before a restore, the list is gone: nobody is called for it, here or elsewhere.
        if alarm.step == PagingStep.AGAIN and lists[alarm.pk]:
            _tell_elsewhere(alarm, at)
    return went_on


def _may_not_come(alarms: Sequence[Alarm], lists: Mapping[UUID, list[Page]], at: datetime) -> set[UUID]:
    """Whom no channel reaches, and who is in a danger of her own: asked once for all on these lists."""
    societies: dict[UUID, dict[UUID, Staff]] = defaultdict(dict)
    for alarm in alarms:
        societies[alarm.society_id] |= {one.staff_id: one.staff for one in lists[alarm.pk]}
    everybody = [pk for staff in societies.values() for pk in staff]
    if not everybody:
        return set()
    silent = (channels_queries.cannot_be_reached(pk, list(staff.values())) for pk, staff in societies.items())
    return set().union(*silent, *(engaged(everybody, at) for engaged in ENGAGED))


def _tell_elsewhere(alarm: Alarm, at: datetime) -> None:
    """Whatever goes wrong elsewhere, this society's own colleagues are called all the same."""
    for tell in UNANSWERED:
        try:
            with transaction.atomic():
                tell(alarm, at)
        except Exception:
            log.exception("unanswered")


def _next_step(step: int, pages: Sequence[Page]) -> tuple[int, list[Page]]:
    """Return the next step that calls somebody, and whom."""
    for following in range(step + 1, PagingStep.AGAIN):
        found = [page for page in pages if page.step == following]
        if found:
            return following, found
    return PagingStep.AGAIN, list(pages)


def _gone_on(alarm: Alarm, step: int, pages: Iterable[Page], at: datetime) -> None:
    alarm.step, alarm.paged_at = step, at
    steps = {page.step for page in pages}
    if PagingStep.FIRST in steps and alarm.first_paged_at is None:
        alarm.first_paged_at = at
    if PagingStep.SECOND in steps and alarm.second_paged_at is None:
        alarm.second_paged_at = at


def _page(staff: Staff, pages: Sequence[Page], at: datetime) -> None:
    """Call one colleague, once for all alarms that call her now."""
    call = uuid4()
    # Whose list she stands on, whatever the row of her account says: she is called by their channels.
    staff.society_id = pages[0].society_id
    for page in pages:
        page.paged_at, page.times, page.call = at, page.times + 1, call
    Page.objects.bulk_update(pages, ["paged_at", "times", "call"])
    said: list[tuple[UUID | None, dict[str, object]]] = [(None, {"whom": str(staff.pk)})] * len(pages)
    audit.record_many(event=events.PAGED, by=None, society=staff.society_id, at=at, said=said)
    channels.queue(to=staff, message=MessageKind.DANGER, about=call, at=at)


@transaction.atomic
def answer_alarm(*, alarm: Alarm, by: Staff, at: datetime) -> None:
    """Take an alarm on: paging stops, everyone sees who answers. Whoever called for help is refused."""
    put_alarms_right(at=at, societies=[alarm.society_id])
    # Anew from its row: a colleague may have called for the same person since her page was made.
    if not may_answer(Alarm.objects.get(pk=alarm.pk), staff=by):
        raise Refusal(
            _(
                "You called for help yourself, or are known here only to the colleague who did: a second one answers."
            ),
            next_step=_("The others are still paged. Ring one of them."),
            code="own-call",
            status=409,
        )
    if not _take(alarm, by, at):
        return
    for other in open_of_one(alarm.society_id, alarm.subject):
        # What she called for herself goes on: of that, too, a second one is wanted.
        if may_answer(other, staff=by):
            _take(other, by, at)
    # Whoever answers decides what is late; while she does, nobody is called for it again.
    late = DueItem.objects.filter(
        society=alarm.society_id, subject__in=about_one_person([alarm.subject])[alarm.subject],
        done_at=None, pages_at__isnull=False, due_at__lte=at,
    )  # fmt: skip
    late.update(pages_at=at + DECIDE_AFTER_AN_ANSWER)


def _take(alarm: Alarm, by: Staff, at: datetime) -> bool:
    taken = Alarm.objects.filter(pk=alarm.pk, answered_at=None).update(answered_at=at, answered_by=by)
    if taken:
        audit.record(event=events.ANSWERED, by=by, at=at, about=alarm.subject)
        _call_off(alarm)
    return bool(taken)


@transaction.atomic
def answer_alarm_of(*, subject: UUID, by: Staff, at: datetime) -> None:
    """Somebody goes on with what an alarm is about: nobody else is called in. By whoever called, paging goes on."""
    for alarm in open_of_one(by.society_id, subject):
        if may_answer(alarm, staff=by):
            answer_alarm(alarm=alarm, by=by, at=at)


@transaction.atomic
def stop_paging(*, subject: UUID, by: Staff, at: datetime) -> None:
    """The danger is over, and somebody wrote how it is known, or a second colleague says so (``say_it_is_over``)."""
    for alarm in open_of_one(by.society_id, subject):
        if Alarm.objects.filter(pk=alarm.pk, answered_at=None).update(answered_at=at, answered_by=by):
            audit.record(event=events.STOPPED, by=by, at=at, about=alarm.subject)
            _call_off(alarm)


@transaction.atomic
def call_off_alarm(*, subject: UUID, society: UUID, at: datetime, only_by_itself: bool = False) -> None:
    """What it was about was taken back, and nobody could act on it: nobody is called any more, and nobody answered.

    ``only_by_itself``: not what a colleague called for.
    """
    rows = Alarm.objects.select_for_update().filter(society=society, subject=subject, answered_at=None)
    for alarm in rows.filter(raised_by=None) if only_by_itself else rows:
        Alarm.objects.filter(pk=alarm.pk).update(answered_at=at)
        audit.record(event=events.CALLED_OFF, by=None, society=society, at=at, about=subject)
        _call_off(alarm)


def _call_off(alarm: Alarm) -> None:
    """Leave unsent what would call somebody for this alarm alone."""
    calls = Page.objects.filter(alarm=alarm.pk, call__isnull=False).values_list("call", flat=True)
    # A message that calls her for another alarm too still has to be sent.
    others = Page.objects.filter(call__in=calls, alarm__answered_at=None).values_list("call", flat=True)
    channels.call_off(about={call for call in set(calls) - set(others) if call is not None})


@transaction.atomic
def stop_old_paging(*, society: UUID) -> None:
    """After a restore: nobody is called for an alarm of another day. It stands on the pages until somebody answers.

    What was undecided then may be decided long ago: it is red on the lists until somebody has looked.
    """
    DueItem.objects.filter(society=society, done_at=None).update(pages_at=None)
    Page.objects.filter(alarm__society=society, alarm__answered_at=None).delete()
    channels.drop_unsent(society=society)
