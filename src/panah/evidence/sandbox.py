"""A release is made in a process of its own: no key, no file, no network, bounded memory and time; rows go by pipes.

Whoever waits for it is the request of a keyholder (decision 22).
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from threading import BoundedSemaphore

from django.utils.translation import gettext_lazy as _

from panah.evidence.products import Asked, Made
from panah.foundation.errors import Refusal

WORKER = Path(__file__).with_name("release_worker.py")
SECONDS = 540.0
# One at a time in each web worker: a process of its own, with a processor and up to three gigabytes for minutes.
_turn = BoundedSemaphore(1)


def make(asked: Asked) -> Made:
    """Make a release, or refuse with a sentence. What was paid before stays paid."""
    if not _turn.acquire(blocking=False):
        raise Refusal(
            _("Another release is being made just now."),
            next_step=_("Try again in some minutes."),
            code="busy",
        )
    try:
        done = subprocess.run(  # noqa: S603  our own program
            [sys.executable, "-I", str(WORKER)],
            input=json.dumps(asdict(asked)).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            timeout=SECONDS,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        raise _failed() from None
    finally:
        _turn.release()
    if done.returncode != 0:
        raise _failed()
    return Made(**json.loads(done.stdout))


def _failed() -> Refusal:
    return Refusal(
        _("The release could not be made within the time and memory that this node gives it."),
        next_step=_("What was spent stays spent. Tell whoever keeps the node before you begin another one."),
        code="not-made",
    )
