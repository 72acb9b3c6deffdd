"""PDFs as they may be published: read and written anew in a process that can do nothing else (``pdf_worker``)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from threading import BoundedSemaphore

WORKER = Path(__file__).with_name("pdf_worker.py")
SECONDS = 40.0
# One at a time in each worker: it may take a gigabyte for a moment.
_turn = BoundedSemaphore(1)


class CannotPublish(Exception):
    """``why`` is damaged, locked, too-large, too-long, busy, or "does …" with what it does."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def written_anew(body: bytes) -> tuple[bytes, int]:
    """Return (the PDF written anew, pages). Raises CannotPublish."""
    if not _turn.acquire(timeout=SECONDS):
        raise CannotPublish("busy")
    try:
        done = subprocess.run(  # noqa: S603  our own program
            [sys.executable, "-I", str(WORKER)],
            input=body,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            timeout=SECONDS,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise CannotPublish("too-long") from None
    finally:
        _turn.release()
    if done.returncode < 0:
        raise CannotPublish("too-long")
    head, _line, out = done.stdout.partition(b"\n")
    try:
        facts = json.loads(head)
    except ValueError:
        raise CannotPublish("damaged") from None
    if "cannot" in facts:
        raise CannotPublish(str(facts["cannot"]))
    if not out.startswith(b"%PDF-"):
        raise CannotPublish("damaged")
    return out, int(facts["pages"])
