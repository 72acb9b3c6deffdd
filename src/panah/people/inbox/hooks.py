"""What the inbox registers with rooms below it."""

from base64 import b64encode
from datetime import datetime
from uuid import UUID

from panah.ground.audit import actions as audit
from panah.ground.audit.fact_words import FACT_WORDS, UNTOLD, FactWords, by_codes
from panah.ground.exchange import actions as exchange
from panah.ground.exchange.words import PERSONAL, MessageKind
from panah.ground.vault.actions.maintenance import REFERENCED_BLOBS
from panah.ground.vault.door_store import DOOR_KINDS
from panah.ground.work import queries as work_queries
from panah.ground.work.told_parts import SHEETS, in_order
from panah.people.inbox import actions as inbox
from panah.people.inbox import events, told
from panah.people.inbox import queries as inbox_queries
from panah.people.inbox.for_the_door import FACTS, READERS
from panah.people.inbox.models import Arrival
from panah.people.inbox.words import BECAME, BODY, ROOM, WHO_IS_MEANT, ArrivalClosing, Source

work_queries.SHARED_QUEUES.register(ROOM, inbox_queries.pool)
work_queries.SEALED_ARRIVALS.register(ROOM, lambda staff: inbox_queries.waiting(to=staff))
# Whom a report concerns may read the journal: nobody finds it there.
UNTOLD.register(ROOM, inbox_queries.ids_past_intake)
FACT_WORDS.register("what an arrival became", FactWords("room", by_codes(BECAME)))
FACT_WORDS.register("why an arrival was closed", FactWords("closing", by_codes(ArrivalClosing)))
FACT_WORDS.register("where an arrival came from", FactWords("source", by_codes(Source)))
REFERENCED_BLOBS.register(BODY, inbox_queries.bodies_needed)
# Every personal kind that no room above takes for itself is kept until somebody on duty opens it.
exchange.HANDLERS.register(
    ROOM,
    exchange.MessageHandler(
        PERSONAL - {MessageKind.WITHDRAWN}, inbox.keep_envelope, handle_many=inbox.keep_envelopes
    ),
    order=100,
)
audit.TAKEN_UP.register(events.ARRIVED.name, audit.Follows(inbox.take_up, inbox.lock_arrivals))
DOOR_KINDS.register(BODY, "add")
DOOR_KINDS.register(Arrival.protection.kind, "add")


def _readers(society: UUID, at: datetime) -> dict[str, dict[str, str]]:
    """By whom a writer leaves out, or "": ids and keys of the others."""
    del at
    found = {meant: inbox_queries.reader_keys(society, meant) for meant in ("", *WHO_IS_MEANT)}
    return {
        meant: {str(who): b64encode(public).decode() for who, public in sorted(publics.items())}
        for meant, publics in found.items()
    }


FACTS.register(READERS, _readers)
for about in ("case", "contact"):
    for name, part, order in in_order(about, told.SHEETS, order=420):
        SHEETS.register(name, part, order=order)
