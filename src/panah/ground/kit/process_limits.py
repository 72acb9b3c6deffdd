"""What a process gives up before it looks at a stranger's first byte: files, network, other processes, most memory.

For programs that are started for one content alone. Standard library only: they run without Django.
"""

import contextlib
import ctypes
import os


def give_up_everything(*, memory: int, cpu_seconds: int) -> None:
    """Take from this process what reading one content does not need: ``memory`` in bytes is all it may use.

    On systems without these limits only the clock of whoever started it is left.
    """
    if hasattr(os, "unshare"):
        # Where the system allows it: no network at all. Elsewhere the limit on open files stands in for it.
        with contextlib.suppress(OSError):
            os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
    try:
        import resource
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        # Input, output and error are open; a fourth (a file, a socket) cannot be.
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (most, most))


PR_SET_DUMPABLE = 4


def keep_memory_to_itself() -> None:
    """Leave no core behind, and let no other process of this account look into the memory of this one."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with contextlib.suppress(OSError, AttributeError, TypeError):
        # Linux; other systems have no such call, and keep the limit above.
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
