"""What this room registers with rooms below it."""

import panah.reporters.events  # noqa: F401  what can be written in the journal is known once apps are ready
from panah.foundation.rls_tables import EXEMPT
from panah.reporters import queries as reporters_queries
from panah.reporters.words import LINE, WORD
from panah.vault.actions.maintenance import REFERENCED_BLOBS

EXEMPT.register(
    "reporters.NodeTally",
    "how often receipts were shown, how many bytes came: numbers of the node, about nobody",
)
REFERENCED_BLOBS.register(WORD, reporters_queries.bodies_of_words)
REFERENCED_BLOBS.register(LINE, reporters_queries.bodies_of_lines)
