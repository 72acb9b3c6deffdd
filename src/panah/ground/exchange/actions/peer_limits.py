"""What one paired society may cost in an hour, should its node turn on us. What is beyond it comes again by itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from panah.ground.exchange.models import Peer
from panah.ground.exchange.words import OF_NODES

HOUR = timedelta(hours=1)
# Of what is for the node itself (keys, heads, entries) so much that is refused is looked at. A node in order has none
# refused: a hundred lets one that is out of date show it, and costs no second of a processor.
REFUSED_AN_HOUR = 100


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
