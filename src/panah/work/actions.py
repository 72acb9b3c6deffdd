"""Putting things on someone's list, doing them, and calling for help."""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.accounts.queries import on_duty, staff_by_id, with_role
from panah.audit import actions as audit
from panah.foundation.errors import Refusal
from panah.foundation.writing import insert
from panah.vault import actions as vault
from panah.vault.keyring import Keyring
from panah.vault.queries import holders_of_line
from panah.work import events
from panah.work.models import Alarm, DueItem
from panah.work.queries import may_be_given
from panah.work.rules import QUIET_AFTER_A_REMINDER, second_is_due
from panah.work.words import SENTENCE, AgeGroup, Kind, Sentence, Urgency, kept

# Filled by the composition: sends an e-mail without content. Takes (staff, kind).
NOTIFY: list[Callable[[Any, str], None]] = []

# Filled by the composition: a room above keeps the soonest due time of a file beside its own row. Takes the item.
CHANGED: list[Callable[[DueItem], None]] = []


def _tell(item: DueItem) -> None:
    for then in CHANGED:
        then(item)


@transaction.atomic
def put_on_list(
    *,
    keys: Keyring | None,
    society: UUID,
    kind: Kind | str,
    due_at: datetime,
    room: str,
    subject: UUID,
    at: datetime,
    owner: Any = None,
    line: UUID | None = None,
    branch: Any = None,
    urgency: Urgency | str = Urgency.TODAY,
    language: str = "",
    age_group: AgeGroup | str = AgeGroup.UNKNOWN,
    number: str = "",
    purpose: str = "",
    file: UUID | None = None,
    sentence: Sentence = "",
) -> DueItem:
    """Make a due item for a colleague or for the operators of a line.

    ``room`` and ``subject`` say what it opens; ``purpose`` is a code of that room by which it finds its own
    items again. ``sentence`` is sealed in ``file`` (needs ``keys`` that open it); the list itself shows only
    the neutral word of ``kind``. A lazy sentence is kept so that each reader sees it in her language.
    """
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
    )
    if sentence and keys is not None and file is not None:
        vault.write(keys=keys, file=file, part=SENTENCE, ref=item.pk, value=kept(sentence), at=at)
    _tell(item)
    return item


def say_anew(*, keys: Keyring, item: DueItem, sentence: Sentence, at: datetime) -> None:
    """Seal another sentence for a due item, since what it says has changed."""
    if item.file is not None:
        vault.write(keys=keys, file=item.file, part=SENTENCE, ref=item.pk, value=kept(sentence), at=at)


@transaction.atomic
def put_many_on_list(
    *,
    society: UUID,
    kind: Kind | str,
    room: str,
    purpose: str,
    many: Iterable[tuple[UUID, datetime, Urgency | str]],
    at: datetime,
    owner: Any = None,
    line: UUID | None = None,
) -> None:
    """Make one due item for each (subject, due at, urgency) that has no file yet, all for the same colleagues."""
    names = (
        "id", "society_id", "kind", "due_at", "urgency", "owner_id", "line", "room", "subject", "purpose", "made_at",
    )  # fmt: skip
    whose = owner.pk if owner is not None else None
    rows = (
        (uuid4(), society, kind, due_at, urgency, whose, line, room, subject, purpose, at)
        for subject, due_at, urgency in many
    )
    insert(DueItem, names, rows)


@transaction.atomic
def done(*, item: DueItem, by: Any, at: datetime) -> None:
    """Mark a due item as done. Doing it twice changes nothing."""
    changed = DueItem.objects.filter(pk=item.pk, done_at=None).update(done_at=at, done_by=by)
    if changed:
        audit.record(event=events.DONE, by=by, at=at, about=item.file, facts={"kind": item.kind})
        _tell(item)


@transaction.atomic
def move(*, item: DueItem, due_at: datetime, by: Any, at: datetime) -> None:
    """Change when a due item is due."""
    DueItem.objects.filter(pk=item.pk, done_at=None).update(due_at=due_at, reminded_at=None)
    audit.record(event=events.MOVED, by=by, at=at, about=item.file, facts={"kind": item.kind})
    _tell(item)


@transaction.atomic
def give(*, item: DueItem, to: Any, by: Any, at: datetime) -> None:
    """Give a due item to a colleague. What only its owner may see stays hers."""
    if not may_be_given(item):
        raise Refusal(
            _("This stays on your list."),
            next_step=_("It is open to you alone, or to few. Another colleague could not go on with it."),
            code="owners-only",
        )
    DueItem.objects.filter(pk=item.pk, done_at=None).update(owner=to, reminded_at=None)
    audit.record(event=events.GIVEN, by=by, at=at, about=item.file, facts={"to": str(to.pk)})


