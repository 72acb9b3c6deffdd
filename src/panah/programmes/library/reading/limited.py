"""Becomes another program that reads one picture: without network where the system permits, within limits.

Started by ``tesseract.py``: ``limited.py PROGRAM ARGUMENTS…``. Standard library only.
"""

import contextlib
import os
import sys

MEMORY, CPU_SECONDS = 2 * 1024 * 1024 * 1024, 120


def main() -> None:
    with contextlib.suppress(OSError, AttributeError):
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
    with contextlib.suppress(ImportError):
        import resource

        for what, most in (
            (resource.RLIMIT_CPU, CPU_SECONDS),
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_CORE, 0),
            # It opens its own data and nothing beside it.
            (resource.RLIMIT_NOFILE, 32),
        ):
            resource.setrlimit(what, (most, most))
    os.execv(sys.argv[1], sys.argv[1:])  # noqa: S606  the program that whoever started this has found


if __name__ == "__main__":
    main()
