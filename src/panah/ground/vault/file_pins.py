"""How far each file has been written, kept in the shred store: who can write in the database does not reach it.

A pin is a lower bound. It is raised when what was written is committed, so that after a crash between the two it may
lie one behind, which lets nothing older in. ``restored`` is what a restored backup brought back (``accept_restored``).

Format: count 8 bytes big-endian, digest of the manifest 16 bytes; after a restore also the minute of it (since 1970,
4 bytes) and, until it is written in again, the count and digest that came back.
"""

import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import batched
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import OuterRef, QuerySet

from panah.ground.audit import queries as audit_queries
from panah.ground.foundation.compiled_queries import prepared
from panah.ground.vault import shred_store
from panah.ground.vault.manifest import digest
from panah.ground.vault.models import File

PIN = "pin"
_together: ContextVar[bool] = ContextVar("pins are raised together", default=False)
AT_ONCE = 500
_AT = struct.Struct(">Q16s")
_MINUTE = struct.Struct(">I")


class Written(NamedTuple):
    """How far a file is: how often it was written, and the digest of its manifest."""

    times: int
    mark: bytes


@dataclass(frozen=True)
class FilePin:
    """How far a file was at least; after a restore also when, and until it is written in again what came back."""

    written: Written
    restored_at: datetime | None = None
    restored: Written | None = None

    def allows(self, found: Written) -> bool:
        """Say whether what lies in the database is no older than what was written."""
        return found.times > self.written.times or found in (self.written, self.restored)


BEGUN = FilePin(Written(0, digest(b"")))


def packed(pin: FilePin) -> bytes:
    """Return a pin as it is kept."""
    raw = _AT.pack(*pin.written)
    if pin.restored_at is not None:
        raw += _MINUTE.pack(int(pin.restored_at.timestamp()) // 60)
    return raw + _AT.pack(*pin.restored) if pin.restored is not None else raw


def unpacked(raw: bytes) -> FilePin:
    """Return the pin that these bytes hold."""
    minute, back = _AT.size, _AT.size + _MINUTE.size
    return FilePin(
        Written(*_AT.unpack_from(raw)),
        datetime.fromtimestamp(_MINUTE.unpack_from(raw, minute)[0] * 60, UTC) if len(raw) > minute else None,
        Written(*_AT.unpack_from(raw, back)) if len(raw) > back else None,
    )


def begin(file: UUID, *, society: UUID) -> None:
    """Pin a file that is being made."""
    shred_store.put(PIN, file, packed(BEGUN), society=society)


def raise_when_committed(file: UUID, written: Written) -> None:
    """Raise a file's pin as soon as what was written stands."""
    if _together.get():
        return
    transaction.on_commit(partial(raise_pins, {file: written}), robust=True)


@contextmanager
def raised_together(societies: Callable[[], Iterable[UUID]]) -> Iterator[None]:
    """Write thousands of parts in one transaction inside this, and raise each pin once, when that stands.

    Only where everything is thrown away if it is interrupted: until the end no pin knows of what was written. So a
    node with real people never does it.
    """
    if not settings.PANAH_PRACTICE:
        raise ImproperlyConfigured("Pins are raised together only while a practice node is made.")
    token = _together.set(True)
    try:
        yield
    finally:
        _together.reset(token)
    for society in societies():
        for some in batched(written_now(society).items(), AT_ONCE, strict=False):
            raise_pins(dict(some))


def raise_pins(written: Mapping[UUID, Written]) -> int:
    """Raise the pins that lie lower; returns how many were raised in the first copy.

    What a restore had brought back is written over then, and never counts again; that there was one stays said.
    """

    def higher(file: UUID, raw: bytes) -> bytes | None:
        pin = unpacked(raw)
        if written[file].times <= pin.written.times:
            return None
        return packed(FilePin(written[file], pin.restored_at))

    return shred_store.change(PIN, list(written), higher)


def accept_restored(society: UUID, *, at: datetime) -> int:
    """After a restore: what the backup brought back counts, and each file that was further by then says so from now on.

    Returns how many came back older than they were. What was lost never counts again, not even from an old copy.
    """
    now = written_now(society)

    def accept(file: UUID, raw: bytes) -> bytes | None:
        pin = unpacked(raw)
        if pin.allows(now[file]):
            return None
        return packed(FilePin(max(pin.written, now[file]), at, now[file]))

    # What came after the backup is gone; should a newer one bring it back, it counts.
    begun = packed(BEGUN)
    for some in batched(taken_out(society), AT_ONCE, strict=False):
        shred_store.change(PIN, some, lambda _file, raw: begun if raw != begun else None)
    return sum(shred_store.change(PIN, some, accept) for some in batched(now, AT_ONCE, strict=False))


@dataclass(frozen=True)
class Compared:
    """Files of a society beside their pins and the journal.

    ``set_back``: older than one of them says, or without a pin; ``behind``: the pin is, as a crash leaves it.
    """

    set_back: set[UUID]
    behind: dict[UUID, Written]


def compared(society: UUID) -> Compared:
    """Look at every file of a society once. Reads only: whoever writes meanwhile does not wait."""
    now, journal = written_now(society), _journalled(society)
    found = Compared(set(), {})
    for some in batched(now, AT_ONCE, strict=False):
        pins = shred_store.get_many(PIN, some)
        for file in some:
            pin, known = unpacked(pins[file]) if file in pins else None, journal.get(file, 0)
            if pin is None or not pin.allows(now[file]) or known > now[file].times:
                found.set_back.add(file)
            elif pin.written.times < now[file].times <= known:
                # Only as far as the journal goes: a count that somebody made up would shut the file for good.
                found.behind[file] = now[file]
    return found


def taken_out(society: UUID) -> set[UUID]:
    """Return the files of a society that were written and are gone from the database: an erased one keeps its row."""
    there = set(File.objects.filter(society=society).values_list("pk", flat=True))
    gone = [one for one in shred_store.keys_of(PIN, society) if one not in there]
    pins = (shred_store.get_many(PIN, some) for some in batched(gone, AT_ONCE, strict=False))
    return {file for some in pins for file, raw in some.items() if unpacked(raw).written.times}


def written_now(society: UUID) -> dict[UUID, Written]:
    """Return how far each file of a society is by the database."""
    rows = File.objects.filter(society=society, erasing_since=None, erased_at=None)
    found = rows.values_list("pk", "count", "manifest").iterator(2000)
    return {file: Written(count, digest(bytes(blob))) for file, count, blob in found}


def _journalled(society: UUID) -> dict[UUID, int]:
    """Return how often files were written by the newest entry about each: a look-up a file, not a walk."""
    rows = File.objects.filter(society=society, erasing_since=None, erased_at=None)
    found = rows.values_list("pk", audit_queries.newest_facts(OuterRef("pk"))).iterator(2000)
    return {file: int((facts or {}).get(audit_queries.WRITTEN, 0)) for file, facts in found}


def counts(files: list[UUID]) -> dict[UUID, int]:
    """Return how often files were written, for the journal; what is no file is left out."""
    return dict(_counts(files=files))


@prepared
def _counts(files: list[UUID]) -> QuerySet[File, tuple[UUID, int]]:
    return File.objects.filter(pk__in=files).values_list("pk", "count")
