"""Thirty colleagues at work at once on one node: each reads her day, her list and a case, and writes notes in it.

Each holds one connection, as a browser does, and waits a little between two pages. Every note is looked for afterwards:
what was answered with *The note is kept* must stand in its case.
"""

from __future__ import annotations

import random
import re
import statistics
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

from django.test.utils import override_settings

from benchmarks import seed
from benchmarks.figures import Figure
from benchmarks.siege.runner import CHEAP, PATIENCE, served
from panah.ground.accounts import actions as accounts
from panah.ground.sign_in import actions as sign_in
from panah.ground.vault import actions as vault
from panah.people.cases import actions as cases
from panah.practice.cast import Practice

TEAM, ROUNDS, ALONE = 30, 6, 10
# Seconds that somebody looks at a page before she presses again: shorter than in life.
LOOKS = (0.3, 1.2)
WORDS = "six made up words for benches"
FORM = "application/x-www-form-urlencoded"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def run(quick: bool) -> Iterator[Figure]:
    """Yield median and slowest twentieth of all pages, one colleague alone as their floor, and what was lost."""
    with override_settings(PANAH_ARGON2=CHEAP):
        made = seed.node()
        names = [hired(made, number) for number in range(TEAM)]
    numbers = {
        name: str(cases.open_case(keys=made.keys(name), by=made.staff[name], at=made.at).number)
        for name in names
    }
    rounds = ROUNDS // 3 if quick else ROUNDS
    with served() as (_process, port):
        team = [AtWork(port, cookies(made, name), numbers[name], rounds) for name in names]
        alone = team[0].reads_alone()
        threads = [threading.Thread(target=one.works, args=(number,)) for number, one in enumerate(team)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        lost = sum(one.notes_lost() for one in team)
    yield from figures(team, alone, lost)


def figures(team: list[AtWork], alone: list[float], lost: int) -> Iterator[Figure]:
    pages = sorted(milliseconds for one in team for milliseconds in one.read_in)
    notes = sorted(milliseconds for one in team for milliseconds in one.written_in)
    floor = statistics.median(alone)
    yield Figure(
        "team",
        f"a page, {TEAM} at work, median",
        statistics.median(pages),
        "ms by the clock",
        floor,
        len(pages),
    )
    yield Figure("team", "a page, 95 %", pages[len(pages) * 95 // 100], "ms by the clock", floor, len(pages))
    yield Figure(
        "team", "a note kept, median", statistics.median(notes), "ms by the clock", floor, len(notes)
    )
    yield Figure(
        "team", "a note kept, 95 %", notes[len(notes) * 95 // 100], "ms by the clock", floor, len(notes)
    )
    yield Figure("team", "notes lost", lost, "notes", None, len(notes))
    yield Figure(
        "team", "pages that did not come", sum(one.missed for one in team), "pages", None, len(pages)
    )


def hired(made: Practice, number: int) -> str:
    """Hire one more caseworker of Bakyt's society, with a key of her own."""
    name = f"team{number}"
    society = made.staff["bakyt"].society
    staff = accounts.add_colleague(
        society=society, username=name, name=name.title(), roles=["caseworker"], at=made.at
    )
    vault.make_staff_key(staff=staff, passphrase=WORDS, code=f"{number:032x}", at=made.at)
    vault.admit(keys=made.keys("bakyt"), staff=staff, at=made.at)
    made.staff[name] = staff
    made.seeds[name] = sign_in.check_passphrase(
        username=name, passphrase=f"{number:032x}", at=made.at, with_code=True
    ).seed
    return name


def cookies(made: Practice, name: str) -> dict[str, str]:
    return {key: one.value for key, one in seed.browser(made, name).cookies.items()}


@dataclass
class AtWork:
    """One colleague with one case."""

    port: int
    cookies: dict[str, str]
    case: str
    rounds: int
    read_in: list[float] = field(default_factory=list)
    written_in: list[float] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    missed: int = 0

    def __post_init__(self) -> None:
        self.line = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def _ask(self, method: str, page: str, body: bytes | None = None) -> tuple[int, str]:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Host": "localhost", "Cookie": cookie} | ({"Content-Type": FORM} if body else {})
        try:
            self.line.request(method, page, body, headers)
            answer = self.line.getresponse()
            text = answer.read().decode()
        except (OSError, HTTPException):
            self.line.close()
            return 0, ""
        for said in answer.headers.get_all("Set-Cookie") or ():
            name, _is, value = said.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text if answer.status == 200 else ""

    def reads_alone(self) -> list[float]:
        return [self._timed("/")[0] for _time in range(ALONE * 2)][ALONE:]

    def works(self, number: int) -> None:
        """Read and write by turns; each in an order and with pauses of her own, the same ones in each run."""
        chance = random.Random(number)
        for turn in range(self.rounds):
            for page in ("/", "/cases/", f"/cases/{self.case}/"):
                took, text = self._timed(page)
                self.read_in.append(took)
                self.missed += not text
                time.sleep(chance.uniform(*LOOKS))
            self._writes(f"note {number}-{turn} of the bench", text)

    def notes_lost(self) -> int:
        """Return how many notes that were said to be kept do not stand in the case."""
        text = unescape(self._timed(f"/cases/{self.case}/")[1])
        return sum(note not in text for note in self.kept)

    def _timed(self, page: str) -> tuple[float, str]:
        began = time.monotonic()
        _status, text = self._ask("GET", page)
        return (time.monotonic() - began) * 1000, text

    def _writes(self, note: str, page: str) -> None:
        token = TOKEN.search(page)
        body = urlencode({"text": note, "csrfmiddlewaretoken": token[1] if token else ""}).encode()
        began = time.monotonic()
        status, _text = self._ask("POST", f"/cases/{self.case}/note/", body)
        self.written_in.append((time.monotonic() - began) * 1000)
        if status == 302:
            self.kept.append(note)
        else:
            self.missed += 1
