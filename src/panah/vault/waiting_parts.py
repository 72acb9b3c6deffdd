"""Parts of a file that are read at once and written later, in a transaction that nothing joins with another file's.

A link between two cases stands in both files. Written together, the log of the database and the numbers of its
transactions would say for good who belongs together. So one side is written at once, and the other waits, locked with
its own file's key, in the row of what waits (``vault/later.py``). Whoever opens that file reads it meanwhile. It is
written after its time, as somebody comes in who opens the file, one at each sign-in: never two next to each other.
"""

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from uuid import UUID, uuid4

from panah.vault import later
from panah.vault.actions.files import key_or_refuse, write
from panah.vault.keyring import Keyring
from panah.vault.parts import DecryptedPart
from panah.vault.seals import DoesNotOpen, lock, pad, unlock, unpad

PARTS = "parts"


def add(*, keys: Keyring, file: UUID, part: str, value: Mapping[str, object], at: datetime) -> UUID:
    """Let a part of a file wait and return its ref; it is read at once by ``read``."""
    key, ref = key_or_refuse(keys, file), uuid4()
    told = {"part": part, "value": dict(value), "at": at.isoformat(), "by": keys.staff.pk.hex}
    plain = pad(json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode())
    sealed = lock(key, plain, "waiting part", file, ref)
    kept = {"file": str(file), "ref": ref.hex, "sealed": b64encode(sealed).decode()}
    later.add(society=keys.staff.society_id, what=PARTS, values=[kept], at=at)
    return ref


def read(*, keys: Keyring | None, file: UUID, part: str) -> list[DecryptedPart]:
    """Return the parts of this name that wait for a file, oldest first; none where it does not open."""
    if keys is None or not keys.open_files([file]):
        return []
    found = [opened for one in _of(keys, file) if (opened := _opened(keys, file, one)) is not None]
    return sorted((one for name, one in found if name == part), key=lambda one: (one.at, one.ref))


def drop(*, keys: Keyring, file: UUID, ref: UUID) -> bool:
    """Take a part out that was not written yet; returns whether it waited."""
    gone = [one.id for one in _of(keys, file) if one.value["ref"] == ref.hex]
    if gone:
        later.settle(society=keys.staff.society_id, done=gone)
    return bool(gone)


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
    opened = _opened(keys, file, one)
    if opened is not None:
        part, told = opened
        # A copy of the store that was away may still have what was written: the same ref, and so the same part.
        write(keys=keys, file=file, part=part, value=told.value, ref=told.ref, at=told.at, by=told.by)
    later.settle(society=society, done=[one.id])
    return True


def _of(keys: Keyring, file: UUID) -> list[later.Waiting]:
    waiting = later.waiting(society=keys.staff.society_id, what=PARTS)
    return [one for one in waiting if one.value["file"] == str(file)]


def _opened(keys: Keyring, file: UUID, one: later.Waiting) -> tuple[str, DecryptedPart] | None:
    ref = UUID(one.value["ref"])
    with suppress(DoesNotOpen):
        plain = unlock(keys.open_file(file), b64decode(one.value["sealed"]), "waiting part", file, ref)
        told = json.loads(unpad(plain))
        at, by = datetime.fromisoformat(told["at"]), UUID(told["by"])
        return told["part"], DecryptedPart(told["value"], ref, 0, at, by)
    return None
