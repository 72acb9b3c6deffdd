"""What a society tells the others: shared entries, reviews and test calls, as messages of the directory."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from panah.ground.exchange import actions as exchange
from panah.ground.exchange import queries as exchange_queries
from panah.ground.exchange.words import MessageKind
from panah.ground.foundation import tenancy
from panah.ground.network.queries import hosted_ids
from panah.programmes.cooperation import rules
from panah.programmes.cooperation.models import Practice, ReceivedEntry, SentEntry, TestCall
from panah.programmes.cooperation.queries import practice_said, shared_entries
from panah.programmes.cooperation.rules import Message
from panah.programmes.cooperation.words import Kind

if TYPE_CHECKING:
    from panah.ground.exchange.models import Peer

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
    entries = {(entry.kind, entry.entry): entry for entry in shared_entries(society, at=at)}
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
                # Told again, it is as new as its taking back: an older word would change nothing there.
                as_of = max(one.as_of, row.as_of) if row is not None and row.ended else one.as_of
                _send(peer, Message(*key, peer.society.slug, as_of, one.said), at)
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
