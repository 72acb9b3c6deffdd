"""Controlled rounding: every count becomes a neighbouring multiple of the base, and totals are sums of what is shown.

Up or down is chosen so that totals stay near the truth. It goes up wherever somebody who attacks knows of more people
than the lower multiple says: then what is left to her is never narrower than to any other reader.
"""

import itertools
from collections.abc import Sequence

import numpy as np

from panah.programmes.release.attackers import Attacker
from panah.programmes.release.cells import Counts, Rule, with_totals


def rounded(counts: Counts, attackers: Sequence[Attacker], rule: Rule) -> Counts:
    """Return what is shown instead of the counts, with totals that are the sums of it."""
    base, inside = rule.base, tuple(slice(-1) for _ in range(counts.ndim))
    low = counts // base * base
    known = np.max([one.least[inside] for one in attackers], axis=0)
    exact = counts == low
    must_rise = (known > low) & ~exact
    shown = np.where(must_rise, low + base, low)
    # How far each total is off so far: it is mended by those that may go either way.
    off = with_totals(shown - counts)
    free = np.argwhere(~exact & ~must_rise)
    np.random.default_rng(rule.seed).shuffle(free)
    for row in free:
        place = tuple(int(at) for at in row)
        totals = [
            tuple(at if keep else -1 for at, keep in zip(place, kept, strict=True))
            for kept in itertools.product((True, False), repeat=counts.ndim)
        ]
        worse = sum((int(off[one]) + base) ** 2 - int(off[one]) ** 2 for one in totals)
        if worse < 0:
            shown[place] += base
            for one in totals:
                off[one] += base
    return with_totals(shown)
