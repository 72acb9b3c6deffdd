"""A release is made in a process of its own: no key, no file, no network, bounded memory and time; rows go by pipes.

Whoever waits for it is the request of a keyholder (decision 22).
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from threading import BoundedSemaphore, Thread, Timer
from typing import IO

from django.utils.translation import gettext_lazy as _

from panah.ground.foundation.errors import Refusal
from panah.programmes.evidence.products import Progress, ReleaseRequest, ReleaseResult

WORKER = Path(__file__).with_name("release_worker.py")
SECONDS = 540.0
# One at a time in each web worker: a process of its own, with a processor and up to three gigabytes for minutes.
_turn = BoundedSemaphore(1)


def make(asked: ReleaseRequest, progress: Progress) -> ReleaseResult:
    """Make a release, or refuse with a sentence. What was paid before stays paid. ``progress``: told how far it is."""
    result = _run(json.dumps(asdict(asked)).encode(), progress)
    if result is None:
        raise _failed()
    return ReleaseResult(**json.loads(result))


@contextmanager
def turn() -> Iterator[None]:
    """Take the one place where releases are made, or refuse: before anything is paid that nothing would come of."""
    if not _turn.acquire(blocking=False):
        raise Refusal(
            _("Another release is being made just now."),
            next_step=_("Try again in some minutes."),
            code="busy",
        )
    try:
        yield
    finally:
        _turn.release()


def _run(said: bytes, progress: Progress) -> bytes | None:
    """Return the last line of the process; the lines before say how far it is. None: it failed or took too long."""
    with subprocess.Popen(  # noqa: S603  our own program
        [sys.executable, "-I", str(WORKER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},
        cwd="/",
        start_new_session=True,
    ) as process:
        if process.stdin is None or process.stdout is None:
            raise TypeError("no pipes")
        late = Timer(SECONDS, process.kill)
        late.start()
        # Fed beside: a process that is not read from, while it is written to, would wait for us as we wait for it.
        feeding = Thread(target=_feed, args=(process.stdin, said))
        feeding.start()
        try:
            result = None
            for line in process.stdout:
                result = _heard(line, progress)
            code = process.wait()
        finally:
            late.cancel()
            process.kill()
            feeding.join()
    return result if code == 0 else None


def _feed(pipe: IO[bytes], said: bytes) -> None:
    try:
        pipe.write(said)
        pipe.close()
    except OSError:
        return  # It died: whoever reads from it sees that.


def _heard(line: bytes, progress: Progress) -> bytes | None:
    if not line.startswith(b"["):
        return line
    stage, done = json.loads(line)
    progress(stage, done)
    return None


def _failed() -> Refusal:
    return Refusal(
        _("The release could not be made within the time and memory that this node gives it."),
        next_step=_("What was spent stays spent. Tell whoever keeps the node before you begin another one."),
        code="not-made",
    )
