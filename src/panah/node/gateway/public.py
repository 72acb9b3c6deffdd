"""The process that answers strangers, and how the gateway speaks to it: over a socket that only this user can open.

A request is the length of its variables in four bytes, these as JSON, the length of its body in four bytes, and the
body; an answer the same way round. Variables of no length are a question whether anybody is there.
"""

import asyncio
import json
import logging
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import BinaryIO

from panah.node.gateway.bridge import Answer, Application, respond

log = logging.getLogger(__name__)

SOCKET = "PANAH_PUBLIC_SOCKET"
# Seconds: how long the gateway waits for an answer. A bundle of 256 envelopes takes two.
PATIENCE = 60.0
PING = bytes(4)


# -- the gateway's side --------------------------------------------------------------------------


class NoAnswer(Exception):
    """The process is away or overwhelmed."""


class PublicProcess:
    """What the gateway knows of it: where it listens, and lines that are open and idle."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []

    async def answer(self, given: dict[str, str], body: bytes) -> Answer:
        """Return its answer, or raise NoAnswer."""
        try:
            async with asyncio.timeout(PATIENCE):
                reused = bool(self.idle)
                try:
                    return await self._asked(given, body)
                except (OSError, asyncio.IncompleteReadError):
                    # It was replaced since: what only reads may be asked once more, of the new one.
                    if not reused or given["REQUEST_METHOD"] not in ("GET", "HEAD"):
                        raise
                    self.idle.clear()
                    return await self._asked(given, body)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            raise NoAnswer from None

    async def _asked(self, given: dict[str, str], body: bytes) -> Answer:
        reader, writer = await self._line()
        try:
            writer.write(framed(json.dumps(given).encode(), body))
            await writer.drain()
            head = json.loads(await piece(reader))
            content = await piece(reader)
        except BaseException:
            writer.close()
            raise
        self.idle.append((reader, writer))
        headers = [(name, value) for name, value in head["headers"]]
        return Answer(head["status"], headers, content, signed_in=head["signed_in"])

    async def _line(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        while self.idle:
            reader, writer = self.idle.pop()
            # One that was replaced has closed its end.
            if not reader.at_eof() and not writer.is_closing():
                return reader, writer
            writer.close()
        return await asyncio.open_unix_connection(self.path)


async def piece(reader: asyncio.StreamReader) -> bytes:
    return await reader.readexactly(int.from_bytes(await reader.readexactly(4), "big"))


def framed(*pieces: bytes) -> bytes:
    return b"".join(len(piece).to_bytes(4, "big") + piece for piece in pieces)


# -- its own side --------------------------------------------------------------------------------


class Server:
    """Answers whatever gateways ask, each line with a thread of its own."""

    def __init__(self, listener: socket.socket, application: Application) -> None:
        self.listener, self.application = listener, application
        self.stopped = Event()
        self.lock, self.at_work = Lock(), 0

    def serve(self, *, grace: float) -> None:
        """Go on until ``stopped``; then let running requests finish, for at most ``grace`` seconds."""
        self.listener.settimeout(0.5)
        while not self.stopped.is_set():
            with suppress(TimeoutError):
                line, _peer = self.listener.accept()
                line.settimeout(None)
                Thread(target=self.attend, args=(line,), daemon=True).start()
        until = monotonic() + grace
        while self.at_work and monotonic() < until:
            sleep(0.05)

    def attend(self, line: socket.socket) -> None:
        with line, suppress(OSError, EOFError), line.makefile("rb") as stream:
            while not self.stopped.is_set():
                given = received(stream)
                if not given:
                    line.sendall(PING)
                    continue
                body = received(stream)
                with self.working():
                    line.sendall(answered(self.application, json.loads(given), body))

    @contextmanager
    def working(self) -> Iterator[None]:
        with self.lock:
            self.at_work += 1
        try:
            yield
        finally:
            with self.lock:
                self.at_work -= 1


def received(stream: BinaryIO) -> bytes:
    size = stream.read(4)
    if len(size) < 4:
        raise EOFError
    return stream.read(int.from_bytes(size, "big"))


def answered(application: Application, given: dict[str, str], body: bytes) -> bytes:
    try:
        answer = respond(application, given, body)
    except Exception:
        # Django answers for what goes wrong in a page; this is what goes wrong around it.
        log.exception("public")
        answer = Answer(500, [("content-type", "text/plain")], b"")
    head = {"status": answer.status, "headers": answer.headers, "signed_in": answer.signed_in}
    return framed(json.dumps(head).encode(), answer.body)


def stand_back() -> None:
    """Let colleagues' pages have the processors first, where both want them."""
    os.nice(5)


# -- the supervisor's side -----------------------------------------------------------------------


def is_there(path: str, *, seconds: float, over: Callable[[], bool]) -> bool:
    """Say whether the process answers: no page, only that it can. Waits no longer once it is ``over``."""
    until = monotonic() + seconds
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(0.5)
        try:
            line.connect(path)
            line.sendall(PING)
        except OSError:
            return False
        while monotonic() < until and not over():
            try:
                return line.recv(4) == PING
            except TimeoutError:
                continue
            except OSError:
                return False
    return over()
