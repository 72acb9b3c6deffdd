"""Who asks at an address in the ordinary run: one of each class of people. ``./panah test --everybody`` lets everybody ask.

Two colleagues are of one class at an address when they belong to the same society, both lead it or both do not, and the
table says the same answer for both. Of each class one asks, another one at each address, so that no door and no class loses
its test, and every colleague meets many doors. That nobody may use a method at all is said to all of a society alike.

Of a run that keeps what a database can decide (``--only-database``), the walls are: who leads a society is decided by
permissions, the same on any database, and the way to the door and the refusal of a method before a database is asked.
"""

import os
from collections.abc import Iterable, Sequence
from zlib import crc32

from tests.conftest import CAST
from tests.guard.addresses import EVERYONE, PEOPLE, STRANGER, Address
from tests.only_database import ASKED_FOR

EVERYBODY_ASKS = bool(os.environ.get("PANAH_TEST_EVERYBODY"))
LEADS = PEOPLE["leads"].split()
WITHOUT_A_DATABASE = ("door", "never")


def class_of(who: str, answer: str, *, walls_alone: bool = False) -> tuple[str, bool, str]:
    society = "nobody's" if who == STRANGER else CAST[who][0] if who in CAST else "north"
    return society, who in LEADS and answer != "never" and not walls_alone, answer


def one_of(people: Sequence[str], address: Address, method: str) -> str:
    """The one of these whose turn it is at an address: the same in every run, and another one at the next address."""
    return people[crc32(f"{address.name} {method}".encode()) % len(people)]


def who_asks(
    address: Address, method: str, *, everybody: bool = EVERYBODY_ASKS, walls_alone: bool = ASKED_FOR
) -> Iterable[str]:
    """Those who ask at an address: one of each class, or everybody; ``walls_alone``: where a database decides."""
    if everybody:
        return EVERYONE
    classes: dict[tuple[str, bool, str], list[str]] = {}
    for who, answer in address.answers[method].items():
        if not (walls_alone and answer in WITHOUT_A_DATABASE):
            classes.setdefault(class_of(who, answer, walls_alone=walls_alone), []).append(who)
    return [one_of(people, address, method) for people in classes.values()]
