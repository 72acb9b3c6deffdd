"""The bench of the wire: messages between two real nodes while everything goes wrong; then how fast, and how much memory.

Both nodes are processes with folders and databases of their own, paired by the same actions as any two. What is done to
them and to the wire between them, and what became of each message: ``storm.py``, ``middle.py``, ``verdict.py``.
"""

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from panah.desk.bench import Figure
from panah.desk.bench.exchange import nodes, places, storm, verdict
from panah.desk.bench.exchange.places import NAMES

FULL, QUICK = 10_000, 500


class Broken(RuntimeError):
    """A promise of the wire does not hold."""


def run(quick: bool) -> Iterator[Figure]:
    """Yield figures of the faults; then of speed and memory."""
    yield from faults(QUICK if quick else FULL, times=2 if quick else 20, seconds=240 if quick else 3600)


def faults(
    number: int, *, times: int, seconds: float, seed: int = 0, needles: tuple[str, ...] = (), keep: str = ""
) -> Iterator[Figure]:
    """Send so many messages both ways, every fault so many times; yields what was done and what became of it.

    ``keep``: a folder that gets what passed on the wire, and both nodes' folders when all is over.
    """
    seed = seed or int.from_bytes(os.urandom(3))
    yield Figure("exchange", "seed of this run", seed, "seed", None, number)
    home = Path(os.environ["PANAH_HOME"])
    own = places.alone()
    network = places.network(own=own)
    both = {}
    for name in NAMES:
        disk = places.disk(home / name, own=own)
        both[name] = nodes.Node(name, home / name, Path(keep or home) / "said", network, disk, speed=storm.SPEED)
    between: dict[str, nodes.Between] = {}
    try:
        began = time.monotonic()
        between |= ready(both, seed=seed, keep=keep)
        yield Figure("exchange", "both nodes made and paired", time.monotonic() - began, "s", None, 2)
        raging = storm.Storm(both, between, number, times, seed, seconds, list(needles))
        began = time.monotonic()
        raging.rage()
        yield Figure("exchange", f"faults, {network.said}", time.monotonic() - began, "s", None, number)
        found = verdict.of_both({name: node.hand.ask("tell") for name, node in both.items()})
        yield from verdict.figures(found, raging.faults(), refused=raging.refused)
        yield Figure("exchange", "sizes between the steps", len(raging.sizes()), "sizes", None, number)
        wrong = raging.sizes() or (raging.forged() & found.forged)
        if not found.kept or wrong:
            raise Broken(f"seed {seed}: {sorted(found.bad)[:20]} {dict(list(found.unsettled.items())[:20])}")
    finally:
        for one in (*both.values(), *between.values()):
            one.stop()
        if keep:
            for name in NAMES:
                shutil.copytree(home / name, Path(keep) / name, dirs_exist_ok=True)


def ready(both: dict[str, nodes.Node], *, seed: int, keep: str = "") -> dict[str, nodes.Between]:
    """Make both nodes, start their processes, put somebody between them, and pair them."""
    north, south = both["north"], both["south"]
    nodes.begin([north, south])
    between = {}
    for here, there in ((north, south), (south, north)):
        here.start_web()
        between[here.name] = nodes.Between(seen_from=here, to=there, seed=seed, keep=keep)
    nodes.pair(north, south, {"north": between["south"].address, "south": between["north"].address})
    for node in both.values():
        nodes.until_it_answers(node)
        node.start("worker")
    return between
