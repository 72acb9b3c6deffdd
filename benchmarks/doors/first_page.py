"""The first page in each language: its bytes as they are sent, and how soon it can be used on a thin line."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from benchmarks.figures import Figure
from panah.ground.kit import static_build
from panah.ground.kit.languages import DOOR
from tools.system_needs import chromium as chromium_here

FIRST = "/info/"
# What may be sent at most: the whole of it, compressed.
MOST = 20 * 1024
# 50 kbit/s each way, and 400 ms there and back.
BYTES_A_SECOND, LATENCY = 50_000 / 8, 400
# Ways there and back that these bytes need: page, style sheet. Chromium holds back requests, not the opening of a line.
WAYS = 2


def weights() -> Iterator[Figure]:
    """Yield bytes by language: the page and all that a browser loads beside it, compressed."""
    folder = static_build.collect(Path(settings.HOME) / "static-of-bench")
    for tag, name in DOOR:
        page = Client(headers={"host": "localhost"}).get(FIRST, {"in": tag}).content
        beside, _files = static_build.weight(page.decode(), folder)
        yield Figure(
            "doors", f"first page, {name}", len(gzip.compress(page)) + beside, "bytes", float(MOST), beside
        )


def usable(port: int) -> Iterator[Figure]:
    """Yield by language the time until the page is drawn and answers, in Chromium with a throttled line."""
    chromium = chromium_here()
    if chromium is None or find_spec("playwright") is None:
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as made:
        browser = made.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for tag, name in DOOR:
            took, received = _opened(browser, f"http://localhost:{port}{FIRST}?in={tag}")
            floor = WAYS * LATENCY + received / BYTES_A_SECOND * 1000
            yield Figure(
                "doors", f"usable at 50 kbit/s and 400 ms, {name}", took, "ms by the clock", floor, received
            )
        browser.close()


def _opened(browser: Any, address: str) -> tuple[float, int]:
    """Return milliseconds until the page is there with its style and the way out can be pressed, and bytes received."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    page = context.new_page()
    line, received = context.new_cdp_session(page), [0]

    def came(said: dict[str, Any]) -> None:
        received[0] += int(said.get("encodedDataLength", 0))

    line.on("Network.loadingFinished", came)
    line.send("Network.enable")
    slow = {
        "offline": False, "latency": LATENCY, "downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND,
    }  # fmt: skip
    line.send("Network.emulateNetworkConditions", slow)
    began = time.perf_counter()
    page.goto(address, wait_until="domcontentloaded", timeout=120_000)
    page.locator("[data-leave]").first.click(trial=True, timeout=120_000)
    took = (time.perf_counter() - began) * 1000
    page.wait_for_load_state("load")
    context.close()
    return took, received[0]
