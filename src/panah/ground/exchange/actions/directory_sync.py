"""The service directory between nodes: each society tells its peers what it keeps, and takes what they keep.

Nothing about a person is in it, so the node does it by itself. An entry's conversation is the organisation it is about:
by that the node knows what it has told already. What is told is the society's own word, with its day (network.queries).
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from panah.ground.directory import actions as directory
from panah.ground.directory import queries as directory_queries
from panah.ground.exchange.actions.key_announcements import open_envelope, societies_in_scope, usable_peers
from panah.ground.exchange.actions.sending import send_of_node
from panah.ground.exchange.envelope import Envelope
from panah.ground.exchange.models import Outgoing, Peer
from panah.ground.exchange.words import MessageKind, ReceiptCode, SendingState
from panah.ground.foundation.errors import Refusal
from panah.ground.vault import node_keys

# A society that corrects its whole register at once does not fill the line of a peer.
MOST = 100
# Until it has left and arrived, or is known not to, the same entry is not told again.
GOING = (SendingState.WAITING, SendingState.DELIVERED)


def send_directory(*, at: datetime) -> int:
    """Tell every peer the entries that are new, changed or verified since; returns how many messages that were."""
    return sum(_send_directory(society, at) for society in societies_in_scope())


def _send_directory(society: UUID, at: datetime) -> int:
    wanted = [peer for peer in usable_peers(society, at) if bytes(peer.node) not in node_keys.publics()]
    if not wanted:
        return 0
    entries = [
        (pk, directory_queries.directory_entry(organization=pk, at=at))
        for pk in directory_queries.told_organizations(society)
    ]
    sent = 0
    for peer in wanted:
        told = _last_sent(peer)
        for pk, entry in entries:
            if entry is None or sent >= MOST or not _is_news(entry, told.get(pk), at):
                continue
            send_of_node(peer=peer, kind=MessageKind.DIRECTORY, content=entry, conversation=pk, at=at)
            sent += 1
    return sent


def _last_sent(peer: Peer) -> dict[UUID, datetime]:
    rows = Outgoing.objects.filter(peer=peer, kind=MessageKind.DIRECTORY, state__in=GOING).order_by(
        "created_at"
    )
    return dict(rows.values_list("conversation", "created_at"))


def _is_news(entry: dict[str, Any], told: datetime | None, at: datetime) -> bool:
    as_of = datetime.fromisoformat(entry["as_of"])
    # What bears no day of its own is as of now: it is told once.
    return told is None or told < as_of < at


def take_entry(*, peer: Peer, envelope: Envelope, at: datetime) -> ReceiptCode:
    """Take in what a peer says about an organisation that it keeps; the code is for the sender."""
    content = open_envelope(envelope)
    if not content:
        return ReceiptCode.OLD_KEY
    try:
        directory.take_entry(entry=content, source=peer.theirs.slug, at=at)
    except Refusal as refusal:
        return ReceiptCode.WRONG_PLACE if refusal.code == "own-society" else ReceiptCode.UNKNOWN_VERSION
    return ReceiptCode.TAKEN
