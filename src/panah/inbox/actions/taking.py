"""Taking in what came sealed: kept, put on a list, and in danger paged at once. Nobody is logged in here."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from panah.audit import actions as audit
from panah.exchange.words import Code
from panah.foundation.writing import insert_rows
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
    arrival = _arrival(
        society_id=society,
        source=source,
        sender=sender,
        kind=kind,
        urgency=rules.urgency_of(urgency),
        conversation=conversation,
        header=header,
        to_key=to_key,
        expires_at=expires_at,
        arrived_at=at,
        owner=owner,
        room=room,
        subject=subject,
    )
    _keep({arrival: body})
    about = {"number": number, "file": file, "language": language, "age_group": age_group}
    _put_on_lists(arrival, owner, about, at)
    _call_out(society, [arrival], at)
    return arrival


def _arrival(*, urgency: str, arrived_at: datetime, **said: Any) -> Arrival:
    """Return the row of something that arrived, not yet written, with by when it is to be opened."""
    by_then = rules.open_by(urgency=urgency, arrived=arrived_at)
    times = {"arrived_at": arrived_at, "open_by": by_then, "remind_at": by_then}
    return Arrival(pk=uuid4(), urgency=urgency, rank=rules.RANK[urgency], **times, **said)


def _keep(bodies: dict[Arrival, bytes]) -> None:
    """Write rows of one society and their sealed bodies, and that they arrived in the journal."""
    first = next(iter(bodies))
    # The other database first: what is there without a row is swept, a row without its body could not be opened.
    sealed = {arrival.pk: body for arrival, body in bodies.items()}
    vault.put_away_many(kind=BODY, sealed=sealed, society=first.society_id)
    insert_rows(list(bodies))
    audit.record_many(
        event=events.ARRIVED,
        by=None,
        society=first.society_id,
        at=first.arrived_at,
        said=[(one.pk, {"kind": one.kind, "source": one.source}) for one in bodies],
    )


def _call_out(society: UUID, arrivals: Iterable[Arrival], at: datetime) -> None:
    urgent = [one.pk for one in arrivals if one.urgency == Urgency.NOW]
    work.raise_alarms(society=society, room=ROOM, subjects=urgent, by=None, at=at)


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
    return keep_envelopes(peer=peer, envelopes=[envelope], at=at)[0]


@transaction.atomic
def keep_envelopes(*, peer: Any, envelopes: list[Any], at: datetime) -> list[Code]:
    """Take in many in one go; returns what is said of each. Whoever is to open them hears of it once."""
    names = {one.header.to_key for one in envelopes}
    codes = {name: _code_of(peer.society_id, name) for name in names}
    kept = [one for one in envelopes if codes[one.header.to_key] == Code.TAKEN]
    bodies = {_of_peer(peer, one, at): one.body for one in kept}
    if bodies:
        _keep(bodies)
        _put_for_all(peer.society_id, list(bodies), at)
        _call_out(peer.society_id, bodies, at)
    return [codes[one.header.to_key] for one in envelopes]


def _code_of(society: UUID, to_key: str) -> Code:
    generation = rules.generation_of(to_key)
    if generation is None:
        # It belongs to a conversation, and no room here knows it: what nobody could open is not taken.
        return Code.UNKNOWN_KIND
    # When nobody here could ever open it, the sender is told, and seals it anew.
    return Code.TAKEN if holders_of_intake(society, generation) else Code.OLD_KEY


def _of_peer(peer: Any, envelope: Any, at: datetime) -> Arrival:
    header = envelope.header
    return _arrival(
        society_id=peer.society_id,
        source=Source.EXCHANGE,
        sender=peer.theirs,
        kind=header.kind,
        urgency=rules.urgency_of(header.urgency),
        conversation=header.conversation,
        header=envelope.raw_header,
        to_key=header.to_key,
        expires_at=header.expires,
        arrived_at=at,
    )


def _put_for_all(society: UUID, arrivals: list[Arrival], at: datetime) -> None:
    """Put arrivals that belong to nobody yet on the list of those who may open them."""
    first = first_to_open(society, at=at)
    many = [(one.pk, one.open_by, one.urgency) for one in arrivals]
    put = partial(
        work.put_many_on_list, society=society, kind=Kind.ANSWER, room=ROOM, purpose=OPEN, many=many, at=at
    )
    if any(pool(one) for one in first):
        put(line=society)
    else:
        for one in first:
            put(owner=one)
    if any(one.urgency != Urgency.NOW for one in arrivals):
        for one in first:
            work.send_word(to=one, kind="arrival")
