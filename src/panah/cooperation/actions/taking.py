"""What a paired society's message says of the network's space: read, believed only of itself, kept."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from panah.cooperation import rules
from panah.cooperation.actions.calls import take_call
from panah.cooperation.actions.practices import take_review
from panah.cooperation.actions.telling import keep_told
from panah.exchange import actions as exchange
from panah.exchange.words import ReceiptCode

if TYPE_CHECKING:
    from panah.exchange.envelope import Envelope
    from panah.exchange.models import Peer


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
    elif not keep_told(message=message, peer=peer, at=at):
        return ReceiptCode.NO_EVIDENCE
    return ReceiptCode.TAKEN
