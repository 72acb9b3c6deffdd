"""One run of the bench: nodes are made and paired, the storm comes, and all is counted."""

import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks import databases
from benchmarks.exchange import fault_injection, nodes, sandbox, throughput, verdict
from benchmarks.exchange.sandbox import NAMES
from benchmarks.figures import Figure

FULL, QUICK = 10_000, 500


class Broken(RuntimeError):
    """A promise of the wire does not hold."""


def run(quick: bool) -> Iterator[Figure]:
    """Yield figures of speed and memory, then of the faults."""
    home = Path(os.environ["PANAH_HOME"])
    seed = int(os.environ.get("PANAH_BENCH_SEED") or 0)
    yield from throughput.run(home / "pace", quick=quick)
    if quick:
        yield from faults(home / "faults", QUICK, times=1, seconds=240, seed=seed)
    else:
        yield from faults(home / "faults", FULL, times=20, seconds=3600, seed=seed)


def faults(
    home: Path,
    number: int,
    *,
    times: int,
    seconds: float,
    seed: int = 0,
    needles: Sequence[str] = (),
    keep: str = "",
    plain: bool = False,
) -> Iterator[Figure]:
    """Send so many messages both ways, every fault so many times; yields what was done and what became of it.

    ``needles``: texts about persons that every message holds. ``keep``: a folder that gets what passed on the wire,
    files as they are carried, and both nodes' folders when all is over. ``plain``: no namespaces, no small disk.
    """
    seed = seed or int.from_bytes(os.urandom(3))
    yield Figure("exchange", "seed of this run", seed, "seed", None, number)
    with databases.for_nodes(NAMES) as named:
        # A network namespace has a loopback of its own, where no PostgreSQL answers.
        own = not plain and not databases.given() and sandbox.alone()
        network, both = sandbox.network(own=own), {}
        for name in NAMES:
            disk = sandbox.disk(home / name, own=own)
            kept = Path(keep or home) / "said"
            both[name] = nodes.Node(
                name, home / name, kept, network, disk, named[name], fault_injection.SPEED
            )
        proxies: dict[str, nodes.ProxyProcess] = {}
        try:
            began = time.monotonic()
            proxies |= ready(both, seed=seed, keep=keep)
            yield Figure("exchange", "both nodes made and paired", time.monotonic() - began, "s", None, 2)
            injection = fault_injection.FaultInjection(
                both, proxies, number, times, seed, seconds, list(needles)
            )
            yield from injected(injection)
            if keep:
                carried(both, Path(keep), list(needles))
        finally:
            for node in both.values():
                node.stop()
            for one in proxies.values():
                one.stop()
            if keep:
                for name in NAMES:
                    shutil.copytree(home / name, Path(keep) / name, dirs_exist_ok=True)


def injected(injection: fault_injection.FaultInjection) -> Iterator[Figure]:
    """Let the injection come; yield what was done and what became of each message. Raises Broken, last of all."""
    began = time.monotonic()
    injection.run()
    said = f"faults, {injection.nodes['north'].network.said}"
    yield Figure("exchange", said, time.monotonic() - began, "s", None, injection.number)
    found = verdict.of_both({name: node.driver.ask("tell") for name, node in injection.nodes.items()})
    yield from verdict.figures(found, injection.faults(), refused=injection.refused)
    forged = len(injection.forged())
    yield Figure(
        "exchange", "envelopes forged under an id of their own", forged, "messages", None, injection.number
    )
    yield Figure(
        "exchange", "sizes between the steps", len(injection.sizes()), "sizes", None, injection.number
    )
    if not found.kept or injection.sizes() or found.forged:
        unsettled = dict(list(found.unsettled.items())[:20])
        raise Broken(f"seed {injection.seed}: {sorted(found.bad)[:20]} {unsettled} {injection.sizes()}")


def carried(both: dict[str, nodes.Node], keep: Path, needles: list[str]) -> None:
    """Write what waits into files, as for a peer without a line; leave some of it in the queue."""
    for name, node in both.items():
        node.kill("worker")
        node.driver.ask("queue", 7, 1, needles)
        node.driver.ask("write_file", str(keep / f"carried-by-{name}"))
        node.driver.ask("dump", str(keep / f"rows-of-{name}"))


def ready(both: dict[str, nodes.Node], *, seed: int, keep: str = "") -> dict[str, nodes.ProxyProcess]:
    """Make both nodes, start their processes, put somebody between them, and pair them."""
    north, south = both["north"], both["south"]
    nodes.begin([north, south])
    proxies = {}
    for here, there in ((north, south), (south, north)):
        here.start_web()
        proxies[here.name] = nodes.ProxyProcess(seen_from=here, to=there, seed=seed, keep=keep)
    nodes.pair(north, south, {"north": proxies["south"].address, "south": proxies["north"].address})
    for node in both.values():
        nodes.until_it_answers(node)
        node.start("worker")
    return proxies


def main() -> None:
    """Run the faults alone, as the JSON in the first argument says: ``home``, ``number`` and what else they take."""
    told = json.loads(sys.argv[1])
    for figure in faults(Path(told.pop("home")), told.pop("number"), **told):
        print(json.dumps(figure.line()), flush=True)


if __name__ == "__main__":
    main()
