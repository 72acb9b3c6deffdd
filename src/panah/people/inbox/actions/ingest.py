"""Taking in what came sealed: kept, put on a list, and in danger paged at once. Nobody is logged in here."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction

from panah.ground.accounts.queries import on_duty
from panah.ground.accounts.words import DutyKind
from panah.ground.audit import actions as audit
from panah.ground.exchange.words import ReceiptCode
from panah.ground.foundation.bulk_insert import insert, to_instance
from panah.ground.foundation.protected_rows import keep_made
from panah.ground.vault import actions as vault
from panah.ground.vault.queries import holders_of_intake
from panah.ground.work import actions as work
from panah.ground.work.words import AgeGroup, DueKind, Urgency
from panah.people.inbox import events, rules
from panah.people.inbox.actions.past_intake import put_on_readers_lists
from panah.people.inbox.for_the_door import WHOSE
from panah.people.inbox.likeness import joining
from panah.people.inbox.models import Arrival
from panah.people.inbox.queries import first_to_open, holders_for_its_case, pool
from panah.people.inbox.words import BODY, CONVERSATION, OPEN, ROOM, ArrivalState, Source

if TYPE_CHECKING:
    from django.db.models import Model

    from panah.ground.accounts.models import Staff
    from panah.ground.exchange.envelope import Envelope
    from panah.ground.exchange.models import Peer
    from panah.ground.network.models import Society


NOTHING_OUTSIDE = rules.Outside()


class ArrivalRow(NamedTuple):
    """What is written of something that arrived, by the names of ``Arrival``: no model is made of each of many."""

    society_id: UUID
    source: Source | str
    sender_id: UUID | None
    kind: str
    urgency: str
    conversation: UUID | None
    header: bytes
    to_key: str
    expires_at: datetime | None
    arrived_at: datetime
    owner_id: UUID | None
    room: str
    subject: UUID | None
    language: str
    child: bool
    past_intake: bool
    later: bool
    id: UUID
    rank: int
    open_by: datetime
    remind_at: datetime


@transaction.atomic
def receive(
    *,
    society: UUID,
    source: Source | str,
    sender: Society | None,
    kind: str,
    urgency: Urgency | str,
    conversation: UUID | None,
    header: bytes,
    body: bytes,
    to_key: str,
    expires_at: datetime | None,
    at: datetime,
    owner: Staff | None = None,
    room: str = "",
    subject: UUID | None = None,
    number: str = "",
    file: UUID | None = None,
    language: str = "",
    age_group: AgeGroup | str = AgeGroup.UNKNOWN,
    past_intake: bool = False,
) -> Arrival:
    """Keep something sealed until somebody opens it, and put it on the list of whoever does.

    ``sender`` is a society of the register, or None. ``to_key``: ``intake:<generation>`` or ``conversation``; then
    ``room``, ``subject`` and ``owner`` say whose it is, and ``number``, ``file``, ``language`` and ``age_group``
    are those of her case, for her list. *now* pages the person on duty at once.
    What strangers left says on its outside, in codes, its language, whether it is about a child, and whether it goes
    past the intake, to the readers of complaints.
    """
    outside = rules.Outside()
    if sender is None:
        said = rules.outside_of(header)
        outside = replace(
            said,
            later=rules.urgency_of(urgency) == Urgency.LATER,
            # What was sealed to the intake key after all, since nobody reads complaints now, is the intake's to read.
            about_staff=(said.about_staff or past_intake) and rules.generation_of(to_key) is None,
        )
    came = _arrival_row(
        society_id=society,
        source=source,
        sender_id=_id_of(sender),
        outside=outside,
        kind=kind,
        urgency=rules.urgency_of(urgency),
        conversation=conversation,
        header=header,
        to_key=to_key,
        expires_at=expires_at,
        arrived_at=at,
        owner_id=_id_of(owner),
        room=room,
        subject=subject,
    )
    # Whoever stands at the door waits for no list and no e-mail: the worker sees to them within a second (``take_up``).
    # Danger does not wait for the worker, except where a machine reads neither colleagues nor lists.
    left = came.source == Source.WEB and owner is None and came.urgency != Urgency.NOW
    _keep([came], [body], left=left or settings.PANAH_DOOR_ONLY)
    if not left and not settings.PANAH_DOOR_ONLY:
        about = {"number": number, "file": file, "language": language or outside.language}
        _announce(came, owner, {**about, "age_group": AgeGroup.CHILD if outside.child else age_group}, at)
    arrival: Arrival = to_instance(Arrival, ArrivalRow._fields, came)
    return arrival


def lock_arrivals(arrivals: Collection[UUID]) -> None:
    """Lock arrivals before anything is written in the journal: whoever opens or takes one back waits, or came first."""
    list(
        Arrival.objects.select_for_update(of=("self",))
        .filter(pk__in=arrivals)
        .order_by("pk")
        .values_list("pk")
    )


@transaction.atomic
def take_up(arrivals: Sequence[UUID], at: datetime) -> None:
    """Put what came by the door on the lists of whoever opens it, once for all of them; in danger page them.

    All are of one society. What was opened or taken back meanwhile stands on no list.
    """
    waits = Arrival.objects.filter(pk__in=arrivals, state=ArrivalState.SEALED).order_by("arrived_at", "pk")
    came = [_placed(ArrivalRow(**one)) for one in waits.values(*ArrivalRow._fields)]
    for one in came:
        if one.past_intake:
            put_on_readers_lists(one, at)
    rest = [one for one in came if _goes_on_lists(one)]
    if rest:
        add_for_openers(rest[0].society_id, rest, at)
        _call_out(rest[0].society_id, rest, at)


def _goes_on_lists(came: ArrivalRow) -> bool:
    # What was put off stands in the list alone: thousands of it would hide what else is due.
    return not came.past_intake and (not came.later or came.urgency == Urgency.NOW)


def _placed(came: ArrivalRow) -> ArrivalRow:
    """A machine of the door's own sealed it to the complaint that a report became, and could not say whose that is."""
    if came.to_key != CONVERSATION or came.room:
        return came
    said = next((said for find in WHOSE if (said := find(came.id)) is not None), None)
    if said is None:
        return came
    Arrival.objects.filter(pk=came.id).update(room=said.room, subject=said.subject, owner=said.owner)
    return ArrivalRow(**Arrival.objects.values(*ArrivalRow._fields).get(pk=came.id))


