"""A trainer's telephone that takes a list of pupils along."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Page, Playwright, expect

from panah.programmes.training.models import Session
from tests.browser.conftest import ARGUMENTS, CHROMIUM

PIN = "482913"


class Telephone:
    """Elena's telephone: what it keeps lies in a folder; its battery can die, and it counts what her finger does."""

    def __init__(self, playwright: Playwright, folder: Path, url: str, cookies: Any) -> None:
        self.playwright, self.folder, self.url, self.cookies = playwright, folder, url, cookies
        self.taps = self.typed = 0
        self.context: BrowserContext | None = None

    def switch_on(self, *, line: bool, signed_in: bool = True) -> Page:
        self.context = self.playwright.chromium.launch_persistent_context(
            str(self.folder), executable_path=CHROMIUM, args=ARGUMENTS, viewport={"width": 360, "height": 740},
            has_touch=True, is_mobile=True, locale="en", base_url=self.url,
        )  # fmt: skip
        if signed_in:
            given = [
                {"name": name, "value": one.value, "url": self.url} for name, one in self.cookies().items()
            ]
            self.context.add_cookies(given)  # type: ignore[arg-type]
        self.context.set_offline(not line)
        page = self.context.pages[0]
        page.complaints = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
        return page

    def tap(self, what: Any) -> None:
        self.taps += 1
        what.click()

    def battery_dies(self) -> None:
        """The browser is killed in the middle, as the system kills it; the folder stays as it is on the disk."""
        mine = [int(one.parent.name) for one in Path("/proc").glob("[0-9]*/cmdline") if self._is_mine(one)]
        assert mine, "control: the browser runs"
        for pid in mine:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.context = None

    def _is_mine(self, cmdline: Path) -> bool:
        try:
            return f"--user-data-dir={self.folder}".encode() in cmdline.read_bytes()
        except OSError:
            return False

    def off(self) -> None:
        if self.context is not None:
            self.context.close()
            self.context = None

    def reads(self, *words: str) -> list[str]:
        """Which of the words somebody reads who takes the telephone's storage apart."""
        kept = b"".join(
            one.read_bytes() for one in self.folder.rglob("*") if one.is_file() and not one.is_socket()
        )
        return [one for one in words if one.encode() in kept or one.encode("utf-16-le") in kept]


@pytest.fixture
def telephone(playwright: Playwright, tmp_path: Path, live_server: Any, world: Any) -> Iterator[Telephone]:
    made = Telephone(playwright, tmp_path / "phone", live_server.url, lambda: world.client("elena").cookies)
    yield made
    made.off()


def taken_along(telephone: Telephone, session: Session) -> Page:
    """In the office, with a line: Elena takes the list of the session under a PIN."""
    page = telephone.switch_on(line=True)
    page.goto(reverse("training:register", args=[session.pk]))
    telephone.tap(page.get_by_role("link", name="Take it on a telephone"))
    page.get_by_label("PIN, six signs or more").fill(PIN)
    page.get_by_label("The same PIN again").fill(PIN)
    telephone.typed += 2
    telephone.tap(page.get_by_role("button", name="Take the list"))
    expect(page.get_by_text("This page works without a line now")).to_be_visible()
    return page


def pupil(page: Page, number: int) -> Any:
    return page.get_by_role("group", name=re.compile(rf"^{number}\. "))
