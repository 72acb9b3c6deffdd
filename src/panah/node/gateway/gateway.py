"""What granian calls for each request: read it whole, find who answers it, send the answer."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Hashable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from typing import Any

from panah.node.gateway.bodies import MIB, SMALL, Allowance, Body, Gone, NotRead, Rooms, TooLarge
from panah.node.gateway.bridge import Answer, Application, environment, respond
from panah.node.gateway.doors import (
    CROWD_OF_NODES,
    NODES,
    OF_COLLEAGUES,
    OTHERS,
    PUBLIC,
    Door,
    Sessions,
    counted,
    door_of,
)
from panah.node.gateway.public import NoAnswer, PublicProcess

# Of one worker. Bodies in memory: a colleague's photographs, and what strangers send.
ROOM_FOR_COLLEAGUES = 256 * MIB
ROOM_FOR_SMALL = 32 * MIB
# Strangers before doors of one sort, being read or waiting, and room for their large bodies. Whoever is in danger comes
# to the public door: a crowd before any other takes none of its places. Other nodes are few, and send again.
CROWDS = {PUBLIC: (200, 64 * MIB), CROWD_OF_NODES: (40, 32 * MIB), OTHERS: (200, 64 * MIB)}
THREADS = 4
# Bodies of one colleague's session that are being read or answered.
MOST_LARGE, MOST_SMALL = 2, 16
# Requests of strangers: of one address, and answered at once (all, and at one door).
MOST_OF_ONE = 16
AT_ONCE, AT_ONE_DOOR = 2, 1
# Seconds that a stranger waits for her turn.
TURN = 30.0
TEXT = [("content-type", "text/plain; charset=utf-8"), ("cache-control", "no-store"), ("connection", "close")]
# Both languages in one: nothing is known yet of who reads it.
WORDS = {
    408: "It came too slowly, and nothing was kept of it. Please try again.\n"
    "Данные поступали слишком медленно, ничего не сохранено. Попробуйте ещё раз.",
    413: "This is too large, and nothing was kept of it.\nСлишком большой объём, ничего не сохранено.",
    429: "Too many requests at once. Please try again in a minute.\n"
    "Слишком много запросов сразу. Попробуйте через минуту.",
    503: "Many are at the door just now. Please try again in a minute.\n"
    "Сейчас слишком много обращений. Попробуйте через минуту.",
}
# Other nodes read codes (exchange.words).
CODES = {408: "later", 413: "too-large", 429: "later", 503: "later"}


class Refused(Exception):
    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


@dataclass
class Crowd:
    """Strangers before doors of one sort: how many may be there, and the room for what they send."""

    places: int
    rooms: Rooms
    there: int = 0


class Gateway:
    """One worker's gateway. ``public``: the process for strangers; without one, a thread here answers them."""

    def __init__(self, application: Application, *, public: PublicProcess | None = None) -> None:
        self.application, self.public = application, public
        self.sessions = Sessions()
        self.colleagues = ThreadPoolExecutor(THREADS, "colleague")
        self.strangers = ThreadPoolExecutor(AT_ONCE, "stranger")
        self.rooms = Rooms(large=ROOM_FOR_COLLEAGUES, small=ROOM_FOR_SMALL)
        self.crowds = {
            name: Crowd(places, Rooms(large=large, small=places * SMALL, give_way=True))
            for name, (places, large) in CROWDS.items()
        }
        self.of_one = Counter[Hashable]()
        self.turns = asyncio.Semaphore(AT_ONCE)
        self.at_door: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONE_DOOR))

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        if scope.proto != "http":
            return
        given = environment(scope)
        session = self.sessions.key(given.get("HTTP_COOKIE", ""))
        door = None if self.sessions.knows(session) else door_of(scope.path)
        try:
            if door is None:
                answer = await self.of_a_colleague(session, given, protocol)
            else:
                answer = await self.of_a_stranger(door, given, protocol)
        except Gone:
            return
        except (NotRead, Refused) as problem:
            answer = refusal(problem.status, door)
        else:
            self.sessions.learn(session, signed_in=answer.signed_in)
        protocol.response_bytes(answer.status, answer.headers, answer.body)

    async def of_a_colleague(self, session: bytes | None, given: dict[str, str], protocol: object) -> Answer:
        with self.counting_bodies(session, given):
            async with whole(given, protocol, OF_COLLEAGUES, self.rooms) as body:
                return await self.here(self.colleagues, given, body)

    async def of_a_stranger(self, door: Door, given: dict[str, str], protocol: object) -> Answer:
        crowd = self.crowds[door.crowd]
        with self.counting(crowd, given["REMOTE_ADDR"]):
            async with whole(given, protocol, door.allowance, crowd.rooms) as body:
                try:
                    async with asyncio.timeout(TURN):
                        await self.at_door[door.name].acquire()
                except TimeoutError:
                    raise Refused(503) from None
                try:
                    async with self.turns:
                        return await self.elsewhere(door.without_traces(given), body)
                finally:
                    self.at_door[door.name].release()

    async def elsewhere(self, given: dict[str, str], body: bytes) -> Answer:
        if self.public is None:
            return await self.here(self.strangers, given, body)
        try:
            return await self.public.answer(given, body)
        except NoAnswer:
            raise Refused(503) from None

    async def here(self, threads: ThreadPoolExecutor, given: dict[str, str], body: bytes) -> Answer:
        return await asyncio.get_running_loop().run_in_executor(
            threads, respond, self.application, given, body
        )

    @contextmanager
    def counting(self, crowd: Crowd, address: str) -> Iterator[None]:
        """Count one stranger more while she is here; addresses are kept no longer, and nowhere else."""
        if crowd.there >= crowd.places and not crowd.rooms.send_slowest_away():
            raise Refused(503)
        crowd.there += 1
        try:
            if not counted(address):
                yield
                return
            with self.at_most(MOST_OF_ONE, address):
                yield
        finally:
            crowd.there -= 1

    @contextmanager
    def counting_bodies(self, session: bytes | None, given: dict[str, str]) -> Iterator[None]:
        """Count one body more of a session: one colleague's sign-in does not take the room of all."""
        if not has_body(given):
            yield
            return
        large = self.rooms.of(announced(given)) is self.rooms.large
        with self.at_most(MOST_LARGE if large else MOST_SMALL, (session, large)):
            yield

    @contextmanager
    def at_most(self, most: int, one: Hashable) -> Iterator[None]:
        """Count one more of the same, and forget it afterwards."""
        if self.of_one[one] >= most:
            raise Refused(429)
        self.of_one[one] += 1
        try:
            yield
        finally:
            self.of_one[one] -= 1
            if not self.of_one[one]:
                del self.of_one[one]


def announced(given: dict[str, str]) -> int:
    return int(given.get("CONTENT_LENGTH") or 0)


def has_body(given: dict[str, str]) -> bool:
    return announced(given) > 0 or "HTTP_TRANSFER_ENCODING" in given


@asynccontextmanager
async def whole(
    given: dict[str, str], protocol: Any, allowance: Allowance, rooms: Rooms
) -> AsyncIterator[bytes]:
    """Read a request to its end and give its body, for which room is taken meanwhile; raises NotRead."""
    if not has_body(given):
        yield b""
        return
    size = announced(given)
    if size > max(allowance.largest, allowance.past):
        raise TooLarge
    body = Body(rooms.of(size))
    try:
        content = await body.read(aiter(protocol), allowance)
        if body.seen < size:
            raise Gone
        # Sent in chunks it had no size until now; Django reads none without it.
        given["CONTENT_LENGTH"] = str(body.seen)
        given.pop("HTTP_TRANSFER_ENCODING", None)
        yield content
    finally:
        body.close()


def refusal(status: int, door: Door | None) -> Answer:
    words = CODES[status] if door is not None and door.name == NODES else WORDS[status]
    return Answer(status, TEXT, f"{words}\n".encode())
