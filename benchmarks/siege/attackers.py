"""Strangers at one open door: slow bodies, fast requests, and bombs, from one process that stops by itself.

``python -m benchmarks.siege.attackers JSON``: ``port`` on this machine, ``door`` as in ``doors.py``, ``seconds``, and
how many connections are ``slow``, ``fast`` and ``bombs``. Prints how often each was answered, by status.
"""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress

from benchmarks.exchange.die_with_parent import end_with_parent
from benchmarks.siege.doors import DOORS, Door

HOST = "127.0.0.1"
BOMB = 8 * 1024 * 1024
BITE = 64 * 1024
# Between two requests of a fast stranger: fifty of them ask a thousand times a second if they are let.
BREATH = 0.05
# One byte after a pause: what a server without deadlines waits for, for ever.
PAUSE = 1.0


Way = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[int]]


class Siege:
    """All connections to one door, until the time is over."""

    def __init__(self, *, port: int, door: Door, seconds: float) -> None:
        self.port, self.door = port, door
        self.ends = time.monotonic() + seconds
        self.seen: Counter[str] = Counter()

    async def lay(self, *, slow: int, fast: int, bombs: int) -> None:
        ways = [self.slow] * slow + [self.fast] * fast + [self.bomb] * bombs
        async with asyncio.TaskGroup() as group:
            for way in ways:
                group.create_task(self.again(way))

    async def again(self, way: Way) -> None:
        """Do it again and again: whoever is cut off comes back at once."""
        name = way.__name__
        while (left := self.ends - time.monotonic()) > 0:
            with suppress(TimeoutError):
                try:
                    async with asyncio.timeout(left):
                        reader, writer = await asyncio.open_connection(HOST, self.port)
                        try:
                            self.seen[f"{name} {await way(reader, writer)}"] += 1
                        finally:
                            writer.close()
                except (OSError, asyncio.IncompleteReadError, ValueError):
                    self.seen[f"{name} cut off"] += 1
                    await asyncio.sleep(0.05)

    async def slow(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
        """Announce a body and send it byte by byte."""
        writer.write(self.head("POST", 100_000))
        answer = asyncio.ensure_future(status(reader))
        try:
            while not answer.done():
                writer.write(b"a")
                await asyncio.wait([answer], timeout=PAUSE)
            return answer.result()
        finally:
            answer.cancel()

    async def fast(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
        """Ask what the door is for, as fast as it answers."""
        await asyncio.sleep(BREATH)
        body = self.door.body
        writer.write(self.head("POST" if body else "GET", len(body)) + body)
        return await status(reader)

    async def bomb(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> int:
        """Send eight megabytes of zeros, as fast as they are taken."""
        writer.write(self.head("POST", BOMB))
        answer = asyncio.ensure_future(status(reader))
        try:
            for _ in range(BOMB // BITE):
                writer.write(bytes(BITE))
                await writer.drain()
                if answer.done():
                    break
            return await answer
        finally:
            answer.cancel()

    def head(self, method: str, size: int) -> bytes:
        lines = [
            f"{method} {self.door.path} HTTP/1.1",
            "Host: localhost",
            f"Content-Type: {self.door.content}",
        ]
        lines += [f"Cookie: {self.door.cookie}"] if self.door.cookie else []
        lines += [f"Content-Length: {size}"] if size else []
        return "\r\n".join([*lines, "Connection: close", "", ""]).encode()


async def status(reader: asyncio.StreamReader) -> int:
    """Read an answer to its end; returns its status."""
    line = await reader.readuntil(b"\r\n")
    while await reader.read(BITE):
        pass
    return int(line.split()[1])


def main() -> None:
    end_with_parent()
    told = json.loads(sys.argv[1])
    siege = Siege(port=told["port"], door=DOORS[told["door"]], seconds=told["seconds"])
    asyncio.run(siege.lay(slow=told["slow"], fast=told["fast"], bombs=told["bombs"]))
    print(json.dumps(dict(sorted(siege.seen.items()))), flush=True)


if __name__ == "__main__":
    main()
