"""What is asked of the data, for how much of the budget: noisy tables of every column and every pair of columns.

Only this module looks at rows. It pays for each table before it counts it, from a ledger of its own with the whole
budget of the release: a plan that costs more than it says ends here, before the first count.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

import numpy as np

from panah.programmes.release.accounting import Ledger, Spend
from panah.programmes.release.counting import Counts, Table, by_column, count, tables_of
from panah.programmes.release.domain import Codes, Domain
from panah.programmes.release.noise import cost, gaussian, sigma_for

TOTAL: Table = ()
SHARE_OF_TOTAL = 0.005
# Tuned on made-up people of other seeds. Tables of three columns were tried at a million people: the model fits them
# too slowly, and tables of one and two columns lose more than those of three gain.
SHARES: Mapping[int, float] = MappingProxyType({1: 0.45, 2: 0.55})
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


def plan(sizes: Sequence[int], rho: Decimal) -> Plan:
    """Share so much rho among the total and all tables of one and two columns."""
    budget, sigma = float(rho) * _HAIR, {TOTAL: sigma_for(float(rho) * _HAIR * SHARE_OF_TOTAL)}
    orders = {order: share for order, share in SHARES.items() if order <= len(sizes)}
    for order, share in orders.items():
        tables = tables_of(len(sizes), order)
        # rho is 1/(2 sigma²), and sigma goes with cells ** tilt.
        weights = np.asarray([float(np.prod([sizes[at] for at in table])) for table in tables]) ** (
            -2 * _TILT
        )
        parts = weights / weights.sum() * budget * (1 - SHARE_OF_TOTAL) * share / sum(orders.values())
        sigma.update({table: sigma_for(float(part)) for table, part in zip(tables, parts, strict=True)})
    return Plan(sigma)


def pay(ledger: Ledger, planned: Plan) -> Ledger:
    """Return the ledger after all that is planned. Raises ``Overdraft`` when it costs more than is left."""
    for table, price in planned.rho.items():
        ledger = ledger.spend(Spend(_ref(table), price))
    return ledger


def count_with_noise(
    codes: Codes, domain: Domain, rho: Decimal, progress: Progress = lambda _stage, _done: None
) -> Measured:
    """Spend the budget on noisy tables of these rows, one row a person."""
    if not domain.fits(codes):
        raise ValueError("These are not rows of this domain.")
    sizes = domain.sizes
    planned = plan(sizes, rho)
    ledger = pay(Ledger(rho), planned)
    people = gaussian(np.asarray([len(codes)], np.int64), planned.sigma[TOTAL])
    columns, noisy = by_column(codes), {}
    for table, sigma in planned.sigma.items():
        if table != TOTAL:
            noisy[table] = gaussian(count(columns, table, sizes), sigma)
            progress("measure", len(noisy) / len(planned.sigma))
    return Measured(sizes, planned.sigma, noisy, _total(float(people[0]), planned.sigma, noisy), ledger)


def _ref(table: Table) -> str:
    return "table " + "+".join(map(str, table)) if table else "total"


def _total(people: float, sigma: Mapping[Table, float], noisy: Mapping[Table, Counts]) -> float:
    """Return the best guess of how many people there are: every table adds up to all of them, with more noise."""
    sums = [(people, sigma[TOTAL] ** 2)]
    sums += [(float(counts.sum()), sigma[table] ** 2 * counts.size) for table, counts in noisy.items()]
    return max(1.0, sum(value / spread for value, spread in sums) / sum(1 / spread for _, spread in sums))
