"""Where the two nodes live: networks that can really be cut, and disks that can really be full, where that is allowed.

As root on Linux each node has a network namespace of its own with one cable between them, and its folder lies on a
small file system; all of it lies in a mount namespace of the bench and is gone with it, however it ends. Elsewhere both
are on loopback, and a disk is full in that no file of its processes may grow.
"""

import errno
import os
import resource
import shutil
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

NAMES = ("north", "south")
_ADDRESS = {"north": "10.213.7.1", "south": "10.213.7.2"}
NO_LIMIT = resource.RLIM_INFINITY


class Loopback:
    """Both nodes on this machine's loopback. There is no cable to pull; the process in the middle cuts lines."""

    said, has_cable = "loopback", False

    def inside(self, node: str) -> list[str]:
        """Return what a command is put behind to run where this node lives."""
        return []

    def host(self, node: str) -> str:
        return "127.0.0.1"

    def pull(self) -> None:
        """Pull the cable, where there is one."""

    def put_back(self) -> None:
        """Put it back."""


class Namespaces(Loopback):
    """A network namespace for each node, and one cable."""

    said, has_cable = "network namespaces", True

    def __init__(self) -> None:
        self.names = {node: f"panah-{node}" for node in NAMES}
        for name in self.names.values():
            run("ip", "netns", "add", name)
        north, south = self.names["north"], self.names["south"]
        run(
            "ip", "-n", north, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", south
        )
        for node, name in self.names.items():
            run("ip", "-n", name, "addr", "add", f"{_ADDRESS[node]}/24", "dev", "cable")
            for link in ("lo", "cable"):
                run("ip", "-n", name, "link", "set", link, "up")

    def inside(self, node: str) -> list[str]:
        return ["ip", "netns", "exec", self.names[node]]

    def host(self, node: str) -> str:
        return _ADDRESS[node]

    def pull(self) -> None:
        run("ip", "-n", self.names["north"], "link", "set", "cable", "down")

    def put_back(self) -> None:
        run("ip", "-n", self.names["north"], "link", "set", "cable", "up")


class Limits:
    """A disk that is full in that no file of these processes may grow any more."""

    said = "file size limit"

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)

    def fill(self, processes: Iterable[int]) -> None:
        for process in processes:
            with suppress(ProcessLookupError):
                resource.prlimit(process, resource.RLIMIT_FSIZE, (4096, NO_LIMIT))

    def free(self, processes: Iterable[int]) -> None:
        for process in processes:
            with suppress(ProcessLookupError):
                resource.prlimit(process, resource.RLIMIT_FSIZE, (NO_LIMIT, NO_LIMIT))


class SmallDisk(Limits):
    """A file system of its own, that a ballast fills to the last byte."""

    said = "small file system"

    def __init__(self, folder: Path, *, megabytes: int = 2048) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "panah-bench", str(folder))
        self.ballast = folder / "ballast"

    def fill(self, processes: Iterable[int]) -> None:
        left = shutil.disk_usage(self.ballast.parent).free
        with self.ballast.open("wb", buffering=0) as file:
            try:
                os.posix_fallocate(file.fileno(), 0, left)
                while True:
                    file.seek(0, os.SEEK_END)
                    file.write(bytes(4096))
            except OSError as problem:
                if problem.errno != errno.ENOSPC:
                    raise

    def free(self, processes: Iterable[int]) -> None:
        self.ballast.unlink(missing_ok=True)


def alone() -> bool:
    """Give this process and its children a place of their own for mounts and names; returns whether that is allowed."""
    if not hasattr(os, "unshare") or os.geteuid() != 0 or not shutil.which("ip"):
        return False
    try:
        os.unshare(os.CLONE_NEWNS)
        run("mount", "--make-rprivate", "/")
        Path("/run/netns").mkdir(parents=True, exist_ok=True)
        run("mount", "-t", "tmpfs", "-o", "size=1m", "panah-bench", "/run/netns")
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def network(*, own: bool) -> Loopback:
    """Return namespaces if they may be made, else loopback."""
    if own:
        with suppress(OSError, subprocess.CalledProcessError):
            return Namespaces()
    return Loopback()


def disk(folder: Path, *, own: bool) -> Limits:
    if own:
        with suppress(OSError, subprocess.CalledProcessError):
            return SmallDisk(folder)
    return Limits(folder)


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
