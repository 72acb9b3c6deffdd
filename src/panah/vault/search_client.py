"""How a web process speaks to the process that holds unlocked search cards: one question, one answer, one line each.

A message is its length in four bytes and JSON. No length is a question whether anybody is there.
"""

import json
import os
import socket
from typing import Any, BinaryIO
from uuid import UUID

# What goes over the line, as JSON.
type Message = dict[str, Any]

SOCKET = "PANAH_SEARCH_SOCKET"
NOTHING = bytes(4)
# Seconds: for an answer that needs no looking, and over what the process was given to wait. Then it is taken for gone.
AT_ONCE, GRACE = 3.0, 20.0


def is_served() -> bool:
    """Say whether this node has such a process. It may be away for a moment."""
    return bool(os.environ.get(SOCKET))


def framed(message: Message) -> bytes:
    body = json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()
    return len(body).to_bytes(4, "big") + body


def received(stream: BinaryIO) -> Message:
    """Return one message, empty where somebody only asks whether we are there; EOFError when the line has ended."""
    size = stream.read(4)
    if len(size) < 4:
        raise EOFError
    body = stream.read(int.from_bytes(size, "big"))
    found: Message = json.loads(body) if body else {}
    return found


def ask(message: Message, *, patience: float = 0.0, waits: bool = True) -> Message | None:
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
            line.settimeout(patience + GRACE if patience else AT_ONCE)
            with line.makefile("rb") as stream:
                return received(stream) or None
    except (OSError, EOFError, ValueError):
        return None


def forget(staff: UUID) -> None:
    """Tell it that a colleague's vault is locked; it has dropped what it held for her alone when this returns."""
    ask({"do": "forget", "staff": str(staff)})
