"""The journal beside what the shred store kept of it: every quarter of a minute, at the start, and whole by night."""

from datetime import datetime
from uuid import UUID

from panah.ground.audit import actions as audit
from panah.ground.audit import queries as audit_queries
from panah.ground.vault import events, journal_pins
from panah.ground.vault.models import File
from panah.ground.vault.queries import society_is_ready
from panah.ground.vault.words import JournalState


def watch_journal(*, society: UUID, at: datetime) -> bool:
    """Follow the journal from the last look on; returns whether something is not as it was written, or was until now.

    Costs what was written since. Before a society has its keys, nothing is kept yet.
    """
    if not society_is_ready(society):
        return False
    found, pin = journal_pins.look(society), journal_pins.pin_of(society)
    holds = found.state == JournalState.HOLDS
    # Told once: the chain goes on over it, and it can be taken out by nobody.
    forged = holds and pin is not None and audit_queries.forged_since(society, pin.number)
    if forged:
        audit.record(event=events.NEVER_WRITTEN, by=None, society=society, at=at)
    again = journal_pins.keep(society, found, at=at)
    return _say(society, again, at) or forged


def examine_stored(*, society: UUID, at: datetime) -> bool:
    """Walk the whole journal and look at files and databases; returns what ``watch_journal`` does."""
    if not society_is_ready(society):
        return False
    return _say(society, journal_pins.examine(society, at=at), at)


def forget_kept_entries(*, society: UUID) -> int:
    """Let go of what is kept of entries of the journal that decide nothing any more; not while one may be missing."""
    if not society_is_ready(society) or journal_pins.look(society, whole=True).state != JournalState.HOLDS:
        return 0
    return audit.forget_kept_entries(society)


def erased(abouts: set[UUID]) -> set[UUID]:
    """Return those that are files whose erasing has begun."""
    rows = File.objects.filter(pk__in=abouts, erasing_since__isnull=False)
    return set(rows.values_list("pk", flat=True))


def _say(society: UUID, again: bool, at: datetime) -> bool:
    """Whoever changed it for a while and put it back is not forgotten: it stands in the journal that it was so."""
    if again:
        audit.record(event=events.WAS_NOT_AS_WRITTEN, by=None, society=society, at=at)
    return again or journal_pins.any_is_wrong([society])
