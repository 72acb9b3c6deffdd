"""How fast messages go from one node's queue into the other's database, beside the bare cryptography; and memory.

Both nodes share one core where that can be asked for. What counts is processor time, summed over all processes that
have a part in it; the floor is sealing, signing, checking and opening bytes of the same sizes, before and after.
"""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import databases
from benchmarks.exchange import nodes
from benchmarks.exchange.nodes import Node, cpu_seconds, memory_mb
from benchmarks.exchange.sandbox import NAMES, Limits, Loopback
from benchmarks.figures import Figure

FEW = 1_000
FLOOR = 2_000
PATIENCE = 1800.0


def run(home: Path, *, quick: bool) -> Iterator[Figure]:
    """Yield the figures of speed, then of memory with few and with very many messages in the queue."""
    with databases.for_nodes(NAMES) as named:
        yield from _run(home, named, quick=quick)


def _run(home: Path, named: dict[str, dict[str, str]], *, quick: bool) -> Iterator[Figure]:
    network = Loopback()
    both = {
        name: Node(name, home / name, home / "said", network, Limits(home / name), named[name])
        for name in NAMES
    }
    north, south = both.values()
    try:
        nodes.begin([north, south])
        nodes.pair(north, south, {n.name: f"http://127.0.0.1:{n.port}" for n in (north, south)})
        yield from speed(north, south, 1_000 if quick else 10_000)
        yield from memory(north, south, 4_000 if quick else 100_000)
    finally:
        for node in both.values():
            node.stop()
        shutil.rmtree(home, ignore_errors=True)


def one_core() -> tuple[str, ...]:
    """Return what a command is put behind to keep it on one core."""
    taskset = shutil.which("taskset")
    return (taskset, "-c", "0") if taskset else ()


def speed(north: Node, south: Node, number: int) -> Iterator[Figure]:
    """Messages of the bench's usual sizes, from sealing to opening."""
    before = north.driver.ask("floor", FLOOR)
    singly = _cpu_of(north, "queue_singly", 200) / 200
    queued = _cpu_of(north, "queue", number, 1, [], 0) / number
    began, delivered = _delivered(north, south)
    total = number + 200
    opened = _cpu_of(south, "opened") / total
    parts = [(a + b) * 500 for a, b in zip(before, north.driver.ask("floor", FLOOR), strict=True)]
    floor = sum(parts)
    said = "ms CPU"
    yield Figure("exchange", "sealed and queued, one by one as people do", singly * 1000, said, parts[0], 200)
    yield Figure("exchange", "sealed and queued, many at once", queued * 1000, said, parts[0], number)
    way = delivered / total
    yield Figure("exchange", "queue to queue: delivered, taken in, settled", way * 1000, said, floor, total)
    whole = queued + way + opened
    yield Figure(
        "exchange", "end to end: sealed, delivered, taken in, opened", whole * 1000, said, floor, total
    )
    yield Figure(
        "exchange", "messages a second on one core, queue to queue", total / began, "1/s", None, total
    )


def _cpu_of(node: Node, do: str, *given: object) -> float:
    before = cpu_seconds([node.driver.pid])
    node.driver.ask(do, *given)
    return cpu_seconds([node.driver.pid]) - before


def _delivered(north: Node, south: Node) -> tuple[float, float]:
    """Let all that waits at north arrive at south; return seconds by the clock, and of processor time of both."""
    south.start_web(behind=one_core())
    nodes.until_it_answers(south)
    # Told to wait for a line: what it costs to start it is not what is asked.
    worker = north.start("worker", "8", "waits", behind=one_core())
    worker.heard()
    before = cpu_seconds(south.pids("web")) + cpu_seconds([worker.pid])
    began = time.monotonic()
    worker.tell(go=True)
    until_all_left(north)
    seconds = time.monotonic() - began
    used = cpu_seconds(south.pids("web")) + cpu_seconds([worker.pid]) - before
    north.kill("worker")
    south.kill("web")
    return seconds, used


def until_all_left(node: Node, watch: Callable[[], None] | None = None) -> None:
    """Wait until nothing waits at this node; ``watch`` is called again and again meanwhile."""
    end = time.monotonic() + PATIENCE
    while node.driver.ask("waiting"):
        if watch:
            watch()
        if time.monotonic() > end:
            raise TimeoutError(str(node.driver.ask("why_waiting")))
        time.sleep(0.3)


def memory(north: Node, south: Node, many: int) -> Iterator[Figure]:
    """What the processes hold while a short and a very long queue are delivered to the end: the most that was seen.

    Their own memory counts. Pages of an SQLite file that are mapped are the system's, which takes them back as it
    likes; up to 256 MB of them are mapped at a time.
    """
    marks = [_marks(north, south, number) for number in (FEW, many)]
    for at, what in enumerate(("worker that delivers", "web process that takes in")):
        yield Figure("exchange", f"own memory: {what}", marks[1][at], "MB", marks[0][at], many)


def _marks(north: Node, south: Node, number: int) -> list[float]:
    north.driver.ask("fill", number)
    south.start_web()
    nodes.until_it_answers(south)
    north.start("worker")
    most = [0.0, 0.0]

    def watch() -> None:
        seen = memory_mb(north.pids("worker"), "RssAnon"), memory_mb(south.pids("web"), "RssAnon")
        most[:] = [max(pair) for pair in zip(most, seen, strict=True)]

    until_all_left(north, watch)
    north.kill("worker")
    south.kill("web")
    return most
