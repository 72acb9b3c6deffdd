"""The shred store: what must be able to vanish for good.

Halves of file keys, search and facts cards, segments, drafts, arrivals and envelope bodies live in a
database of their own, kept twice (aliases ``shred`` and ``shred_copy``), each value wrapped under a
store key that is replaced weekly and is in no backup. Dead tuples, logs and copies of the store become
unreadable when the key that wrapped them is gone: within 14 days.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from panah.ground.foundation import retention
from panah.ground.foundation.bulk_insert import insert
from panah.ground.foundation.errors import Refusal
from panah.ground.vault.crash_points import crash_point
from panah.ground.vault.models import ShredRouter, ShredRow, random_place
from panah.ground.vault.seals import DoesNotOpen, LoadedKey
from panah.ground.vault.shred_lookup import rows_by_key
from panah.ground.vault.store_keys import StoreKeys

KEPT_KEYS = 2
REWRAPPED_AT_ONCE = 500
COLUMNS = ("id", "kind", "key", "society", "store_key", "wrapped")


class Store:
    """One live copy of the shred store."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self.keys = StoreKeys(Path(settings.PANAH_STORE_KEYS[alias]))
        self._cached: dict[int, LoadedKey] = {}
        self._stamp: tuple[int, int] | None = None

    def _key(self, number: int | None = None) -> tuple[int, LoadedKey]:
        # A process that was idle for weeks must not wrap under a key that is thrown away meanwhile.
        if number is None and self.keys.stamp() != self._stamp:
            self._cached = {}
        if not self._cached or (number is not None and number not in self._cached):
            self._stamp, self._cached = self.keys.stamp(), _loaded(self.keys.load())
        if not self._cached and number is None:
            self._begin_keys()
        number = max(self._cached) if number is None else number
        if number not in self._cached:
            raise DoesNotOpen
        return number, self._cached[number]

    def _begin_keys(self) -> None:
        if settings.PANAH_DOOR_ONLY or ShredRow.objects.using(self.alias).exists():
            # A key made now would open nothing of what lies here, and would hide that the true one is missing.
            raise Refusal(
                _("The key file of a copy of the shred store is missing: %(path)s.")
                % {"path": self.keys.path},
                next_step=_(
                    "Put it back beside its copy. If it is lost, take that copy away and run ./panah init."
                ),
                code="no-store-key",
                status=503,
            )
        self._keep_keys({1: os.urandom(32)}, at=timezone.now())

    def _keep_keys(self, keys: dict[int, bytes], *, at: datetime) -> None:
        self.keys.save(keys, at=at)
        self._stamp, self._cached = self.keys.stamp(), _loaded(keys)

    def _wrap(self, kind: str, key: UUID, value: bytes) -> tuple[int, bytes]:
        number, store_key = self._key()
        if settings.PANAH_DOOR_ONLY:
            self.keys.must_be_of_today(retention.STORE_KEY.period, at=timezone.now())
        return number, store_key.lock(value, "store", self.alias, kind, key)

    def unwrap(self, row: ShredRow) -> bytes:
        """Return the value of a row, or raise DoesNotOpen."""
        return self.opened(row.kind, row.key, row.store_key, row.wrapped)

    def opened(self, kind: str, key: UUID, store_key: int, wrapped: bytes | memoryview) -> bytes:
        """Return the value that these columns hold, or raise DoesNotOpen."""
        return self._key(store_key)[1].unlock(bytes(wrapped), "store", self.alias, kind, key)

    def put_many(
        self, kind: str, values: Mapping[UUID, bytes], society: UUID | None, *, new: bool = False
    ) -> None:
        rows = [
            (random_place(), kind, key, society, *self._wrap(kind, key, value))
            for key, value in values.items()
        ]
        # New or not: every half of a key comes this way, twice. What strangers write is only ever added.
        insert(ShredRow, COLUMNS, rows, using=self.alias, over=() if new else ("kind", "key"))

    def begin(self, kind: str, key: UUID, value: bytes, society: UUID) -> None:
        """Keep a value unless one is there."""
        number, wrapped = self._wrap(kind, key, value)
        row = ShredRow(kind=kind, key=key, society=society, store_key=number, wrapped=wrapped)
        ShredRow.objects.using(self.alias).bulk_create([row], ignore_conflicts=True)

    def change(self, kind: str, keys: list[UUID], how: Callable[[UUID, bytes], bytes | None]) -> int:
        with transaction.atomic(using=self.alias):
            rows = ShredRow.objects.using(self.alias).filter(kind=kind, key__in=keys).select_for_update()
            values = {row.key: value for row in rows if (value := self._own_value(row)) is not None}
            changed = {key: new for key, value in values.items() if (new := how(key, value)) is not None}
            for key, new in changed.items():
                number, wrapped = self._wrap(kind, key, new)
                ShredRow.objects.using(self.alias).filter(kind=kind, key=key).update(
                    store_key=number, wrapped=wrapped
                )
        return len(changed)

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
        self._keep_keys(pending, at=at)
        crash_point("store: new key written")
        moved = self.rewrap()
        crash_point("store: all rows moved")
        self._keep_keys(keys, at=at)
        crash_point("store: old key dropped")
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
        self._cached = _loaded(keys)
        moved = self.rewrap()
        kept = {n: keys[n] for n in sorted(keys)[-KEPT_KEYS:]}
        if kept != keys:
            self._keep_keys(kept, at=since)
        return bool(moved) or kept != keys

    def rewrap(self) -> int:
        """Move every row that is under an older key to the current one; returns how many.

        A row that does not open here is taken from the other copy. One that opens in none stays as it is and keeps
        nothing up: the old key is thrown away all the same, as is promised to those whose files were erased.
        """
        number, _key = self._key()
        moved = last = 0
        while True:
            with transaction.atomic(using=self.alias):
                old = ShredRow.objects.using(self.alias).filter(store_key__lt=number, pk__gt=last)
                # Locked: what somebody writes over meanwhile must not be written back.
                rows = list(old.select_for_update().order_by("pk")[:REWRAPPED_AT_ONCE])
                opened = [(row, value) for row in rows if (value := self._any_value(row)) is not None]
                for row, value in opened:
                    row.store_key, row.wrapped = self._wrap(row.kind, row.key, value)
                ShredRow.objects.using(self.alias).bulk_update(
                    [row for row, _value in opened], ["store_key", "wrapped"]
                )
            crash_point("store: some rows moved")
            moved += len(opened)
            if not rows:
                return moved
            last = rows[-1].pk

    def _own_value(self, row: ShredRow) -> bytes | None:
        try:
            return self.unwrap(row)
        except DoesNotOpen:
            return None

    def _any_value(self, row: ShredRow) -> bytes | None:
        value = self._own_value(row)
        return get(row.kind, row.key) if value is None else value

    def holds_anything(self) -> bool:
        """Say whether a row is there, whatever it opens with."""
        return ShredRow.objects.using(self.alias).exists()

    def opens_something(self) -> bool:
        """Say whether a row is there that this copy's keys open: otherwise the key file belongs to another copy."""
        some = ShredRow.objects.using(self.alias).order_by("-store_key")[:20]
        return any(self._own_value(row) is not None for row in some)

    def take(self, other: "Store", rows: Iterable[ShredRow]) -> int:
        """Write rows of another copy here, under this copy's own key; returns how many opened there."""
        opened = [(row, value) for row in rows if (value := other._own_value(row)) is not None]
        ours = [
            (random_place(), r.kind, r.key, r.society, *self._wrap(r.kind, r.key, value))
            for r, value in opened
        ]
        insert(ShredRow, COLUMNS, ours, using=self.alias)
        return len(ours)

    def truncate_log(self) -> None:
        """Empty SQLite's write-ahead log, so that it holds nothing that was dropped."""
        connection = connections[self.alias]
        if connection.vendor == "sqlite" and not connection.in_atomic_block:
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _loaded(keys: Mapping[int, bytes]) -> dict[int, LoadedKey]:
    return {number: LoadedKey(key) for number, key in keys.items()}


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


