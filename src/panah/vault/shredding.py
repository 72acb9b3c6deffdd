"""The shred store: what must be able to vanish for good.

Halves of file keys, search and facts cards, segments, drafts, arrivals and envelope bodies live in a
database of their own, kept twice (aliases ``shred`` and ``shred_copy``), each value wrapped under a
store key that is replaced weekly and is in no backup. Dead tuples, logs and copies of the store become
unreadable when the key that wrapped them is gone: within 14 days.
"""

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from panah.foundation.prepared import prepared
from panah.foundation.writing import insert
from panah.vault.models import ShredRouter, ShredRow
from panah.vault.seals import DoesNotOpen, lock, unlock
from panah.vault.steps import step

# Twice this, and the hours of a worker that was late, stay under the 14 days that are promised.
REPLACED_AFTER = timedelta(days=6, hours=18)
KEPT_KEYS = 2
COLUMNS = ("kind", "key", "society", "store_key", "wrapped")


class StoreKeys:
    """The current and the previous store key of one copy, in a file beside it (mode 0600)."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> dict[int, bytes]:
        """Return keys by number, the largest number is the current one."""
        try:
            kept = json.loads(self.path.read_text())
        except FileNotFoundError:
            return {}
        return {int(n): bytes.fromhex(k) for n, k in kept["keys"].items()}

    def save(self, keys: dict[int, bytes], *, at: datetime) -> None:
        """Replace the file whole, with a flush to the disk before the old one goes."""
        body = {
            "what": "Store keys. In no backup.",
            "since": at.isoformat(),
            "keys": {str(n): k.hex() for n, k in keys.items()},
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=self.path.parent, prefix=".store-")
        with os.fdopen(descriptor, "w") as f:
            json.dump(body, f)
            f.flush()
            os.fsync(f.fileno())
        Path(name).replace(self.path)

    def since(self) -> datetime | None:
        """When the current key was made."""
        try:
            return datetime.fromisoformat(json.loads(self.path.read_text())["since"])
        except FileNotFoundError:
            return None


class Store:
    """One live copy of the shred store."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self.keys = StoreKeys(Path(settings.PANAH_STORE_KEYS[alias]))
        self._cached: dict[int, bytes] = {}

    def _key(self, number: int | None = None) -> tuple[int, bytes]:
        if not self._cached or (number is not None and number not in self._cached):
            self._cached = self.keys.load()
        if not self._cached and number is None:
            self._cached = {1: os.urandom(32)}
            self.keys.save(self._cached, at=timezone.now())
        number = max(self._cached) if number is None else number
        if number not in self._cached:
            raise DoesNotOpen
        return number, self._cached[number]

    def _wrap(self, kind: str, key: UUID, value: bytes) -> tuple[int, bytes]:
        number, store_key = self._key()
        return number, lock(store_key, value, "store", self.alias, kind, key)

    def unwrap(self, row: ShredRow) -> bytes:
        """Return the value of a row, or raise DoesNotOpen."""
        return self.opened(row.kind, row.key, row.store_key, row.wrapped)

    def opened(self, kind: str, key: UUID, store_key: int, wrapped: Any) -> bytes:
        """Return the value that these columns hold, or raise DoesNotOpen."""
        return unlock(self._key(store_key)[1], bytes(wrapped), "store", self.alias, kind, key)

    def put_many(self, kind: str, values: Mapping[UUID, bytes], society: UUID | None) -> None:
        rows = [(kind, key, society, *self._wrap(kind, key, value)) for key, value in values.items()]
        # New or not: every half of a key comes this way, twice.
        insert(ShredRow, COLUMNS, rows, using=self.alias, over=("kind", "key"))

    def drop(self, kind: str, keys: Iterable[UUID]) -> int:
        return ShredRow.objects.using(self.alias).filter(kind=kind, key__in=list(keys)).delete()[0]

    def replace_key(self, *, at: datetime) -> int:
        """Make a new store key, re-wrap every row, then forget all but the new one and the last.

        Safe to repeat after an interruption: rows under either key open throughout.
        """
        keys = self.keys.load()
        current = max(keys, default=0)
        fresh = current + 1
        keys = {n: k for n, k in keys.items() if n == current} | {fresh: os.urandom(32)}
        pending = {**self.keys.load(), **keys}
        self.keys.save(pending, at=at)
        self._cached = pending
        step("store: new key written")
        moved = self.rewrap()
        step("store: all rows moved")
        self.keys.save(keys, at=at)
        self._cached = keys
        step("store: old key dropped")
        return moved

    def settle(self) -> bool:
        """Finish a replacement that was interrupted: move what lies under an older key, forget all but two keys."""
        keys, since = self.keys.load(), self.keys.since()
        if not keys or since is None:
            return False
        current = max(keys)
        behind = ShredRow.objects.using(self.alias).filter(store_key__lt=current).exists()
        if not behind and len(keys) <= KEPT_KEYS:
            return False
        self._cached = keys
        self.rewrap()
        kept = {n: keys[n] for n in sorted(keys)[-KEPT_KEYS:]}
        self.keys.save(kept, at=since)
        self._cached = kept
        return True

    def rewrap(self) -> int:
        """Move every row that is under an older key to the current one; returns how many."""
        number, _ = self._key()
        moved = 0
        while True:
            with transaction.atomic(using=self.alias):
                rows = list(ShredRow.objects.using(self.alias).filter(store_key__lt=number)[:500])
                for row in rows:
                    value = self.unwrap(row)
                    row.store_key, row.wrapped = self._wrap(row.kind, row.key, value)
                ShredRow.objects.using(self.alias).bulk_update(rows, ["store_key", "wrapped"])
            step("store: some rows moved")
            moved += len(rows)
            if not rows:
                return moved

    def opens_something(self) -> bool:
        """Say whether a row is there that this copy's keys open: otherwise the key file belongs to another copy."""
        row = ShredRow.objects.using(self.alias).order_by("-id").first()
        try:
            return row is not None and bool(self.unwrap(row))
        except DoesNotOpen:
            return False

    def truncate_log(self) -> None:
        """Empty SQLite's write-ahead log, so that it holds nothing that was dropped."""
        connection = connections[self.alias]
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def copies() -> list[Store]:
    """Return the live copies, the first is read first."""
    return [
        _store(alias, settings.PANAH_STORE_KEYS[alias])
        for alias in ShredRouter.aliases
        if alias in settings.DATABASES
    ]


