"""Contacts as lists and pages read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, Q, QuerySet, When
from django.utils import timezone

from panah.ground.accounts.queries import pseudonyms
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.foundation.request_cache import cached_per_request
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.keyring import Keyring
from panah.ground.work import queries as work_queries
from panah.ground.work.ranked import by_day, day_of
from panah.ground.work.words import DECIDE, Urgency
from panah.people.cases.queries.detention import DetentionValue
from panah.people.hotline.models import Contact
from panah.people.hotline.permissions import may_see_calls
from panah.people.hotline.rules import current, safe_from
from panah.people.hotline.words import ContactState
from panah.people.hotline.words.parts import (
    ANSWERS,
    BESIDE,
    CALL_BACK,
    GIVEN,
    HANDED,
    HELD,
    NEXT_STEP,
    NOTE,
    TRIED,
)

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.ground.work.models import DueItem

PAGE = 30


def visible(*, to: Staff) -> QuerySet[Contact]:
    """The contacts a colleague may open: her lines', and for a focal point the society's."""
    return Contact.objects.visible(to=to).select_related("line", "taken_by", "with_whom", "file", "society")


def may_open(subject: UUID, *, staff: Staff) -> bool:
    """For alarms: say whether whoever is paged can open the contact that it is about."""
    if subject in called_to(staff):
        return subject in _opens_of_these(staff)
    return bool(visible(to=staff).filter(pk=subject).exists())


@cached_per_request
def called_to(staff: Staff) -> dict[UUID, Contact | None]:
    """Return the calls about which an alarm stands on a colleague's pages, whether she can open them or not."""
    subjects = [one.subject for one in work_queries.alarms_for(to=staff) if one.room == "hotline"]
    if not subjects:
        return {}
    contacts = Contact.objects.select_related("line").in_bulk(subjects)
    return {subject: contacts.get(subject) for subject in subjects}


@cached_per_request
def _opens_of_these(staff: Staff) -> set[UUID]:
    return set(visible(to=staff).filter(pk__in=list(called_to(staff))).values_list("pk", flat=True))


def case_of(contact: UUID) -> UUID | None:
    """Return the id of the case that a contact became, or None."""
    found: UUID | None = Contact.objects.filter(pk=contact).values_list("became_case", flat=True).first()
    return found


def call_open(staff: Staff) -> bool:
    """Whether a colleague has a call on the line: search is closed meanwhile, in every room."""
    return Contact.objects.filter(taken_by=staff.pk, state=ContactState.OPEN).exists()


def call_elsewhere(*, staff: Staff, page: str) -> bool:
    """Whether a colleague is in a call, her own or one she was called in to, on another page than this address."""
    away = [one for one in visible(to=staff).filter(state=ContactState.OPEN) if f"/{one.number}/" not in page]
    return any(one.taken_by_id == staff.pk or _called_in(staff, one) for one in away)


def _called_in(staff: Staff, contact: Contact) -> bool:
    alarm = work_queries.own_alarm_of(contact.pk)
    return alarm is not None and alarm.answered_by_id == staff.pk


def open_calls(*, to: Staff) -> list[Contact]:
    """What is on the line now: danger first, then the oldest."""
    rows = visible(to=to).filter(state=ContactState.OPEN)
    return list(rows.order_by(Case(When(urgency=Urgency.NOW, then=0), default=1), "started_at")[:PAGE])


@cached_per_request
def open_dangers(staff: Staff) -> list[Contact]:
    """Return the calls in danger that are open with a colleague, the newest first: every page leads back to them.

    Also those to which she came: whoever answered the alarm types along.
    """
    # Asked on every page: by role, so that whoever answers no calls is asked nothing.
    return _open_dangers(society=staff.society_id, who=staff.pk) if may_see_calls(staff) else []


@prepared
def _open_dangers(society: UUID, who: UUID) -> QuerySet[Contact]:
    hers = Q(with_whom=who) | Q(with_whom=None, taken_by=who) | Q(pk__in=work_queries.answered_by(who))
    rows = Contact.objects.filter(hers, society=society, state=ContactState.OPEN, urgency=Urgency.NOW)
    return rows.only("number", "started_at").order_by("-started_at")


def finished_today(*, to: Staff, at: datetime) -> list[Contact]:
    """What ended since midnight of the society and is decided about, the newest first."""
    here = at.astimezone(ZoneInfo(to.society.time_zone))
    midnight = datetime.combine(here.date(), time(), tzinfo=here.tzinfo)
    waits = work_queries.waiting_subjects(room="hotline", purpose=DECIDE, society=to.society_id)
    rows = visible(to=to).filter(ended_at__gte=midnight).exclude(pk__in=waits)
    return list(rows.order_by("-ended_at")[:PAGE])


def _items(*, to: Staff, lines: Iterable[UUID]) -> QuerySet[DueItem]:
    rows = work_queries.item_visible(to=to, lines=lines).filter(room="hotline", done_at=None)
    return by_day(rows.select_related("owner"), day_of(timezone.now()))


def when_due(row: work_queries.DueRow, *, at: datetime) -> datetime:
    """Return when a line of a list is due: a call-back that is safe at certain hours is never due outside of them."""
    item = row.item
    due_at: datetime = item.due_at
    if (item.room, item.purpose) != ("hotline", CALL_BACK):
        return due_at
    earliest = max(due_at, at)
    safe = safe_from(row.say or "", now=timezone.localtime(earliest))
    return safe if safe is not None and safe > earliest else due_at


def hours_are_sealed(row: work_queries.DueRow) -> bool:
    """Say whether a line is a call-back whose hours this reader cannot see: its minute alone must not hurry her."""
    return (row.item.room, row.item.purpose) == ("hotline", CALL_BACK) and not row.sentence and not row.say


