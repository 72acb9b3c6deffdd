"""Her telephone is taken away while she uses the door: whatever page she is on, the browser's folder holds none of it.

At each step all processes of the browser are stopped at one moment: its files are then what a killed one leaves. They are
read whole, compressed answers too, and go on. Beside each step a page that may be kept is opened, with a planted word
in it, which must be found. At the end the browser is killed. (A browser with a history of typed fields is kept from
them by ``autocomplete="off"``, which tests/public looks after.)
"""
# ruff: noqa: F811  fixtures of the hotline are used here too

from __future__ import annotations

import gzip
import os
import re
import signal
import time
import zlib
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from panah.people.hotline.models import Contact, LineChat
from panah.people.reporters import actions as reporters
from panah.people.reporters.models import Report
from tests.browser.conftest import ARGUMENTS, CHROMIUM, press
from tests.browser.door_report import SEEDED, START, button, digits_on, goes_through, read, taken_over
from tests.browser.recording import ways
from tests.hotline.chatting import open_line  # noqa: F401
from tests.hotline.conftest import line  # noqa: F401

TYPED = "Grey gate opposite the mill"
ANSWER = "Come to the blue door on Friday"
HERS, OURS = "We are locked in a cellar", "Stay calm, a colleague comes"
GZIP = re.compile(rb"\x1f\x8b\x08")


class MayBeKept(BaseHTTPRequestHandler):
    """A page that any browser keeps, compressed as ours are; its address is its content."""

    def do_GET(self) -> None:
        self.send_response(200)
        for name, value in (
            ("content-type", "text/plain"), ("content-encoding", "gzip"), ("cache-control", "max-age=6000"),
        ):  # fmt: skip
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(gzip.compress(b"planted-in-" + self.path[1:].encode()))

    def log_message(self, *_said: object) -> None:
        return


class Telephone:
    """A browser with a folder of its own, and what the police read in it. ``after(step)`` tells what was found where."""

    def __init__(self, playwright, folder, *, scripts):
        self.folder = folder
        (folder / "temporary").mkdir()
        self.context = playwright.chromium.launch_persistent_context(
            str(folder / "profile"), executable_path=CHROMIUM, args=ARGUMENTS, java_script_enabled=scripts, locale="en",
            env={**os.environ, "TMPDIR": str(folder / "temporary")},
        )  # fmt: skip
        self.page = self.context.pages[0]
        self.server = ThreadingHTTPServer(("localhost", 0), MayBeKept)
        Thread(target=self.server.serve_forever, daemon=True).start()

    def processes(self):
        """The browser and what it started."""
        for one in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                if f"--user-data-dir={self.folder}/profile".encode() in one.read_bytes():
                    yield int(one.parent.name)
            except OSError:
                continue

    def send(self, what):
        for one in [*self.processes()]:
            os.kill(one, what)

    def taken_after(self, step, words):
        """Which of the words stand in any of its files at this moment; the planted one must."""
        beside = self.context.new_page()
        beside.goto(f"http://localhost:{self.server.server_port}/{step}")
        beside.close()
        planted, until = f"planted-in-{step}", time.monotonic() + 20
        while not self.found([planted]) and time.monotonic() < until:
            self.page.wait_for_timeout(50)
        self.send(signal.SIGSTOP)
        try:
            assert self.found([planted]), f"the control, {step}"
            return [(step, word) for word in self.found(words)]
        finally:
            self.send(signal.SIGCONT)

    def found(self, words):
        files = [one for one in self.folder.rglob("*") if one.is_file() and not one.is_symlink()]
        kept = b"\0".join(unpacked(one.read_bytes()) for one in files)
        return [word for word in words if any(way in kept for way in ways(word))]

    def is_killed(self):
        self.send(signal.SIGKILL)
        self.server.shutdown()
        self.server.server_close()


def unpacked(content: bytes) -> bytes:
    """Return a file's bytes, and behind them whatever in it is an answer that came compressed."""
    inside = [content]
    for one in GZIP.finditer(content):
        try:
            inside.append(zlib.decompressobj(wbits=31).decompress(content[one.start() :]))
        except zlib.error:
            continue
    return b"\0".join(inside)


@pytest.fixture
def telephone(playwright, tmp_path, scripts):
    made = Telephone(playwright, tmp_path, scripts=scripts)
    yield made
    made.is_killed()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_seized_telephone_tells_nothing_at_any_step(live_server, world, open_line, telephone, scripts):
    page, url, told = telephone.page, live_server.url, []
    page.goto(f"{url}/info/?in=en")
    told += telephone.taken_after("first", SEEDED)

    page.goto(f"{url}{START}")
    if scripts:
        taken_over(page)
    goes_through(page)
    told += telephone.taken_after("written", SEEDED)
    button(page, "Send").click()
    digits = digits_on(page)
    secrets = [*SEEDED, digits, digits.replace(" ", ""), TYPED, ANSWER, HERS, OURS]
    told += telephone.taken_after("sent", secrets)
    press(button(page, "I have kept it"))
    told += telephone.taken_after("kept", secrets)

    read(world)
    reporters.answer(keys=world.keys("bakyt"), report=Report.objects.get(), text=ANSWER, at=timezone.now())
    page.goto(f"{url}/info/answer?in=en")
    page.get_by_label("The number of your message").fill(digits.replace(" ", ""))
    told += telephone.taken_after("digits-typed", secrets)
    press(button(page, "Open my message"))
    expect(page.get_by_text(ANSWER)).to_be_visible()
    page.get_by_label("Write more").fill(TYPED)
    told += telephone.taken_after("answered", secrets)

    page.goto(f"{url}/info/talk?in=en&country=XA")
    page.fill("textarea[name=text]", HERS)
    press(button(page, "Begin the chat"))
    chat, elena = LineChat.objects.get(), world.client("elena")
    elena.post(f"/calls/chats/{chat.pk}/")
    said = {"reply": OURS, "reply_once": "a"}
    elena.post(f"/calls/{Contact.objects.get(pk=chat.pk).number}/say", said)
    if not scripts:
        press(button(page, "Look for new words"))
    expect(page.locator("#talk")).to_contain_text(OURS)
    page.fill("#text", TYPED)
    told += telephone.taken_after("chat", secrets)

    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    page.goto("about:blank")
    told += telephone.taken_after("left", secrets)
    telephone.is_killed()
    assert told == [] and telephone.found(secrets) == []
    assert telephone.found(["planted-in-chat"]), "the control"
