"""Work lists: what is due, for one colleague, for the lines she answers, for a whole team."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, NotRequired, TypedDict
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from panah.ground.accounts.queries import pseudonyms
from panah.ground.accounts.roles import Permission, may
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.foundation.registry import Registry
from panah.ground.foundation.request_cache import cached_per_request
from panah.ground.kit.rank import Rank
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.reading_parts import DecryptedPart
from panah.ground.work.due_rows import (
    DueRow,
    href_of,
    lines_of_list,
    outcome_page,
    room_and_purpose,
    with_sentences,
)
from panah.ground.work.item_rooms import item_room, owners_only_rooms
from panah.ground.work.models import Alarm, DueItem, Page, WeekMail
from panah.ground.work.one_person import about_one_person
from panah.ground.work.permissions import called_for_help
from panah.ground.work.ranked import Day, Items, by_day, day_of, in_order, ranked
from panah.ground.work.rules import JOINED_FOR, UNDO_WITHIN
from panah.ground.work.words import CAME_OF_IT, DECIDE, Outcome, Urgency

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.accounts.models import Staff

# What other rooms ask of this one and what stands in ``due_rows``.
__all__ = ("DueRow", "lines_of_list", "outcome_page", "room_and_purpose", "with_sentences")

# What waits for whoever is on a duty. Takes a colleague, returns what an item may have as its ``line`` for her beside
# the lines she answers. It is asked on every page, so it asks the database nothing new.
SHARED_QUEUES: Registry[Callable[[Staff], Iterable[UUID]]] = Registry("queues shared by those on a duty")
# Colleague -> how much waits sealed that nobody has opened, and since when the oldest.
SEALED_ARRIVALS: Registry[Callable[[Staff], tuple[int, datetime | None]]] = Registry("what arrives sealed")


PAGE = 50


def open_items(*, to: Staff, lines: Iterable[UUID] = (), day: Day | None = None) -> Items:
    """Return what is open for a colleague: her own, and what waits on the lines she answers."""
    mine = _mine(to.pk, _waiting_for(to, lines))
    return in_order(DueItem.objects.visible(to=to).filter(mine, done_at=None), day or day_of(timezone.now()))


def first_items(*, to: Staff, day: Day, lines: Iterable[UUID] = ()) -> list[DueItem]:
    """Return the first rows of ``open_items``, and one more to say whether there are others: for the page of a day."""
    return _first_lines(**_asked_for(to, lines), **day._asdict())


class WhoseItems(TypedDict):
    society: UUID
    owner: UUID
    lines: NotRequired[list[UUID]]


def _asked_for(to: Staff, lines: Iterable[UUID]) -> WhoseItems:
    answered = _waiting_for(to, lines)
    asked: WhoseItems = {"society": to.society_id, "owner": to.pk}
    return {**asked, "lines": answered} if answered else asked


def _open(society: UUID, owner: UUID, lines: Iterable[UUID] = ()) -> Items:
    return DueItem.objects.filter(_mine(owner, lines), society=society, done_at=None)


def _mine(owner: UUID, lines: Iterable[UUID]) -> Q:
    """What is still open of hers. Each half says *not done*: only so does SQLite look each up in its own index."""
    mine = Q(owner=owner, done_at=None)
    return mine | _waits_on(lines) & Q(done_at=None) if lines else mine


def _waits_on(lines: Iterable[UUID]) -> Q:
    """What waits on a line: what nobody has taken, and what stays with everyone who answers until it is decided."""
    return Q(line__in=lines) & (Q(owner__isnull=True) | Q(purpose=DECIDE))


@prepared
def _first_lines(
    at: datetime, end: datetime, week: datetime, society: UUID, owner: UUID, lines: Iterable[UUID] = ()
) -> Items:
    return in_order(_open(society, owner, lines), Day(at, end, week))[: PAGE + 1]


@prepared
def _due_times(
    at: datetime, society: UUID, owner: UUID, lines: Iterable[UUID] = ()
) -> QuerySet[DueItem, tuple[datetime, int]]:
    return ranked(_open(society, owner, lines), at=at).values_list("due_at", "rank")[:100]


def _waiting_for(staff: Staff, lines: Iterable[UUID]) -> list[UUID]:
    return [*lines, *(one for pool in SHARED_QUEUES for one in pool(staff))]


def team_items(*, to: Staff, day: Day) -> Items:
    """Return what is open in the whole society: for a focal point over her branches."""
    rows = DueItem.objects.visible(to=to).filter(done_at=None).exclude(room__in=owners_only_rooms())
    if not may(to, Permission.WORK_LEAD):
        rows = rows.none()
    return in_order(rows, day)


def needs_confirmation(item: DueItem) -> bool:
    """Say whether ending an item asks first: its purpose is about somebody's safety, or it is urgent now."""
    room, purpose = room_and_purpose(item)
    return item.urgency == Urgency.NOW or purpose not in item_room(room).outcome_alone


