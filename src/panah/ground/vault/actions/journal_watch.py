"""The journal beside what the shred store kept of it: every quarter of a minute, at the start, and whole by night."""

from datetime import datetime
from uuid import UUID

from panah.ground.vault import journal_pins
from panah.ground.vault.queries import society_is_ready


def watch_journal(*, society: UUID, at: datetime) -> bool:
    """Follow the journal from the last look on; returns whether something is not as it was written.

    Costs what was written since. Before a society has its keys, nothing is kept yet.
    """
    if not society_is_ready(society):
        return False
    journal_pins.keep(society, journal_pins.look(society), at=at)
    return journal_pins.any_is_wrong([society])


def examine_stored(*, society: UUID, at: datetime) -> bool:
    """Walk the whole journal and look at files and databases; returns whether something is not as it was written."""
    if not society_is_ready(society):
        return False
    journal_pins.examine(society, at=at)
    return journal_pins.any_is_wrong([society])
