"""What one paired society may cost in an hour, should its node turn on us. What is beyond it comes again by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from panah.ground.exchange.models import Closed, Incoming, Outgoing, Peer
from panah.ground.exchange.words import OF_NODES, SAY_ONLY_THAT

HOUR = timedelta(hours=1)
# Of what is for the node itself (keys, heads, entries) so much that is refused is looked at. A node in order has none
# refused: a hundred lets one that is out of date show it, and costs no second of a processor.
REFUSED_AN_HOUR = 100
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
        self.unknown = Closed.objects.filter(peer=peer, at__gt=at - HOUR).count()

    def is_too_much(self, conversation: UUID) -> bool:
        """Count one more; says whether it is to come again later."""
        self.said[conversation] += 1
        if self.said[conversation] > 1 or conversation in self.known:
            return self.said[conversation] > SAID_AN_HOUR
        self.unknown += 1
        return self.unknown > UNKNOWN_AN_HOUR


def begin_hour(peer: Peer, at: datetime) -> None:
    """Count anew where the hour is over; the caller holds the row and writes it."""
    if peer.hour_began is None or not timedelta() <= at - peer.hour_began < HOUR:
        peer.hour_began, peer.refused = at, 0


def keep_hour(peer: Peer) -> None:
    peer.save(update_fields=["hour_began", "refused"])


def is_held_up(peer: Peer, kind: str) -> bool:
    """Say whether so much of what is for the node was refused in this hour that no more of it is looked at."""
    return kind in OF_NODES and peer.refused >= REFUSED_AN_HOUR


def first_key_refused(peer: Peer, at: datetime) -> bool:
    """Note that a key was refused; says whether it is the first in an hour, which alone stands in the journal."""
    if peer.key_refused_at is not None and timedelta() <= at - peer.key_refused_at < HOUR:
        return False
    peer.key_refused_at = at
    peer.save(update_fields=["key_refused_at"])
    return True