def can_be_opened_by(item: DueItem, *, staff: Staff) -> bool:
    """Say whether a colleague could read what an item says, were her vault open."""
    if item.file is None:
        return False
    in_line = item.line is not None and item.line in vault_queries.lines_held(staff)
    return in_line or staff.pk in vault_queries.able_to_open([item.file]).get(item.file, set())


def just_ended(*, by: Staff, keys: Keyring | None, at: datetime) -> list[DueRow]:
    """Return what a colleague marked on a list within the last minute and can take back, newest first."""
    return lines_of_list(_just_ended(by=by.pk, since=at - UNDO_WITHIN), keys=keys)


@prepared
def _just_ended(by: UUID, since: datetime) -> QuerySet[DueItem]:
    rows = DueItem.objects.filter(done_by=by, done_at__gte=since, dropped=False).exclude(outcome="")
    return rows.order_by("-done_at")[:5]


@dataclass(frozen=True)
class OutcomeNote:
    """What was written when an item was marked: which outcome, the words, by whom and when."""

    outcome: str
    text: str
    by: str
    by_id: UUID
    at: datetime


def outcomes_of(item: DueItem, *, keys: Keyring | None) -> list[OutcomeNote]:
    """Return what colleagues wrote each time they marked an item, oldest first; nothing while the vault is locked."""
    if item.file is None:
        return []
    kept = vault_queries.read(keys=keys, file=item.file, part=CAME_OF_IT, ref=item.pk)
    return _outcome_notes([kept] if kept else [])


def outcomes_of_file(file: UUID, *, keys: Keyring | None) -> list[OutcomeNote]:
    """The same of every item that was marked in one file (the caller has been let in), newest first."""
    found = _outcome_notes(vault_queries.read_all(keys=keys, file=file, part=CAME_OF_IT))
    return sorted(found, key=lambda one: one.at, reverse=True)


def _outcome_notes(parts: Iterable[DecryptedPart]) -> list[OutcomeNote]:
    told = [one for part in parts for one in part.value["told"]]
    names = pseudonyms({UUID(one["by"]) for one in told})
    return [
        OutcomeNote(
            str(Outcome(one["outcome"]).label),
            one["text"],
            names.get(UUID(one["by"]), ""),
            UUID(one["by"]),
            datetime.fromisoformat(one["at"]),
        )
        for one in told
    ]


def items_of(subject: UUID, *, purpose: str | None = None, still_open: bool = True) -> list[DueItem]:
    """Return the items of one subject (the caller has been let in to it), soonest first."""
    about = {"subject": subject} if purpose is None else {"subject": subject, "purpose": purpose}
    return _items_of(still_open, **about)


@prepared
def _items_of(still_open: bool, **about: object) -> QuerySet[DueItem]:
    rows = DueItem.objects.filter(**about, **({"done_at": None} if still_open else {}))
    return rows.select_related("owner").order_by("due_at")


def open_by_owner(*, staff: Iterable[UUID], without: Iterable[str] = ()) -> dict[UUID, int]:
    """Return how many things are due with each colleague; ``without`` leaves out rooms whose items go with a case."""
    rows = DueItem.objects.filter(owner__in=list(staff), done_at=None).exclude(room__in=list(without))
    counted = rows.order_by().values("owner").annotate(number=Count("pk"))
    return {row["owner"]: row["number"] for row in counted}


def items_with(owner: Staff, *, room: str) -> list[DueItem]:
    """Return what is open of a room with a colleague, also one who left (the caller gives it on), soonest first."""
    return list(DueItem.objects.filter(owner=owner.pk, room=room, done_at=None).order_by("due_at"))


