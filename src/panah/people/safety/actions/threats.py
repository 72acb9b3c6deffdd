"""Threats against those who work here: reported, looked at, reviewed, closed; past whoever is concerned."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.roles import Permission, may
from panah.ground.audit import actions as audit
from panah.ground.audit.events import Event
from panah.ground.foundation import retention
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.ids import idempotency_id
from panah.ground.kit import row_locks
from panah.ground.kit.dates import morning
from panah.ground.vault import actions as vault
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions.offboarding import HandoverResult
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.words import FileKind
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency
from panah.people.safety import events, queries, rules
from panah.people.safety.models import Threat
from panah.people.safety.words import CONCERNS, ROOM, STEP, TOLD, ThreatState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


LOOK, REVIEW, KEEP = "look", "review", "keep"
TYPES = {
    LOOK: DueType(
        ROOM, LOOK, DueKind.ANSWER, _("A colleague is threatened: read it, and talk with whoever it is about")
    ),
    REVIEW: DueType(ROOM, REVIEW, DueKind.REVIEW, _("A threat against a colleague: ask how it is now")),
    KEEP: DueType(
        ROOM, KEEP, DueKind.DECIDE, _("Decide whether this is kept or erased"), urgency=Urgency.LATER
    ),
}


@dataclass(frozen=True)
class Reported:
    """What whoever reported it may know: who reads it."""

    row: Threat
    readers: list[Staff]


@transaction.atomic
def report(
    *, keys: Keyring, once: UUID, typed: Mapping[str, Any], concerned: Collection[UUID], at: datetime
) -> Reported:
    """Seal a threat to the focal points whom it does not concern, and put it on their lists; danger now pages.

    ``typed`` has what the form asks; ``now`` is one of the four answers. ``once`` is a fresh id of the form: the
    same said twice is one report. Whoever is called in because of danger reads it too. Refuses when nobody is left.
    """
    by = keys.staff
    said = {"typed": sorted(typed.items()), "concerned": sorted(map(str, concerned))}
    pk = idempotency_id(by.pk, once, said)
    already = Threat.objects.filter(pk=pk, society=by.society_id).first()
    if already is not None:
        return Reported(already, vault_queries.holders(already.file_id))
    readers = queries.readers(by.society_id, concerned=concerned)
    if not readers:
        raise Refusal(
            _("It concerns every focal point. Nothing was sent."),
            next_step=_(
                "Tell a colleague whom you trust, today, and take it down as a complaint: that goes to other readers."
            ),
            code="nobody-left-to-read",
        )
    danger = rules.is_danger(typed.get("now", ""))
    but = {*concerned, by.pk}
    paged = [one for one in work.who_is_paged(by.society_id, at=at, exclude=but) if one] if danger else []
    beside = queries.second(by.society_id, concerned=but) if len(readers) < rules.READERS else []
    file = vault.begin_file(keys=keys, kind=FileKind.THREAT, staff=[*readers, *beside, *paged], at=at)
    vault.write(keys=keys, file=file, part=TOLD, value=dict(typed), at=at)
    if concerned:
        who = {"who": sorted(str(one) for one in concerned)}
        vault.write(keys=keys, file=file, part=CONCERNS, value=who, at=at)
    due = rules.look_at(reported=at, now=typed.get("now", ""))
    row = Threat.objects.create(pk=pk, society_id=by.society_id, file_id=file, reported_at=at, review_at=due)
    audit.record(event=events.REPORTED, by=by, at=at, about=file)
    if danger:
        work.raise_alarm(society=row.society_id, room=ROOM, subject=file, by=by, at=at, exclude=but)
    for reader in readers:
        _put(keys, row, reader, purpose=LOOK, due_at=due, at=at)
        work.send_word(to=reader, kind="danger" if danger else "answer", at=at)
    return Reported(row, [*readers, *beside])


def _put(
    keys: Keyring | None, row: Threat, owner: Staff, *, purpose: str, due_at: datetime, at: datetime
) -> None:
    about = DueSubject(
        row.society_id, row.file_id, file=row.file_id, urgency=Urgency.NOW if due_at <= at else Urgency.TODAY
    )
    work.due(TYPES[purpose], about, keys=keys, owner=owner, due_at=due_at, at=at)


def _locked(threat: Threat, state: str) -> Threat:
    row = row_locks.locked(threat)
    again = _("Open the page again: a colleague has gone on with it.")
    row_locks.must_fit(row.state == state, next_step=again)
    return row


def _write(keys: Keyring, row: Threat, event: Event, at: datetime, value: Mapping[str, object]) -> None:
    vault.add(keys=keys, file=row.file_id, part=STEP, value=dict(value), at=at)
    audit.record(event=event, by=keys.staff, at=at, about=row.file_id)


def _review(keys: Keyring, row: Threat, day: date, at: datetime) -> None:
    """From now on whoever wrote last asks again on that day."""
    work.complete_for(subject=row.file_id, purpose=LOOK, by=keys.staff, at=at)
    work.cancel_for(subject=row.file_id, purpose=REVIEW, at=at)
    row.review_at = max(morning(day), at)
    row.save()
    _put(keys, row, keys.staff, purpose=REVIEW, due_at=row.review_at, at=at)


@transaction.atomic
def take_step(
    *, keys: Keyring, threat: Threat, step: Mapping[str, object], review_on: date, at: datetime
) -> None:
    """Write down what was done, ``{"done": [codes], "text", "agreed"}``, and on which day somebody asks again."""
    row = _locked(threat, ThreatState.OPEN)
    _write(keys, row, events.STEPPED, at, {**step, "review_on": review_on.isoformat()})
    _review(keys, row, review_on, at)
    work.answer_alarm_of(subject=row.file_id, by=keys.staff, at=at)


@transaction.atomic
def close(*, keys: Keyring, threat: Threat, outcome: str, text: str, at: datetime) -> None:
    """Close a report: how it ended. After two years a reader decides whether it is kept."""
    row = _locked(threat, ThreatState.OPEN)
    _write(keys, row, events.CLOSED, at, {"outcome": outcome, "text": text})
    row.state, row.closed_at = ThreatState.CLOSED, at
    row.save()
    work.answer_alarm_of(subject=row.file_id, by=keys.staff, at=at)
    work.cancel_for(subject=row.file_id, at=at)
    keep = at + retention.THREAT.period
    for reader in vault_queries.holders(row.file_id):
        if reader.is_active and may(reader, Permission.SAFETY_LEAD):
            _put(keys, row, reader, purpose=KEEP, due_at=keep, at=at)


@transaction.atomic
def reopen(*, keys: Keyring, threat: Threat, text: str, at: datetime) -> None:
    """It began again, or something new is known."""
    row = _locked(threat, ThreatState.CLOSED)
    _write(keys, row, events.REOPENED, at, {"text": text, "reopened": True})
    row.state, row.closed_at = ThreatState.OPEN, None
    work.cancel_for(subject=row.file_id, at=at)
    _review(keys, row, timezone.localtime(at).date(), at)


@transaction.atomic
def let_read(*, keys: Keyring, threat: Threat, to: Staff, at: datetime) -> None:
    """Let another colleague read who may: never whom it concerns."""
    if to.pk not in {one.pk for one in queries.could_read(threat, keys=keys)}:
        raise Refusal(
            _("This colleague cannot be let in."),
            next_step=_("Choose one of those whom the page offers."),
            code="not-a-reader",
        )
    vault.grant(keys=keys, file=threat.file_id, to=to, at=at)
    audit.record(event=events.PASSED_ON, by=keys.staff, at=at, about=threat.file_id)


def erase(*, keys: Keyring, threat: Threat, at: datetime) -> None:
    """Erase a closed report for good."""
    row = Threat.objects.get(pk=threat.pk)
    if row.state != ThreatState.CLOSED:
        raise Refusal(_("Only what is closed is erased."), next_step=_("Close it first."), code="open")
    vault.erase(keys=keys, file=row.file_id, at=at)


@transaction.atomic
def forget(*, keys: Keyring, file: UUID, at: datetime) -> None:
    """For the vault's registry: the file of a report is being erased; its row goes with it."""
    if Threat.objects.filter(file=file).delete()[0]:
        work.cancel_for(subject=file, at=at)