@lru_cache(maxsize=8)
def _store(alias: str, _path: str) -> Store:
    # One a process: its keys are read once, and again when a row names a newer one.
    return Store(alias)


def put(kind: str, key: UUID, value: bytes, *, society: UUID | None = None) -> None:
    """Keep a value in every copy."""
    put_many(kind, {key: value}, society=society)


def put_many(kind: str, values: Mapping[UUID, bytes], *, society: UUID | None = None) -> None:
    """Keep many values of a kind in every copy, each copy in one go."""
    for store in copies():
        store.put_many(kind, values, society)


def get(kind: str, key: UUID) -> bytes | None:
    """Return a value, or None if it never was or is gone."""
    return get_many(kind, [key]).get(key)


def get_many(kind: str, keys: Iterable[UUID]) -> dict[UUID, bytes]:
    """Return the values that exist, in one query; a damaged first copy falls back to the second."""
    wanted = list(keys)
    found: dict[UUID, bytes] = {}
    for store in copies():
        rows = _rows(kind, keys=[k for k in wanted if k not in found], using=store.alias)
        for key, store_key, wrapped in rows:
            try:
                found[key] = store.opened(kind, key, store_key, wrapped)
            except DoesNotOpen:
                continue
        # A key that both copies lack is gone: the second is asked only about what did not open.
        if len(found) == len(wanted):
            break
    return found


@prepared
def _rows(kind: str, *, keys: list[UUID]) -> Any:
    return ShredRow.objects.filter(kind=kind, key__in=keys).values_list("key", "store_key", "wrapped")


def each(kind: str, society: UUID) -> Iterator[tuple[UUID, bytes]]:
    """Yield all values of a kind of one society, oldest first."""
    store = copies()[0]
    rows = ShredRow.objects.using(store.alias).filter(kind=kind, society=society)
    for row in rows.order_by("id").iterator(1000):
        yield row.key, store.unwrap(row)


def drop(kind: str, keys: Iterable[UUID]) -> int:
    """Destroy values in every copy and empty the logs; returns how many rows went."""
    wanted = list(keys)
    gone = 0
    for store in copies():
        gone += store.drop(kind, wanted)
        store.truncate_log()
    return gone


def keys_of(kind: str) -> list[UUID]:
    """Return the keys under which values of a kind lie, of all societies."""
    return list(ShredRow.objects.using(copies()[0].alias).filter(kind=kind).values_list("key", flat=True))


def replace_keys_when_due(*, at: datetime) -> bool:
    """Replace the store keys of every copy when a week has passed; returns whether any was."""
    did = False
    for store in copies():
        did = store.settle() or did
        since = store.keys.since()
        if since is not None and since > at:
            # The clock went back: a date in the future would keep the old key beyond what is promised.
            store.keys.save(store.keys.load(), at=at)
        elif since is not None and at - since >= REPLACED_AFTER:
            store.replace_key(at=at)
            store.truncate_log()
            did = True
    return did
