"""How the chain is made. Frozen: a change here breaks every journal that exists."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

# The fact of an entry that says how often the file it is about was written by then.
WRITTEN = "written"
GENESIS = hashlib.sha256(b"panah journal 1").digest()


@dataclass(frozen=True)
class JournalLine:
    """What an entry says, without where it is kept."""

    society: UUID
    number: int
    at: datetime
    who: UUID | None
    event: str
    about: UUID | None
    facts: Mapping[str, object]
    sealed: bytes


def chain(before: bytes, line: JournalLine) -> bytes:
    """Return the 32-byte hash of ``line`` after ``before``. Every field is length-prefixed."""
    parts = [
        before,
        line.society.bytes,
        str(line.number).encode(),
        line.at.astimezone(UTC).isoformat(timespec="microseconds").encode(),
        line.who.bytes if line.who else b"",
        line.event.encode(),
        line.about.bytes if line.about else b"",
        json.dumps(line.facts, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode(),
        hashlib.sha256(line.sealed).digest(),
    ]
    h = hashlib.sha256()
    for part in parts:
        h.update(len(part).to_bytes(4, "big") + part)
    return h.digest()


@dataclass(frozen=True)
class Verification:
    """What a verification found. ``wrong_at`` is the first number that does not hold."""

    entries: int
    head: bytes
    wrong_at: int | None
    why: str = ""


def verify(
    lines: Iterable[tuple[JournalLine, bytes, bytes]],
    *,
    witnessed: tuple[int, bytes] | None = None,
    after: tuple[int, bytes] = (0, GENESIS),
) -> Verification:
    """Check a chain from its beginning, or what follows ``after`` (number, hash).

    ``lines`` are (line, before, hash) by number.

    ``witnessed`` is a (number, hash) kept elsewhere: without one, an attacker who can
    rewrite the whole chain is not seen.
    """
    (count, before), met = after, witnessed is None
    for line, kept_before, kept in lines:
        count += 1
        if line.number != count:
            return Verification(count, before, count, "missing")
        if kept_before != before or chain(before, line) != kept:
            return Verification(count, before, count, "changed")
        before = kept
        if witnessed and line.number == witnessed[0]:
            met = kept == witnessed[1]
            if not met:
                return Verification(count, before, count, "differs from the witness")
    if not met:
        return Verification(count, before, count + 1, "cut off before the witness")
    return Verification(count, before, None)
