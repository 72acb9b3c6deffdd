"""Reading a request's body: in memory, within a size, and at least so fast."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass

KIB, MIB = 1024, 1024 * 1024


class NotRead(Exception):
    """A body was not read to its end; ``status`` is what is answered, 0 when nobody is there to hear it."""

    status = 0


class TooSlow(NotRead):
    status = 408


class TooLarge(NotRead):
    status = 413


class NoRoom(NotRead):
    status = 503


class Gone(NotRead):
    """The other side hung up."""


@dataclass(frozen=True)
class Allowance:
    """How large and how slow a body may be.

    ``pause``: seconds without a byte. ``rate``: bytes a second on the average, once ``grace`` seconds have passed.
    ``whole``: seconds for all of it. ``largest``: bytes; what comes beyond is ``TooLarge``, or thrown away as far as
    ``past``: a browser that is cut off while it sends shows an error of its own and not our sentence.
    """

    largest: int
    pause: float
    rate: int
    grace: float
    whole: float
    past: int = 0

    def seconds_left(self, *, since: float, now: float, size: int) -> float:
        """Return how long to wait for the next bytes when ``size`` have come."""
        ends = since + min(self.whole, self.grace + size / self.rate)
        return min(self.pause, ends - now)


class Room:
    """Bytes of bodies that lie in memory at once, at most ``most``."""

    def __init__(self, most: int) -> None:
        self.most, self.taken = most, 0

    def take(self, size: int) -> None:
        if self.taken + size > self.most:
            raise NoRoom
        self.taken += size

    def give(self, size: int) -> None:
        self.taken -= size


class Body:
    """One body as it comes; ``close`` gives back the room that it took."""

    def __init__(self, room: Room) -> None:
        self.room, self.content, self.held, self.seen = room, bytearray(), 0, 0

    async def read(self, stream: AsyncIterator[bytes], allowance: Allowance) -> bytes:
        """Return the whole, or nothing of what was too large and thrown away; raises NotRead."""
        since = time.monotonic()
        while True:
            left = allowance.seconds_left(since=since, now=time.monotonic(), size=self.seen)
            try:
                async with asyncio.timeout(left):
                    piece = await anext(stream)
            except TimeoutError:
                raise TooSlow from None
            except StopAsyncIteration:
                content, self.content = bytes(self.content), bytearray()
                return content
            self.keep(piece, allowance)

    def keep(self, piece: bytes, allowance: Allowance) -> None:
        self.seen += len(piece)
        if self.seen > max(allowance.largest, allowance.past):
            raise TooLarge
        if self.seen > allowance.largest:
            self.close()
            return
        self.room.take(len(piece))
        self.held += len(piece)
        self.content += piece

    def close(self) -> None:
        self.room.give(self.held)
        self.held, self.content = 0, bytearray()
