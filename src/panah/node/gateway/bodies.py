"""Reading a request's body: in memory, within a size, and at least so fast."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass

KIB, MIB = 1024, 1024 * 1024
# A form without files: below this a body has a room apart.
SMALL = 64 * KIB
# Seconds for which a body is left in peace, whoever else waits.
IN_PEACE = 20


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

    ``pause``: seconds without a byte. ``rate``: bytes a second; whoever is faster saves time for a slow stretch, but
    never more than ``grace`` seconds: a quick beginning does not buy hours. ``whole``: seconds for all of it.
    ``largest``: bytes; what comes beyond is ``TooLarge``, or thrown away as far as ``past``: a browser that is cut off
    while it sends shows an error of its own and not our sentence.
    """

    largest: int
    pause: float
    rate: int
    grace: float
    whole: float
    past: int = 0


class Pace:
    """How long the next bytes of one body are waited for."""

    def __init__(self, allowance: Allowance, *, since: float) -> None:
        self.allowance = allowance
        self.ends, self.last = since + allowance.grace, since + allowance.whole

    def came(self, size: int, *, now: float) -> None:
        self.ends = min(now + self.allowance.grace, self.ends + size / self.allowance.rate)

    def seconds_left(self, *, now: float) -> float:
        return min(self.allowance.pause, self.ends - now, self.last - now)


class Room:
    """Bytes of bodies that lie in memory at once, at most ``most``.

    ``gives_way``: when there is no more, whoever has taken most of it for longest makes room for the next one.
    """

    def __init__(self, most: int, *, gives_way: bool = False) -> None:
        self.most, self.taken, self.gives_way = most, 0, gives_way
        self.reading: set[Body] = set()

    def take(self, size: int) -> None:
        while self.taken + size > self.most:
            if not self.gives_way or not send_away(self.reading, by=Body.room_taken):
                raise NoRoom
        self.taken += size

    def give(self, size: int) -> None:
        self.taken -= size


class Rooms:
    """Room for large bodies, and one apart for small ones: who fills the first keeps no report of a danger out.

    What announces no size is large.
    """

    def __init__(self, *, large: int, small: int, give_way: bool = False) -> None:
        self.large, self.small = Room(large, gives_way=give_way), Room(small, gives_way=give_way)

    def of(self, size: int) -> Room:
        return self.small if 0 < size < SMALL else self.large

    def send_slowest_away(self) -> bool:
        """End the body that comes most slowly, for somebody who waits at the door; False when all came just now."""
        return send_away(self.large.reading | self.small.reading, by=Body.slowness)


class Body:
    """One body as it comes; ``close`` gives back the room that it took."""

    def __init__(self, room: Room) -> None:
        self.room, self.content, self.held, self.seen = room, bytearray(), 0, 0
        self.began, self.sent_away = time.monotonic(), False
        self.waiting: asyncio.Timeout | None = None

    async def read(self, stream: AsyncIterator[bytes], allowance: Allowance) -> bytes:
        """Return the whole, or nothing of what was too large and thrown away; raises NotRead."""
        pace = Pace(allowance, since=time.monotonic())
        self.room.reading.add(self)
        try:
            while True:
                try:
                    async with asyncio.timeout(pace.seconds_left(now=time.monotonic())) as self.waiting:
                        piece = await anext(stream)
                except TimeoutError:
                    raise (NoRoom if self.sent_away else TooSlow) from None
                except StopAsyncIteration:
                    content, self.content = bytes(self.content), bytearray()
                    return content
                finally:
                    self.waiting = None
                pace.came(len(piece), now=time.monotonic())
                self.keep(piece, allowance)
                if self.sent_away:
                    raise NoRoom
        finally:
            self.room.reading.discard(self)

    def age(self) -> float:
        return time.monotonic() - self.began

    def room_taken(self) -> float:
        """Bytes, for so many seconds."""
        return self.held * self.age()

    def slowness(self) -> float:
        """Seconds that a byte took."""
        return self.age() / (self.seen + 1)

    def give_way(self) -> None:
        """Give the room back at once, and let whoever reads this end."""
        self.sent_away = True
        self.room.reading.discard(self)
        self.close()
        # One whose time has just run out ends by itself; it cannot be set anew, and whoever comes would bear the error.
        if self.waiting is not None and not self.waiting.expired():
            self.waiting.reschedule(asyncio.get_running_loop().time())

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


def send_away(bodies: Iterable[Body], *, by: Callable[[Body], float]) -> bool:
    """End the one body that is the most by a measure, of those that began a while ago; False when there is none."""
    known = [one for one in bodies if one.age() > IN_PEACE]
    if known:
        max(known, key=by).give_way()
    return bool(known)
