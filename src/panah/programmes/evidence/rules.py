"""Which shares may be shown beside their whole, and what a budget holds. Plain Python."""

from __future__ import annotations

import math
from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal

from panah.ground.foundation.small_counts import THRESHOLD, Protected, all_hidden, protected

# -- shares ------------------------------------------------------------------------------------


def protected_share[K](whole: Mapping[K, int], part: Mapping[K, int]) -> Protected[K]:
    """Hide what would tell a small number of those counted in, or of those left out: the whole stands beside it."""
    rest = {key: number - part.get(key, 0) for key, number in whole.items()}
    inside = {key: part.get(key, 0) for key in whole}
    hidden: set[K] = set()
    while True:
        sides = [protected(side, also=hidden) for side in (inside, rest)]
        if any(side.total is None for side in sides):
            return all_hidden(inside)
        now = hidden | {key for key in whole for side in sides if side.parts[key] is None}
        if now == hidden:
            break
        hidden = now
    parts = {key: None if key in hidden else number for key, number in inside.items()}
    return Protected(parts, sum(inside.values()))


# -- what two numbers tell together ------------------------------------------------------------


def by_few(one: Decimal | int, other: Decimal | int) -> bool:
    """Say whether two numbers of the same people differ by so little that the difference points to somebody."""
    return 0 < abs(Decimal(one) - Decimal(other)) < THRESHOLD


def whole_in(text: str) -> int | None:
    """Return the number with which the words for a denominator begin."""
    number = text.partition(" ")[0]
    return int(number) if number.isdecimal() else None


# -- the budget --------------------------------------------------------------------------------

# Rho is kept in whole parts of so many to one: sums and comparisons of them are exact on every database.
PARTS = 10**12


# One case in a million; said here and not worked out from how many people there are, which would tell that.
DELTA = Decimal("0.000001")


def parts_of(rho: Decimal) -> int:
    """Return rho in whole parts, rounded up: what is smaller than a part costs one."""
    return int((rho * PARTS).to_integral_value(rounding=ROUND_CEILING))


def rho_of(parts: int) -> Decimal:
    return Decimal(parts).scaleb(-12)


def right_in_a_hundred(rho: Decimal) -> int:
    """How often, of 100 times, somebody is right at most whether one person is in it, who thought it even before.

    The two worlds differ by at most sqrt(rho / 2) in total variation (Pinsker), of which half can be won.
    """
    return math.ceil(100 * min(1.0, 0.5 + math.sqrt(float(rho) / 8)) - 1e-9)


def one_in(delta: Decimal) -> int:
    """Return delta as one case in so many."""
    return int(1 / delta)


# -- what became of a release ------------------------------------------------------------------

# From -> to. A package that left stays what it was: nothing leads back from there.
FOLLOWS: Mapping[str, frozenset[str]] = {
    "draft": frozenset({"spent", "prepared", "refused"}),
    "spent": frozenset({"prepared", "refused"}),
    "prepared": frozenset({"read", "refused"}),
    "read": frozenset({"read", "published", "changes", "refused"}),
    "changes": frozenset({"prepared", "refused"}),
    "published": frozenset({"withdrawn"}),
}


def may_follow(now: str, wanted: str) -> bool:
    return wanted in FOLLOWS.get(now, frozenset())
