"""What goes past the intake, to the readers of complaints: sealed to them, and put on their lists."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from panah.ground.accounts.queries import staff_by_id
from panah.ground.vault import actions as vault
from panah.ground.work import actions as work
from panah.ground.work import queries as work_queries
from panah.ground.work.words import DueKind, Urgency
from panah.people.inbox import rules
from panah.people.inbox.models import Arrival, SealedTo
from panah.people.inbox.permissions import readers_of
from panah.people.inbox.queries import reader_keys, readers_for
from panah.people.inbox.sealed_to_readers import readers_in, seal_to_readers
from panah.people.inbox.words import BODY, OPEN, PAST_INTAKE, TO_READERS, ArrivalState

if TYPE_CHECKING:
    from panah.ground.accounts.models import Staff
    from panah.people.inbox.actions.ingest import ArrivalRow


def seal_past_intake(*, society: UUID, content: Mapping[str, object], header: bytes) -> bytes | None:
    """Return a content sealed to each reader of complaints by herself; None where there is nobody to read it."""
    publics = reader_keys(society, rules.outside_of(header).meant)
    return seal_to_readers(publics, content, header) if publics else None


def put_on_readers_lists(arrival: ArrivalRow | Arrival, at: datetime) -> None:
    """Put on the lists of the readers of complaints what may be about anybody else here: nobody else is paged.

    What belongs to a complaint already goes to whoever it was sealed to: a reader may be whom it is about.
    """
    if arrival.to_key == TO_READERS:
        _note_readers(arrival)
    for one in readers_for(arrival):
        work.add_item(
            keys=None,
            society=arrival.society_id,
            kind=DueKind.ANSWER,
            due_at=arrival.open_by,
            room=PAST_INTAKE,
            subject=arrival.id,
            at=at,
            owner=one,
            urgency=arrival.urgency,
            purpose=OPEN,
        )
        work.send_word(to=one, kind="danger" if arrival.urgency == Urgency.NOW else "answer", at=at)


def _note_readers(arrival: Arrival | ArrivalRow) -> None:
    sealed = readers_in(vault.load_blob(kind=BODY, key=arrival.id) or b"")
    found = (staff_by_id(one) for one in sealed)
    known = {one.pk for one in found if one is not None and one.society_id == arrival.society_id}
    named = bool(rules.outside_of(bytes(arrival.header)).meant)
    left_out = {one.pk for one in readers_of(arrival.society_id)} - known if named else set()
    said = {"society_id": arrival.society_id, "arrival_id": arrival.id}
    rows = [SealedTo(**said, reader_id=one, left_out=one in left_out) for one in known | left_out]
    SealedTo.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def tell_new_readers(*, society: UUID, leaver: Staff, at: datetime) -> int:
    """Whoever reads complaints now finds what waits past the intake on her list; returns how many waited."""
    rows = list(Arrival.objects.filter(society=society, past_intake=True, state=ArrivalState.SEALED))
    for row in rows:
        have = {item.owner_id for item in work_queries.items_of(row.pk, purpose=OPEN)}
        if have <= {leaver.pk}:
            put_on_readers_lists(row, at)
    return len(rows)
