"""A browser that is shown answers instead of asking for them: it draws a ``Sheet`` under the policy that came with it.

So a page can be looked at whose request was undone at once, and the node is not asked twice for each size and colour. Style
sheets and scripts stay in the browser's cache; nothing is drawn that nobody looks at (``STILL``): that takes a quarter off what
a page costs.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page

from tests.browser.measures import AXE, ON_A_DESK, RULES, STICKS_OUT, TOO_SMALL, axe_finds
from tests.walk import Sheet

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
# What a browser says of its own about every answer that is not 2xx, and of a number field given back as it was sent.
EXPECTED = ("the server responded with a status of", "cannot be parsed, or is out of range")
# One dot that can be seen through, for the photographs of practice files.
DOT = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")
# Frames are drawn when they are asked for, and here none is: pages are measured, not photographed.
STILL = ["--enable-begin-frame-control", "--run-all-compositor-stages-before-draw", "--in-process-gpu"]


@cache
def static(path: str) -> bytes:
    found = finders.find(path.removeprefix("/static/"))
    return Path(found).read_bytes() if found else b""


class SheetServer(ThreadingHTTPServer):
    """Gives the browser the sheet that is ``shown`` wherever it goes, and our static files to keep."""

    daemon_threads = True
    shown: Sheet | None = None

    def __init__(self, *how: Any) -> None:
        super().__init__(*how)
        self.missing: list[str] = []


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SheetServer

    def do_GET(self) -> None:
        path, wanted = urlsplit(self.path).path, self.headers.get("Sec-Fetch-Dest")
        if wanted == "document" and self.server.shown is not None:
            # What a page is kept for or how it was packed on its way does not matter to its look.
            left = ("Content-Length", "Set-Cookie", "Location")
            headers = {name: value for name, value in self.server.shown.headers.items() if name not in left}
            self._give(self.server.shown.status, headers, self.server.shown.body)
        elif path.startswith("/static/"):
            body, kind = static(path), KINDS.get(path.rpartition(".")[2], "text/plain")
            if body:
                self._give(200, {"Content-Type": kind, "Cache-Control": "max-age=86400, immutable"}, body)
            else:
                self.server.missing.append(f"no such file: {path}")
                self._give(404, {}, b"")
        elif wanted == "image":
            self._give(200, {"Content-Type": "image/gif"}, DOT)
        else:
            self._give(204, {}, b"")

    do_POST = do_GET  # noqa: N815

    def _give(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *said: Any) -> None:
        """Say nothing."""


class Glass:
    """One page of a browser of one size and colour."""

    def __init__(self, browser: Browser, *, size: dict[str, int], scheme: str) -> None:
        phone = size["width"] < 500
        self.size = size
        self.name = f"{size['width']} {scheme}"
        self.server = SheetServer(("127.0.0.1", 0), Answer)
        self.here = f"http://localhost:{self.server.server_port}"
        Thread(target=self.server.serve_forever, daemon=True).start()
        self.context = browser.new_context(
            viewport=size, color_scheme=scheme, has_touch=phone, is_mobile=phone, reduced_motion="reduce",
            service_workers="block",
        )  # fmt: skip
        self.context.add_init_script(AXE)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)[:200]))
        self.complaints: list[str] = []

    def _heard(self, said: Any) -> None:
        if said.type in ("error", "warning") and not any(one in said.text for one in EXPECTED):
            self.complaints.append(said.text[:200])

    def show(self, sheet: Sheet) -> Page:
        self.complaints.clear()
        self.server.missing.clear()
        self.server.shown = sheet
        self.page.set_viewport_size(self.size)
        self.page.goto(f"{self.here}{sheet.address.partition('#')[0]}", wait_until="load")
        return self.page

    def finds(
        self,
        sheet: Sheet,
        *,
        narrow: bool = False,
        large_text: bool = False,
        rules: dict[str, Any] | None = None,
    ) -> list[str]:
        """All that is wrong with a page in this size and colour; ``narrow``: also at 320 pixels; ``large_text``: by half.

        ``rules`` are what axe asks, all that it knows for this size unless they are given.
        """
        page = self.show(sheet)
        rules = rules or (RULES if self.size == PHONE else ON_A_DESK)
        found = [*page.evaluate(STICKS_OUT), *axe_finds(page, rules)]
        if self.size == PHONE:
            found += page.evaluate(TOO_SMALL)
        if large_text:
            page.evaluate("document.documentElement.style.fontSize = '150%'")
            found += [f"text 150 %: {one}" for one in page.evaluate(STICKS_OUT)]
            page.evaluate("document.documentElement.style.fontSize = ''")
        if narrow:
            page.set_viewport_size({"width": 320, "height": 640})
            found += [f"320: {one}" for one in page.evaluate(STICKS_OUT)]
        found += [*self.complaints, *self.server.missing]
        where = f"{sheet.who}, {sheet.language}, {self.name}: {sheet.kind} ({sheet.address})"
        return [f"{where}: {one}" for one in dict.fromkeys(found)]

    def close(self) -> None:
        self.context.close()
        self.server.shutdown()
        self.server.server_close()


@contextmanager
def glass(browser: Browser, **how: Any) -> Iterator[Glass]:
    made = Glass(browser, **how)
    try:
        yield made
    finally:
        made.close()
