"""How far each society's journal was, kept in the shred store: who can write in the database does not reach it.

A pin is a lower bound, raised by the worker as far as the chain goes on from it. Format: number of the entry 8 bytes
big-endian and its hash 32 bytes; then two minutes (since 1970, 4 bytes each, 0 for never): since when the journal does
not go on from the pin, and since when something else that is stored is not as it was written (``examine``). After the
first night on PostgreSQL also how many damaged pages it had counted by then, 8 bytes.
"""

import struct
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connections

from panah.ground.audit import queries as audit_queries
from panah.ground.audit.queries import GENESIS
from panah.ground.vault import events, shred_store
from panah.ground.vault.models import File
from panah.ground.vault.words import JournalState

PIN = "journal"
_FORM, _PAGES = struct.Struct(">Q32sII"), struct.Struct(">Q")


@dataclass(frozen=True)
class JournalPin:
    """The last entry that was seen, since which minute something is wrong, and how many damaged pages were counted."""

    number: int = 0
    head: bytes = GENESIS
    cut: int = 0
    damaged: int = 0
    pages: int | None = None

    @property
    def is_wrong(self) -> bool:
        return bool(self.cut or self.damaged)


class Look(NamedTuple):
    """What a look found: how the journal stands to its pin, and the entry up to which it was checked."""

    state: JournalState
    number: int
    head: bytes


def packed(pin: JournalPin) -> bytes:
    """Return a pin as it is kept."""
    raw = _FORM.pack(pin.number, pin.head, pin.cut, pin.damaged)
    return raw if pin.pages is None else raw + _PAGES.pack(pin.pages)


def unpacked(raw: bytes) -> JournalPin:
    """Return the pin that these bytes hold."""
    pages = _PAGES.unpack_from(raw, _FORM.size) if len(raw) > _FORM.size else ()
    return JournalPin(*_FORM.unpack_from(raw), *pages)


def begin(society: UUID) -> None:
    """Pin the journal of a society whose keys are being made."""
    shred_store.put(PIN, society, packed(JournalPin()), society=society)


def accept_restored(society: UUID) -> None:
    """After a restore: the journal goes on from what came back, and what was lost never counts again."""
    shred_store.put(PIN, society, packed(JournalPin(*audit_queries.head(society))), society=society)


def pin_of(society: UUID) -> JournalPin | None:
    """Return how far the journal was, or None where that is not kept."""
    raw = shred_store.get(PIN, society)
    return unpacked(raw) if raw is not None else None


def look(society: UUID, *, whole: bool = False, since: tuple[int, bytes] | None = None) -> Look:
    """Compare the journal with its pin; ``whole`` walks it from its beginning, else from the pin on.

    ``since``: an entry up to which it was walked just now; it goes on from there.
    """
    pin = pin_of(society)
    if pin is None:
        return Look(JournalState.NO_PIN, 0, GENESIS)
    witnessed = since or ((pin.number, pin.head) if pin.number else None)
    verdict = audit_queries.verify_society(
        society, witnessed=witnessed, from_witness=since is not None or not whole
    )
    if verdict.wrong_at is None:
        return Look(JournalState.HOLDS, verdict.entries, verdict.head)
    short = audit_queries.head(society)[0] < pin.number
    return Look(JournalState.SHORTER if short else JournalState.CHANGED, pin.number, pin.head)


def keep(society: UUID, found: Look, *, at: datetime) -> bool:
    """Raise the pin to what a look found, or remember since when it does not hold; returns whether it holds again."""
    before = JournalPin()

    def new(_society: UUID, raw: bytes) -> bytes | None:
        nonlocal before
        before = pin = unpacked(raw)
        if found.state != JournalState.HOLDS:
            return packed(replace(pin, cut=pin.cut or _minute(at)))
        if found.number >= pin.number and (found.number > pin.number or pin.cut):
            return packed(replace(pin, number=found.number, head=found.head, cut=0))
        return None

    shred_store.change(PIN, [society], new)
    return bool(before.cut) and found.state == JournalState.HOLDS


def examine(society: UUID, *, at: datetime) -> bool:
    """Look at all that is stored, and remember whether it is as it was written: for the night.

    The journal from its first entry on; that each file of which it tells has its row; what the databases say of
    themselves. Returns whether it is as it was written again.
    """
    missing = audit_queries.abouts_of(society, event=events.FILE_OPENED.name) - set(
        File.objects.filter(society=society).values_list("pk", flat=True).iterator(2000)
    )
    whole = look(society, whole=True).state == JournalState.HOLDS and not missing and not _broken()
    pages = _damaged_pages()
    before = after = JournalPin()

    def new(_society: UUID, raw: bytes) -> bytes | None:
        nonlocal before, after
        before = pin = unpacked(raw)
        # Counted ever since, and not counted down when a disk was replaced: only what has come since the last look.
        more = pages is not None and pin.pages is not None and pages > pin.pages
        after = replace(pin, damaged=0 if whole and not more else pin.damaged or _minute(at), pages=pages)
        return packed(after)

    shred_store.change(PIN, [society], new)
    return bool(before.damaged and not after.damaged)


def _aliases() -> list[str]:
    return ["default", *(store.alias for store in shred_store.copies())]


def _broken() -> bool:
    """Say whether a database of SQLite says of itself that its pages are damaged."""
    return any(_answer(alias, "PRAGMA quick_check(1)") != "ok" for alias in _aliases() if not _counts(alias))


def _damaged_pages() -> int | None:
    """Return how many damaged pages PostgreSQL has met in our databases; None where nothing is counted.

    It counts where the cluster was made with checksums; else the walk of the journal must do.
    """
    asked = "SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()"
    found = [_answer(alias, asked) for alias in _aliases() if _counts(alias)]
    return sum(int(one or 0) for one in found) if found else None


def _counts(alias: str) -> bool:
    return connections[alias].vendor == "postgresql"


def _answer(alias: str, question: str) -> int | str | None:
    with connections[alias].cursor() as cursor:
        cursor.execute(question)
        found: int | str | None = cursor.fetchone()[0]
        return found


def any_is_wrong(societies: Iterable[UUID]) -> bool:
    """Say whether the last looks at one of these found something not as it was written, or its pin is not there.

    All of them have had a pin since their keys were made.
    """
    wanted = list(societies)
    found = shred_store.get_many(PIN, wanted)
    return any(one not in found or unpacked(found[one]).is_wrong for one in wanted)


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60
