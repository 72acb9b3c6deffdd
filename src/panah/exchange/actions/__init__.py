"""What can be done on the wire; other rooms import from here."""

from panah.exchange.actions.pairing import block, close_card, compare, end, open_card, take_card, unblock

__all__ = ["block", "close_card", "compare", "end", "open_card", "take_card", "unblock"]
