"""Files by which the processes of a node do a thing one at a time. A process that is killed lets go by itself."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings


@contextmanager
def lock_file(name: str, *, waits: bool = True) -> Iterator[bool]:
    """Hold a lock of the node and yield True; where another holds it, wait, or yield False at once."""
    if sys.platform == "win32":
        yield True
        return
    import fcntl

    # In the node's own folder: in the system's, anybody on the machine could hold it and keep all from working.
    path = Path(settings.HOME) / name
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        yield _locked(descriptor, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
    finally:
        os.close(descriptor)


def _locked(descriptor: int, how: int) -> bool:
    import fcntl

    try:
        fcntl.flock(descriptor, how)
    except BlockingIOError:
        return False
    return True
