"""Pictures and PDF pages that came from outside, drawn anew in a limited process.

No decoder reads a stranger's bytes in a worker that holds keys, and nothing but pixels is shown or handed on. Nothing
touches the disk: content and picture go through pipes. What lies in a picture beside its pixels (place, time,
telephone, earlier versions, remarks) does not come along.
"""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from panah.ground.kit.file_types import FileType

WORKER = Path(__file__).with_name("image_sandbox_worker.py")
SECONDS = 20.0
SHOWN_EDGE, WHOLE_EDGE, TRIED_EDGE = 1600, 6000, 256
# One at a time in each worker: each may take a gigabyte for a moment.
_turn = BoundedSemaphore(1)


class CannotRender(Exception):
    """``why`` is damaged, too-large, too-long, locked (a password) or busy."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True)
class Rendered:
    """A picture made by us: ``type`` is jpeg or png; width, height and pages are those of the content."""

    body: bytes
    type: str
    width: int
    height: int
    pages: int


def probe(body: bytes, content: FileType, *, seconds: float = SECONDS) -> Rendered:
    """Try whether a content can be shown at all, small. Raises CannotShow."""
    return render(body, content, edge=TRIED_EDGE, seconds=seconds)


def render(
    body: bytes, content: FileType, *, number: int = 1, edge: int = SHOWN_EDGE, seconds: float = SECONDS
) -> Rendered:
    """Return a picture, or page ``number`` of a PDF, with its longer side at most ``edge``. Raises CannotShow."""
    if not content.drawn:
        raise CannotRender("damaged")
    asked = {"kind": content.kind, "number": number, "edge": edge}
    if not _turn.acquire(timeout=seconds):
        raise CannotRender("busy")
    try:
        out = _run(content.kind, json.dumps(asked).encode() + b"\n", body, seconds)
    finally:
        _turn.release()
    return _read(out)


def _run(kind: str, line: bytes, body: bytes, seconds: float) -> bytes:
    # -I: neither our folder nor the environment decides what is imported. No environment: nothing to read there.
    command = [sys.executable, "-I", str(WORKER), kind]
    try:
        done = subprocess.run(  # noqa: S603  our own program
            command,
            input=line + body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            timeout=seconds,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise CannotRender("too-long") from None
    if done.returncode < 0:
        # Ended by the system: it took more time or memory than it may.
        raise CannotRender("too-long")
    return done.stdout


def _read(out: bytes) -> Rendered:
    head, _, body = out.partition(b"\n")
    try:
        facts: dict[str, Any] = json.loads(head)
    except ValueError:
        raise CannotRender("damaged") from None
    if "cannot" in facts:
        raise CannotRender(str(facts["cannot"]))
    if facts["type"] not in ("jpeg", "png"):
        raise CannotRender("damaged")
    return Rendered(body, facts["type"], int(facts["width"]), int(facts["height"]), int(facts["pages"]))
