"""Taking in what came sealed: kept, put on a list, and in danger paged at once. Nobody is logged in here."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from panah.audit import actions as audit
from panah.exchange.words import Code
from panah.inbox import events, rules
from panah.inbox.models import Arrival
from panah.inbox.queries import first_to_open, pool
from panah.inbox.words import BODY, OPEN, ROOM, Source
from panah.vault import actions as vault
from panah.vault.queries import holders_of_intake
from panah.work import actions as work
from panah.work.words import AgeGroup, Kind, Urgency


@transaction.atomic
def take_in(
    *,
    society: UUID,
    source: Source | str,
    sender: Any,
    kind: str,
    urgency: Urgency | str,
    conversation: UUID | None,
    header: bytes,
    body: bytes,
    to_key: str,
    expires_at: datetime | None,
    at: datetime,
    owner: Any = None,
    room: str = "",
    subject: UUID | None = None,
    number: str = "",
    file: UUID | None = None,
    language: str = "",
    age_group: AgeGroup | str = AgeGroup.UNKNOWN,
) -> Arrival:
    """Keep something sealed until somebody opens it, and put it on the list of whoever does.

    ``sender`` is a society of the register, or None. ``to_key``: ``intake:<generation>`` or ``conversation``; then
    ``room``, ``subject`` and ``owner`` say whose it is, and ``number``, ``file``, ``language`` and ``age_group``
    are those of her case, for her list. *now* pages the person on duty at once.
    """
    urgency, pk = rules.urgency_of(urgency), uuid4()
    by_then = rules.open_by(urgency=urgency, arrived=at)
    # The other database first: what is there without a row is swept, a row without its body could not be opened.
    vault.put_away(kind=BODY, key=pk, sealed=body, society=society)
    arrival = Arrival.objects.create(
        pk=pk,
        society_id=society,
        source=source,
        sender=sender,
        kind=kind,
        urgency=urgency,
        rank=rules.RANK[urgency],
        conversation=conversation,
        header=header,
        to_key=to_key,
        arrived_at=at,
        open_by=by_then,
        remind_at=by_then,
        expires_at=expires_at,
        owner=owner,
        room=room,
        subject=subject,
    )
    audit.record(
        event=events.ARRIVED,
        by=None,
        society=society,
        at=at,
        about=pk,
        facts={"kind": kind, "source": source},
    )
    about = {"number": number, "file": file, "language": language, "age_group": age_group}
    _put_on_lists(arrival, owner, about, at)
    if urgency == Urgency.NOW:
        work.raise_alarm(society=society, room=ROOM, subject=pk, by=None, at=at)
    return arrival


def _put_on_lists(arrival: Arrival, owner: Any, about: dict[str, Any], at: datetime) -> None:
    first = [owner] if owner is not None else first_to_open(arrival.society_id, at=at)
    # What is for everybody with the intake key is one line, which goes for all when one of them opens it.
    shared = owner is None and any(pool(one) for one in first)
    for one in [None] if shared else first:
        work.put_on_list(
            keys=None,
            society=arrival.society_id,
            kind=Kind.ANSWER,
            due_at=arrival.open_by,
            room=ROOM,
            subject=arrival.pk,
            at=at,
            owner=one,
            line=arrival.society_id if one is None else None,
            urgency=arrival.urgency,
            purpose=OPEN,
            **about,
        )
    if arrival.urgency != Urgency.NOW:
        # Danger pages by itself.
        for one in first:
            work.send_word(to=one, kind="arrival")


def keep_envelope(*, peer: Any, envelope: Any, at: datetime) -> Code:
    """Take in what a paired society sent to the intake key; the answer says so to the other side.

    For kinds that no room above has a handler of its own for.
    """
    header = envelope.header
    generation = rules.generation_of(header.to_key)
    if generation is None:
        # It belongs to a conversation, and no room here knows it: what nobody could open is not taken.
        return Code.UNKNOWN_KIND
    if not holders_of_intake(peer.society_id, generation):
        # Nobody here could ever open it: the sender is told, and seals it anew.
        return Code.OLD_KEY
    take_in(
        society=peer.society_id,
        source=Source.EXCHANGE,
        sender=peer.theirs,
        kind=header.kind,
        urgency=header.urgency,
        conversation=header.conversation,
        header=envelope.raw_header,
        body=envelope.body,
        to_key=header.to_key,
        expires_at=header.expires,
        at=at,
    )
    return Code.TAKEN
