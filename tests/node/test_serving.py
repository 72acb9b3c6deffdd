"""A node in its terminal: however it is asked to stop, it stops, whole and soon, also while people read pages."""

from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.node import served_node
from tests.node.served_node import PATIENCE, ask, of_this_node, served

node = served_node.node


def people_read(port: int) -> None:
    with ThreadPoolExecutor(4) as several:
        assert set(several.map(lambda _: ask(port, "/vault/sign-in"), range(60))) == {200}


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
