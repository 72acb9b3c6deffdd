"""Whether time tells a number that leads somewhere from one that leads nowhere."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterator
from datetime import timedelta
from math import erfc, sqrt
from uuid import UUID

from benchmarks.figures import Figure
from panah.practice.cast import Practice
from panah.reporters import actions as reporters
from panah.reporters import queries as reporters_queries

EXISTING = 40
# Milliseconds: what must be found when it is there.
PLANTED = 1.0


def run(made: Practice, tries: int) -> Iterator[Figure]:
    """Yield the difference of existing and missing numbers, how sure it is, and the same with a planted millisecond."""
    society = made.staff["bakyt"].society_id
    there = [_written(made, society) for _ in range(EXISTING)]
    taken = measured(made, there, tries)
    for case, planted in (
        ("a number that exists and one that does not", 0.0),
        ("with 1 ms planted", PLANTED),
    ):
        found = {
            there: [one + (planted if there else 0.0) for one in taken[there]] for there in (True, False)
        }
        gap, surprise = compared(found[True], found[False])
        yield Figure("doors", f"{case}, difference of medians", gap, "ms by the clock", None, tries)
        yield Figure(
            "doors", f"{case}, chance of as much by chance (rank sum)", surprise, "probability", None, tries
        )
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


def compared(ours: list[float], others: list[float]) -> tuple[float, float]:
    """Return the difference of medians, and how likely such ranks come by chance alone (Mann-Whitney, two-sided)."""
    both = sorted([(one, True) for one in ours] + [(one, False) for one in others])
    ranks = sum(rank for rank, (_one, is_ours) in enumerate(both, 1) if is_ours)
    n, m = len(ours), len(others)
    by_chance, spread = n * (n + m + 1) / 2, sqrt(n * m * (n + m + 1) / 12)
    surprise = erfc(abs(ranks - by_chance) / spread / sqrt(2))
    return statistics.median(ours) - statistics.median(others), surprise
