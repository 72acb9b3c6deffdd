"""How a web process speaks to the process that holds unlocked search cards: one question, one answer, one line each.

A message is its length in four bytes and JSON. No length is a question whether anybody is there.
"""

import json
import logging
import os
import socket
from time import monotonic
from typing import Any
from uuid import UUID

log = logging.getLogger(__name__)

# What goes over the line, as JSON.
type Message = dict[str, Any]

SOCKET = "PANAH_SEARCH_SOCKET"
NOTHING = bytes(4)
# Bytes of the longest message: an answer tells of two hundred cards at most.
LONGEST = 4 * 1024 * 1024
# Seconds: for an answer that needs no looking, and over what the process was given to wait. Then it is taken for gone.
AT_ONCE, GRACE = 3.0, 20.0
# And for the word that what was held for a locked vault is dropped: it is promised before the answer leaves.
DROPPED_WITHIN = 10.0


def is_served() -> bool:
    """Say whether this node has such a process. It may be away for a moment."""
    return bool(os.environ.get(SOCKET))


def framed(message: Message) -> bytes:
    # Escaped: a forged card may hold letters that are none, which no encoding takes.
    body = json.dumps(message, separators=(",", ":")).encode()
    return len(body).to_bytes(4, "big") + body


def received(line: socket.socket, *, within: float) -> Message:
    """Return one message, empty where somebody only asks whether we are there; EOFError when the line has ended.

    TimeoutError when it has not come whole ``within`` so many seconds: whoever sends byte by byte is not waited for.
    """
    until = monotonic() + within
    length = int.from_bytes(_read(line, 4, until), "big")
    if length > LONGEST:
        raise EOFError
    body = _read(line, length, until)
    found: Message = json.loads(body) if body else {}
    return found


def _read(line: socket.socket, size: int, until: float) -> bytes:
    came = bytearray()
    while len(came) < size:
        left = until - monotonic()
        if left <= 0:
            raise TimeoutError
        line.settimeout(left)
        some = line.recv(size - len(came))
        if not some:
            raise EOFError
        came += some
    return bytes(came)


def ask(
    message: Message, *, patience: float = 0.0, waits: bool = True, within: float | None = None
) -> Message | None:
    """Return what it answers, or None when it is away or could not. ``waits``: an answer is wanted at all."""
    path = os.environ.get(SOCKET)
    if not path:
        return None
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1.0)
            line.connect(path)
            line.sendall(framed(message))
            if not waits:
                return {}
            return received(line, within=within or (patience + GRACE if patience else AT_ONCE)) or None
    except (OSError, EOFError, ValueError):
        return None


def forget(staff: UUID, *, waits: bool = True) -> None:
    """Tell it that a colleague's vault is locked; who ``waits`` knows that what was held for her alone is dropped.

    Where it does not answer, the log says so, and not of whom: cards may be held as long as an idle vault is open.
    """
    if ask({"do": "forget", "staff": str(staff)}, waits=waits, within=DROPPED_WITHIN) is None and is_served():
        log.warning("search: a lock was not answered")
