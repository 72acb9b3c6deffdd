"""Finding a person among many sealed cards, beside decrypting the segments alone.

The names are those that `names` invents: six languages, several manners of writing, one in five misspelt. For
a million people each of 200,000 names is there five times, with another year and telephone. Sixty people more are on
one card each, written in another manner than asked for: of them it is said how many the first stage keeps.
"""

import os
import socket
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from threading import Thread
from typing import Any
from uuid import uuid4

from django.utils import timezone

from benchmarks import seed
from benchmarks.figures import PEOPLE, QUICK_PEOPLE, Figure, cpu_ms
from panah.ground.names.find import fold_key
from panah.ground.vault import search, search_client
from panah.ground.vault.actions import cards
from panah.ground.vault.search_process import Server

POOL = 200_000
SOUGHT, BORN = 60, 1990
# Seconds that the page of search waits for cards that are being unlocked.
SOON = 1.2


def run(quick: bool) -> Iterator[Figure]:
    """Yield, for each size, the first search, which unlocks, searches after it, and what stage one keeps."""
    # It invents three thousand people when it is loaded: the bench of memory must not count them.
    from benchmarks.names.search import a_name, asked_and_written

    made = seed.node()
    keys = made.keys("bakyt")
    held = keys.holds("K")
    chance = Random(7)
    sizes = QUICK_PEOPLE if quick else PEOPLE
    pool = [(name, fold_key(name)) for name in (a_name(chance) for _ in range(min(POOL, max(sizes))))]
    sought = [asked_and_written(chance) for _ in range(SOUGHT)]
    _write(held, made, [_card(name, fold_key(name), BORN, chance, n) for n, (_, name) in enumerate(sought)])
    done = 0
    for size in sizes:
        for start in range(done, size, cards.SEGMENT_SIZE):
            numbers = range(start, min(start + cards.SEGMENT_SIZE, size))
            _write(held, made, [_another(pool[n % len(pool)], chance, n + SOUGHT) for n in numbers])
        done = size
        yield from _measure(keys, sought, size)
        search.forget(keys.staff)
        keys.open_until = timezone.now() + timedelta(hours=1)
        yield from _unlocked_beside(keys, sought, size)


def _write(held: Any, made: Any, values: list[dict[str, Any]]) -> None:
    society = made.staff["bakyt"].society_id
    cards._write_segment(held, society, "search", [(uuid4(), value) for value in values])


def _another(name: tuple[str, str], chance: Random, number: int) -> dict[str, Any]:
    return _card(*name, chance.randrange(1950, 2012), chance, number)


def _card(name: str, key: str, born: int, chance: Random, number: int) -> dict[str, Any]:
    # As vault.search.card_value makes it; the folds come with the pool, since a name is folded once.
    tail = f"{chance.randrange(10_000):04d}"
    return {"n": [name], "k": [key], "y": born, "p": [tail], "c": f"{number:09d}"}


def _measure(keys: Any, sought: list[tuple[str, str]], size: int) -> Iterator[Figure]:
    at = timezone.now()

    def find(name: str, fresh: bool = False) -> list[search.SearchMatch]:
        return search.find(keys=keys, name=name, birth_year=BORN, at=at, fresh=fresh)[0]

    floor = cpu_ms(lambda: cards.open_segments(keys=keys, kind="search"), times=1)
    began = time.process_time()
    find(sought[0][0], fresh=True)
    first = (time.process_time() - began) * 1000
    yield Figure("search", "first search, which unlocks the cards", first, "ms CPU", floor, size)
    taken, found = [], 0
    for number, (name, _) in enumerate(sought):
        began = time.process_time()
        found += f"{number:09d}" in {one.number for one in find(name)}
        taken.append((time.process_time() - began) * 1000)
    yield Figure("search", "search, once unlocked", statistics.median(taken), "ms CPU", floor, size)
    taken.sort()
    yield Figure("search", "search, once unlocked, 95 %", taken[int(SOUGHT * 0.95)], "ms CPU", floor, size)
    yield Figure("search", "found among twenty, name and year", found / SOUGHT, "share", None, SOUGHT)
    finder = search._unlocked(keys, at, fresh=False).finder
    for said, year in (("name and year", BORN), ("name alone", None)):
        kept = sum(_keeps(finder, number, name, year) for number, (name, _) in enumerate(sought))
        yield Figure("search", f"kept by stage one, {said}", kept / SOUGHT, "share", None, SOUGHT)


def _unlocked_beside(keys: Any, sought: list[tuple[str, str]], size: int) -> Iterator[Figure]:
    """By the clock, as somebody waits: the first name typed at once after the sign-in, and until all are unlocked."""
    at = timezone.now()
    hers = {"keys": keys, "at": at, "birth_year": BORN, "phone_tail": ""}
    with tempfile.TemporaryDirectory(prefix="panah-") as folder, socket.socket(socket.AF_UNIX) as listener:
        os.environ[search_client.SOCKET] = path = os.path.join(folder, "socket")
        listener.bind(path)
        listener.listen()
        server = Server(listener)
        served = Thread(target=server.serve)
        served.start()
        try:
            began = time.perf_counter()
            answered = search.find_unlocked(name=sought[0][0], patience=SOON, **hers)
            first = (time.perf_counter() - began) * 1000
            yield Figure("search", "first name typed at once, by the clock", first, "ms", 2000, size)
            share = answered[1].opened / max(1, answered[1].total) if answered else 0.0
            yield Figure("search", "cards looked through by then", share, "share", None, size)
            search.find_unlocked(name=sought[1][0], patience=600, **hers)
            whole = time.perf_counter() - began
            yield Figure("search", "all cards unlocked by processes, by the clock", whole, "s", None, size)
            taken = []
            for name, _ in sought:
                began = time.perf_counter()
                search.find_unlocked(name=name, patience=60, **hers)
                taken.append((time.perf_counter() - began) * 1000)
            middle = statistics.median(taken)
            yield Figure("search", "search among unlocked ones, by the clock", middle, "ms", None, size)
        finally:
            server.stopped.set()
            served.join()
            del os.environ[search_client.SOCKET]


def _keeps(finder: Any, number: int, name: str, year: int | None) -> bool:
    return any(finder._cards[at].ref == f"{number:09d}" for at in finder.stage_one(name, year))
