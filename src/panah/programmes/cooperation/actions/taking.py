"""What a paired society's message says of the network's space: read, believed only of itself, kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from panah.ground.audit import actions as audit
from panah.ground.exchange import actions as exchange
from panah.ground.exchange.words import ReceiptCode
from panah.ground.foundation import dialled_numbers
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueType, Urgency
from panah.programmes.cooperation import events, rules
from panah.programmes.cooperation.actions.calls import take_call
from panah.programmes.cooperation.actions.practices import take_review
from panah.programmes.cooperation.models import ReceivedEntry
from panah.programmes.cooperation.rules import Message
from panah.programmes.cooperation.words import REVIEW, REVIEWS, Kind
from panah.programmes.diplomacy import queries as diplomacy_queries

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from panah.ground.exchange.envelope import Envelope
    from panah.ground.exchange.models import Peer

REVIEW_IT = DueType(REVIEWS, REVIEW, DueKind.REVIEW, urgency=Urgency.WEEK)


def take(*, peer: Peer, envelope: Envelope, at: datetime) -> ReceiptCode | None:
    """Take in a message of the directory that is this room's; None leaves it to the directory itself.

    Whose word it is, the exchange has proved: a message that says it is another's is refused.
    """
    content = exchange.open_envelope(envelope)
    if not rules.is_ours(content):
        return None
    message = rules.read(content, at=at)
    if message is None:
        return ReceiptCode.UNKNOWN_VERSION
    if message.society != peer.theirs.slug:
        return ReceiptCode.WRONG_PLACE
    if message.kind == rules.REVIEW:
        take_review(message=message, peer=peer, at=at)
    elif message.kind == rules.CALL:
        take_call(message=message, peer=peer, at=at)
    else:
        return _keep_told(message=message, peer=peer, at=at)
    return ReceiptCode.TAKEN


@transaction.atomic
def _keep_told(*, message: Message, peer: Peer, at: datetime) -> ReceiptCode:
    """Keep what a paired society tells, beside our own and never over it; an older word changes nothing.

    Refused are a status that no newer dated evidence carries, and for now what is more than stands here of one kind.
    """
    rows = ReceivedEntry.objects.select_for_update().filter(
        society=peer.society_id, teller=peer.theirs_id, kind=message.kind
    )
    row = rows.filter(entry=message.entry).first()
    if _is_too_much(rows, row, message):
        return ReceiptCode.TOO_MANY
    if row is None:
        row = ReceivedEntry(society=peer.society, teller=peer.theirs, kind=message.kind, entry=message.entry)
    elif message.as_of < row.as_of:
        return ReceiptCode.TAKEN
    if message.kind == Kind.STATUS and not message.ended:
        row.commitment = rules.hash_of_commitment(message.said)
        same = rows.filter(commitment=row.commitment).exclude(entry=message.entry)
        # Under another id it is the same commitment: told once, and by no older evidence.
        if not (_is_carried(row, message, at) and all(o.ended and _is_carried(o, message, at) for o in same)):
            return ReceiptCode.NO_EVIDENCE
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
    return ReceiptCode.TAKEN


def _is_too_much(rows: QuerySet[ReceivedEntry], row: ReceivedEntry | None, message: Message) -> bool:
    """Say whether one more of this kind would be more than one society may let stand here."""
    if row is None and rows.count() >= rules.MOST_EVER:
        return True
    stands = message.ended or (row is not None and not row.ended)
    return not stands and rows.filter(ended=False).count() >= rules.MOST_OF_A_KIND


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
    work.due_for_focal_points(REVIEW_IT, row, at=at)
