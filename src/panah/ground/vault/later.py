"""What the node does later, each at a time of its own: nothing joins it with what began it.

A hand-over that also moved the stay, an erasure that also buried a card would be seen in the log of the database, or by
the numbers of its transactions. So what must not be joined waits here, sealed to its reader where it is secret.

One row a society in the shred store, filled up to steps of 16 KiB and written anew as a whole: what came or went does
not show, nor in which order. Format: the length of the JSON, 4 bytes big-endian; the JSON, a list of
``{"id", "what", "after", "value"}``; zeros. Of what was done while a copy was away ``{"id", "what": ""}`` stays until
that copy has been written too: it comes back with what it had.
"""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from panah.ground.vault import shred_store

Json = dict[str, Any]
LATER = "later"
STEP = 16 * 1024
LEAST, MOST = timedelta(minutes=30), timedelta(hours=8)
DONE = ""


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: what is to be done, after when, and with what."""

    id: UUID
    after: datetime
    value: Json


def add(*, society: UUID, what: str, values: Iterable[Mapping[str, object]], at: datetime) -> list[UUID]:
    """Let things wait, each for a random time; without any the row is written anew all the same. Returns their ids."""
    seconds = int((MOST - LEAST).total_seconds())
    more: list[Json] = [
        {
            "id": uuid4().hex,
            "what": what,
            "after": (at + LEAST + timedelta(seconds=secrets.randbelow(seconds))).isoformat(),
            "value": dict(value),
        }
        for value in values
    ]

    def keep(store: shred_store.Store) -> None:
        store.begin(LATER, society, _packed([]), society)
        store.change(LATER, [society], lambda _key, raw: _packed([*_unpacked(raw), *more]))

    # A copy that is away keeps nobody from handing over or erasing: what it lacks the other one has.
    shred_store.in_each(keep)
    return [UUID(one["id"]) for one in more]


def waiting(*, society: UUID, what: str) -> list[Waiting]:
    """Return everything of one kind that waits."""
    entries = _entries(society)
    done = _done(entries)
    found = {
        entry["id"]: Waiting(UUID(entry["id"]), datetime.fromisoformat(entry["after"]), entry["value"])
        for entry in entries
        if entry["what"] == what and entry["id"] not in done
    }
    return list(found.values())


def due(*, society: UUID, what: str, at: datetime) -> list[Waiting]:
    """Return what is to be done now, in no order."""
    found = [one for one in waiting(society=society, what=what) if one.after <= at]
    secrets.SystemRandom().shuffle(found)
    return found


def settle(*, society: UUID, done: Iterable[UUID]) -> None:
    """Take out what was done; called each time a job looked, so that it does not show whether anything was."""
    gone = {one.hex for one in done} | _done(_entries(society))
    marks: list[Json] = [{"id": one, "what": DONE} for one in gone]
    written: list[int] = []

    def rest(raw: bytes, more: list[Json]) -> bytes:
        return _packed([*(one for one in _unpacked(raw) if one["id"] not in gone), *more])

    def mark(store: shred_store.Store) -> None:
        store.begin(LATER, society, _packed([]), society)
        written.append(store.change(LATER, [society], lambda _key, raw: rest(raw, marks)))

    shred_store.in_each(mark)
    if sum(written) == len(shred_store.copies()):
        shred_store.in_each(lambda store: store.change(LATER, [society], lambda _key, raw: rest(raw, [])))


def _entries(society: UUID) -> list[Json]:
    return [one for raw in shred_store.get_each(LATER, society) for one in _unpacked(raw)]


def _done(entries: Iterable[Json]) -> set[str]:
    return {entry["id"] for entry in entries if entry["what"] == DONE}


def _packed(entries: list[Json]) -> bytes:
    plain = json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()
    filled = -(-(len(plain) + 4) // STEP) * STEP
    return len(plain).to_bytes(4, "big") + plain + bytes(filled - len(plain) - 4)


def _unpacked(raw: bytes) -> list[Json]:
    found: list[Json] = json.loads(raw[4 : 4 + int.from_bytes(raw[:4], "big")])
    return found
