"""Whether a process that reads documents can be kept from the network on this system."""

import subprocess
import sys
from functools import cache

TRY = "import os; os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)"


@cache
def reads_without_network() -> bool:
    """Say whether this system lets a process give up its network; asked once, in a process of its own."""
    tried = subprocess.run(  # noqa: S603  our own program
        [sys.executable, "-I", "-c", TRY], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return tried.returncode == 0
