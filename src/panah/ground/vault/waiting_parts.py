"""Parts of a file that are read at once and written later, in a transaction that nothing joins with another file's.

A link between two cases stands in both files. Written together, the log of the database and the numbers of its
transactions would say for good who belongs together. So one side is written at once, and the other waits, locked with
its own file's key, in the row of what waits (``vault/later.py``). Whoever opens that file reads it meanwhile. It is
written after its time, as somebody comes in who opens the file, one at each sign-in: never two next to each other.
What is taken out again waits alike, and is read no more from then on: a part without a value.
"""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from panah.ground.foundation.registry import Registry
from panah.ground.vault import later
from panah.ground.vault import queries as vault_queries
from panah.ground.vault.actions.files import key_or_refuse, remove, write
from panah.ground.vault.keyring import Keyring
from panah.ground.vault.reading_parts import DecryptedPart
from panah.ground.vault.seals import DoesNotOpen, lock, pad, unlock, unpad

PARTS = "parts"
# What follows once a part that was taken away is out of its file: ``follow(keys=, file=, part=, at=)``.
ON_TAKEN_AWAY: Registry[Callable[..., None]] = Registry("what follows when a part is out of a file")
# And once one that waited is written, alike.
ON_WRITTEN: Registry[Callable[..., None]] = Registry("what follows when a part that waited is in a file")


@dataclass(frozen=True)
class WaitingPart:
    """What is to be written in a file later, or with ``None`` taken out of it; by whom it was told, and when."""

    id: UUID
    part: str
    value: dict[str, Any] | None
    ref: UUID
    at: datetime
    by: UUID


def add(*, keys: Keyring, file: UUID, part: str, value: Mapping[str, object], at: datetime) -> UUID:
    """Let a part of a file wait and return its ref; it is read at once by ``read_all``."""
    ref = uuid4()
    _wait(keys, file, part, ref, dict(value), at)
    return ref


def take_away(*, keys: Keyring, file: UUID, part: str, ref: UUID, at: datetime) -> None:
    """Let a part be taken out of a file later; from now on ``read_all`` has it no more."""
    # Also of one that was not written yet: what follows when it is out of the file is due all the same.
    drop(keys=keys, file=file, ref=ref)
    if not _goes(keys, file, ref):
        _wait(keys, file, part, ref, None, at)


def look_again(*, keys: Keyring, file: UUID, part: str, at: datetime) -> None:
    """Let ``ON_TAKEN_AWAY`` be told of a part later, when somebody who opens the file comes in; no part is written."""
    _wait(keys, file, part, uuid4(), None, at)


def _wait(
    keys: Keyring, file: UUID, part: str, ref: UUID, value: dict[str, object] | None, at: datetime
) -> None:
    key = key_or_refuse(keys, file)
    told = {"part": part, "value": value, "at": at.isoformat(), "by": keys.staff.pk.hex}
    plain = pad(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())
    sealed = lock(key, plain, "waiting part", file, ref)
    kept = {"file": str(file), "ref": ref.hex, "sealed": b64encode(sealed).decode()}
    later.add(society=keys.staff.society_id, what=PARTS, values=[kept], at=at)


def read_all(*, keys: Keyring | None, file: UUID, part: str) -> list[DecryptedPart]:
    """Return the parts of this name as they will be, oldest first: also what waits, without what is taken away."""
    written = vault_queries.read_all(keys=keys, file=file, part=part)
    if keys is None or not keys.open_files([file]):
        return written
    waiting = [one for one in _waiting(keys, file) if one.part == part]
    gone = {one.ref for one in waiting if one.value is None}
    more = [DecryptedPart(one.value, one.ref, 0, one.at, one.by) for one in waiting if one.value is not None]
    return sorted(
        [*(one for one in written if one.ref not in gone), *more], key=lambda one: (one.at, one.ref)
    )


def drop(*, keys: Keyring, file: UUID, ref: UUID) -> bool:
    """Take a part out that was not written yet; returns whether it waited."""
    gone = [one.id for one in _waiting(keys, file) if one.ref == ref and one.value is not None]
    if gone:
        later.settle(society=keys.staff.society_id, done=gone)
    return bool(gone)


def _goes(keys: Keyring, file: UUID, ref: UUID) -> bool:
    return any(one.ref == ref and one.value is None for one in _waiting(keys, file))


def forget(*, society: UUID, file: UUID) -> None:
    """A file is erased: nothing waits for it any more. Written for each erasure, whether or not something waited."""
    gone = [one.id for one in later.waiting(society=society, what=PARTS) if one.value["file"] == str(file)]
    later.settle(society=society, done=gone)


def write_one(*, keys: Keyring, at: datetime) -> bool:
    """Write one part whose time has come, of a file that these keys open; returns whether there was one."""
    society = keys.staff.society_id
    due = later.due(society=society, what=PARTS, at=at)
    opens = keys.open_files({UUID(one.value["file"]) for one in due})
    mine = [one for one in due if UUID(one.value["file"]) in opens]
    if not mine:
        return False
    one = secrets.choice(mine)
    file = UUID(one.value["file"])
    told = _opened(keys, file, one)
    if told is not None and told.value is None:
        remove(keys=keys, file=file, part=told.part, ref=told.ref)
        for follow in ON_TAKEN_AWAY:
            follow(keys=keys, file=file, part=told.part, at=at)
    elif told is not None and told.value is not None:
        # A copy of the store that was away may still have what was written: the same ref, and so the same part.
        write(keys=keys, file=file, part=told.part, value=told.value, ref=told.ref, at=told.at, by=told.by)
        for follow in ON_WRITTEN:
            follow(keys=keys, file=file, part=told.part, at=at)
    later.settle(society=society, done=[one.id])
    return True


def _waiting(keys: Keyring, file: UUID) -> list[WaitingPart]:
    """What waits for a file that these keys open."""
    waiting = later.waiting(society=keys.staff.society_id, what=PARTS)
    mine = [one for one in waiting if one.value["file"] == str(file)]
    return [opened for one in mine if (opened := _opened(keys, file, one)) is not None]


def _opened(keys: Keyring, file: UUID, one: later.Waiting) -> WaitingPart | None:
    ref = UUID(one.value["ref"])
    with suppress(DoesNotOpen):
        plain = unlock(keys.open_file(file), b64decode(one.value["sealed"]), "waiting part", file, ref)
        told = json.loads(unpad(plain))
        at, by = datetime.fromisoformat(told["at"]), UUID(told["by"])
        return WaitingPart(one.id, told["part"], told["value"], ref, at, by)
    return None
