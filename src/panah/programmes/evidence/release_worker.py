"""Makes a release in a process that can do nothing else. Started by ``sandbox``, never imported.

One JSON object in; out come lists that say how far it is, and one JSON object as the last line. It gives up the
network, loads all that it needs, then gives up writing and most memory.
It can still read what Panah's account may read: nothing of anybody else is in what it is handed.
"""

import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path

MEMORY, CPU_SECONDS, OPEN = 3 * 1024**3, 600, 32


def leave_the_network() -> None:
    """Where the system allows it. Before numpy is loaded: of a process with threads the kernel lets nobody go."""
    import contextlib

    if hasattr(os, "unshare"):
        with contextlib.suppress(OSError):
            os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)


def give_up() -> None:
    """No file grows, no core; threads of the libraries stay possible."""
    import resource

    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, OPEN),
    ):
        resource.setrlimit(what, (most, most))


def main() -> None:
    """Read, make, write."""
    leave_the_network()
    sys.path.insert(0, str(Path(__file__).parents[3]))
    from panah.programmes.evidence.products import ReleaseRequest, make

    # Solvers say their name on the output: it is ours alone.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    give_up()
    asked = ReleaseRequest(**json.loads(sys.stdin.buffer.read()))
    told: list[tuple[str, float]] = [("", 0.0)]

    def progress(stage: str, done: float) -> None:
        """Say it where the stage is another, or a second went by."""
        before, at = told[0]
        if stage != before or time.monotonic() - at > 1:
            told[0] = stage, time.monotonic()
            out.write(json.dumps([stage, done]).encode() + b"\n")
            out.flush()

    out.write(json.dumps(asdict(make(asked, progress))).encode() + b"\n")
    out.close()


if __name__ == "__main__":
    main()
