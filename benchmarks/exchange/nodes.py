"""The bench's hold on two nodes: their folders, their processes, and who stands between them."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

from benchmarks.exchange import clock, sniffer
from benchmarks.exchange.sandbox import Limits, Loopback

PACKAGE = "benchmarks.exchange"
ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 60.0
SOCIETIES = {"north": "practice-north", "south": "practice-south"}


class Gone(Exception):
    """A process ended that should be there."""


class Process:
    """A process of its own group; ``ask`` writes a line and reads one."""

    def __init__(self, command: list[str], env: dict[str, str], log: Path) -> None:
        with log.open("ab") as errors:
            self.popen = subprocess.Popen(
                command,
                env=env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self.popen.pid

    def tell(self, **said: Any) -> None:
        stdin = self.popen.stdin
        if stdin is None or self.popen.poll() is not None:
            raise Gone
        with suppress(BrokenPipeError):
            stdin.write(json.dumps(said) + "\n")
            stdin.flush()

    def heard(self) -> Any:
        line = self.popen.stdout.readline() if self.popen.stdout else ""
        if not line:
            raise Gone
        return json.loads(line)

    def ask(self, do: str, *given: Any) -> Any:
        """Return what the driver says it did, or raise Refused with what it says is wrong."""
        self.tell(do=do, **{"with": given})
        answer = self.heard()
        if "problem" in answer:
            raise Refused(f"{answer['problem']}: {answer['said']}")
        return answer["done"]

    def kill(self) -> None:
        """End it and all it started, at once, as a cut power line would."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self.popen.wait()


class Refused(Exception):
    """A node did not do what it was asked."""


