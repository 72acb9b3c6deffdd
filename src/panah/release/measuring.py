"""What is asked of the data, for how much of the budget: noisy tables of columns and pairs; threes, of many people.

Only this module looks at rows. It pays for each table before it counts it, from a ledger of its own with the whole
budget of the release: a plan that costs more than it says ends here, before the first count.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

import numpy as np

from panah.release.accounting import Ledger, Spend
from panah.release.counting import Counts, Table, by_column, count, count_threes, tables_of
from panah.release.domain import Codes, Domain
from panah.release.noise import cost, gaussian, sigma_for

TOTAL: Table = ()
SHARE_OF_TOTAL = 0.005
# Tuned on made-up people of other seeds: how much goes to tables of one, two (and three) columns.
PAIRS_ONLY: Mapping[int, float] = MappingProxyType({1: 0.45, 2: 0.55})
WITH_THREES: Mapping[int, float] = MappingProxyType({1: 0.35, 2: 0.35, 3: 0.30})
THREES_FROM = 150_000
"""How many people (by the noisy total) it takes for tables of three columns to tell more than their noise."""
# Larger tables get a little less noise: scale goes with cells to this power.
_TILT = -0.27
# The shares of a budget add up to a hair below it, so that no rounding overdraws it.
_HAIR = 1 - 1e-9

Progress = Callable[[str, float], None]
"""Told the stage and how much of it is done, 0..1; what it raises ends the work."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The scale of the noise of each table. Made of the declared domain and the budget alone."""

    sigma: Mapping[Table, float]

    @property
    def rho(self) -> Mapping[Table, Decimal]:
        """What each table costs, as OpenDP says it."""
        return {table: cost(sigma) for table, sigma in self.sigma.items()}


@dataclass(frozen=True, slots=True)
class Measured:
    """Noisy counts and what they cost: all that the rest of a release is made of."""

    sizes: tuple[int, ...]
    sigma: Mapping[Table, float]
    noisy: Mapping[Table, Counts]
    total: float
    ledger: Ledger

    @property
    def order(self) -> int:
        """How many columns its widest tables have."""
        return max(map(len, self.noisy))


def plan(sizes: Sequence[int], rho: Decimal, shares: Mapping[int, float]) -> Plan:
    """Share so much rho among all tables of the orders that ``shares`` names."""
    budget, whole, sigma = float(rho) * _HAIR, sum(shares.values()), {}
    for order, share in shares.items():
        tables = tables_of(len(sizes), order)
        # rho is 1/(2 sigma²), and sigma goes with cells ** tilt.
        weights = np.asarray([float(np.prod([sizes[at] for at in table])) for table in tables]) ** (
            -2 * _TILT
        )
        parts = weights / weights.sum() * budget * share / whole
        sigma.update({table: sigma_for(float(part)) for table, part in zip(tables, parts, strict=True)})
    return Plan(sigma)


def measure(
    codes: Codes, domain: Domain, rho: Decimal, progress: Progress = lambda _stage, _done: None
) -> Measured:
    """Spend the budget on noisy tables of these rows, one row a person."""
    if not domain.fits(codes):
        raise ValueError("These are not rows of this domain.")
    ledger, sizes = Ledger(rho), domain.sizes
    sigma = sigma_for(float(rho) * SHARE_OF_TOTAL * _HAIR)
    ledger = ledger.spend(Spend(_ref(TOTAL), cost(sigma)))
    people = float(gaussian(np.asarray([len(codes)], np.int64), sigma)[0])
    shares = WITH_THREES if people >= THREES_FROM and len(sizes) > 2 else PAIRS_ONLY
    planned = plan(
        sizes, rho * Decimal(1 - SHARE_OF_TOTAL), {k: v for k, v in shares.items() if k <= len(sizes)}
    )
    for table, price in planned.rho.items():
        ledger = ledger.spend(Spend(_ref(table), price))
    noisy = {}
    for table, counts in _counted(by_column(codes), sizes, 3 in shares):
        noisy[table] = gaussian(counts, planned.sigma[table])
        progress("measure", len(noisy) / len(planned.sigma))
    total = _total(people, sigma, planned.sigma, noisy)
    return Measured(sizes, {TOTAL: sigma, **planned.sigma}, noisy, total, ledger)


def _ref(table: Table) -> str:
    return "table " + "+".join(map(str, table)) if table else "total"


def _counted(columns: Codes, sizes: Sequence[int], threes: bool) -> Iterator[tuple[Table, Counts]]:
    for order in (1, 2):
        for table in tables_of(len(sizes), order):
            yield table, count(columns, table, sizes)
    if threes:
        yield from count_threes(columns, sizes)


def _total(
    people: float, sigma: float, sigmas: Mapping[Table, float], noisy: Mapping[Table, Counts]
) -> float:
    """Return the best guess of how many people there are: every table adds up to all of them, with more noise."""
    sums = [(people, sigma**2)]
    sums += [(float(counts.sum()), sigmas[table] ** 2 * counts.size) for table, counts in noisy.items()]
    return max(1.0, sum(value / spread for value, spread in sums) / sum(1 / spread for _, spread in sums))
