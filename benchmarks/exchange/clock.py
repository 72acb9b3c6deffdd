"""The clock of a bench's node: it may run faster than the wall's, and be moved.

Waiting a minute between two tries, or six hours, is shown within seconds that way. Only a process that the bench
starts (``node.py``) calls ``begin``, before Django is loaded: what people use has no such clock.
"""

import json
import os
import time
from datetime import UTC, datetime
from pathlib import Path

FILE = "PANAH_BENCH_CLOCK"
_kept: tuple[int, float, float, float] = (0, 0.0, 0.0, 1.0)


def write(path: Path, *, shown: float, speed: float) -> None:
    """Set a node's clock: it shows this moment (seconds since 1970) now, and runs ``speed`` times as fast."""
    beside = path.with_suffix(".new")
    beside.write_text(json.dumps({"real": time.time(), "shown": shown, "speed": speed}))
    beside.replace(path)


def read(path: str) -> float:
    """Return the moment that a clock shows, in seconds since 1970."""
    global _kept
    changed = os.stat(path).st_mtime_ns
    if changed != _kept[0]:
        said = json.loads(Path(path).read_text())
        _kept = (changed, said["real"], said["shown"], said["speed"])
    _changed, real, shown, speed = _kept
    return shown + (time.time() - real) * speed


def begin() -> None:
    """Let everything in this process that asks Django for the time ask the bench's clock, if there is one."""
    path = os.environ.get(FILE)
    if not path:
        return
    from django.utils import timezone

    def now() -> datetime:
        return datetime.fromtimestamp(read(path), UTC)

    timezone.now = now