@dataclass
class Node:
    """One node of the bench: ``folder`` is its home, ``port`` where it serves, ``reached_at`` where others find it."""

    name: str
    folder: Path
    kept: Path
    network: Loopback
    disk: Limits
    more: dict[str, str] = field(default_factory=dict)
    speed: float = 1.0
    running: dict[str, Process] = field(default_factory=dict)
    seeds: dict[str, str] = field(default_factory=dict)
    offset: float = 0.0

    def __post_init__(self) -> None:
        self.port = free_port()
        self.kept.mkdir(parents=True, exist_ok=True)
        self.began = self.since = time.time()
        self.move_clock(0.0)

    @property
    def log(self) -> Path:
        return self.kept / f"{self.name}.log"

    def move_clock(self, offset: float) -> None:
        """Let the node's clock be wrong by so many seconds."""
        self.offset = offset
        shown = self.began + (time.time() - self.since) * self.speed + offset
        clock.write(self.kept / f"{self.name}.clock", shown=shown, speed=self.speed)

    def run_faster(self, speed: float) -> None:
        """Let the node's clock go on from what it shows, but faster."""
        now = time.time()
        self.began, self.since = self.began + (now - self.since) * self.speed, now
        self.speed = speed
        self.move_clock(self.offset)

    @property
    def env(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PANAH_")}
        return kept | {
            "DJANGO_SETTINGS_MODULE": "panah.config.settings",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
            "PANAH_HOME": str(self.folder),
            "PANAH_PRACTICE": "1",
            "PANAH_COOKIE": f"panah_{self.name}",
            "PANAH_HOSTS": "localhost,127.0.0.1",
            clock.FILE: str(self.kept / f"{self.name}.clock"),
            **self.more,
        }

    def start(
        self, what: str, *given: str, behind: tuple[str, ...] = (), more: dict[str, str] | None = None
    ) -> Process:
        command = [
            *self.network.inside(self.name),
            *behind,
            sys.executable,
            "-m",
            f"{PACKAGE}.node",
            what,
            *given,
        ]
        started = Process(command, self.env | (more or {}), self.log)
        self.running[what] = started
        return started

    def start_web(self, *, behind: tuple[str, ...] = ()) -> None:
        self.start("web", self.network.host(self.name), str(self.port), behind=behind)

    def start_driver(self) -> None:
        # On PostgreSQL the tables are made by who owns them; rows are behind the wall for the owner too.
        driver = self.start("driver", SOCIETIES[self.name], more={"PANAH_DATABASE_AS": "owner"})
        driver.heard()
        if self.seeds:
            driver.tell(seeds=self.seeds)

    @property
    def driver(self) -> Process:
        return self.running["driver"]

    def kill(self, what: str) -> None:
        self.running.pop(what).kill()

    def stop(self) -> None:
        for what in list(self.running):
            self.kill(what)

    def pids(self, *whats: str) -> list[int]:
        """Return the ids of all processes of these groups, those that they started too."""
        groups = {self.running[what].pid for what in whats or self.running if what in self.running}
        return [pid for pid, group in _groups() if group in groups]


def _groups() -> list[tuple[int, int]]:
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                rest = (entry / "stat").read_text().rpartition(")")[2].split()
                found.append((int(entry.name), int(rest[2])))
    return found


def cpu_seconds(pids: list[int]) -> float:
    """Return the processor time that these processes have taken."""
    ticks = 0
    for pid in pids:
        with suppress(OSError):
            rest = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(rest[11]) + int(rest[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_mb(pids: list[int], line: str) -> float:
    """Return the largest value of a line of ``/proc/PID/status`` among these processes; ``RssAnon`` is their own."""
    most = 0
    for pid in pids:
        with suppress(OSError):
            for said in Path(f"/proc/{pid}/status").read_text().splitlines():
                if said.startswith(line + ":"):
                    most = max(most, int(said.split()[1]))
    return most / 1024


class ProxyProcess:
    """Who stands on the wire in front of a node, as seen from the other: its cards, and what it says it did."""

    def __init__(self, *, seen_from: Node, to: Node, seed: int, keep: str = "") -> None:
        self.port = free_port()
        self.did: list[dict[str, Any]] = []
        folder = Path(keep) / f"wire-of-{seen_from.name}"
        told = {
            "port": self.port,
            "to_host": to.network.host(to.name),
            "to_port": to.port,
            "seed": seed,
            "keep": str(folder / "passed") if keep else "",
            "sniff": str(folder / "sniffed") if keep and sniffer.allowed() else "",
        }
        command = [*seen_from.network.inside(seen_from.name), sys.executable, "-m", f"{PACKAGE}.mitm_proxy"]
        self.process = Process([*command, json.dumps(told)], seen_from.env, seen_from.log)
        self.process.heard()
        Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with suppress(Gone):
            while True:
                self.did.append(self.process.heard())

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def deal(self, cards: list[str]) -> None:
        self.process.tell(cards=cards)

    def pass_all(self) -> None:
        """Take the cards away, let go of what is held, and pass everything on from now on."""
        self.process.tell(flush=True)

    def stop(self) -> None:
        self.process.kill()


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def begin(nodes: list[Node]) -> None:
    """Make both nodes, each with its society, its people and its keys. The empty tables are made once and copied."""
    first, *others = nodes
    first.start_driver()
    first.driver.ask("migrate")
    for node in others:
        if not node.more:
            shutil.copytree(first.folder, node.folder, dirs_exist_ok=True)
        node.start_driver()
        if node.more:
            node.driver.ask("migrate")
    for node in nodes:
        node.driver.tell(do="build")
    for node in nodes:
        answer = node.driver.heard()
        if "problem" in answer:
            raise Refused(f"{answer['problem']}: {answer['said']}")
        node.seeds = answer["done"]


def pair(one: Node, other: Node, addresses: dict[str, str], *, per_hour: int = 1_000_000) -> None:
    """Pair them as two focal points do: each takes the other's card, and compares the words read to her."""
    shown = {node.name: node.driver.ask("card", addresses[node.name]) for node in (one, other)}
    for node, theirs in ((one, other), (other, one)):
        text, words = shown[theirs.name]
        node.driver.ask("pair", text, words, per_hour)


def until_it_answers(node: Node) -> None:
    """Wait until the node's web process takes connections."""
    end = time.monotonic() + STARTS_WITHIN
    command = [*node.network.inside(node.name), sys.executable, "-c"]
    trial = f"import socket; socket.create_connection(({node.network.host(node.name)!r}, {node.port}), 2)"
    while time.monotonic() < end:
        if subprocess.run([*command, trial], capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.3)
    raise Gone(node.name)
