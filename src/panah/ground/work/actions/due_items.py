"""Putting things on someone's list, moving them, giving them on, reminding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import on_duty, staff_by_id, with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.audit import actions as audit
from panah.ground.foundation.bulk_insert import insert
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.models import noon_of
from panah.ground.foundation.registry import Registry
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.queries import holders_of_line
from panah.ground.work import events
from panah.ground.work.actions.alarms import answer_alarm_of, call_off_alarm, send_word
from panah.ground.work.item_rooms import item_room
from panah.ground.work.models import DueItem
from panah.ground.work.queries import may_be_given
from panah.ground.work.rules import QUIET_AFTER_A_REMINDER, UNDO_WITHIN, pages_when_moved
from panah.ground.work.words import SENTENCE, AgeGroup, DueKind, Sentence, Urgency, serialized

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.audit.events import Event
    from panah.ground.network.models import Branch


AT_ONCE = 500
# A room above keeps the soonest due time of a file beside its own row. Takes the item.
ON_CHANGE: Registry[Callable[[DueItem], None]] = Registry("what follows when a due item changes")


def notify_changed(item: DueItem) -> None:
    """Let rooms above know that an item was put, marked, moved or dropped."""
    for callback in ON_CHANGE:
        callback(item)


@transaction.atomic
def add_item(
    *,
    keys: Keyring | None,
    society: UUID,
    kind: DueKind | str,
    due_at: datetime,
    room: str,
    subject: UUID,
    at: datetime,
    owner: Staff | None = None,
    line: UUID | None = None,
    branch: Branch | None = None,
    urgency: Urgency | str = Urgency.TODAY,
    language: str = "",
    age_group: AgeGroup | str = AgeGroup.UNKNOWN,
    number: str = "",
    purpose: str = "",
    file: UUID | None = None,
    sentence: Sentence = "",
    pages_after: timedelta | None = None,
) -> DueItem:
    """Make a due item for a colleague or for the operators of a line.

    ``room`` and ``subject`` say what it opens; ``purpose`` is a code of that room by which it finds its own
    items again. ``sentence`` is sealed in ``file`` (needs ``keys`` that open it); the list itself shows only
    the neutral word of ``kind``. A lazy sentence is kept so that each reader sees it in her language.
    Where the room says so, what is due now counts from midnight, six, noon or six in the evening: a minute would
    say beside what it was written. ``pages_after``: a person was in danger, so long after its time it pages.
    """
    if due_at <= at and item_room(room).due_by_quarter:
        due_at = quarter_of_day(due_at)
    item = DueItem.objects.create(
        society_id=society,
        branch=branch,
        kind=kind,
        due_at=due_at,
        urgency=urgency,
        language=language,
        age_group=age_group,
        owner=owner,
        line=line,
        room=room,
        subject=subject,
        number=number,
        purpose=purpose,
        file=file,
        made_at=at,
        pages_at=due_at + pages_after if pages_after is not None else None,
    )
    if sentence and keys is not None and file is not None:
        vault.write(keys=keys, file=file, part=SENTENCE, ref=item.pk, value=serialized(sentence), at=at)
    notify_changed(item)
    return item


def quarter_of_day(moment: datetime) -> datetime:
    """Return midnight, six, noon or six in the evening before a moment, where the colleague is who acts."""
    local = timezone.localtime(moment)
    return local.replace(hour=local.hour - local.hour % 6, minute=0, second=0, microsecond=0)


def update_sentence(*, keys: Keyring, item: DueItem, sentence: Sentence, at: datetime) -> None:
    """Seal another sentence for a due item, since what it says has changed."""
    if item.file is not None:
        vault.write(keys=keys, file=item.file, part=SENTENCE, ref=item.pk, value=serialized(sentence), at=at)


class Newcomer(NamedTuple):
    """Something that has no file yet, on its way to a list."""

    subject: UUID
    due_at: datetime
    urgency: Urgency | str
    language: str = ""
    age_group: AgeGroup | str = AgeGroup.UNKNOWN


@transaction.atomic
def add_items(
    *,
    society: UUID,
    kind: DueKind | str,
    room: str,
    purpose: str,
    many: Iterable[Newcomer],
    at: datetime,
    owner: Staff | None = None,
    line: UUID | None = None,
) -> None:
    """Make one due item for each newcomer, all for the same colleagues."""
    names = (
        "id", "society_id", "kind", "due_at", "urgency", "language", "age_group", "owner_id", "line", "room", "subject",
        "purpose", "made_at",
    )  # fmt: skip
    whose = owner.pk if owner is not None else None
    rows = (
        (
            uuid4(),
            society,
            kind,
            one.due_at,
            one.urgency,
            one.language,
            one.age_group,
            whose,
            line,
            room,
            one.subject,
            purpose,
            at,
        )
        for one in many
    )
    insert(DueItem, names, rows)


@transaction.atomic
def complete(*, item: DueItem, by: Staff, at: datetime, by_day: bool = False) -> None:
    """Mark a due item as done; ``by_day`` as in ``assign``, and the row keeps the day. Twice changes nothing."""
    ended = noon_of(at) if by_day else at
    changed = DueItem.objects.filter(pk=item.pk, done_at=None).update(done_at=ended, done_by=by)
    if changed:
        silence(item, by, at)
        _record(events.DONE, item, {"kind": item.kind}, by, at, by_day=by_day)
        notify_changed(item)


@transaction.atomic
def move(
    *,
    item: DueItem,
    due_at: datetime,
    by: Staff | None,
    at: datetime,
    by_day: bool = False,
    urgency: Urgency | str = "",
    pages_after: timedelta | None = None,
    silences: bool = True,
) -> None:
    """Change when a due item is due, and how urgent it is then.

    ``by_day`` as in ``assign``, ``pages_after`` as in ``add_item``.
    What pages goes on to page, at its new time; a colleague who moves it has taken it on, unless it ``silences``
    nothing, as when she gives it to another.
    """
    pages_at = due_at + pages_after if pages_after is not None else None
    if pages_at is None and item.pages_at is not None:
        pages_at = pages_when_moved(due=due_at, was_due=item.due_at, pages=item.pages_at)
    times: dict[str, object] = {
        "due_at": due_at,
        "reminded_at": None,
        "pages_at": pages_at,
        "asked_by": None,
        "wanted_at": None,
    }
    times |= {"urgency": urgency} if urgency else {}
    changed = DueItem.objects.filter(pk=item.pk, done_at=None).update(**times)
    if changed and by is not None and silences:
        silence(item, by, at)
    _record(events.MOVED, item, {"kind": item.kind}, by, at, by_day=by_day)
    notify_changed(item)


def silence(item: DueItem, by: Staff, at: datetime) -> None:
    """Somebody has decided what paged: nobody else is called for it, unless she called for help herself."""
    if item.pages_at is not None:
        answer_alarm_of(subject=item.subject, by=by, at=at)


@transaction.atomic
def assign(*, item: DueItem, to: Staff, by: Staff, at: datetime, by_day: bool = False) -> None:
    """Give a due item to a colleague. What only its owner may see stays hers.

    ``by_day``: the journal is told some hours later, since its file must not be joined with another one.
    """
    if not may_be_given(item):
        raise Refusal(
            _("This stays on your list."),
            next_step=_("It is open to you alone, or to few. Another colleague could not go on with it."),
            code="owners-only",
        )
    DueItem.objects.filter(pk=item.pk, done_at=None).update(owner=to, reminded_at=None)
    _record(events.GIVEN, item, {"to": str(to.pk)}, by, at, by_day=by_day)


@transaction.atomic
def hand_over_items(
    *,
    staff: Staff,
    choose: Callable[[DueItem], Any],
    by: Staff,
    at: datetime,
    line_of: Callable[[DueItem], Any],
    only: Callable[[DueItem], bool] = lambda item: True,
) -> int:
    """Give every open item of a colleague on, or ``only`` some; returns how many.

    ``line_of(item)`` names the hotline line it goes back to, or None: then ``choose(item)`` says to whom.
    """
    rows = DueItem.objects.filter(owner=staff, done_at=None).order_by("due_at", "pk")
    items = [item for item in rows if only(item)]
    for item in items:
        line = line_of(item)
        if line is not None:
            assign_to_line(item=item, line=line, by=by, at=at)
        else:
            assign(item=item, to=choose(item), by=by, at=at)
        notify_changed(item)
    return len(items)


@transaction.atomic
def assign_to_line(*, item: DueItem, line: UUID, by: Staff, at: datetime, by_day: bool = False) -> None:
    """Give a due item back to whoever answers a line."""
    DueItem.objects.filter(pk=item.pk, done_at=None).update(owner=None, line=line, reminded_at=None)
    _record(events.GIVEN, item, {"to": "line"}, by, at, by_day=by_day)


def _record(
    event: Event, item: DueItem, facts: dict[str, str], by: Staff | None, at: datetime, *, by_day: bool
) -> None:
    if by_day and by is not None and item.file is not None:
        vault.record_by_day(event=event, by=by, at=at, about=item.file, facts=facts)
    else:
        audit.record(event=event, by=by, at=at, about=item.file, facts=facts)


def _settle_for_good(rows: Any, at: datetime) -> None:
    """What was marked within the last minute, and is over now by what happened to its subject, does not come back."""
    rows.filter(done_at__gte=at - UNDO_WITHIN, dropped=False).exclude(outcome="").update(dropped=True)


@transaction.atomic
def cancel_for(*, subject: UUID, at: datetime, purpose: str | None = None, by_day: bool = False) -> int:
    """Take what is still open of a subject off the lists (a closed call, a withdrawn referral).

    ``by_day``: the rows keep the day alone.
    """
    rows = DueItem.objects.filter(subject=subject)
    if purpose is not None:
        rows = rows.filter(purpose=purpose)
    _settle_for_good(rows, at)
    rows = rows.filter(done_at=None)
    by_file = {item.file: item for item in rows}
    paging = {item.society_id for item in rows if item.pages_at is not None}
    dropped = int(rows.update(done_at=noon_of(at) if by_day else at, dropped=True))
    for society in paging:
        # Called by the list, for what is there no more; whoever called herself is still answered by somebody.
        call_off_alarm(subject=subject, society=society, at=at, only_by_itself=True)
    for item in by_file.values():
        notify_changed(item)
    return dropped


@transaction.atomic
def cancel_for_all(*, subjects: Sequence[UUID], at: datetime) -> int:
    """Take what is still open of many subjects off the lists, a few hundred in one go; returns how many items."""
    dropped = 0
    for first in range(0, len(subjects), AT_ONCE):
        rows = DueItem.objects.filter(subject__in=subjects[first : first + AT_ONCE])
        _settle_for_good(rows, at)
        rows = rows.filter(done_at=None)
        by_file = {item.file: item for item in rows}
        dropped += int(rows.update(done_at=at, dropped=True))
        for item in by_file.values():
            notify_changed(item)
    return dropped


@transaction.atomic
def complete_for(*, subject: UUID, purpose: str, by: Staff, at: datetime, by_day: bool = False) -> None:
    """Mark the open items of one purpose of a subject as done; ``by_day`` as in ``complete``."""
    rows = DueItem.objects.filter(subject=subject, purpose=purpose)
    _settle_for_good(rows, at)
    for item in rows.filter(done_at=None):
        complete(item=item, by=by, at=at, by_day=by_day)


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Send word that something waits to whoever it is due from; returns to how many. It says nothing about what.

    Each thing once. What becomes due within four hours of a reminder waits, unless it is urgent now: then the next
    one speaks for all. For the worker, inside a society's walls or for the whole node.
    """
    late = DueItem.objects.filter(done_at=None, reminded_at=None, due_at__lte=at)
    waiting = set(late.order_by().values_list("society", "owner", "line", "urgency").distinct())
    urgent = {row[:3] for row in waiting if row[3] == Urgency.NOW}
    since = DueItem.objects.filter(reminded_at__gt=at - QUIET_AFTER_A_REMINDER)
    told = set(since.order_by().values_list("society", "owner", "line").distinct())
    people: dict[UUID, Any] = {}
    # In one order: two workers that claim the same things neither wait for each other for ever nor share them out.
    for society, owner, line in sorted({row[:3] for row in waiting} - (told - urgent), key=str):
        if late.filter(society=society, owner=owner, line=line).update(reminded_at=at):
            people |= {one.pk: one for one in _due_from(society, owner, line, at)}
    for one in people.values():
        send_word(to=one, kind="due", at=at)
    return len(people)


def _due_from(society: UUID, owner: UUID | None, line: UUID | None, at: datetime) -> list[Any]:
    """Return whom a thing is due from: its owner and who is on duty for its line's calls, else the focal points.

    The owner of what waits on a line may have gone home: whoever answers it now hears of it too.
    """
    told = [one for one in [staff_by_id(owner) if owner else None] if one is not None and one.is_active]
    holders = {one.pk for one in holders_of_line(line)} if line else set()
    if holders:
        told += [one for one in on_duty(society, "calls", at=at) if one.pk in holders]
    return told or (with_permission(society, Permission.WORK_LEAD) if holders else [])
