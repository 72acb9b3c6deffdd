"""Entries that decide: that Panah wrote them is kept outside the main database. The chain has no key and cannot say it.

Whoever writes in the database can add an entry that fits the chain. Of events with ``Event.is_kept`` such an entry
counts for nothing. Kept is its hash, which covers all that it says and all that stood before it.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from django.db.models import QuerySet

from panah.ground.audit.events import REGISTER
from panah.ground.audit.models import Entry
from panah.ground.audit.rules import JournalLine, chain
from panah.ground.foundation.protected_rows import KEEPER
from panah.ground.foundation.registry import Registry

KIND = "journal"
AT_ONCE = 500
# Of what entries are about, what is erased: nothing is decided about it any more. Filled from above.
OVER: Registry[Callable[[set[UUID]], set[UUID]]] = Registry(
    "what entries that decide are about and is erased"
)


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


def forget_over(society: UUID) -> int:
    """Let go of what is kept of entries that decide nothing any more; returns of how many.

    Those about what is erased (``OVER``), and those that no journal holds: what was to be written with them was not.
    The caller has locked the head of the chain, so that nobody is just writing one, and knows that the journal is
    whole.
    """
    rows = Entry.objects.filter(society=society, event__in=kept_names())
    over = over_among(rows)
    needed = {UUID(bytes=_hash_of(row)[:16]) for row in rows.iterator(AT_ONCE) if row.about not in over}
    gone = 0
    for keeper in KEEPER:
        # Under this kind lies the pin of the journal too, by the society itself.
        kept = set(keeper.subjects(KIND, society)) - {society} - needed
        keeper.settle(KIND, dict.fromkeys(kept, b""), lambda _now, _raw: b"")
        gone += len(kept)
    return gone


def over_among(rows: QuerySet[Entry]) -> set[UUID]:
    """Return those of what entries are about that is erased."""
    abouts = {one for one in rows.values_list("about", flat=True).distinct() if one is not None}
    return {one for over in OVER for one in over(abouts)}


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
