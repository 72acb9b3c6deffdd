"""Whether time tells a number that leads somewhere from one that leads nowhere."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from math import erfc, sqrt
from uuid import UUID

from benchmarks.figures import Figure
from panah.people.reporters import actions as reporters
from panah.people.reporters import queries as reporters_queries
from panah.practice.cast import Practice

EXISTING = 40
# Milliseconds: what must be found when it is there.
PLANTED = 1.0
DRAWN = 1000


def run(made: Practice, tries: int) -> Iterator[Figure]:
    """Yield the difference of existing and missing numbers and how sure it is; the same with what is not there, and is.

    *By lot*: the tries with missing numbers dealt into two heaps, so what the statistic finds where nothing is to be
    found. With a planted millisecond: what it finds where something is.
    """
    society = made.staff["bakyt"].society_id
    there = [_written(made, society) for _ in range(EXISTING)]
    taken = measured(made, there, tries)
    lots = taken[False][::2], taken[False][1::2]
    for case, ours, others in (
        ("a number that exists and one that does not", taken[True], taken[False]),
        ("two heaps of missing ones by lot", *lots),
        ("with 1 ms planted", [one + PLANTED for one in taken[True]], taken[False]),
    ):
        found = compared(ours, others)
        n = len(ours) + len(others)
        for what, value, unit in (
            ("difference of medians", found.gap, "ms by the clock"),
            ("95 % of such differences lie above", found.least, "ms by the clock"),
            ("95 % of such differences lie below", found.most, "ms by the clock"),
            ("chance of as much by chance (rank sum)", found.surprise, "probability"),
            ("one try told right (a coin: 0.5)", found.told, "share"),
        ):
            yield Figure("doors", f"{case}, {what}", value, unit, None, n)
    yield Figure(
        "doors", "a number looked up, median", statistics.median(taken[True]), "ms by the clock", None, tries
    )


def _written(made: Practice, society: UUID) -> tuple[str, str]:
    token = reporters_queries.new_token()
    receipt = reporters_queries.receipt_for(token)
    reporters.submit_report(
        society=society, token=token, language="tg", urgency="week", at=made.at, receipt=receipt,
        content={"text": "Practice: a bench."},
    )  # fmt: skip
    return receipt.handle, receipt.secret


def measured(made: Practice, there: list[tuple[str, str]], tries: int) -> dict[bool, list[float]]:
    """Return milliseconds of tries with existing and missing numbers, in an order by chance.

    A wrong one has the handle of an existing one, or none. Each try is of a minute of its own: nobody is slowed.
    """
    chance, taken = random.Random(12), {True: list[float](), False: list[float]()}
    order = [number % 2 == 0 for number in range(tries)]
    chance.shuffle(order)
    for number, exists in enumerate([True, False] * 20 + order):
        made_up = reporters_queries.new_receipt()
        wrong = (chance.choice([made_up.handle, chance.choice(there)[0]]), made_up.secret)
        handle, secret = chance.choice(there) if exists else wrong
        at = made.at + timedelta(minutes=number)
        began = time.perf_counter()
        back = reporters.come_back(handle=handle, secret=secret, at=at)
        reporters_queries.words_for(back.opened)
        took = (time.perf_counter() - began) * 1000
        if number >= 40:
            taken[exists].append(took)
        if (back.opened is not None) != exists:
            raise RuntimeError("a number leads elsewhere than it should")
    return taken


@dataclass(frozen=True)
class Compared:
    """``gap``: difference of medians, within ``least`` and ``most`` at 95 % (drawn anew from the same tries).

    ``surprise``: how likely such ranks come by chance alone (Mann-Whitney, two-sided). ``told``: how often the one of a
    pair that took longer is one of ours, or the other: 0.5 tells nothing.
    """

    gap: float
    least: float
    most: float
    surprise: float
    told: float


def compared(ours: list[float], others: list[float]) -> Compared:
    """Return how two heaps of tries differ."""
    both = sorted([(one, True) for one in ours] + [(one, False) for one in others])
    ranks = sum(rank for rank, (_one, is_ours) in enumerate(both, 1) if is_ours)
    n, m = len(ours), len(others)
    by_chance, spread = n * (n + m + 1) / 2, sqrt(n * m * (n + m + 1) / 12)
    surprise = erfc(abs(ranks - by_chance) / spread / sqrt(2))
    longer = (ranks - n * (n + 1) / 2) / (n * m)
    chance = random.Random(12)
    gaps = sorted(
        statistics.median(chance.choices(ours, k=n)) - statistics.median(chance.choices(others, k=m))
        for _ in range(DRAWN)
    )
    gap = statistics.median(ours) - statistics.median(others)
    return Compared(gap, gaps[DRAWN // 40], gaps[-DRAWN // 40], surprise, max(longer, 1 - longer))
