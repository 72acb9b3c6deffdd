"""What stands between the network and the pages: whole requests in, in memory, within a time and a size."""

import asyncio
import os
import socket
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Event

import pytest

from panah.ground.sign_in import form_replay
from panah.node import serving
from panah.node.gateway import bodies, public
from panah.node.gateway.bodies import (
    MIB,
    SMALL,
    Allowance,
    Body,
    NoRoom,
    Pace,
    Room,
    Rooms,
    TooLarge,
    TooSlow,
)
from panah.node.gateway.bridge import environment, respond
from panah.node.gateway.doors import (
    ALLOWANCES,
    BEHIND,
    NODES,
    OF_SIGN_IN,
    OF_UNKNOWN,
    OTHERS,
    Sessions,
    counted,
    door_of,
)
from panah.node.gateway.gateway import Gateway, Refused
from tests.house.url_patterns import PUBLIC
from tests.node.gateway_addresses import ADDRESSES

WIDE = Allowance(largest=1000, pause=60, rate=1, grace=60, whole=60)


async def pieces(*given):
    for one in given:
        yield one


async def never():
    await asyncio.Event().wait()
    yield b""


def read(stream, allowance, room=None):
    body = Body(room or Room(10_000))
    # A thread of its own: in this one the browser of another test may keep a loop running.
    with ThreadPoolExecutor(1) as own:
        return body, own.submit(asyncio.run, body.read(stream, allowance)).result()


# ---- bodies --------------------------------------------------------------------------------------


def test_a_body_is_read_whole_and_its_room_given_back():
    room = Room(10)
    body, content = read(pieces(b"hello", b" ", b"you"), WIDE, room)
    assert (content, room.taken) == (b"hello you", 9)
    body.close()
    assert room.taken == 0


@pytest.mark.parametrize(
    ("since_start", "came", "left"),
    [
        pytest.param(0, 0, 20, id="nothing came yet: as long as a pause may be"),
        pytest.param(19, 0, 11, id="the grace runs out"),
        pytest.param(31, 1024, 0, id="a kilobyte buys a second"),
        pytest.param(35, 100 * 1024, 20, id="whoever is fast has time"),
        pytest.param(55, 10**9, 5, id="a quick beginning does not buy hours"),
    ],
)
def test_how_long_the_next_bytes_are_waited_for(since_start, came, left):
    pace = Pace(Allowance(largest=10**9, pause=20, rate=1024, grace=30, whole=120), since=100)
    if came:
        pace.came(came, now=100 + min(since_start, 30))
    assert pace.seconds_left(now=100 + since_start) == left


def test_nobody_is_waited_for_for_ever():
    pace = Pace(Allowance(largest=10**9, pause=20, rate=1024, grace=30, whole=120), since=100)
    for second in range(120):
        pace.came(10**6, now=100 + second)
    assert pace.seconds_left(now=219) == 1


def test_who_sends_nothing_more_is_too_slow():
    with pytest.raises(TooSlow):
        read(never(), Allowance(largest=9, pause=0.01, rate=1, grace=60, whole=60))


def test_a_body_beyond_its_size_is_refused_as_soon_as_it_is_beyond():
    with pytest.raises(TooLarge):
        read(pieces(b"x" * 600, b"x" * 600, *[b"x"] * 10**6), WIDE)


def test_what_a_slow_hand_chose_by_mistake_is_thrown_away_to_its_end():
    room = Room(10_000)
    allowance = Allowance(largest=1000, past=5000, pause=60, rate=1, grace=60, whole=60)
    body, content = read(pieces(*[b"x" * 700] * 5), allowance, room)
    assert (content, body.seen, room.taken) == (b"", 3500, 0)


def test_bodies_of_many_share_one_room():
    room = Room(1000)
    read(pieces(b"x" * 900), WIDE, room)
    with pytest.raises(NoRoom):
        read(pieces(b"x" * 101), WIDE, room)


async def as_it_is_sent(queue):
    while (one := await queue.get()) is not None:
        yield one


def crowd(story):
    """Let a story of several bodies in one room happen in a loop of its own."""
    with ThreadPoolExecutor(1) as own:
        return own.submit(asyncio.run, story()).result()


