"""What can be done on the wire; other rooms import from here."""

from panah.exchange.actions.delivering import deliver_bundle, deliver_due, expire, lease
from panah.exchange.actions.receiving import ARRIVES, ARRIVES_TOGETHER, receive, take_in
from panah.exchange.actions.sending import Draft, send, send_many, send_of_node, stop
from panah.exchange.actions.settling import SETTLED, settle

__all__ = [
    "ARRIVES",
    "ARRIVES_TOGETHER",
    "SETTLED",
    "Draft",
    "deliver_bundle",
    "deliver_due",
    "expire",
    "lease",
    "receive",
    "send",
    "send_many",
    "send_of_node",
    "settle",
    "stop",
    "take_in",
]
