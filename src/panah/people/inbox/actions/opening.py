"""Opening what arrived, looking at it again, and what it becomes."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from panah.ground.accounts.queries import with_permission
from panah.ground.accounts.roles import Permission
from panah.ground.audit import actions as audit
from panah.ground.foundation.errors import Refusal
from panah.ground.foundation.protected_rows import load_trusted
from panah.ground.kit.row_locks import locked
from panah.ground.vault import actions as vault
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.sealed_body import open_body
from panah.ground.vault.seals import DoesNotOpen, Private
from panah.ground.vault.words import KeyKind, RevealPurpose
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, Urgency
from panah.people.inbox import events, rules, sealed_to_readers
from panah.people.inbox.arrival_rooms import ARRIVAL_ROOMS
from panah.people.inbox.models import Arrival
from panah.people.inbox.queries import is_open_to, readers_for
from panah.people.inbox.words import (
    BODY,
    GO_ON,
    LOST,
    OPEN,
    PAST_INTAKE,
    REMIND,
    ROOM,
    TO_READERS,
    WAITING,
    ArrivalState,
)

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff


def open_arrival(*, keys: Keyring | None, arrival: Arrival, by: Staff, at: datetime) -> dict[str, object]:
    """Open what arrived and return its content; the journal says who opened it.

    Danger calls the next ones until somebody goes on with it (``take_on``) or it ends, whoever told it: who opened it
    may not read its language, or be called away.
    Refuses when the vault is locked, the key is not held, or it is over; what is damaged is reported and stays.
    """
    content = _read(keys, arrival, at)
    with transaction.atomic():
        row = locked_row(arrival)
        if row.state == ArrivalState.SEALED:
            row.state, row.opened_at, row.opened_by = ArrivalState.OPENED, at, by
            row.save(update_fields=["state", "opened_at", "opened_by"])
            audit.record(event=events.OPENED, by=by, at=at, about=row.pk, facts={"kind": row.kind})
            _off_the_lists(row, by, at)
            _add_follow_up(row, by, at)
        else:
            _journal_look(row, RevealPurpose.CHECK, by, at)
    arrival.refresh_from_db()
    return content


def content_of(
    *, keys: Keyring | None, arrival: Arrival, at: datetime, purpose: RevealPurpose | str | None = None
) -> dict[str, object] | None:
    """Return the content again while it is open and not settled, or None where a purpose is needed first.

    An opening lasts half an hour for whoever opened it; after that, and for anybody else, each look names a
    purpose and is journalled.
    """
    row = _waiting_row(arrival)
    if row.state == ArrivalState.SEALED:
        return None
    if keys is not None and purpose is None and not is_open_to(staff=keys.staff, arrival=row, at=at):
        return None
    content = _read(keys, row, at)
    if purpose is not None and keys is not None:
        with transaction.atomic():
            _journal_look(row, RevealPurpose(purpose), keys.staff, at)
            if row.past_intake:
                _off_the_lists(row, keys.staff, at)
    return content


def _journal_look(row: Arrival, purpose: RevealPurpose, by: Staff, at: datetime) -> None:
    audit.record(event=events.SHOWN, by=by, at=at, about=row.pk, facts={"purpose": purpose.value})


def not_opened() -> Refusal:
    """The answer to whoever would go on with what nobody has read."""
    return Refusal(
        _("Nobody has opened this yet."),
        next_step=_("Open it first: what it becomes is decided by whoever read it."),
        code="not-opened",
    )


@transaction.atomic
def settle(*, arrival: Arrival, room: str, subject: UUID, by: Staff, at: datetime) -> None:
    """Its content stands in a file now: say in which, take it off the lists, destroy the body.

    The body goes when the whole transaction stands, so nothing is lost that was not written.
    """
    row = locked_row(arrival)
    if row.state == ArrivalState.SEALED:
        raise not_opened()
    row.room, row.subject = room, subject
    end_arrival(row, ArrivalState.SETTLED, by, at)
    audit.record(event=events.SETTLED, by=by, at=at, about=row.pk, facts={"room": room})
    arrival.refresh_from_db()


@transaction.atomic
def acknowledge_lost(*, arrival: Arrival, by: Staff, at: datetime) -> None:
    """Somebody has read that an arrival was lost unopened: take it off her list."""
    for item in work_queries.items_of(arrival.pk, purpose=LOST):
        if item.owner_id == by.pk:
            work.complete(item=item, by=by, at=at)


def end_arrival(row: Arrival, state: ArrivalState, by: Staff, at: datetime) -> None:
    """Write that it is over, take it off every list, and let its body go."""
    row.state, row.ended_at, row.ended_by = state, at, by
    row.save(update_fields=["state", "ended_at", "ended_by", "room", "subject", "closing"])
    for purpose in (OPEN, GO_ON, REMIND):
        work.complete_for(subject=row.pk, purpose=purpose, by=by, at=at)
    work.cancel_for(subject=row.pk, at=at)
    answer_alarm_of(row.pk, by=by, at=at)
    drop_bodies([row.pk])


def drop_bodies(arrivals: list[UUID]) -> None:
    """Destroy bodies after the transaction commits; ``sweep_bodies`` finishes where that was interrupted."""
    transaction.on_commit(partial(destroy_bodies, arrivals))


def destroy_bodies(arrivals: list[UUID]) -> int:
    """Destroy the bodies of what ended, in every copy, and only then say that they are gone."""
    gone = vault.destroy(kind=BODY, keys=arrivals)
    Arrival.objects.filter(pk__in=arrivals).update(kept=False)
    return gone


# -- reading -----------------------------------------------------------------------------------


def _waiting_row(arrival: Arrival) -> Arrival:
    row = Arrival.objects.select_related("sender").get(pk=arrival.pk)
    load_trusted(row)
    return _must_wait(row)


def as_kept(row: Arrival, *, state: str) -> bool:
    """Bring a row to how it was kept, before its words are destroyed; says whether it is in this state there too."""
    load_trusted(row)
    return row.state == state


def locked_row(arrival: Arrival) -> Arrival:
    """Return its row to write in; refuses when it is over."""
    row = locked(arrival)
    load_trusted(row)
    return _must_wait(row)


def _must_wait(row: Arrival) -> Arrival:
    if row.state in WAITING:
        return row
    sentences = {
        ArrivalState.SETTLED: _("This was settled already, and its content stands elsewhere."),
        ArrivalState.WITHDRAWN: _("This was withdrawn by whoever sent it, and its content was deleted."),
        ArrivalState.EXPIRED: _("This expired, and its content was deleted."),
        ArrivalState.ASIDE: _("This was put aside with many that say the same."),
    }
    raise Refusal(
        sentences[ArrivalState(row.state)],
        next_step=_("Look at its line in the inbox."),
        code=f"arrival-{row.state}",
        status=410,
    )


def _read(keys: Keyring | None, arrival: Arrival, at: datetime) -> dict[str, object]:
    """Return the content, or refuse with a sentence for each thing that can be in the way."""
    if keys is None:
        raise Refusal(
            _("The vault is locked."), next_step=_("Open it with your six words first."), code="vault-locked"
        )
    row = _waiting_row(arrival)
    private = _private_for(keys, row)
    # A body that is gone opens as little as one that was changed.
    body = vault.load_blob(kind=BODY, key=row.pk) or b""
    if row.to_key == TO_READERS and keys.staff.pk not in sealed_to_readers.readers_in(body):
        raise _not_sealed_to_her()
    try:
        return open_content(private, body, row, keys.staff.pk)
    except DoesNotOpen:
        _report_damage(row, keys.staff, at)
        raise Refusal(
            _("This does not open: it was changed or damaged on the way, or where it is stored."),
            next_step=_(
                "The focal points were told. Ask whoever sent it, by telephone, to send it again. It stays here."
            ),
            code="arrival-damaged",
        ) from None


def _not_sealed_to_her() -> Refusal:
    return Refusal(
        _("This was not sealed to you: you read complaints only since it came."),
        next_step=_(
            "Ask whoever read complaints then, or ask its writer, when she comes back, to say it again."
        ),
        code="not-sealed-to-you",
        status=403,
    )


def open_content(private: Private, body: bytes, row: Arrival, staff: UUID) -> dict[str, object]:
    """Return what a body says, opened with a key that it was sealed to. Raises DoesNotOpen."""
    if row.to_key == TO_READERS:
        body = sealed_to_readers.part_of(body, staff)
    return open_body(private, body, bytes(row.header))


def _private_for(keys: Keyring, row: Arrival) -> Private:
    if row.to_key == TO_READERS:
        return keys.private
    if row.to_key == "conversation":
        room = ARRIVAL_ROOMS.get(row.room)
        private = room.key(keys, row.subject) if room and row.subject else None
        if private is None:
            raise Refusal(
                _("This belongs to a case that does not open for you."),
                next_step=_("Ask the colleague who holds the case, or a focal point."),
                code="not-your-case",
                status=403,
            )
        return private
    generation = rules.generation_of(row.to_key)
    for held in keys.held() if keys.staff.society_id == row.society_id else ():
        if held.kind == KeyKind.INTAKE and held.generation == generation and held.private is not None:
            return held.private
    raise Refusal(
        _("You do not hold the intake key this was sealed to."),
        next_step=_("Ask a colleague on intake duty or a focal point to open it."),
        code="no-intake-key",
        status=403,
    )


@transaction.atomic
def _report_damage(row: Arrival, by: Staff, at: datetime) -> None:
    if not Arrival.objects.filter(pk=row.pk, damaged_at=None).update(damaged_at=at):
        return
    audit.record(event=events.DAMAGED, by=by, at=at, about=row.pk)
    tell_focal_points(row, purpose=REMIND, kind=DueKind.REVIEW, at=at)


def tell_focal_points(row: Arrival, *, purpose: str, kind: DueKind, at: datetime) -> None:
    """Put an arrival on the list of every focal point who does not have it there yet, and send word.

    Of what goes past the intake its readers are told, and no focal point.
    """
    have = {item.owner_id for item in work_queries.items_of(row.pk, purpose=purpose)}
    told = readers_for(row) if row.past_intake else with_permission(row.society_id, Permission.INBOX_LEAD)
    for one in told:
        if one.pk not in have:
            add_item_for(one, row, purpose=purpose, kind=kind, due_at=at, urgency=Urgency.NOW, at=at)
        work.send_word(to=one, kind="arrival", at=at)


def add_item_for(
    who: Staff, row: Arrival, *, purpose: str, kind: DueKind, due_at: datetime, urgency: str, at: datetime
) -> None:
    work.add_item(
        keys=None,
        society=row.society_id,
        kind=kind,
        due_at=due_at,
        room=PAST_INTAKE if row.past_intake else ROOM,
        subject=row.pk,
        at=at,
        owner=who,
        urgency=urgency,
        purpose=purpose,
    )


def _off_the_lists(row: Arrival, by: Staff, at: datetime) -> None:
    if row.past_intake:
        # It may be about whoever opens it: it stays on the list of each other reader until she has read it herself.
        for item in [
            *work_queries.items_of(row.pk, purpose=OPEN),
            *work_queries.items_of(row.pk, purpose=REMIND),
        ]:
            if item.owner_id == by.pk:
                work.complete(item=item, by=by, at=at)
        return
    work.complete_for(subject=row.pk, purpose=OPEN, by=by, at=at)
    work.cancel_for(subject=row.pk, purpose=REMIND, at=at)


def answer_alarm_of(arrival: UUID, *, by: Staff, at: datetime) -> None:
    """Somebody goes on with it: nobody else is called in for it."""
    work.answer_alarm_of(subject=arrival, by=by, at=at)


@transaction.atomic
def take_on(*, arrival: Arrival, by: Staff, at: datetime) -> None:
    """A colleague says that she goes on with what is open: it is on her list, and nobody else is called in for it."""
    row = locked_row(arrival)
    if row.state == ArrivalState.SEALED:
        raise not_opened()
    answer_alarm_of(row.pk, by=by, at=at)
    for item in work_queries.items_of(row.pk, purpose=GO_ON):
        if item.owner_id != by.pk:
            work.assign(item=item, to=by, by=by, at=at)


def _add_follow_up(row: Arrival, by: Staff, at: datetime) -> None:
    # Nothing stays in between: what is open is on the list of whoever opened it until it is settled.
    settle_by = rules.settle_by(urgency=row.urgency, opened=at)
    add_item_for(by, row, purpose=GO_ON, kind=DueKind.DECIDE, due_at=settle_by, urgency=row.urgency, at=at)
