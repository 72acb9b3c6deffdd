"""What the node does with the shred store by itself, without a key: shuffle, drop in time, sweep orphans."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Model

from panah.foundation import walls
from panah.network.queries import all_ids, hosted_societies
from panah.vault import shredding
from panah.vault.actions import cards
from panah.vault.attachments import HALF_OF_ATTACHMENT
from panah.vault.keyring import HALF
from panah.vault.models import Chunk, File

ORPHAN = "orphan"
# Long enough for any transaction that is still being written, short enough to leave nothing behind.
ORPHAN_FOR = timedelta(days=1)
# Halves by kind, the rows that need them, and how a row finds its society.
KEPT_BY: tuple[tuple[str, type[Model], str, str], ...] = (
    (HALF, File, "pk", "society"),
    (HALF_OF_ATTACHMENT, Chunk, "attachment", "file__society"),
)


def shuffle_facts(*, at: datetime) -> int:
    """Move each society's waiting facts cards in a shuffled batch; returns how many."""
    del at
    return sum(cards.shuffle_waiting(society=one.id) for one in hosted_societies())


def drop_overdue_segments(*, at: datetime) -> int:
    """Drop segments that hold a card erased 13 days ago which no holder came to rewrite; returns how many."""
    return sum(cards.drop_touched_segments(society=one.id, at=at) for one in hosted_societies())


def sweep_orphans(*, at: datetime) -> int:
    """Drop halves whose file or attachment was never finished: seen as orphans twice, a day apart; returns how many."""
    if not _needed(File, "pk", "society"):
        # No file at all is more likely a database that shows us nothing: what is dropped never comes back.
        return 0
    orphans = {
        key: kind
        for kind, model, field, owner in KEPT_BY
        for key in set(shredding.keys_of(kind)) - _needed(model, field, owner)
    }
    marked = {key: _when(key, at) for key in shredding.keys_of(ORPHAN)}
    for key in set(orphans) - set(marked):
        shredding.put(ORPHAN, key, at.isoformat().encode())
    old = [key for key in orphans if key in marked and at - marked[key] >= ORPHAN_FOR]
    for kind, *_ in KEPT_BY:
        if mine := [key for key in old if orphans[key] == kind]:
            shredding.drop(kind, mine)
    done = (set(marked) - set(orphans)) | set(old)
    if done:
        shredding.drop(ORPHAN, done)
    return len(old)


def _needed(model: type[Model], field: str, owner: str) -> set[UUID]:
    """Return the keys that rows need, each society asked behind its own wall: also one that works here no more."""
    found: set[UUID] = set()
    for society in all_ids():
        with walls.inside(society):
            rows = model._default_manager.filter(**{owner: society})
            found.update(rows.values_list(field, flat=True).distinct())
    return found


def _when(key: UUID, at: datetime) -> datetime:
    kept = shredding.get(ORPHAN, key)
    return datetime.fromisoformat(kept.decode()) if kept else at
