"""What the inbox needs from the rooms around it: where it stands on work lists, what comes by the wire."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from panah.cases import queries as cases_queries
from panah.config import turning
from panah.desk import queries as desk_queries
from panah.exchange import actions as exchange
from panah.exchange.words import PERSONAL, MessageKind
from panah.inbox import actions as inbox
from panah.inbox import queries
from panah.inbox.words import BODY
from panah.vault.actions import erasure, maintenance

if TYPE_CHECKING:
    from panah.vault.keyring import Keyring


def fill() -> None:
    """Addresses, the pool of whoever holds the intake key, the number on the first page, bodies that are needed."""
    if queries.waiting not in desk_queries.ARRIVALS:
        desk_queries.ARRIVALS.append(queries.waiting)
    erasure.on_erase(_forget)
    maintenance.REFERENCED_BLOBS[BODY] = queries.bodies_needed
    inbox.CONVERSIONS[""] = turning.WAYS
    queries.RESULT_LINKS["cases"] = turning.places_of_cases
    queries.RESULT_LINKS["hotline"] = turning.places_of_contacts
    _from_the_wire()


def _forget(*, keys: Keyring, file: UUID, at: datetime) -> None:
    """An erased case is named nowhere, not even by what arrived and became it."""
    case = cases_queries.id_of_file(file)
    if case is not None:
        inbox.forget_subject(room="cases", subject=case)


def _from_the_wire() -> None:
    """Every personal kind that has no handler of its own is kept until somebody on duty opens it."""
    for kind in PERSONAL - {MessageKind.WITHDRAWN} - exchange.HANDLERS.keys():
        exchange.BATCH_HANDLERS[kind] = inbox.keep_envelopes
    exchange.HANDLERS.setdefault(MessageKind.WITHDRAWN, inbox.withdraw_envelope)