def test_whoever_takes_most_room_for_longest_makes_room_and_a_thin_line_goes_on(monkeypatch):
    monkeypatch.setattr(bodies, "IN_PEACE", -1)

    async def story():
        room, greedy, thin = Room(1000, gives_way=True), asyncio.Queue(), asyncio.Queue()
        reading = [
            asyncio.create_task(Body(room).read(as_it_is_sent(queue), WIDE)) for queue in (greedy, thin)
        ]
        greedy.put_nowait(b"x" * 800)
        thin.put_nowait(b"y" * 100)
        while room.taken < 900:
            await asyncio.sleep(0)
        thin.put_nowait(b"y" * 200)
        thin.put_nowait(None)
        return await asyncio.gather(*reading, return_exceptions=True), room.taken

    (greedy, thin), taken = crowd(story)
    assert isinstance(greedy, NoRoom)
    assert (thin, taken) == (b"y" * 300, 300)


def test_whoever_has_just_begun_is_left_in_peace():
    room = Room(1000, gives_way=True)
    read(pieces(b"x" * 900), WIDE, room)
    with pytest.raises(NoRoom):
        read(pieces(b"x" * 101), WIDE, room)


def test_when_all_places_are_taken_the_slowest_of_strangers_makes_way_for_the_next(monkeypatch):
    monkeypatch.setattr(bodies, "IN_PEACE", -1)

    async def story():
        gateway, slow, quick = Gateway(lambda variables, start: []), asyncio.Queue(), asyncio.Queue()
        crowd = gateway.crowds[OTHERS]
        rooms = crowd.rooms
        reading = [
            asyncio.create_task(Body(rooms.of(9)).read(as_it_is_sent(queue), WIDE)) for queue in (slow, quick)
        ]
        quick.put_nowait(b"x" * 500)
        slow.put_nowait(b"x")
        while rooms.of(9).taken < 501:
            await asyncio.sleep(0)
        crowd.there = crowd.places
        with gateway.counting(crowd, "127.0.0.1"):
            quick.put_nowait(None)
            found = await asyncio.gather(*reading, return_exceptions=True)
        with pytest.raises(Refused, match="503"), gateway.counting(crowd, "127.0.0.1"):
            pass
        return found

    slow, quick = crowd(story)
    assert isinstance(slow, NoRoom)
    assert quick == b"x" * 500


@pytest.mark.parametrize("beset", ["/exchange/v1/envelopes", "/vault/sign-in", "/cases/"])
def test_a_crowd_before_another_door_takes_neither_places_nor_room_of_the_public_one(beset):
    gateway = Gateway(lambda variables, start: [])
    full, door = (gateway.crowds[door_of(path).crowd] for path in (beset, "/info/write"))
    full.there = full.places
    full.rooms.large.take(full.rooms.large.most)
    with pytest.raises(Refused, match="503"), gateway.counting(full, "127.0.0.1"):
        pass
    with gateway.counting(door, "127.0.0.1"):
        door.rooms.of(26 * MIB).take(26 * MIB)


async def newcomer_while_the_time_of_another_runs_out(room, come):
    """Let somebody come in the very moment in which another body's time is up, before its reader has heard of it."""
    loop, moment = asyncio.get_running_loop(), Allowance(largest=1000, pause=0.01, rate=1, grace=60, whole=60)
    slow = asyncio.create_task(Body(room).read(never(), moment))
    await asyncio.sleep(0)
    (body,) = room.reading
    when, found = body.waiting.when(), loop.create_future()

    def comes():
        try:
            found.set_result(come())
        except (NoRoom, Refused, RuntimeError) as problem:
            found.set_exception(problem)

    loop.call_at(when + 1e-6, comes)
    while loop.time() <= when + 1e-5:
        pass  # both are due now: the loop takes them in one turn
    return await asyncio.gather(slow, found, return_exceptions=True)


def test_a_newcomer_is_let_in_in_the_moment_in_which_the_time_of_who_makes_way_runs_out(monkeypatch):
    monkeypatch.setattr(bodies, "IN_PEACE", -1)

    async def room_taken():
        room = Room(0, gives_way=True)
        return await newcomer_while_the_time_of_another_runs_out(room, lambda: room.take(1))

    async def place_taken():
        gateway = Gateway(lambda variables, start: [])
        crowd = gateway.crowds[OTHERS]
        crowd.there = crowd.places

        def comes():
            with gateway.counting(crowd, "127.0.0.1"):
                return "in"

        return await newcomer_while_the_time_of_another_runs_out(crowd.rooms.large, comes)

    # There is room for nobody: she reads "many are at the door", and no error of ours.
    slow, newcomer = crowd(room_taken)
    assert (type(slow), type(newcomer)) == (NoRoom, NoRoom)
    slow, newcomer = crowd(place_taken)
    assert (type(slow), newcomer) == (NoRoom, "in")


