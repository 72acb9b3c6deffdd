"""Whether something may be published at all: enough people, one ledger over all products, and no society alone."""

from collections.abc import Mapping

from panah.release.accounting import Ledger
from panah.release.sentences import Sentence, say

# No setting may go below it: rows about single people need so many of them.
LEAST_FLOOR = 1_000
# In a pool of two each would learn the other's people by subtracting its own.
LEAST_IN_A_POOL = 3


def rows_refused(people: int, *, floor: int, ledger: Ledger) -> Sentence | None:
    """Say why no rows of these people may be published; None: they may.

    ``people``: how many the population has. Take it from a protected count where that number itself is not public.
    """
    if floor < LEAST_FLOOR:
        return say("floor-too-low", floor=LEAST_FLOOR)
    if ledger.exact_released:
        return say("exact-released")
    if people < floor:
        return say("below-floor", people=people, floor=floor)
    return None


def exact_tables_refused(ledger: Ledger) -> Sentence | None:
    """Say why no exact table of these people may be published; None: it may, and then ``Ledger.mark_exact`` is due."""
    return say("private-released") if ledger.spends else None


def pooled(people: Mapping[str, int], *, least: int, label: str) -> dict[str, str]:
    """Return by which name each society is shown: its own, or ``label`` where it has too few people.

    The smallest of the others join until the pool has enough people and nobody in it can work out a single other.
    Only what is shown is pooled: a table is still protected from each society by itself.
    """
    rising = sorted(people, key=lambda one: (people[one], one))
    pool: list[str] = []
    for society in rising:
        complete = sum(people[one] for one in pool) >= least and len(pool) >= LEAST_IN_A_POOL
        if people[society] >= least and (not pool or complete):
            break
        pool.append(society)
    return {society: label if society in pool else society for society in people}
