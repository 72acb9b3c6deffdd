"""What this room registers with rooms below it."""

from panah.ground.audit import actions as audit
from panah.ground.audit.fact_words import FACT_WORDS, UNTOLD, FactWords, by_codes
from panah.ground.foundation.rls_tables import EXEMPT
from panah.ground.vault.actions.maintenance import REFERENCED_BLOBS
from panah.ground.vault.door_store import DOOR_KINDS
from panah.people.inbox.for_the_door import WHOSE
from panah.people.reporters import actions as reporters
from panah.people.reporters import events
from panah.people.reporters import queries as reporters_queries
from panah.people.reporters.models import Chat, Report
from panah.people.reporters.words import LINE, WORD, Told

EXEMPT.register(
    "reporters.NodeTally",
    "how often receipts were shown, how many bytes came: numbers of the node, about nobody",
)
REFERENCED_BLOBS.register(WORD, reporters_queries.bodies_of_words)
REFERENCED_BLOBS.register(LINE, reporters_queries.bodies_of_lines)
# Whom a report concerns may read the journal: nobody finds it there.
UNTOLD.register("reporters", reporters_queries.ids_past_intake)
FACT_WORDS.register("what a reporter was told", FactWords("told", by_codes(Told)))
DOOR_KINDS.register(WORD, "name")
DOOR_KINDS.register(LINE, "add name")
for _model in (Report, Chat):
    DOOR_KINDS.register(_model.protection.kind, "add name")
WHOSE.register("reporters", reporters.whose_words)
audit.TAKEN_UP.register(
    events.ASKED_BACK.name, audit.Follows(reporters.take_up_withdrawals, reporters.lock_to_withdraw)
)
audit.TAKEN_UP.register(events.GIVEN_UP.name, audit.Follows(reporters.take_up_giving_up))
audit.TAKEN_UP.register(events.ENDED.name, audit.Follows(audit.nothing_follows))