def week_mail_stopped(staff: Staff) -> bool:
    """Say whether a colleague has stopped the e-mail that says on Mondays how many things are due from her."""
    return bool(_stopped_week_mail(staff=staff.pk))


@prepared
def _stopped_week_mail(staff: UUID) -> QuerySet[WeekMail, UUID]:
    return WeekMail.objects.filter(staff=staff, stopped=True).values_list("pk", flat=True)[:1]


def overdue(*, purposes: Iterable[str], before: datetime, society: UUID | None) -> list[DueItem]:
    """Return the open items of these purposes that were due before a moment, of one society or of all."""
    rows = DueItem.objects.filter(done_at=None, purpose__in=list(purposes), due_at__lt=before)
    return list(rows if society is None else rows.filter(society=society))


def waiting_subjects(*, room: str, purpose: str, society: UUID | None) -> set[UUID]:
    """Return the subjects that are on a list for one purpose: for a job, of a society or of the whole node."""
    rows = DueItem.objects.filter(room=room, purpose=purpose, done_at=None)
    return set((rows.filter(society=society) if society else rows).values_list("subject", flat=True))


@prepared
def _soonest(file: UUID) -> QuerySet[DueItem, tuple[datetime, str]]:
    rows = DueItem.objects.filter(file=file, done_at=None)
    return rows.order_by("due_at", "pk").values_list("due_at", "kind")[:1]


def soonest_of_file(file: UUID) -> tuple[datetime, str] | None:
    """Return when the next thing about a file is due and its neutral word; None when nothing is."""
    return next(iter(_soonest(file=file)), None)


def items_of_file(file: UUID) -> list[DueItem]:
    """Return what is open about one file, whichever room put it there (the caller has been let in), as lists are."""
    rows = DueItem.objects.filter(file=file, done_at=None).select_related("owner")
    return list(by_day(rows, day_of(timezone.now())))


def item_visible(*, to: Staff, lines: Iterable[UUID] = ()) -> QuerySet[DueItem]:
    """Return the items a colleague may act on: her own, her lines', and as focal point the society's.

    Those that ended are among them, so that whoever comes second learns that somebody came first.
    """
    rows = DueItem.objects.visible(to=to)
    if may(to, Permission.WORK_LEAD):
        return rows.filter(Q(owner=to) | ~Q(room__in=owners_only_rooms()))
    return rows.filter(Q(owner=to) | _waits_on(_waiting_for(to, lines)))


def may_be_given(item: DueItem) -> bool:
    """Say whether an item may go to another colleague's list."""
    return not item_room(item.room).owners_only


# The list of alarms is asked for by every page: the name of a colleague, not her whole row.
SHOWN_OF_ALARM = (
    *("society", "room", "subject", "raised_at", "second_paged_at", "answered_at", "called_for_by"),
    "over_said_at",
    "raised_by__name",
)


@cached_per_request
def alarms_for(*, to: Staff) -> list[Alarm]:
    """Return unanswered alarms of the society for those who may answer, one a person: on duty or a focal point."""
    if may(to, Permission.WORK_LEAD):
        alone = sorted(owners_only_rooms())
        return _one_of_each_person(_alarms(society=to.society_id, who=to.pk, alone=alone), to)
    return _one_of_each_person(_alarms(society=to.society_id, who=to.pk), to)


def _one_of_each_person(alarms: list[Alarm], to: Staff) -> list[Alarm]:
    """Of what is about one person, what she can answer and what calls her stands for the rest, the oldest first."""
    if len(alarms) < 2:
        return alarms
    same = about_one_person([alarm.subject for alarm in alarms])
    shown: dict[UUID, Alarm] = {}
    for one in sorted(alarms, key=lambda a: (called_for_help(a, staff=to), not a.called, not a.calls)):  # type: ignore[attr-defined]
        if not same[one.subject] & shown.keys():
            shown[one.subject] = one
    return [alarm for alarm in alarms if alarm in shown.values()]


