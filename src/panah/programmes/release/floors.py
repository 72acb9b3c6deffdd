"""Whether something may be published at all: enough people, one ledger over all products."""

from panah.programmes.release.accounting import Ledger
from panah.programmes.release.sentences import Sentence, say

# No setting may go below it: rows about single people need so many of them.
LEAST_FLOOR = 1_000


def rows_refused(people: int, *, floor: int, ledger: Ledger) -> Sentence | None:
    """Say why no rows of these people may be published; None: they may.

    ``people``: how many the population has; the sentence says only what they are too few for.
    """
    if floor < LEAST_FLOOR:
        return say("floor-too-low", floor=LEAST_FLOOR)
    if ledger.exact_released:
        return say("exact-released")
    if people < floor:
        return say("below-floor", floor=floor)
    return None


def exact_tables_refused(ledger: Ledger) -> Sentence | None:
    """Say why no exact table of these people may be published; None: it may, and then ``Ledger.mark_exact`` is due."""
    return say("private-released") if ledger.spends else None
