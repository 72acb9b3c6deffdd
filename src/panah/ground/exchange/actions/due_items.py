"""What this room puts on the lists of the focal points: neutral words, gone by themselves when it is done."""

from datetime import datetime, timedelta
from uuid import UUID

from panah.ground.exchange import peer_trust
from panah.ground.exchange.models import Outgoing, Peer
from panah.ground.exchange.rules import about_node
from panah.ground.exchange.words import PeerState
from panah.ground.foundation import tenancy
from panah.ground.network.queries import hosted_ids
from panah.ground.vault import node_keys
from panah.ground.work import actions as work
from panah.ground.work.words import DueKind, DueSubject, DueType, Urgency

ROOM = "exchange"
COMPARE, HEAD, NODE = "compare", "head", "node"
TYPES = {one: DueType(ROOM, one, DueKind.DECIDE, urgency=Urgency.WEEK) for one in (COMPARE, HEAD, NODE)}
BEFORE = timedelta(days=30)


def add_for_peer(*, peer: Peer, purpose: str, due_at: datetime, at: datetime) -> None:
    """Put something about a peer on the list of each focal point, unless it stands there already."""
    work.due_for_focal_points(TYPES[purpose], peer, due_at=due_at, at=at)


def settle(*, subject: UUID, purpose: str, at: datetime) -> None:
    """Take it off every list: it is done, or is not needed any more."""
    work.cancel_for(subject=subject, purpose=purpose, at=at)


def check_peers(*, at: datetime) -> None:
    """Once an hour: whose words are to be compared soon, and whether a new key of the node waits to be told."""
    here = tenancy.current_tenant()
    for society in [here] if here is not None else hosted_ids():
        _check_peers(society, at)


def _check_peers(society: UUID, at: datetime) -> None:
    paired = peer_trust.peers_of(society, state=PeerState.PAIRED)
    for peer in paired:
        if peer_trust.must_be_compared(peer) or (peer.compare_by and peer.compare_by - at < BEFORE):
            add_for_peer(peer=peer, purpose=COMPARE, due_at=max(peer.compare_by or at, at), at=at)
    if node_keys.next_keys() is None:
        settle(subject=society, purpose=NODE, at=at)
    elif paired and _not_announced(society):
        work.due_for_focal_points(TYPES[NODE], DueSubject(society, society), at=at)


def _not_announced(society: UUID) -> bool:
    coming = node_keys.next_keys()
    return (
        coming is not None
        and not Outgoing.objects.filter(society=society, conversation=about_node(coming[0])).exists()
    )