def call_backs(*, to: Staff, keys: Keyring | None, lines: Iterable[UUID]) -> list[work_queries.DueRow]:
    """What the hotline has to do, soonest first, with its sealed sentences: those who hold the line see the line's.

    What somebody has still to decide about stands apart: see ``undecided``.
    """
    return work_queries.lines_of_list(_items(to=to, lines=lines).exclude(purpose=DECIDE)[:PAGE], keys=keys)


@dataclass(frozen=True)
class Undecided:
    """A contact of which nobody has written yet what happens next, with its line on the list."""

    contact: Contact
    due: work_queries.DueRow


def undecided(*, to: Staff, keys: Keyring | None, lines: Iterable[UUID]) -> list[Undecided]:
    """Return the contacts that wait for somebody to decide, soonest first: of all lines that a colleague answers."""
    waiting = work_queries.lines_of_list(_items(to=to, lines=lines).filter(purpose=DECIDE), keys=keys)
    rows = {one.pk: one for one in visible(to=to).filter(pk__in=[w.item.subject for w in waiting])}
    return [Undecided(rows[w.item.subject], w) for w in waiting if w.item.subject in rows]


def contacts_log(*, to: Staff, chosen: dict[str, object], before: datetime | None = None) -> list[Contact]:
    """The log by work facts alone, newest first: one page and one row more, to know whether there are older ones."""
    rows = visible(to=to)
    for name in ("state", "channel", "language", "urgency", "age_group", "line"):
        if chosen.get(name):
            rows = rows.filter(**{name: chosen[name]})
    if chosen.get("mine"):
        rows = rows.filter(Q(taken_by=to) | Q(with_whom=to))
    if before is not None:
        rows = rows.filter(started_at__lt=before)
    return list(rows.order_by("-started_at")[: PAGE + 1])


def has_call_back(contact: Contact) -> bool:
    """Whether a call-back is planned."""
    return bool(work_queries.items_of(contact.pk, purpose=CALL_BACK))


# -- the sealed parts ------------------------------------------------------------------------------


def answers_of(*, keys: Keyring | None, contact: Contact) -> dict[str, Any]:
    """The newest answer of each field; empty when the vault or the file is closed to the asker."""
    return current(vault_queries.value_of(keys=keys, file=contact.file_id, part=ANSWERS).get("fields", {}))


def notes_of(*, keys: Keyring | None, contact: Contact) -> list[vault_queries.DecryptedPart]:
    """The notes, one of each colleague and what came sealed, oldest first; see ``work.words.read_text``."""
    return [
        n for n in vault_queries.read_all(keys=keys, file=contact.file_id, part=NOTE) if n.value.get("text")
    ]


def given_of(*, keys: Keyring | None, contact: Contact) -> list[vault_queries.DecryptedPart]:
    """The services whose number was given."""
    return vault_queries.read_all(keys=keys, file=contact.file_id, part=GIVEN)


def held_of(*, keys: Keyring | None, contact: Contact) -> DetentionValue:
    """Where the person is held, as ``cases.queries.detention`` reads it; empty where nothing says so."""
    return dict(vault_queries.value_of(keys=keys, file=contact.file_id, part=HELD))


def next_steps_of(*, keys: Keyring | None, contact: Contact) -> list[vault_queries.DecryptedPart]:
    """What was decided after the contact, oldest first."""
    return vault_queries.read_all(keys=keys, file=contact.file_id, part=NEXT_STEP)


def handed_over_of(*, keys: Keyring | None, contact: Contact) -> list[vault_queries.DecryptedPart]:
    """The words written to a next shift, oldest first."""
    return vault_queries.read_all(keys=keys, file=contact.file_id, part=HANDED)


def attempts_of(*, keys: Keyring | None, contact: Contact) -> list[vault_queries.DecryptedPart]:
    """The attempts to call back, oldest first."""
    return vault_queries.read_all(keys=keys, file=contact.file_id, part=TRIED)


@dataclass(frozen=True)
class ContactChange:
    """One thing that was typed or done: when, by which pseudonym, in which field or part, and its value."""

    at: datetime
    who: str
    field: str
    value: object


def history_of(*, keys: Keyring | None, contact: Contact) -> list[ContactChange]:
    """What was typed by whom when, newest first; what two typed at once stands there twice."""
    names = [ANSWERS, NOTE, BESIDE, GIVEN, TRIED, HANDED, NEXT_STEP]
    parts = vault_queries.read_parts(keys=keys, file=contact.file_id, names=names)
    found: list[tuple[datetime, str, str, object]] = []
    for one in parts.get(ANSWERS, []):
        for name, entries in one.value["fields"].items():
            found += [(datetime.fromisoformat(e[4]), e[3], name, e[1]) for e in entries[-3:]]
    for name in (NOTE, GIVEN, TRIED, HANDED, NEXT_STEP):
        found += [(one.at, str(one.by), name, one.value) for one in parts.get(name, [])]
    found += [(one.at, str(one.by), one.value["field"], one.value["value"]) for one in parts.get(BESIDE, [])]
    who = {str(pk): name for pk, name in pseudonyms({one[1] for one in found if one[1] != "None"}).items()}
    return sorted(
        (ContactChange(at, who.get(by, ""), name, value) for at, by, name, value in found),
        key=lambda m: m.at,
        reverse=True,
    )


def ended_at(pk: UUID) -> datetime | None:
    """Return when a contact ended, for whoever was called in to it (the caller has looked at her alarm)."""
    return Contact.objects.filter(pk=pk).values_list("ended_at", flat=True).first()


def became_a_case(pk: UUID) -> bool:
    """Say whether a contact became a case, for whoever could open it; by whom that is held is not said."""
    return bool(Contact.objects.filter(pk=pk, state=ContactState.CASE).exists())