@pytest.mark.parametrize(
    ("size", "small"),
    [
        pytest.param(1024, True, id="danger now"),
        pytest.param(SMALL - 1, True, id="a long text"),
        pytest.param(SMALL, False, id="a photograph"),
        pytest.param(0, False, id="whoever does not say how much comes"),
    ],
)
def test_small_bodies_have_a_room_apart(size, small):
    rooms = Rooms(large=1, small=1)
    assert (rooms.of(size) is rooms.small) is small


def bodies_of(gateway, session, size):
    return gateway.counting_bodies(session, {"CONTENT_LENGTH": str(size)})


def test_one_session_sends_two_large_bodies_at_once_and_still_small_ones():
    gateway = Gateway(lambda variables, start: [])
    with bodies_of(gateway, b"hers", 26 * MIB), bodies_of(gateway, b"hers", 26 * MIB):
        with pytest.raises(Refused, match="429"), bodies_of(gateway, b"hers", 26 * MIB):
            pass
        with bodies_of(gateway, b"hers", 1024), bodies_of(gateway, b"another's", 26 * MIB):
            pass
    with bodies_of(gateway, b"hers", 26 * MIB):
        assert gateway.of_one == {(b"hers", True): 1}
    assert gateway.of_one == {}


# ---- doors ---------------------------------------------------------------------------------------


def test_every_open_page_is_a_door_of_its_own_with_a_small_body():
    assert set(ADDRESSES) == set(PUBLIC), "a new open page: its address stands here, and the siege lays at it"
    assert {door_of(path).name for path in ADDRESSES.values()} == set(PUBLIC)
    largest = {name: door_of(path).allowance.largest for name, path in ADDRESSES.items()}
    assert largest[NODES] <= 8 * 1024 * 1024 + 1
    assert max(size for name, size in largest.items() if name not in ALLOWANCES) <= 256 * 1024
    # Twenty long texts in Cyrillic, locked, are carried through the sign-in.
    assert OF_SIGN_IN.largest > form_replay.LONGEST * 4 // 3


def test_what_is_written_while_a_session_ends_may_be_as_large_as_ever(settings):
    door = door_of("/cases/")
    assert (door.name, door.allowance) == (BEHIND, OF_UNKNOWN)
    assert OF_UNKNOWN.largest == settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    assert door_of("/nothing/here").name == BEHIND


def test_only_a_session_that_was_a_colleagues_is_known(settings):
    sessions = Sessions(most=2)
    hers, made_up = (
        sessions.key(f"a=b; {settings.SESSION_COOKIE_NAME}={one}") for one in ("hers", "made-up")
    )
    sessions.learn(hers, signed_in=True)
    sessions.learn(made_up, signed_in=False)
    assert sessions.knows(hers)
    assert not sessions.knows(made_up)
    assert not sessions.knows(sessions.key(""))
    sessions.learn(hers, signed_in=None)
    assert sessions.knows(hers), "a style sheet says nothing about her"
    sessions.learn(hers, signed_in=False)
    assert not sessions.knows(hers), "she signed out"


def test_an_ended_session_that_asks_for_static_files_alone_is_no_longer_a_colleagues():
    sessions = Sessions(unseen=0)
    sessions.learn(b"1", signed_in=True)
    assert sessions.knows(b"1")
    sessions.learn(b"1", signed_in=None)
    assert not sessions.knows(b"1")


def test_a_session_is_forgotten_after_a_while_and_when_there_are_many():
    assert not known_after(Sessions(seconds=0), b"1")
    sessions = Sessions(most=2)
    for one in (b"1", b"2", b"1", b"3"):
        sessions.learn(one, signed_in=True)
    assert [sessions.knows(one) for one in (b"1", b"2", b"3")] == [True, False, True]


def known_after(sessions, key):
    sessions.learn(key, signed_in=True)
    return sessions.knows(key)


@pytest.mark.parametrize(
    ("address", "one"),
    [
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("[::1]", False),
        ("", False),
        ("8.8.8.8", True),
        ("[2a00::1]", True),
    ],
)
def test_a_proxy_or_an_office_beside_the_node_is_not_one_stranger(address, one):
    assert counted(address) is one


