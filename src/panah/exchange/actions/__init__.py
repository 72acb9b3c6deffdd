"""What can be done on the wire; other rooms import from here."""

from panah.exchange.actions.carrying import FileRead, read_file, write_file
from panah.exchange.actions.delivering import deliver_bundle, deliver_due, expire, lease
from panah.exchange.actions.pairing import block, close_card, compare, end, open_card, take_card, unblock
from panah.exchange.actions.receiving import ARRIVES, ARRIVES_TOGETHER, receive, take_in
from panah.exchange.actions.sending import Draft, send, send_many, send_of_node, stop
from panah.exchange.actions.settling import SETTLED, settle
from panah.exchange.actions.tending import bodies_needed, give_up, sweep, tell_focal_points, try_again

__all__ = [
    "ARRIVES",
    "ARRIVES_TOGETHER",
    "SETTLED",
    "Draft",
    "FileRead",
    "block",
    "bodies_needed",
    "close_card",
    "compare",
    "deliver_bundle",
    "deliver_due",
    "end",
    "expire",
    "give_up",
    "lease",
    "open_card",
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
    "tell_focal_points",
    "try_again",
    "unblock",
    "write_file",
]