@prepared
def _alarms(society: UUID, who: UUID, alone: Iterable[str] | None = None) -> QuerySet[Alarm]:
    """``alone`` are the rooms whose alarms nobody sees but who is paged; None: all of them."""
    called = Exists(Page.objects.filter(alarm=OuterRef("pk"), staff=who, paged_at__isnull=False))
    calls = Exists(Page.objects.filter(alarm=OuterRef("pk"), staff__is_active=True))
    rows = Alarm.objects.filter(society=society, answered_at=None).annotate(called=called, calls=calls)
    paged = Q(called=True)
    rows = rows.filter(paged if alone is None else paged | ~Q(room__in=alone))
    shown = rows.select_related("raised_by").only(*SHOWN_OF_ALARM)
    return shown.order_by("raised_at")


def alarm_href(alarm: Alarm) -> str:
    """Return where an alarm leads."""
    return href_of(alarm.room, alarm.subject, "")


def may_open(alarm: Alarm, *, staff: Staff) -> bool:
    """Say whether a colleague who is paged can open what the alarm is about; of other rooms nothing is known here."""
    can_open = item_room(alarm.room).may_open
    return can_open(alarm.subject, staff=staff) if can_open else True


def holders_of(alarm: Alarm) -> list[Staff]:
    """Return who can open what an alarm is about, where its room says so: whom to telephone."""
    holders = item_room(alarm.room).holders
    return holders(alarm.subject) if holders else []


def counts(*, to: Staff, at: datetime, lines: Iterable[UUID] = ()) -> tuple[int, int, bool]:
    """Return (due, open, whether it presses) for the badge in the menu; capped at 100: no list is counted whole."""
    rows = _due_times(**_asked_for(to, lines), at=at)
    now = [Rank(rank) for due_at, rank in rows if due_at <= at or rank == Rank.DANGER]
    return len(now), len(rows), any(rank.presses for rank in now)


def open_alarm_of(subject: UUID) -> Alarm | None:
    """Return the unanswered alarm about the person of a subject (the caller has been let in to it)."""
    return _alarms_of(subject).filter(answered_at=None).order_by("-raised_at").first()


def newest_alarm_of(subject: UUID) -> Alarm | None:
    """Return the newest alarm about the person of a subject, answered or not (the caller has been let in to it)."""
    return _alarms_of(subject).order_by("-raised_at").first()


def own_alarm_of(subject: UUID) -> Alarm | None:
    """Return the newest alarm that was raised for this subject itself (the caller has been let in to it)."""
    rows = Alarm.objects.filter(subject=subject).select_related("first", "second", "answered_by")
    return rows.order_by("-raised_at").first()


def _alarms_of(subject: UUID) -> QuerySet[Alarm]:
    rows = Alarm.objects.filter(subject__in=about_one_person([subject])[subject])
    return rows.select_related("first", "second", "answered_by")


def answered_by(staff: UUID) -> QuerySet[Alarm, object]:
    """Return what the alarms were about that a colleague answered for somebody else, as a part of a larger question."""
    rows = Alarm.objects.filter(answered_by=staff).exclude(raised_by=staff)
    return rows.values("subject")


def alarms_since(society: UUID, room: str, since: datetime) -> int:
    """Return how many alarms of a room a society has had since a moment."""
    return Alarm.objects.filter(society=society, room=room, raised_at__gt=since).count()


def called_just_now(society: UUID, room: str, at: datetime) -> list[UUID]:
    """Return what the unanswered alarms of a room are about that have just called: others can join them."""
    rows = Alarm.objects.filter(society=society, room=room, answered_at=None, paged_at__gt=at - JOINED_FOR)
    return list(rows.values_list("subject", flat=True))


def alarm_visible(*, to: Staff) -> QuerySet[Alarm]:
    """Return the alarms a colleague may open and answer: those that page her, all for a focal point."""
    rows = Alarm.objects.visible(to=to)
    if to is not None:
        paged = Q(Exists(Page.objects.filter(alarm=OuterRef("pk"), staff=to)))
        rows = rows.filter(
            paged | ~Q(room__in=owners_only_rooms()) if may(to, Permission.WORK_LEAD) else paged
        )
    return rows.select_related("first", "second", "raised_by", "answered_by")


def unanswered(*, to: Staff) -> bool:
    """Say whether any alarm of the society waits for an answer."""
    return bool(Alarm.objects.visible(to=to).filter(answered_at=None).exists())