def test_what_tells_on_a_stranger_is_taken_off_at_the_public_door():
    given = {
        "REMOTE_ADDR": "8.8.8.8", "HTTP_USER_AGENT": "A phone", "HTTP_X_FORWARDED_FOR": "8.8.8.8", "HTTP_COOKIE": "a=b",
        "HTTP_SEC_CH_UA_MODEL": "A phone", "HTTP_X_REAL_IP": "8.8.8.8", "HTTP_FORWARDED": "for=8.8.8.8",
        "HTTP_HOST": "info.example", "HTTP_ACCEPT_LANGUAGE": "tg", "HTTP_SEC_FETCH_SITE": "same-origin",
    }  # fmt: skip
    kept = door_of("/info/").without_traces(given)
    assert kept == {
        "REMOTE_ADDR": "", "HTTP_HOST": "info.example", "HTTP_ACCEPT_LANGUAGE": "tg", "HTTP_SEC_FETCH_SITE": "same-origin",
    }  # fmt: skip
    assert door_of("/vault/sign-in").without_traces(given) == given, "whoever signs in has a cookie"


def test_whoever_tells_something_may_send_a_photograph_over_a_thin_line():
    for name in ("public:write", "public:answer", "public:talk"):
        allowance = ALLOWANCES[name]
        assert allowance.largest > 25 * MIB
        # Five megabytes at 50 kbit/s, with pauses.
        pace = Pace(allowance, since=0)
        for second in range(0, 900, 30):
            assert pace.seconds_left(now=second) > 0
            pace.came(6_250 * 30, now=second)


# ---- to Django and back --------------------------------------------------------------------------


@dataclass
class Scope:
    method: str = "GET"
    path: str = "/"
    query_string: str = ""
    http_version: str = "1.1"
    server: str = "127.0.0.1:8000"
    client: str = "127.0.0.1:4000"
    scheme: str = "http"
    headers: dict = field(default_factory=dict)


def test_a_request_reaches_django_as_it_was_sent():
    given = environment(
        Scope(
            method="POST",
            path="/поиск/",
            query_string="q=%20",
            headers={"content-type": "a/b", "x-quiet": "1"},
        )
    )
    assert given["PATH_INFO"].encode("latin-1").decode() == "/поиск/"
    assert (given["REQUEST_METHOD"], given["QUERY_STRING"]) == ("POST", "q=%20")
    assert (given["CONTENT_TYPE"], given["HTTP_X_QUIET"]) == ("a/b", "1")
    assert (given["REMOTE_ADDR"], given["SERVER_NAME"], given["SERVER_PORT"]) == (
        "127.0.0.1",
        "127.0.0.1",
        "8000",
    )


class Twice(dict):
    def items(self):
        return [("cookie", "a=b"), ("cookie", "c=d"), ("accept", "x"), ("accept", "y")]


def test_cookies_in_two_headers_are_cookies_of_one_request():
    given = environment(Scope(headers=Twice()))
    assert (given["HTTP_COOKIE"], given["HTTP_ACCEPT"]) == ("a=b; c=d", "x,y")


def test_a_header_cannot_pass_for_another_one():
    given = environment(Scope(headers={"x_forwarded_proto": "https", "panah.signed_in": "1"}))
    assert "HTTP_X_FORWARDED_PROTO" not in given
    assert "panah.signed_in" not in given


def test_an_answer_is_closed_also_when_it_breaks():
    closed = []

    class Broken:
        def __iter__(self):
            raise OSError("the disk is gone")

        def close(self):
            closed.append(True)

    with pytest.raises(OSError, match="gone"):
        respond(lambda variables, start: Broken(), {}, b"")
    assert closed == [True]


# ---- the process for strangers -------------------------------------------------------------------


@pytest.mark.skipif(os.name == "nt", reason="there are no such sockets")
def test_a_process_that_does_not_answer_is_seen(tmp_path):
    path = os.path.join(serving.short_folder(), f"panah-test-{os.getpid()}")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen(1)
        assert not public.is_there(path, seconds=0.01, over=lambda: False)
        assert public.is_there(path, seconds=60, over=lambda: True), "whoever stops does not wait"
    os.unlink(path)
    assert not public.is_there(path, seconds=60, over=lambda: False)


def test_a_process_that_does_not_answer_or_dies_is_started_again(tmp_path):
    begun = tmp_path / "begun"
    code = f"open({str(begun)!r}, 'a').write('x'); import time; time.sleep(60)"
    enough, asked = Event(), []

    def answers(*, over):
        starts = begun.read_text() if begun.exists() else ""
        if len(starts) == 3:
            enough.set()
        if len(starts) > len(asked):
            asked.append(True)
            return len(starts) == 3
        return True

    with serving.kept_running([sys.executable, "-c", code], pause=0, answers=answers):
        assert enough.wait(60)
