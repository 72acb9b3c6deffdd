"""Messages both ways while everything goes wrong, until the last one is settled.

Every seventh bundle or so passes unharmed. A card for each is dealt to whoever stands on the wire (``mitm_proxy.py``);
processes are killed, disks filled, clocks moved and the cable pulled at places in the run that the seed chooses. The
nodes' clocks run fast, so that minutes and hours between two tries pass in seconds.
"""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from benchmarks.exchange.mitm_proxy import PLAYS
from benchmarks.exchange.nodes import Gone, Node, ProxyProcess, Refused

HARMLESS = "passed"
CARDS = [name for name in PLAYS if name != HARMLESS]
DAY = 86_400.0
SPEED = 240.0  # a minute of theirs is a quarter of a second of ours
FASTER, PATIENCE = 2400.0, 8.0
TICK = 0.05
QUIET = 3.0


@dataclass
class Happened:
    """One fault: what, to which messages (None: to all there were), and whether it was really met."""

    what: str
    messages: list[str] | None = None


@dataclass
class FaultInjection:
    """Two nodes, who stands between them, and what is still to go wrong. ``seconds`` bounds the whole run."""

    nodes: dict[str, Node]
    proxies: dict[str, ProxyProcess]
    number: int
    times: int
    seed: int
    seconds: float
    needles: list[str] = field(default_factory=list)
    happened: list[Happened] = field(default_factory=list)
    queued: dict[str, int] = field(default_factory=lambda: {"north": 0, "south": 0})
    refused: int = 0

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.ends = time.monotonic() + self.seconds
        self.decks = {name: self._deck() for name in self.nodes}
        # North sends four in five: what comes back must not starve either.
        self.shares = {"north": self.number - self.number // 5, "south": self.number // 5}
        self.heard = time.monotonic()
        self.undo: list[tuple[float, Callable[[], None]]] = []

    def _deck(self) -> list[str]:
        deck = CARDS * self.times + [HARMLESS] * (len(CARDS) * self.times // 2)
        self.chance.shuffle(deck)
        return deck

    # -- the run ---------------------------------------------------------------------------------

    def run(self) -> None:
        """Queue everything while everything goes wrong; then let the rest arrive in peace."""
        for name, deck in self.decks.items():
            self.proxies[name].deal(deck)
        faults = self._schedule()
        while any(self._owes(name) for name in self.nodes):
            self._still_time()
            self._calm()
            for name in self.nodes:
                if self._owes(name) and self._wants_more(name):
                    self._queue(name)
            while faults and faults[0][0] <= self._progress():
                self._inject(faults.pop(0)[1])
            time.sleep(TICK)
        for _place, fault in faults:
            self._inject(fault)
        self._settle_down()

    def _still_time(self) -> None:
        if time.monotonic() > self.ends:
            why = {name: node.driver.ask("why_waiting") for name, node in self.nodes.items()}
            raise TimeoutError(f"not settled within {self.seconds:.0f} s: {self.queued} {why}")

    def _owes(self, name: str) -> int:
        return self.shares[name] - self.queued[name]

    def _progress(self) -> float:
        return sum(self.queued.values()) / self.number

    def _wants_more(self, name: str) -> bool:
        """Let one batch go for each bundle that was on the wire, so that every card finds one."""
        batches = len(self.decks[name]) + 3
        size = max(1, self.shares[name] // batches)
        ahead = self.queued[name] / size - len(self.proxies[name].did)
        if ahead < 2:
            self.heard = time.monotonic()
        return ahead < 2 or time.monotonic() - self.heard > QUIET

    def _queue(self, name: str) -> None:
        batches = len(self.decks[name]) + 3
        number = min(self._owes(name), max(1, self.shares[name] // batches))
        try:
            self.nodes[name].driver.ask("queue", number, self.chance.getrandbits(30), self.needles)
        except Refused:
            self.refused += 1  # Her page says so; she presses the button again.
            return
        self.queued[name] += number
        self.heard = time.monotonic()

    # -- what is done to them -----------------------------------------------------------------------------------

    def _schedule(self) -> list[tuple[float, tuple[str, str]]]:
        """Return (place in the run, (what, to whom)) in order."""
        found = []
        for what, often in (
            ("web", 2),
            ("worker", 2),
            ("driver", 1),
            ("disk", 1),
            ("ahead", 1),
            ("behind", 1),
        ):
            for name in self.nodes:
                found += [(self.chance.random(), (what, name)) for _ in range(often * self.times)]
        if self.nodes["north"].network.has_cable:
            found += [(self.chance.random(), ("cable", "north")) for _ in range(2 * self.times)]
        return sorted(found)

    def _inject(self, fault: tuple[str, str]) -> None:
        what, name = fault
        node = self.nodes[name]
        # A few fall together, most one by one: otherwise nothing would ever pass.
        alone = self.chance.random() < 0.7 or (what in ("web", "worker") and what not in node.running)
        if self.undo and alone:
            self._wait(max(when for when, _ in self.undo) - time.monotonic())
        self._calm()
        FAULTS[what](self, node)

    def _wait(self, seconds: float) -> None:
        time.sleep(max(0.0, seconds + 0.01))

    def _calm(self) -> None:
        """Undo what has lasted long enough."""
        due = [one for one in self.undo if one[0] <= time.monotonic()]
        self.undo = [one for one in self.undo if one[0] > time.monotonic()]
        for _when, undo in due:
            undo()

    def _later(self, seconds: float, undo: Callable[[], None]) -> None:
        self.undo.append((time.monotonic() + seconds, undo))

    def kill_web(self, node: Node) -> None:
        node.kill("web")
        self.happened.append(Happened(f"web of {node.name} killed"))
        self._later(self.chance.uniform(0, 0.5), node.start_web)

    def kill_worker(self, node: Node) -> None:
        node.kill("worker")
        self.happened.append(Happened(f"worker of {node.name} killed"))
        self._later(self.chance.uniform(0, 0.5), lambda: _restart(node, "worker"))

    def kill_driver(self, node: Node) -> None:
        """Kill who seals, while she seals: what is queued is all of it or none."""
        before = node.driver.ask("sent")
        node.driver.tell(do="queue", **{"with": (20, self.chance.getrandbits(30), self.needles)})
        self._wait(self.chance.uniform(0, 0.08))
        node.kill("driver")
        node.start_driver()
        self.queued[node.name] += node.driver.ask("sent") - before
        self.happened.append(Happened(f"sender of {node.name} killed"))

    def fill_disk(self, node: Node) -> None:
        full = node.pids()
        node.disk.fill(full)
        self.happened.append(Happened(f"disk of {node.name} full ({node.disk.said})"))
        self._later(self.chance.uniform(0.8, 2), lambda: node.disk.free(full))

    def move_ahead(self, node: Node) -> None:
        self._move(node, self.chance.choice((1, 1, 2)))

    def move_behind(self, node: Node) -> None:
        self._move(node, -self.chance.choice((1, 1, 2)))

    def _move(self, node: Node, days: float) -> None:
        node.move_clock(days * DAY)
        said = "ahead" if days > 0 else "behind"
        self.happened.append(Happened(f"clock of {node.name} {said} by a day or two"))
        self._later(self.chance.uniform(1, 2.5), lambda: node.move_clock(0.0))

    def pull_cable(self, node: Node) -> None:
        node.network.pull()
        self.happened.append(Happened(f"cable pulled ({node.network.said})"))
        self._later(self.chance.uniform(0.5, 2), node.network.put_back)

    # -- the end ---------------------------------------------------------------------------------

    def _settle_down(self) -> None:
        """Undo everything, let everything pass, and wait until nothing waits."""
        for _when, undo in self.undo:
            undo()
        self.undo = []
        while any(self._left(name) > 0 for name in self.nodes):
            self._more_for_the_rest()
        for proxy in self.proxies.values():
            proxy.pass_all()
        for node in self.nodes.values():
            _see_that_all_run(node)
        since = time.monotonic()
        while any(self._waiting(node) for node in self.nodes.values()):
            self._still_time()
            time.sleep(0.5)
            if since and time.monotonic() - since > PATIENCE:
                # What was sealed on a day that is still to come is taken when that day is near.
                since = 0.0
                for node in self.nodes.values():
                    node.run_faster(FASTER)

    def _left(self, name: str) -> int:
        """Return how many cards were not played yet: one that met nobody comes again."""
        return len(self.decks[name]) - sum("met" not in did for did in self.proxies[name].did)

    def _more_for_the_rest(self) -> None:
        """Cards are left and nothing waits any more: send a little more, so that each is played."""
        self._still_time()
        for name, node in self.nodes.items():
            if self._left(name) > 0 and not self._waiting(node):
                node.driver.ask("queue", 1, self.chance.getrandbits(30), self.needles)
                self.queued[name] += 1
        time.sleep(0.2)

    def _waiting(self, node: Node) -> int:
        return int(node.driver.ask("waiting"))

    def faults(self) -> Iterator[Happened]:
        """Yield all that happened, on the wire and to the nodes."""
        yield from self.happened
        for name in self.nodes:
            for did in self.proxies[name].did:
                if did["card"] != HARMLESS and "met" not in did:
                    yield Happened(did["card"], did["ids"])

    def forged(self) -> set[str]:
        return {one for proxy in self.proxies.values() for did in proxy.did for one in did["forged"]}

    def sizes(self) -> set[int]:
        return {size for proxy in self.proxies.values() for did in proxy.did for size in did["sizes"]}


FAULTS: dict[str, Callable[[FaultInjection, Node], None]] = {
    "web": FaultInjection.kill_web,
    "worker": FaultInjection.kill_worker,
    "driver": FaultInjection.kill_driver,
    "disk": FaultInjection.fill_disk,
    "ahead": FaultInjection.move_ahead,
    "behind": FaultInjection.move_behind,
    "cable": FaultInjection.pull_cable,
}


def _restart(node: Node, what: str) -> Any:
    return node.start(what)


def _see_that_all_run(node: Node) -> None:
    """Start again what ended by itself; on a node that is what systemd is for."""
    for what in ("web", "worker"):
        running = node.running.get(what)
        if running is None or running.popen.poll() is not None:
            node.running.pop(what, None)
            node.start_web() if what == "web" else node.start(what)
    if node.driver.popen.poll() is not None:
        raise Gone("driver")
