"""What the inbox needs from the rooms around it: where it stands on work lists, what comes by the wire."""

from __future__ import annotations

from typing import TYPE_CHECKING

from panah.config import turning
from panah.desk import queries as desk_queries
from panah.exchange import actions as exchange
from panah.exchange.words import PERSONAL, MessageKind
from panah.inbox import actions as inbox
from panah.inbox import queries

if TYPE_CHECKING:
    pass


def fill() -> None:
    """Addresses, the pool of whoever holds the intake key, the number on the first page, bodies that are needed."""
    if queries.waiting not in desk_queries.ARRIVALS:
        desk_queries.ARRIVALS.append(queries.waiting)
    inbox.CONVERSIONS[""] = turning.WAYS
    queries.RESULT_LINKS["cases"] = turning.places_of_cases
    queries.RESULT_LINKS["hotline"] = turning.places_of_contacts
    _from_the_wire()


def _from_the_wire() -> None:
    """Every personal kind that has no handler of its own is kept until somebody on duty opens it."""
    for kind in PERSONAL - {MessageKind.WITHDRAWN} - exchange.HANDLERS.keys():
        exchange.BATCH_HANDLERS[kind] = inbox.keep_envelopes
    exchange.HANDLERS.setdefault(MessageKind.WITHDRAWN, inbox.withdraw_envelope)
