"""A browser that is shown answers instead of fetching them: it draws a ``Sheet`` under the policy that came with it.

So a page can be looked at whose request was undone at once, and the node is not asked twice for each size and colour.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from playwright.sync_api import Browser, Page, Route

from tests.browser.conftest import AXE, STICKS_OUT, TOO_SMALL, axe_finds
from tests.walk import Sheet

HERE = "http://localhost:1"
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
# What a browser says of its own about every answer that is not 2xx, and of a number field given back as it was sent.
EXPECTED = ("the server responded with a status of", "cannot be parsed, or is out of range")
# One dot that can be seen through, for the photographs of practice files.
DOT = bytes.fromhex("47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b")


class Glass:
    """One page of a browser of one size and colour."""

    def __init__(self, browser: Browser, *, size: dict[str, int], scheme: str) -> None:
        phone = size["width"] < 500
        self.size = size
        self.name = f"{size['width']} {scheme}"
        self.context = browser.new_context(
            viewport=size, color_scheme=scheme, has_touch=phone, is_mobile=phone, reduced_motion="reduce",
            service_workers="block",
        )  # fmt: skip
        self.context.add_init_script(AXE)
        self.context.route("**/*", self._answer)
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)[:200]))
        self.complaints: list[str] = []
        self.shown: Sheet | None = None

    def _heard(self, said: Any) -> None:
        if said.type in ("error", "warning") and not any(one in said.text for one in EXPECTED):
            self.complaints.append(said.text[:200])

    def _answer(self, route: Route) -> None:
        path = urlsplit(route.request.url).path
        if route.request.is_navigation_request() and self.shown is not None:
            # What a page is kept for or how it was packed on its way does not matter to its look.
            left = ("Content-Length", "Set-Cookie", "Location")
            headers = {name: value for name, value in self.shown.headers.items() if name not in left}
            route.fulfill(status=self.shown.status, headers=headers, body=self.shown.body)
        elif path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
            route.fulfill(path=found, content_type=KINDS.get(path.rpartition(".")[2], "text/plain"))
        elif route.request.resource_type == "image":
            route.fulfill(body=DOT, content_type="image/gif")
        else:
            route.fulfill(status=204, body="")

    def show(self, sheet: Sheet) -> Page:
        self.complaints.clear()
        self.shown = sheet
        self.page.set_viewport_size(self.size)
        self.page.goto(f"{HERE}{sheet.address.partition('#')[0]}", wait_until="load")
        return self.page

    def finds(self, sheet: Sheet, *, narrow: bool = False) -> list[str]:
        """All that is wrong with a page in this size and colour; ``narrow``: also at 320 pixels."""
        page = self.show(sheet)
        found = [*page.evaluate(STICKS_OUT), *axe_finds(page)]
        if self.size == PHONE:
            found += page.evaluate(TOO_SMALL)
        if narrow:
            page.set_viewport_size({"width": 320, "height": 640})
            found += [f"320: {one}" for one in page.evaluate(STICKS_OUT)]
        found += self.complaints
        where = f"{sheet.who}, {sheet.language}, {self.name}: {sheet.kind} ({sheet.address})"
        return [f"{where}: {one}" for one in dict.fromkeys(found)]


@contextmanager
def glass(browser: Browser, **how: Any) -> Iterator[Glass]:
    made = Glass(browser, **how)
    try:
        yield made
    finally:
        made.context.close()