@transaction.atomic
def hand_over_items(
    *,
    staff: Any,
    choose: Callable[[DueItem], Any],
    by: Any,
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
            give_to_line(item=item, line=line, by=by, at=at)
        else:
            give(item=item, to=choose(item), by=by, at=at)
        _tell(item)
    return len(items)


@transaction.atomic
def give_to_line(*, item: DueItem, line: UUID, by: Any, at: datetime) -> None:
    """Give a due item back to whoever answers a line."""
    DueItem.objects.filter(pk=item.pk, done_at=None).update(owner=None, line=line, reminded_at=None)
    audit.record(event=events.GIVEN, by=by, at=at, about=item.file, facts={"to": "line"})


@transaction.atomic
def drop_for(*, subject: UUID, at: datetime, purpose: str | None = None) -> int:
    """Take what is still open of a subject off the lists (a closed call, a withdrawn referral)."""
    rows = DueItem.objects.filter(subject=subject, done_at=None)
    if purpose is not None:
        rows = rows.filter(purpose=purpose)
    by_file = {item.file: item for item in rows}
    dropped = int(rows.update(done_at=at, dropped=True))
    for item in by_file.values():
        _tell(item)
    return dropped


@transaction.atomic
def done_for(*, subject: UUID, purpose: str, by: Any, at: datetime) -> None:
    """Mark the open items of one purpose of a subject as done."""
    for item in DueItem.objects.filter(subject=subject, purpose=purpose, done_at=None):
        done(item=item, by=by, at=at)


@transaction.atomic
def raise_alarm(
    *, society: UUID, room: str, subject: UUID, by: Any, at: datetime, but: Collection[UUID] = ()
) -> Alarm:
    """Danger now: page the person on duty at once. A second call for the same subject changes nothing.

    ``but`` are colleagues who are not paged: whom it is about, or who calls for help.
    """
    raise_alarms(society=society, room=room, subjects=[subject], by=by, at=at, but=but)
    return Alarm.objects.filter(subject=subject, answered_at=None).order_by("raised_at")[0]


@transaction.atomic
def raise_alarms(
    *, society: UUID, room: str, subjects: Iterable[UUID], by: Any, at: datetime, but: Collection[UUID] = ()
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
    first, second = who_is_paged(society, at=at, but=but)
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


def who_is_paged(society: UUID, *, at: datetime, but: Collection[UUID] = ()) -> tuple[Any, Any]:
    """Return whom an alarm pages now: at once, and after five minutes; None where nobody is left."""
    # With nobody on the roster the focal points are paged: an alarm never goes nowhere.
    on = [*on_duty(society, "danger", at=at), *on_duty(society, "danger_second", at=at)]
    people = list(dict.fromkeys([*on, *with_role(society, "focal_point")]))
    people = [one for one in people if one.pk not in but]
    return (people[0] if people else None, people[1] if len(people) > 1 else None)


def _page(staff: Any, at: datetime, society: UUID, *, alarms: int = 1) -> None:
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
def answer_alarm(*, alarm: Alarm, by: Any, at: datetime) -> None:
    """Take an alarm on: paging stops, everyone sees who answers."""
    if Alarm.objects.filter(pk=alarm.pk, answered_at=None).update(answered_at=at, answered_by=by):
        audit.record(event=events.ANSWERED, by=by, at=at, about=alarm.subject)


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
    for society, owner, line in {row[:3] for row in waiting} - (told - urgent):
        late.filter(society=society, owner=owner, line=line).update(reminded_at=at)
        people |= {one.pk: one for one in _due_from(society, owner, line, at)}
    for one in people.values():
        send_word(to=one, kind="due")
    return len(people)


def _due_from(society: UUID, owner: UUID | None, line: UUID | None, at: datetime) -> list[Any]:
    """Return whom a thing is due from: its owner and who is on duty for its line's calls, else the focal points.

    The owner of what waits on a line may have gone home: whoever answers it now hears of it too.
    """
    told = [one for one in [staff_by_id(owner) if owner else None] if one is not None and one.is_active]
    holders = {one.pk for one in holders_of_line(line)} if line else set()
    if holders:
        told += [one for one in on_duty(society, "calls", at=at) if one.pk in holders]
    return told or (with_role(society, "focal_point") if holders else [])
