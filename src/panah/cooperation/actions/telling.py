"""What societies tell each other: shared entries out, those of others in, as messages of the directory."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from panah.audit import actions as audit
from panah.cooperation import events, rules
from panah.cooperation.models import Practice, ReceivedEntry, SentEntry, TestCall
from panah.cooperation.queries import practice_said, shared_entries
from panah.cooperation.rules import Message
from panah.cooperation.words import REVIEW, REVIEWS, Kind
from panah.diplomacy import queries as diplomacy_queries
from panah.exchange import actions as exchange
from panah.exchange import queries as exchange_queries
from panah.exchange.words import MessageKind
from panah.foundation import dialled_numbers, tenancy
from panah.network.queries import hosted_ids
from panah.work import actions as work
from panah.work.words import DueKind, Urgency

if TYPE_CHECKING:
    from panah.exchange.models import Peer

# A society that shares everything at once does not fill the line of a peer; the rest follows with the next run.
MOST = 100


def tell_all(*, at: datetime) -> int:
    """Tell every paired society what is shared, new or changed, or taken back since; returns how many messages.

    Within a society's walls it tells that one's.
    """
    here = tenancy.current_tenant()
    return sum(_tell(one, at) for one in ([here] if here is not None else hosted_ids()))


@transaction.atomic
def _tell(society: UUID, at: datetime) -> int:
    entries = {(one.kind, one.entry): one for one in shared_entries(society, at=at)}
    sent = 0
    for theirs in exchange_queries.paired_since(society=society, at=at):
        peer = exchange_queries.paired_with(society=society, theirs=theirs, at=at)
        if peer is None:
            continue
        rows = SentEntry.objects.select_for_update().filter(society=society, to=theirs)
        told = {(row.kind, row.entry): row for row in rows}
        for key, one in entries.items():
            row = told.get(key)
            if sent < MOST and (row is None or row.ended or row.as_of < one.as_of):
                _send(peer, Message(*key, peer.society.slug, one.as_of, one.said), at)
                sent += 1
        for key, row in told.items():
            if sent < MOST and key not in entries and not row.ended:
                _send(peer, Message(*key, peer.society.slug, at, ended=True), at)
                sent += 1
    return sent


def _send(peer: Peer, message: Message, at: datetime) -> None:
    _post(peer, message, at)
    SentEntry.objects.update_or_create(
        society=peer.society,
        to=peer.theirs,
        kind=message.kind,
        entry=message.entry,
        defaults={"as_of": message.as_of, "ended": message.ended},
    )


def _post(peer: Peer, message: Message, at: datetime) -> None:
    exchange.send_of_node(
        peer=peer, kind=MessageKind.DIRECTORY, content=message.packed(), conversation=message.entry, at=at
    )


def tell_review_wanted(practice: Practice, peer: Peer, at: datetime) -> None:
    """Send a draft to the one society that is asked to review it."""
    said = practice_said(practice)
    _post(
        peer,
        Message(Kind.PRACTICE, practice.family, peer.society.slug, practice.edited_at, said, for_review=True),
        at,
    )


def tell_review(told: ReceivedEntry, peer: Peer, words: str, at: datetime) -> None:
    """Send back what this society says of a practice, with which state of it was read."""
    said: dict[str, object] = {
        "verdict": told.verdict,
        "words": words,
        "version": told.content["version"],
        "state": told.content["state"],
    }
    _post(peer, Message(rules.REVIEW, told.entry, peer.society.slug, at, said), at)


def tell_call(call: TestCall, told: ReceivedEntry, peer: Peer, at: datetime) -> None:
    """Tell a society that its duty number was tried: when, in which language, which office answered; not by whom."""
    said: dict[str, object] = {
        "on": call.on.isoformat(),
        "hour": call.hour,
        "language": call.language,
        "outcome": call.outcome,
        "answered_by": call.answered_by,
    }
    _post(peer, Message(rules.CALL, told.entry, peer.society.slug, at, said), at)


@transaction.atomic
def keep_told(*, message: Message, peer: Peer, at: datetime) -> bool:
    """Keep what a paired society tells, beside our own and never over it; an older word changes nothing.

    False: a status that no newer dated evidence carries, which is refused.
    """
    rows = ReceivedEntry.objects.select_for_update()
    row = rows.filter(
        society=peer.society_id, teller=peer.theirs_id, kind=message.kind, entry=message.entry
    ).first()
    if row is None:
        row = ReceivedEntry(society=peer.society, teller=peer.theirs, kind=message.kind, entry=message.entry)
    elif message.as_of < row.as_of:
        return True
    if message.kind == Kind.STATUS and not message.ended:
        if not _is_carried(row, message, at):
            return False
        row.shown_on, row.last_word = rules.shown_on(message.said), rules.hash_of_word(message.said)
    asked = message.for_review and (not row.for_review or row.as_of != message.as_of)
    row.content, row.as_of, row.ended = message.said, message.as_of, message.ended
    row.received_on = timezone.localtime(at).date()
    if asked or not message.for_review:
        row.for_review, row.verdict, row.reviewed_by = message.for_review, "", None
    row.save()
    dialled_numbers.keep([row])
    if asked:
        _put_up(row, at)
    elif not row.for_review:
        work.cancel_for(subject=row.pk, purpose=REVIEW, at=at)
    audit.record(event=events.CAME, by=None, society=peer.society_id, at=at, about=row.pk)
    return True


def _is_carried(row: ReceivedEntry, message: Message, at: datetime) -> bool:
    """The last word may come again, also after it was taken back. A new one needs newer evidence."""
    day = rules.shown_on(message.said)
    if day is not None and day == row.shown_on:
        return row.last_word == rules.hash_of_word(message.said)
    # By the sender's clock it may be tomorrow already.
    tomorrow = (at + timedelta(days=1)).date()
    return diplomacy_queries.is_carried(day, after=row.shown_on, today=tomorrow)


def _put_up(row: ReceivedEntry, at: datetime) -> None:
    work.cancel_for(subject=row.pk, purpose=REVIEW, at=at)
    work.add_for_focal_points(
        society=row.society_id,
        kind=DueKind.REVIEW,
        due_at=at,
        room=REVIEWS,
        subject=row.pk,
        purpose=REVIEW,
        urgency=Urgency.WEEK,
        at=at,
    )
