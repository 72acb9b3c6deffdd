"""The budget: zero-concentrated differential privacy (zCDP), counted exactly.

A release is promised in epsilon and delta and paid in rho: each table of noisy counts costs ``1 / (2 sigma²)``, and
costs add up. All sums are of fractions, never of floating-point numbers, so a thousand tiny spends are as dear as one.
What is converted is rounded against the spender: rho down, epsilon up.

The conversion is Proposition 12 of Canonne, Kamath and Steinke, “The Discrete Gaussian for Differential Privacy”
(2020); every alpha gives a true bound, so a search that stops early is dearer, never wrong.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from math import exp, isfinite, log, log1p, sqrt
from typing import Protocol

from panah.programmes.release.errors import (
    BadBudget,
    ExactFiguresReleased,
    Overdraft,
    PrivateReleased,
    SpentBefore,
)

RHO_STEP = Decimal("0.000000001")
EPSILON_STEP = Decimal("0.000001")
MOST_EPSILON = 50
_ROUNDS = 100
# Far more digits than a spend has: a sum of decimals goes by way of fractions and never through the default 28 digits.
_WIDE = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Spend:
    """So much rho for one thing. ``ref`` names it: the same one is not spent twice."""

    ref: str
    rho: Decimal

    def __post_init__(self) -> None:
        """Refuse what is no amount: nothing, less than nothing, or not a number."""
        if not self.ref or not isinstance(self.rho, Decimal) or not self.rho.is_finite() or self.rho <= 0:
            raise BadBudget("A spend has a name and a positive, finite amount.")


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that was spent of one population and year, over all products. It changes nothing, it says what follows.

    ``budget``: rho. ``exact_released``: exact figures of these people are out, so nothing private can be promised.
    """

    budget: Decimal
    spends: tuple[Spend, ...] = ()
    exact_released: bool = False

    def __post_init__(self) -> None:
        """Refuse a ledger that is overdrawn already, or counts one spend twice."""
        if not isinstance(self.budget, Decimal) or not self.budget.is_finite() or self.budget < 0:
            raise BadBudget("A budget is a finite amount.")
        if len({spend.ref for spend in self.spends}) < len(self.spends):
            raise SpentBefore("One spend stands twice in the ledger.")
        if self.left < 0:
            raise Overdraft("More was spent than there was.")

    @property
    def spent(self) -> Fraction:
        """Return the exact sum of all spends."""
        return sum((Fraction(spend.rho) for spend in self.spends), Fraction(0))

    @property
    def left(self) -> Fraction:
        """Return exactly what is left."""
        return Fraction(self.budget) - self.spent

    def spend(self, spend: Spend) -> "Ledger":
        """Return the ledger after this spend. Raises ``Overdraft``, ``SpentBefore`` or ``ExactFiguresReleased``."""
        if self.exact_released:
            raise ExactFiguresReleased(f"“{spend.ref}”: exact figures of these people are out.")
        if any(spend.ref == one.ref for one in self.spends):
            raise SpentBefore(f"“{spend.ref}” was paid for before.")
        if Fraction(spend.rho) > self.left:
            raise Overdraft(f"“{spend.ref}” costs more than is left.")
        return replace(self, spends=(*self.spends, spend))

    def mark_exact(self) -> "Ledger":
        """Return the ledger of people whose exact figures are released: closed for good. Refused once it was used."""
        if self.spends:
            raise PrivateReleased("Something private of these people is out.")
        return replace(self, exact_released=True)


class Account(Protocol):
    """A ledger that is kept: in a database, under a lock."""

    def take(self, spend: Spend, /) -> None:
        """Write the spend down for good, or raise; on return it would survive a power cut."""


def spend_first[T](account: Account, spend: Spend, work: Callable[[], T]) -> T:
    """Pay, then look at the data. Whatever happens afterwards, it stays spent: nobody can know what was seen."""
    account.take(spend)
    return work()


@lru_cache(maxsize=64)
def rho_for(epsilon: float, delta: float) -> Decimal:
    """Return the most rho that is within this epsilon and delta, rounded down."""
    _check(epsilon, delta)
    low, high = 0.0, float(epsilon)
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        low, high = (middle, high) if _epsilon(middle, delta) <= epsilon else (low, middle)
    # One step more than rounding asks: what the search got wrong lies far below it.
    rho = Decimal(low).quantize(RHO_STEP, ROUND_FLOOR, _WIDE) - RHO_STEP
    if rho <= 0:
        raise BadBudget("So little that nothing can be measured.")
    return rho


def epsilon_of(rho: Decimal | Fraction, delta: float) -> Decimal:
    """Return the epsilon at this delta of so much rho, rounded up."""
    _check(1, delta)
    if rho < 0:
        raise BadBudget("A spend is not negative.")
    if rho == 0:
        return Decimal(0)
    epsilon = _epsilon(float(rho) * (1 + 1e-12), delta)
    return Decimal(epsilon).quantize(EPSILON_STEP, ROUND_CEILING, _WIDE)


def _check(epsilon: float, delta: float) -> None:
    if not (isfinite(epsilon) and 0 < epsilon <= MOST_EPSILON and 0 < delta < 0.1):
        raise BadBudget(f"Epsilon lies above 0 and up to {MOST_EPSILON}, delta between 0 and 0.1.")


def _epsilon(rho: float, delta: float) -> float:
    """Return the least bound over alpha, found by golden section over the logarithm of alpha - 1."""
    if rho <= 0:
        return 0.0

    def bound(at: float) -> float:
        over = exp(at)
        alpha = 1 + over
        return alpha * rho + (alpha * log1p(-1 / alpha) - log(over) - log(delta)) / over

    golden = (sqrt(5) - 1) / 2
    low, high = -9.0, 18.0
    for _ in range(_ROUNDS):
        left, right = high - golden * (high - low), low + golden * (high - low)
        low, high = (low, right) if bound(left) < bound(right) else (left, high)
    return max(0.0, bound((low + high) / 2))
