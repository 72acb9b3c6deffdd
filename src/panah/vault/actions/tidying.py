"""What the node does with the shred store by itself, without a key: shuffle, drop in time, sweep orphans."""

from datetime import datetime, timedelta
from uuid import UUID

from panah.foundation import walls
from panah.network.queries import all_ids, hosted_societies
from panah.vault import shredding
from panah.vault.actions import cards
from panah.vault.keyring import HALF
from panah.vault.models import File

ORPHAN = "orphan"
# Long enough for any transaction that is still being written, short enough to leave nothing behind.
ORPHAN_FOR = timedelta(days=1)


def shuffle_facts(*, at: datetime) -> int:
    """Move each society's waiting facts cards in a shuffled batch; returns how many."""
    del at
    return sum(cards.shuffle_waiting(society=one.id) for one in hosted_societies())


def drop_overdue_segments(*, at: datetime) -> int:
    """Drop segments that hold a card erased 13 days ago which no holder came to rewrite; returns how many."""
    return sum(cards.drop_touched_segments(society=one.id, at=at) for one in hosted_societies())


def sweep_orphans(*, at: datetime) -> int:
    """Drop halves whose file was never finished: seen as orphans twice, a day apart; returns how many."""
    halves = set(shredding.keys_of(HALF))
    known = _every_file()
    if not known:
        # No file at all is more likely a database that shows us nothing: what is dropped never comes back.
        return 0
    marked = {key: _when(key, at) for key in shredding.keys_of(ORPHAN)}
    orphans = halves - known
    for key in orphans - set(marked):
        shredding.put(ORPHAN, key, at.isoformat().encode())
    old = [key for key in orphans & set(marked) if at - marked[key] >= ORPHAN_FOR]
    if old:
        shredding.drop(HALF, old)
    done = (set(marked) - orphans) | set(old)
    if done:
        shredding.drop(ORPHAN, done)
    return len(old)


def _every_file() -> set[UUID]:
    """Return the files of all societies, each asked behind its own wall: also of one that works here no more."""
    known: set[UUID] = set()
    for society in all_ids():
        with walls.inside(society):
            known.update(File.objects.filter(society=society).values_list("pk", flat=True))
    return known


def _when(key: UUID, at: datetime) -> datetime:
    kept = shredding.get(ORPHAN, key)
    return datetime.fromisoformat(kept.decode()) if kept else at
