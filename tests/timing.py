"""What a run says at its end: the ten slowest tests, what each room took, and which took more than a minute.

Its hooks are taken up by ``conftest.py``.
``processor`` are the seconds that processors worked for a test, with its own processes: what a test costs, also where others
use the machine. A browser is counted by the ``seconds`` that went by, as it outlives the test.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests.forking import FORKS

SLOWEST = 10
# Seconds: what a room's tests may take, so that nobody works without them.
MINUTE = 60


def processor() -> float:
    """Return the processor seconds of this process and of all its own that have ended."""
    return sum(os.times()[:4]) + FORKS.used


class Counter:
    last = processor()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Write down what each part of a test took since the part before; it travels with the report to the main process."""
    report = yield
    now = processor()
    report.processor, Counter.last = now - Counter.last, now
    return report


def totals(reports: list[Any]) -> dict[str, tuple[float, float]]:
    """Return (processor, seconds) by test: what it took to make ready, to do, and to clear away."""
    found: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for report in reports:
        processor, seconds = found[report.nodeid]
        found[report.nodeid] = (processor + report.processor, seconds + report.duration)
    return dict(found)


def room_of(test: str) -> str:
    parts = Path(test.split("::")[0]).parts
    return parts[1] if len(parts) > 2 else parts[0]


def lines(by_test: dict[str, tuple[float, float]]) -> list[str]:
    """Return what is said: the slowest first."""
    rooms: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for test, (processor, seconds) in by_test.items():
        before = rooms[room_of(test)]
        rooms[room_of(test)] = (before[0] + processor, before[1] + seconds)
    slowest = sorted(by_test.items(), key=lambda one: -max(one[1]))[:SLOWEST]
    said = [f"{'processor':>9} {'seconds':>8}  the ten slowest tests"]
    said += [f"{processor:9.1f} {seconds:8.1f}  {test}" for test, (processor, seconds) in slowest]
    said += [f"{'processor':>9} {'seconds':>8}  rooms"]
    dearest = sorted(rooms.items(), key=lambda one: -max(one[1]))
    said += [f"{processor:9.1f} {seconds:8.1f}  {room}" for room, (processor, seconds) in dearest]
    longer = [room for room, (processor, _) in dearest if processor > MINUTE]
    return [*said, f"More than a minute of a processor: {', '.join(longer)}"] if longer else said


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = [one for kind in terminalreporter.stats.values() for one in kind if hasattr(one, "processor")]
    by_test = totals(reports)
    if len(by_test) > SLOWEST:
        terminalreporter.section("what took long")
        for line in lines(by_test):
            terminalreporter.write_line(line)