def put_new(kind: str, values: Mapping[UUID, bytes], *, society: UUID) -> None:
    """Add values in every copy; fails where one lies under the same key, and changes nothing there."""
    for store in copies():
        store.put_many(kind, values, society, new=True)


def in_each(do: Callable[[Store], object]) -> None:
    """Do something in every copy that answers; raises when none does. Readers then ask each copy (``get_each``)."""
    lost: list[DatabaseError] = []
    for store in copies():
        try:
            do(store)
        except DatabaseError as error:
            lost.append(error)
    if len(lost) == len(copies()):
        raise lost[-1]


def get_each(kind: str, key: UUID) -> list[bytes]:
    """Return a value as each copy that answers has it: one that was away may have an older one, or none."""
    found: list[bytes] = []

    def look(store: Store) -> None:
        for row in ShredRow.objects.using(store.alias).filter(kind=kind, key=key):
            with suppress(DoesNotOpen):
                found.append(store.unwrap(row))

    in_each(look)
    return found


def get(kind: str, key: UUID) -> bytes | None:
    """Return a value, or None if it never was or is gone."""
    return get_many(kind, [key]).get(key)


def get_many(kind: str, keys: Iterable[UUID]) -> dict[UUID, bytes]:
    """Return the values that exist, in one query; a damaged or lost first copy falls back to the second."""
    return get_kinds([kind], keys)[kind]


