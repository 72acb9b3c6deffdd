"""Entries that decide: that Panah wrote them is kept outside the main database. The chain has no key and cannot say it.

Whoever writes in the database can add an entry that fits the chain. Of events with ``Event.is_kept`` such an entry
counts for nothing. Kept is its hash, which covers all that it says and all that stood before it.
"""

from collections.abc import Iterable
from uuid import UUID

from panah.ground.audit.events import REGISTER
from panah.ground.audit.models import Entry
from panah.ground.audit.rules import JournalLine, chain
from panah.ground.foundation.protected_rows import KEEPER

KIND = "journal"
AT_ONCE = 500


def kept_names() -> set[str]:
    """Return the events of which an entry counts only when it is kept."""
    return {event.name for event in REGISTER if event.is_kept}


def keep(society: UUID, digests: Iterable[bytes]) -> None:
    """Keep that these entries were written, by their hashes."""
    values = {UUID(bytes=digest[:16]): digest for digest in digests}
    for keeper in KEEPER:
        keeper.put(KIND, values, society, new=False)


def keep_all(society: UUID) -> None:
    """Let the entries of a society count as they stand."""
    rows = list(Entry.objects.filter(society=society, event__in=kept_names()))
    for at in range(0, len(rows), AT_ONCE):
        keep(society, [_hash_of(row) for row in rows[at : at + AT_ONCE]])


def genuine(rows: Iterable[Entry]) -> list[Entry]:
    """Return these entries without those that Panah never wrote, of the events that decide; one question."""
    names, entries = kept_names(), list(rows)
    hashes = {entry.pk: _hash_of(entry) for entry in entries if entry.event in names}
    wanted = {UUID(bytes=digest[:16]) for digest in hashes.values()}
    kept = {digest for keeper in KEEPER for digest in keeper.get(KIND, wanted).values()}
    return [entry for entry in entries if entry.event not in names or hashes[entry.pk] in kept]


def _hash_of(entry: Entry) -> bytes:
    line = JournalLine(
        *(entry.society, entry.number, entry.at, entry.who, entry.event, entry.about, entry.facts),
        bytes(entry.sealed),
    )
    return chain(bytes(entry.before), line)