def _announce(came: ArrivalRow, owner: Staff | None, about: dict[str, object], at: datetime) -> None:
    if came.past_intake:
        put_on_readers_lists(came, at)
    elif _goes_on_lists(came):
        _put_on_lists(came, owner, about, at)
        _call_out(came.society_id, [came], at)


def _id_of(row: Model | None) -> UUID | None:
    return None if row is None else row.pk


def _arrival_row(
    *, urgency: str, arrived_at: datetime, outside: rules.Outside = NOTHING_OUTSIDE, **said: Any
) -> ArrivalRow:
    """Return what is to be written of something that arrived, with by when it is to be opened."""
    by_then = rules.open_by(urgency=urgency, arrived=arrived_at)
    return ArrivalRow(
        id=uuid4(),
        urgency=urgency,
        rank=rules.rank_of(urgency=urgency, later=outside.later),
        language=outside.language,
        child=outside.child,
        past_intake=outside.about_staff,
        later=outside.later,
        arrived_at=arrived_at,
        open_by=by_then,
        remind_at=by_then,
        **said,
    )


def _keep(came: Sequence[ArrivalRow], bodies: Iterable[bytes], *, left: bool = False) -> None:
    """Write rows of one society and their sealed bodies, and that they arrived in the journal.

    ``left``: the worker writes the line in the journal, and does what follows.
    """
    first = came[0]
    # The other database first: what is there without a row is swept, a row without its body could not be opened.
    sealed = {one.id: body for one, body in zip(came, bodies, strict=True)}
    # Only ever added: whoever writes here writes over nobody's body.
    with vault.stored_together():
        vault.store_new_blobs(kind=BODY, sealed=sealed, society=first.society_id)
        keep_made([to_instance(Arrival, ArrivalRow._fields, one) for one in came], first.society_id)
    insert(Arrival, ArrivalRow._fields, came)
    said = [(one.id, {"kind": one.kind, "source": one.source}) for one in came]
    if left:
        danger = first.urgency == Urgency.NOW
        audit.leave(
            event=events.ARRIVED, society=first.society_id, at=first.arrived_at, said=said, first=danger
        )
        return
    audit.record_many(event=events.ARRIVED, by=None, society=first.society_id, at=first.arrived_at, said=said)


