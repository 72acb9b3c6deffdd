"""A node in its terminal, started and asked to stop."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.node_process import ROOT, Node

# Seconds; a quiet machine needs one.
PATIENCE = 60


@pytest.fixture(scope="module")
def node(tmp_path_factory: pytest.TempPathFactory) -> Node:
    made = Node(tmp_path_factory.mktemp("serving"))
    made.act("begin")
    return made


@contextmanager
def served(
    node: Node, *, on_hangup: signal.Handlers = signal.SIG_DFL, host: str = "localhost"
) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """The node as a terminal starts it: a group of processes of its own, which Ctrl-C reaches all at once.

    ``on_hangup`` is what it inherits: whoever runs these tests under ``nohup`` would pass on that a closed terminal is nothing.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "panah", "serve", "--port", str(port), "--workers", "2"]
    before = signal.signal(signal.SIGHUP, on_hangup)
    try:
        with (node.home / "served.log").open("ab") as log:
            process = subprocess.Popen(
                command, env=node.env, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
    finally:
        signal.signal(signal.SIGHUP, before)
    node.session = process.pid
    try:
        answers(process, port, host)
        yield process, port
    finally:
        # What one test leaves running must not fail the next.
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        for left in of_this_node(node):
            with suppress(ProcessLookupError):
                os.kill(left, signal.SIGKILL)
        process.wait(PATIENCE)


def ask(port: int, path: str, host: str = "localhost") -> int:
    line = HTTPConnection(host, port, timeout=PATIENCE)
    with closing(line):
        line.request("GET", path)
        return line.getresponse().status


def answers(process: subprocess.Popen[bytes], port: int, host: str = "localhost") -> None:
    while True:
        with suppress(ConnectionError):
            assert ask(port, "/healthz", host) == 200
            return
        # Asked without a pause it would have half of the processors from the node that starts.
        with suppress(subprocess.TimeoutExpired):
            raise AssertionError(f"it ended at once: {process.wait(0.1)}")


def of_this_node(node: Node) -> dict[int, str]:
    """Every process that still works on the node's folder; the tests' own server of copies is none (tests/forking.py).

    Those that keep their memory to themselves show no environment either: they are found by the session they began in.
    """
    mark, left = f"PANAH_HOME={node.home}".encode(), {}
    for one in Path("/proc").glob("[0-9]*"):
        try:
            state, _parent, _group, session = (one / "stat").read_text().rpartition(")")[2].split()[:4]
            ours = int(session) == node.session and state not in "ZX"
            if ours or mark in (one / "environ").read_bytes().split(b"\0"):
                said = (one / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                left |= {} if "tests.forking" in said else {int(one.name): said}
        except OSError:
            continue
    return left
