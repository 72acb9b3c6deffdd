"""What can be done on the wire; other rooms import from here."""

from panah.exchange.actions.acknowledgements import SETTLED, settle
from panah.exchange.actions.delivering import deliver_bundle, deliver_due, expire, lease
from panah.exchange.actions.directory_sync import tell_directory
from panah.exchange.actions.due_items import look_round
from panah.exchange.actions.file_transport import FileRead, read_file, write_file
from panah.exchange.actions.key_announcements import announce_intake, announce_node, not_told, tell_heads
from panah.exchange.actions.pairing import (
    block,
    close_card,
    compare,
    end,
    fetch_card,
    open_card,
    own_words,
    take_card,
    unblock,
)
from panah.exchange.actions.receiving import BATCH_HANDLERS, HANDLERS, close_conversation, receive, take_in
from panah.exchange.actions.retries import bodies_needed, give_up, sweep, tell_focal_points, try_again
from panah.exchange.actions.sending import Draft, send, send_many, send_of_node, stop

__all__ = [
    "HANDLERS",
    "BATCH_HANDLERS",
    "SETTLED",
    "Draft",
    "FileRead",
    "announce_intake",
    "announce_node",
    "block",
    "bodies_needed",
    "close_card",
    "close_conversation",
    "compare",
    "deliver_bundle",
    "deliver_due",
    "end",
    "expire",
    "fetch_card",
    "give_up",
    "lease",
    "look_round",
    "not_told",
    "open_card",
    "own_words",
    "read_file",
    "receive",
    "send",
    "send_many",
    "send_of_node",
    "settle",
    "stop",
    "sweep",
    "take_card",
    "take_in",
    "tell_directory",
    "tell_focal_points",
    "tell_heads",
    "try_again",
    "unblock",
    "write_file",
]
