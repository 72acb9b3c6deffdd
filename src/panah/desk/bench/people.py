"""Finding a person among many, beside decrypting the segments alone."""

import random
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from django.utils import timezone

from panah.desk.bench import PEOPLE, QUICK_PEOPLE, Figure, cpu_ms, seed, wall_ms
from panah.vault import search
from panah.vault.actions import cards

FIRST = (
    "Arno",
    "Besim",
    "Chola",
    "Dunar",
    "Esil",
    "Farun",
    "Golza",
    "Hamdi",
    "Ilnar",
    "Jusba",
    "Karon",
    "Lolim",
    "Marut",
    "Nazir",
    "Orzun",
    "Parim",
)
LAST = (
    "Abov",
    "Berim",
    "Churik",
    "Dolan",
    "Ergash",
    "Fozil",
    "Gulov",
    "Hasim",
    "Isak",
    "Jorik",
    "Kimov",
    "Latip",
    "Murod",
    "Nurik",
    "Ochil",
    "Polat",
)
ENDS = ("ov", "ova", "zoda", "uly", "bek", "", "i", "jon")


def run(quick: bool) -> Iterator[Figure]:
    """Yield, for each size, the search once unlocked and the first search that unlocks, beside decryption alone."""
    made = seed.node()
    keys = made.keys("bakyt")
    held = keys.holds("K")
    done = 0
    for size in QUICK_PEOPLE if quick else PEOPLE:
        _fill(held, made, size - done)
        done = size
        yield from _measure(keys, made, size, quick=quick)


def _fill(held: Any, made: Any, size: int) -> None:
    society = made.staff["bakyt"].society_id
    chance = random.Random(7)
    for start in range(0, size, cards.SEGMENT_SIZE):
        entries = [(uuid4(), _card(chance, start + i)) for i in range(min(cards.SEGMENT_SIZE, size - start))]
        cards._write_segment(held, society, "search", entries)


def _card(chance: random.Random, n: int) -> dict[str, Any]:
    given = [chance.choice(FIRST) + chance.choice(ENDS) for _ in range(2)]
    name = f"{' '.join(given)} {chance.choice(LAST)}{chance.choice(ENDS)}"
    phone, year = f"{chance.randrange(10_000):04d}", chance.randrange(1950, 2012)
    return search.card_value(names=[name], birth_year=year, phones=[phone], number=f"{n:09d}")


def _measure(keys: Any, made: Any, size: int, *, quick: bool) -> Iterator[Figure]:
    at = timezone.now()

    def decrypt() -> None:
        cards.open_segments(keys=keys, kind="search")

    def find(fresh: bool = False) -> None:
        search.find(keys=keys, name="Karimov Arnobek Besimuly", birth_year=1980, at=at, fresh=fresh)

    floor = cpu_ms(decrypt, times=2)
    yield Figure(
        "search", "first search, unlocking", cpu_ms(lambda: find(True), times=1), "ms CPU", floor, size
    )
    yield Figure(
        "search", "search, once unlocked", wall_ms(find, times=3 if quick else 10), "ms", floor, size
    )
