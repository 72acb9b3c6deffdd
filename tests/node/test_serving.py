"""A node in its terminal: however it is asked to stop, it stops, whole and soon, also while people read pages."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
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


def people_read(port: int) -> None:
    with ThreadPoolExecutor(4) as several:
        assert set(several.map(lambda _: ask(port, "/vault/sign-in"), range(60))) == {200}


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


@pytest.mark.skipif(
    not Path("/proc/self/environ").exists(), reason="needs /proc to see which processes are left"
)
@pytest.mark.parametrize(
    "stop",
    [
        pytest.param(lambda process: os.killpg(process.pid, signal.SIGINT), id="Ctrl-C"),
        pytest.param(lambda process: os.killpg(process.pid, signal.SIGHUP), id="the terminal is closed"),
        pytest.param(lambda process: process.terminate(), id="a supervisor stops it"),
    ],
)
def test_a_node_that_was_read_stops_when_it_is_asked_and_leaves_nothing_running(node, stop):
    with served(node) as (process, port):
        people_read(port)
        seen = of_this_node(node)
        assert len(seen) >= 4, "control: it was seen running"
        assert any("config.process_of_search" in said for said in seen.values()), (
            "control: also what keeps its memory to itself"
        )
        stop(process)
        assert process.wait(PATIENCE) == 0
        assert of_this_node(node) == {}


def test_a_node_started_to_outlive_its_terminal_goes_on_when_the_terminal_is_closed(node):
    with served(node, on_hangup=signal.SIG_IGN) as (process, port):
        os.killpg(process.pid, signal.SIGHUP)
        people_read(port)
        assert process.poll() is None
        process.terminate()
        assert process.wait(PATIENCE) == 0