@transaction.atomic
def hand_over_all(*, keys: Keyring, staff: Staff, to: Staff, at: datetime) -> HandoverResult:
    """For the registry of leaving: what a leaver had to look at goes to whoever hands over, if she reads it.

    What she would then be alone with is opened to another whom it does not concern. Nothing is counted, and what
    does not open for her goes to its other readers.
    """
    rows = {row.file_id: row for row in Threat.objects.visible(to=keys.staff)}
    for file, row in rows.items():
        if not vault_queries.opens(keys=keys, file=file):
            continue
        items = work_queries.items_of(file)
        mine = {item.purpose for item in items if item.owner_id == keys.staff.pk}
        for item in items:
            if item.owner_id != staff.pk:
                continue
            if item.purpose not in mine:
                _put(keys, row, keys.staff, purpose=item.purpose, due_at=item.due_at, at=at)
            work.complete(item=item, by=keys.staff, at=at)
        _not_alone(keys, row, staff, at)
    pass_due(keys=keys, staff=staff, at=at)
    return HandoverResult(0, 0)


def _not_alone(keys: Keyring, row: Threat, leaver: Staff, at: datetime) -> None:
    able = vault_queries.able_to_open([row.file_id]).get(row.file_id, set()) - {leaver.pk}
    others = [one for one in queries.could_read(row, keys=keys) if one.pk != leaver.pk]
    if len(able) < rules.READERS and others:
        let_read(keys=keys, threat=row, to=others[0], at=at)


@transaction.atomic
def pass_due(*, keys: Keyring, staff: Staff, at: datetime) -> int:
    """For the registries of leaving: what waits for a leaver goes to another reader, unseen by whoever ends her access.

    It needs no key of the report, so the line says no more than its neutral word. Returns 0: nothing is counted.
    """
    items = work_queries.items_with(staff, room=ROOM)
    rows = {row.file_id: row for row in Threat.objects.filter(file__in=[item.subject for item in items])}
    able = vault_queries.able_to_open(rows)
    for item in items:
        others = able.get(item.subject, set()) - {staff.pk}
        if not others or staff.pk in able.get(item.subject, set()):
            # Nobody else can open it, or she still can: it stays where it is.
            continue
        if not any(
            one.owner_id in others for one in work_queries.items_of(item.subject, purpose=item.purpose)
        ):
            reader = next(holder for holder in vault_queries.holders(item.subject) if holder.pk in others)
            _put(None, rows[item.subject], reader, purpose=item.purpose, due_at=item.due_at, at=at)
            work.send_word(to=reader, kind="answer", at=at)
        work.complete(item=item, by=keys.staff, at=at)
    return 0
