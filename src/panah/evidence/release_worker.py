"""Makes a release in a process that can do nothing else. Started by ``sandbox``, never imported.

One JSON object in, one out. It gives up the network, loads all that it needs, then gives up writing and most memory.
It can still read what Panah's account may read: nothing of anybody else is in what it is handed.
"""

import json
import os
import sys
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
    sys.path.insert(0, str(Path(__file__).parents[2]))
    from panah.evidence.products import Asked, make

    # Solvers say their name on the output: it is ours alone.
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    give_up()
    asked = Asked(**json.loads(sys.stdin.buffer.read()))
    out.write(json.dumps(asdict(make(asked))).encode())
    out.close()


if __name__ == "__main__":
    main()
