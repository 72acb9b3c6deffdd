"""What one paired society may cost in an hour, should its node turn on us. What is beyond it comes again by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef

from panah.ground.exchange.models import Incoming, Outgoing, Peer
from panah.ground.exchange.words import OF_NODES, PERSONAL, SAY_ONLY_THAT, MessageKind, ReceiptCode
from panah.ground.vault import free_room
from panah.ground.work.words import Urgency

HOUR = timedelta(hours=1)
# Bodies of an hour lie in each copy of the shred store: so much for each message of the number that was agreed. Most
# are smaller; a single one may be thirty times that.
BYTES_OF_ONE = 8 * 1024
# Danger about a person passes so often in an hour, whatever else came and however little room is left: what is due of a
# whole society in one hour. It fills ten megabytes at most.
DANGER_AN_HOUR = 40
# Of what is for the node itself (keys, heads, entries) so much that is refused is looked at. A node in order has none
# refused: a hundred lets one that is out of date show it, and costs no second of a processor.
REFUSED_AN_HOUR = 100
# Keys and heads that it signed, of each: every one is a line of the journal. A node in order tells a head a day, and
# after two weeks without a line those of all days at once.
KEYS_AN_HOUR = 24
OF_KEYS = (MessageKind.KEY, MessageKind.HEAD)
# What says nothing but its kind passes however much came before it: somebody may be in danger. Of one kind twelve an
# hour in one conversation: whoever is afraid asks again every five minutes.
SAID_AN_HOUR = 12
# Withdrawals of conversations of which nothing has come: they overtook their offer, on a line that was down for a day.
UNKNOWN_AN_HOUR = 100


class BareMessages:
    """What says nothing but its kind, of one peer in these conversations: how often within the hour."""

    def __init__(self, peer: Peer, kind: str, conversations: Collection[UUID], at: datetime) -> None:
        came = Incoming.objects.filter(peer=peer, conversation__in=conversations)
        lately = came.filter(kind=kind, arrived_at__gt=at - HOUR)
        self.said = Counter(lately.values_list("conversation", flat=True))
        self.known = set(came.exclude(kind__in=SAY_ONLY_THAT).values_list("conversation", flat=True))
        sent = Outgoing.objects.filter(peer=peer, conversation__in=conversations)
        self.known |= set(sent.values_list("conversation", flat=True))
        self.unknown = _unknown_lately(peer, at)

    def is_too_much(self, conversation: UUID) -> bool:
        """Count one more; says whether it is to come again later."""
        self.said[conversation] += 1
        if self.said[conversation] > 1 or conversation in self.known:
            return self.said[conversation] > SAID_AN_HOUR
        self.unknown += 1
        return self.unknown > UNKNOWN_AN_HOUR


def _unknown_lately(peer: Peer, at: datetime) -> int:
    """Count in how many conversations of which nothing else is known it said one of these kinds."""
    there = {"peer": peer, "conversation": OuterRef("conversation")}
    bare = Incoming.objects.filter(peer=peer, kind__in=SAY_ONLY_THAT, arrived_at__gt=at - HOUR).exclude(
        Exists(Incoming.objects.filter(**there).exclude(kind__in=SAY_ONLY_THAT))
        | Exists(Outgoing.objects.filter(**there))
    )
    return bare.values("conversation", "kind").distinct().count()


@dataclass
class HourOfPeer:
    """What a peer may still send in this hour: messages, bytes of bodies, and dangers that nothing else holds up."""

    peer: Peer
    messages: int
    bytes: int
    dangers: int
    keys: Counter[str]
    room: bool

    @classmethod
    def of(cls, peer: Peer, at: datetime) -> HourOfPeer:
        lately = Incoming.objects.filter(peer=peer, arrived_at__gt=at - HOUR, arrived_at__lte=at)
        danger = lately.filter(urgency=Urgency.NOW, kind__in=PERSONAL - SAY_ONLY_THAT)
        return cls(
            peer,
            messages=peer.per_hour - lately.count() - peer.refused,
            bytes=peer.per_hour * BYTES_OF_ONE - peer.bytes_taken,
            dangers=DANGER_AN_HOUR - danger.count(),
            keys=Counter(lately.filter(kind__in=OF_KEYS).values_list("kind", flat=True)),
            room=free_room.is_left(),
        )

    def code_of(self, kind: str, urgency: str, size: int) -> ReceiptCode | None:
        """Count one more; returns with which code it is to come again, or None."""
        danger = urgency == Urgency.NOW and kind in PERSONAL - SAY_ONLY_THAT
        code = None if danger and self.dangers > 0 else self._held_up(kind)
        if code is None:
            self.messages -= 1
            self.bytes -= size
            self.dangers -= danger
            self.keys[kind] += 1
        return code

    def _held_up(self, kind: str) -> ReceiptCode | None:
        # The last body may be larger than what is left: one that fits into no hour would never arrive.
        if self.messages <= 0 or self.bytes <= 0 or (kind in OF_KEYS and self.keys[kind] >= KEYS_AN_HOUR):
            return ReceiptCode.TOO_MANY
        # So much of what is for the node was refused in this hour that no more of it is looked at.
        if kind in OF_NODES and self.peer.refused >= REFUSED_AN_HOUR:
            return ReceiptCode.TOO_MANY
        return None if self.room else ReceiptCode.LATER


def begin_hour(peer: Peer, at: datetime) -> None:
    """Count anew where the hour is over; the caller holds the row and writes it."""
    if peer.hour_began is None or not timedelta() <= at - peer.hour_began < HOUR:
        peer.hour_began, peer.refused, peer.bytes_taken = at, 0, 0


def keep_hour(peer: Peer) -> None:
    peer.save(update_fields=["hour_began", "refused", "bytes_taken"])


def first_key_refused(peer: Peer, at: datetime) -> bool:
    """Note that a key was refused; says whether it is the first in an hour, which alone stands in the journal."""
    if peer.key_refused_at is not None and timedelta() <= at - peer.key_refused_at < HOUR:
        return False
    peer.key_refused_at = at
    peer.save(update_fields=["key_refused_at"])
    return True