def _call_out(society: UUID, came: Iterable[ArrivalRow], at: datetime) -> None:
    urgent = [one.id for one in came if one.urgency == Urgency.NOW]
    # Whoever is on duty for what arrives sealed is called with the first.
    intake = on_duty(society, DutyKind.INTAKE, at=at) if urgent else []
    for group, like in joining(society, urgent, at):
        work.raise_alarms(
            society=society, room=ROOM, subjects=group, by=None, at=at, beside=intake, like=like
        )


def _put_on_lists(arrival: ArrivalRow, owner: Staff | None, about: dict[str, Any], at: datetime) -> None:
    hers = [owner] if owner is not None else holders_for_its_case(arrival)
    first = hers or first_to_open(arrival.society_id, at=at)
    # What is for everybody with the intake key is one line, which goes for all when one of them opens it.
    shared = not hers and any(pool(one) for one in first)
    for one in [None] if shared else first:
        work.add_item(
            keys=None,
            society=arrival.society_id,
            kind=DueKind.ANSWER,
            due_at=arrival.open_by,
            room=ROOM,
            subject=arrival.id,
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
            work.send_word(to=one, kind="arrival", at=at)


def keep_envelope(*, peer: Peer, envelope: Envelope, at: datetime) -> ReceiptCode:
    """Take in what a paired society sent to the intake key; the answer says so to the other side.

    For kinds that no room above has a handler of its own for.
    """
    return keep_envelopes(peer=peer, envelopes=[envelope], at=at)[0]


@transaction.atomic
def keep_envelopes(*, peer: Peer, envelopes: list[Envelope], at: datetime) -> list[ReceiptCode]:
    """Take in many in one go; returns what is said of each. Whoever is to open them hears of it once."""
    names = {one.header.to_key for one in envelopes}
    codes = {name: _code_of(peer.society_id, name) for name in names}
    kept = [one for one in envelopes if codes[one.header.to_key] == ReceiptCode.TAKEN]
    if kept:
        came = [_of_peer(peer, one, at) for one in kept]
        _keep(came, [one.body for one in kept])
        add_for_openers(peer.society_id, came, at)
        _call_out(peer.society_id, came, at)
    return [codes[one.header.to_key] for one in envelopes]


def _code_of(society: UUID, to_key: str) -> ReceiptCode:
    generation = rules.generation_of(to_key)
    if generation is None:
        # It belongs to a conversation, and no room here knows it: what nobody could open is not taken.
        return ReceiptCode.UNKNOWN_KIND
    # When nobody here could ever open it, the sender is told and seals it again.
    return ReceiptCode.TAKEN if holders_of_intake(society, generation) else ReceiptCode.OLD_KEY


def _of_peer(peer: Peer, envelope: Envelope, at: datetime) -> ArrivalRow:
    header = envelope.header
    return _arrival_row(
        society_id=peer.society_id,
        source=Source.EXCHANGE,
        sender_id=peer.theirs_id,
        kind=header.kind,
        urgency=rules.urgency_of(header.urgency),
        conversation=header.conversation,
        header=envelope.raw_header,
        to_key=header.to_key,
        expires_at=header.expires,
        arrived_at=at,
        owner_id=None,
        room="",
        subject=None,
    )


def add_for_openers(society: UUID, arrivals: Sequence[ArrivalRow | Arrival], at: datetime) -> None:
    """Put arrivals that belong to nobody yet on the list of those who may open them."""
    first = first_to_open(society, at=at)
    many = [
        work.Newcomer(
            one.id, one.open_by, one.urgency, one.language, AgeGroup.CHILD if one.child else AgeGroup.UNKNOWN
        )
        for one in arrivals
    ]
    put = partial(
        work.add_items, society=society, kind=DueKind.ANSWER, room=ROOM, purpose=OPEN, many=many, at=at
    )
    if any(pool(one) for one in first):
        put(line=society)
    else:
        for one in first:
            put(owner=one)
    if any(one.urgency != Urgency.NOW for one in arrivals):
        for one in first:
            work.send_word(to=one, kind="arrival", at=at)
