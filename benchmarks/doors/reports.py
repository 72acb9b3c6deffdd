"""Reports that come at once to a served node, as browsers without scripts send them, while a colleague works.

The floor is a bare page of the same node that writes one row, asked by as many at once. What was answered with a number
is looked for afterwards by that number: a report that it does not open is lost.
"""

from __future__ import annotations

import os
import re
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from uuid import uuid4

from django.utils import timezone

from benchmarks import seed
from benchmarks.doors import first_page
from benchmarks.figures import Figure
from benchmarks.siege.runner import PATIENCE, Colleague, family, served
from panah.ground.network.models import Society
from panah.ground.vault.sealed_state import seal_state
from panah.people.public.views import tell
from panah.people.reporters import queries as reporters_queries
from panah.practice.cast import Practice

AT_ONCE, REPORTS, WITH_FILE = 20, 600, 50
LARGE = 5 * 1024 * 1024
ALONE = 2.0
DIGITS = re.compile(r'class="digits">([\d\s]+)<')
type Form = tuple[str, bytes, str]
# Longer than anything that could stand in a sealed state by chance.
BOUNDARY = "practice-bench-of-the-door"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"


def run(made: Practice, *, quick: bool) -> Iterator[Figure]:
    """Yield reports a second, a colleague's median meanwhile, and what was lost; then the first page on a thin line."""
    count = REPORTS // 6 if quick else REPORTS
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.doors.settings"
    cookies = {name: one.value for name, one in seed.browser(made, "bakyt").cookies.items()}
    society = made.staff["bakyt"].society
    with served() as (process, port):
        colleague = Colleague(port, cookies)
        colleague.warms_up()
        asked = f"/info/write?country={society.iso2}&society={society.slug}&in=en"
        bare = rate([("/info/bare", b"x", "text/plain")] * count, port)[0]
        for case, every in (("", 0), (", one in 50 with a file of 5 MB", WITH_FILE)):
            forms = [
                _form(asked, society, large=bool(every) and not number % every) for number in range(count)
            ]
            alone = statistics.median(colleague.reads(ALONE))
            before = processor_time(process.pid)
            with _reading(colleague) as meanwhile:
                speed, pages = rate(forms, port)
            worked = processor_time(process.pid) - before
            yield Figure("doors", f"reports, 20 at once{case}", speed, "a second", bare, count)
            # Less moved by who else works on the machine.
            yield Figure(
                "doors",
                f"processor of the door's process a report{case}",
                worked / count * 1000,
                "ms CPU",
                None,
                count,
            )
            desk = statistics.median(meanwhile or [PATIENCE * 1000])
            yield Figure(
                "doors", f"desk's median meanwhile{case}", desk, "ms by the clock", alone, len(meanwhile)
            )
            yield Figure(
                "doors", f"reports lost{case}", count - sum(map(is_there, pages)), "reports", None, count
            )
        yield from first_page.usable(port)


@contextmanager
def _reading(colleague: Colleague) -> Iterator[list[float]]:
    """Let a colleague read her pages meanwhile; gives the milliseconds that each took."""
    meanwhile: list[float] = []
    end = threading.Event()
    reading = threading.Thread(target=_reads, args=(colleague, meanwhile, end))
    reading.start()
    try:
        yield meanwhile
    finally:
        end.set()
        reading.join()


def processor_time(root: int) -> float:
    """Return the seconds of processor time that the process which answers strangers has taken."""
    ticks = 0
    for pid in family(root):
        with suppress(OSError):
            if b"public_process" not in Path(f"/proc/{pid}/cmdline").read_bytes():
                continue
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _reads(colleague: Colleague, taken: list[float], end: threading.Event) -> None:
    while not end.is_set():
        taken += colleague.reads(0.2)


def _form(address: str, society: Society, *, large: bool) -> Form:
    """Return the page of the questions as it would be sent: address, body, type."""
    answers = {
        "about": "me",
        "danger": "no",
        "young": "no",
        "text": f"Practice: a report of the bench, {uuid4()}.",
    }
    state = {"country": society.iso2, "society": society.slug, "answers": {}}
    token = reporters_queries.new_token()
    said = {
        **answers,
        "go": "send",
        "state": seal_state(state | {"token": token}, what=tell.WHAT, whose=tell.ANYBODY, at=timezone.now()),
    }
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in said.items()
    ]
    body = "".join(parts).encode()
    if large:
        kind = "Content-Type: application/pdf"
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n{kind}\r\n\r\n'
        body += head.encode() + b"%PDF-1.7\n" + os.urandom(LARGE) + b"\r\n"
    return address, body + f"--{BOUNDARY}--\r\n".encode(), TYPE


def rate(forms: list[Form], port: int) -> tuple[float, list[str]]:
    """Send forms, twenty at once; return how many a second were answered, and the answers."""
    waiting, pages, lock = list(forms), list[str](), threading.Lock()

    def sends() -> None:
        while True:
            with lock:
                if not waiting:
                    return
                address, body, kind = waiting.pop()
            page = _ask(port, "POST", address, body, kind)
            with lock:
                pages.append(page)

    began = time.monotonic()
    threads = [threading.Thread(target=sends) for _ in range(AT_ONCE)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return len(forms) / (time.monotonic() - began), pages


def _ask(port: int, method: str, address: str, body: bytes | None = None, kind: str = "") -> str:
    """Return a page; "" when there was none."""
    line = HTTPConnection("127.0.0.1", port, timeout=PATIENCE * 5)
    try:
        line.request(method, address, body, {"Host": "localhost", **({"Content-Type": kind} if kind else {})})
        answer = line.getresponse()
        text = answer.read().decode()
    except (OSError, HTTPException):
        return ""
    finally:
        line.close()
    return text if answer.status == 200 else ""


def is_there(page: str) -> bool:
    """Say whether the number that a page shows leads to a report."""
    digits = DIGITS.search(page)
    said = reporters_queries.parse(digits[1]) if digits else None
    return said is not None and reporters_queries.find(*said) is not None
