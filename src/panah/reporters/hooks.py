"""What this room registers with rooms below it."""

from panah.audit import actions as audit
from panah.foundation.rls_tables import EXEMPT
from panah.inbox.for_the_door import WHOSE
from panah.reporters import actions as reporters
from panah.reporters import events
from panah.reporters import queries as reporters_queries
from panah.reporters.words import LINE, WORD
from panah.vault.actions.maintenance import REFERENCED_BLOBS
from panah.vault.door_store import DOOR_KINDS

EXEMPT.register(
    "reporters.NodeTally",
    "how often receipts were shown, how many bytes came: numbers of the node, about nobody",
)
REFERENCED_BLOBS.register(WORD, reporters_queries.bodies_of_words)
REFERENCED_BLOBS.register(LINE, reporters_queries.bodies_of_lines)
DOOR_KINDS.register(WORD, "read")
DOOR_KINDS.register(LINE, "add read")
WHOSE.register("reporters", reporters.whose_words)
audit.TAKEN_UP.register(
    events.ASKED_BACK.name, audit.Follows(reporters.take_up_withdrawals, reporters.lock_to_withdraw)
)
audit.TAKEN_UP.register(events.GIVEN_UP.name, audit.Follows(reporters.take_up_giving_up))
audit.TAKEN_UP.register(events.ENDED.name, audit.Follows(audit.nothing_follows))
