"""One run of the siege: a node is served as `./panah serve` does, and a colleague reads her pages while it is beset."""

import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from django.test.utils import override_settings

from benchmarks import seed
from benchmarks.exchange.nodes import free_port, memory_mb
from benchmarks.figures import Figure
from benchmarks.siege.doors import DOORS

SLOW, FAST, BOMBS = 200, 50, 20
PAGES = ("/", "/cases/")
WARM = 60
PATIENCE = 20.0
CASES = 20
# Nobody signs in with the passphrases made here.
CHEAP = {"passes": 1, "memory_kib": 64}
STARTS_WITHIN = 60.0
# Seconds: alone before each door; until the siege is laid; then measured.
ALONE, LAYING, BESET = 1.5, 1.0, 4.0


def run(quick: bool) -> Iterator[Figure]:
    """Yield a colleague's median beside her median alone, for each door; then what died, and the memory it took."""
    with override_settings(PANAH_ARGON2=CHEAP):
        made = seed.node()
    seed.open_cases(made, CASES)
    cookies = {name: one.value for name, one in seed.browser(made, "bakyt").cookies.items()}
    share = 4 if quick else 1
    with served() as (process, port):
        colleague = Colleague(port, cookies)
        colleague.warms_up()
        pids = family(process.pid)
        for name in DOORS:
            yield from besieged(colleague, name, port, SLOW // share, FAST // share, BOMBS // share)
        died = len(set(pids) - set(family(process.pid)))
        yield Figure("siege", "processes of the node that died", died, "processes", None, len(pids))
        yield Figure(
            "siege", "pages that a colleague did not get", colleague.missed, "pages", None, colleague.asked
        )
        peak = [memory_mb([pid], "VmHWM") for pid in family(process.pid)]
        yield Figure("siege", "largest process of the node, peak", max(peak), "MB", None, len(peak))


def besieged(
    colleague: "Colleague", name: str, port: int, slow: int, fast: int, bombs: int
) -> Iterator[Figure]:
    """Yield a colleague's median while one door is beset, its median alone just before as the floor."""
    alone = colleague.reads(ALONE) or [PATIENCE * 1000]
    told = {"port": port, "door": name, "seconds": LAYING + BESET, "slow": slow, "fast": fast, "bombs": bombs}
    command = [sys.executable, "-m", "benchmarks.siege.attackers", json.dumps(told)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as attackers:
        time.sleep(LAYING)
        under = colleague.reads(BESET)
        said = attackers.communicate(timeout=PATIENCE)[0]
    sys.stderr.write(f"{name}: {said}")
    middle = statistics.median(under) if under else PATIENCE * 1000
    yield Figure(
        "siege", f"desk's median, {name}", middle, "ms by the clock", statistics.median(alone), len(under)
    )


class Colleague:
    """Somebody at her desk: one page after the other, over one connection as a browser holds it."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.port = port
        self.cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self.line: Any = None
        self.asked = self.missed = 0

    def reads(self, seconds: float) -> list[float]:
        """Read pages for so long; returns milliseconds of each."""
        taken, end = [], time.monotonic() + seconds
        while time.monotonic() < end:
            began = time.monotonic()
            if self.read(PAGES[self.asked % len(PAGES)]):
                taken.append((time.monotonic() - began) * 1000)
        return taken

    def warms_up(self) -> None:
        """Read until every worker has drawn every page once and knows her."""
        while self.asked < WARM:
            self.read(PAGES[self.asked % len(PAGES)])
            if self.asked % 4 == 0:
                self.line = None

    def read(self, page: str) -> bool:
        self.asked += 1
        for fresh in (self.line is None, True):
            try:
                if fresh or self.line is None:
                    self.line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
                self.line.request("GET", page, headers={"Host": "localhost", "Cookie": self.cookie})
                answer = self.line.getresponse()
                answer.read()
            except (OSError, HTTPException):
                self.line = None
                continue
            if answer.status != 200:
                break
            return True
        self.missed += 1
        return False


@contextmanager
def served() -> Iterator[tuple["subprocess.Popen[bytes]", int]]:
    """Serve the node of this process's folder; end it, and whatever it started, afterwards."""
    port = free_port()
    unwanted = ("PANAH_BENCH", "PANAH_DATABASE_AS")
    env = {name: value for name, value in os.environ.items() if name not in unwanted}
    command = [sys.executable, "-m", "panah", "serve", "--port", str(port), "--workers", "2"]
    process = subprocess.Popen(command, env=env, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        until_it_answers(process, port)
        yield process, port
    finally:
        started = family(process.pid)
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
        for pid in started:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        process.wait()


def until_it_answers(process: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + STARTS_WITHIN
    while process.poll() is None and time.monotonic() < end:
        line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        with suppress(OSError, HTTPException):
            line.request("GET", "/healthz", headers={"Host": "localhost"})
            if line.getresponse().status == 200:
                return
        line.close()
        time.sleep(0.2)
    raise TimeoutError("the node did not begin to answer")


def family(root: int) -> list[int]:
    """Return a process and all that it started, and they in turn."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found