def get_kinds(kinds: Iterable[str], keys: Iterable[UUID]) -> dict[str, dict[UUID, bytes]]:
    """Return values of several kinds under the same keys, in one query like ``get_many``."""
    found: dict[str, dict[UUID, bytes]] = {kind: {} for kind in kinds}
    wanted, lost = list(keys), list[DatabaseError]()
    for store in copies():
        # A key that both copies lack is gone: the second is asked only about what did not open in the first.
        missing = [key for key in wanted if any(key not in values for values in found.values())]
        if not missing:
            break
        try:
            rows = rows_by_key(list(found), missing, using=store.alias)
        except DatabaseError as error:
            lost.append(error)
            continue
        for kind, key, store_key, wrapped in rows:
            if key not in found[kind]:
                with suppress(DoesNotOpen):
                    found[kind][key] = store.opened(kind, key, store_key, wrapped)
    if len(lost) == len(copies()):
        raise lost[-1]
    return found


def change(kind: str, keys: Iterable[UUID], how: Callable[[UUID, bytes], bytes | None]) -> int:
    """Change values that are there, in each copy by itself; ``how`` gives the new one, or None to leave it.

    Returns how many changed in the first copy. Two who change the same value at once do so one after the other.
    """
    wanted = list(keys)
    changed = [store.change(kind, wanted, how) for store in copies()]
    return changed[0]


def each(kind: str, society: UUID, damaged: set[UUID] | None = None) -> Iterator[tuple[UUID, bytes]]:
    """Yield all values of a kind of one society, in no order; what opens nowhere raises, or goes to ``damaged``."""
    store, rows = _answered(lambda rows: rows.filter(kind=kind, society=society).order_by("id"))
    for row in rows:
        value = store._own_value(row)
        if value is None:
            # Damaged in this copy: the other one may have it whole.
            value = get(kind, row.key)
        if value is not None:
            yield row.key, value
        elif damaged is None:
            raise DoesNotOpen
        else:
            damaged.add(row.key)


def _answered(ask: Callable[[QuerySet[ShredRow]], QuerySet[ShredRow]]) -> tuple[Store, Iterator[ShredRow]]:
    """Return the first copy that answers a question about its rows, and the answer."""
    lost: list[DatabaseError] = []
    for store in copies():
        rows = ask(ShredRow.objects.using(store.alias)).iterator(1000)
        try:
            first = list(islice(rows, 1))
        except DatabaseError as error:
            lost.append(error)
            continue
        return store, chain(first, rows)
    raise lost[-1]


def drop(kind: str, keys: Iterable[UUID]) -> int:
    """Destroy values in every copy and empty the logs; returns how many rows went.

    A copy that does not answer keeps nobody from destroying it in the other one; then it raises, to be done again.
    """
    wanted = list(keys)
    gone, lost = 0, []
    for store in copies():
        try:
            gone += store.drop(kind, wanted)
            store.truncate_log()
        except DatabaseError as error:
            lost.append(error)
    if lost:
        raise lost[-1]
    return gone


def keys_of(kind: str, society: UUID | None = None) -> list[UUID]:
    """Return the keys under which values of a kind lie, of one society or of all, in the order of ``each``."""
    own = {} if society is None else {"society": society}
    _store, rows = _answered(lambda rows: rows.filter(kind=kind, **own).order_by("id").only("key"))
    return [row.key for row in rows]


def replace_keys_when_due(*, at: datetime) -> bool:
    """Replace the store keys of every copy when a week has passed; returns whether any was."""
    did = False
    for store in copies():
        did = store.settle() or did
        since = store.keys.since()
        if since is not None and since > at:
            # The clock went back: a date in the future would keep the old key beyond what is promised.
            store.keys.save(store.keys.load(), at=at)
        elif since is not None and at - since >= retention.STORE_KEY.period:
            store.replace_key(at=at)
            store.truncate_log()
            did = True
    return did
