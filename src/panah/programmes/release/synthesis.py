"""Synthetic rows and tables of people, under one budget: count_with_noise, fit, draw, polish, and say how it was made.

``prepare`` spends the whole epsilon and delta that it is given on the rows it is given; who calls it has paid before
(``accounting.spend_first``). After ``measure`` nothing looks at the rows again: all else is made of noisy counts.
``rehearse`` does the same with made-up people, before any budget is spent.
"""

import platform
import time
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from importlib.metadata import version
from math import sqrt

import numpy as np

from panah import __version__
from panah.programmes.release import made_up
from panah.programmes.release.accounting import rho_for
from panah.programmes.release.counting import Table, by_column
from panah.programmes.release.domain import Codes, Domain
from panah.programmes.release.estimate import Estimate, Fitted, estimates, fitted, moved, shake
from panah.programmes.release.mixture import fit
from panah.programmes.release.noise import MECHANISM
from panah.programmes.release.noisy_tables import Measured, Progress, count_with_noise
from panah.programmes.release.polish import Target, polish
from panah.programmes.release.sampling import draw, shuffled
from panah.programmes.release.threads import one_thread
from panah.programmes.release.utility import Difference, Quality, compare, within_budget

# People, by the noisy total, up to which so many components, steps and sweeps are worth their time.
_EFFORT = ((30_000, (300, 400, 4)), (100_000, (400, 400, 4)), (500_000, (800, 800, 4)))
_MOST_EFFORT = (1_000, 1_600, 4)


@dataclass(frozen=True, slots=True)
class Paid:
    """A table that was measured: its columns, the scale of its noise and what it cost. No columns: how many people."""

    columns: tuple[str, ...]
    sigma: float
    rho: Decimal


@dataclass(frozen=True, slots=True)
class Method:
    """How a release was made, for whoever reads it; the noise is not in it and no seed leads to it."""

    epsilon: float
    delta: float
    rho: Decimal
    paid: tuple[Paid, ...]
    mechanism: str
    unit: str
    domain_version: str
    domain_hash: str
    seed: int
    components: int
    misfit: float
    versions: Mapping[str, str]

    @property
    def right_guesses(self) -> float:
        """How often at most somebody who knows everybody else guesses rightly whether a person is in it; 0.5 is chance.

        For rho-zCDP the two answers differ by at most sqrt(rho / 2) in total variation (Pinsker), half of it to be won.
        """
        return min(1.0, 0.5 + sqrt(float(self.rho) / 8))


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A release: rows, shape (rows, columns); tables by their columns; how good it is and how it was made."""

    rows: Codes
    tables: Mapping[Table, Estimate]
    quality: tuple[Quality, ...]
    method: Method


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a release of so many people would be like, tried on made-up ones, in how many seconds of the processor."""

    people: int
    seconds: float
    differences: tuple[Difference, ...]
    method: Method


def _silent(_stage: str, _done: float) -> None: ...


def prepare(
    rows: Codes, domain: Domain, epsilon: float, delta: float, seed: int, *, progress: Progress = _silent
) -> Synthetic:
    """Return a release of these rows, one row a person, that holds epsilon and delta. ``seed``: of model and rows."""
    rho = rho_for(epsilon, delta)
    with one_thread():
        measured = count_with_noise(rows, domain, rho, progress)
        del rows
        rng = np.random.default_rng(seed)
        fit_ = _fitted(measured, rng, progress)
        progress("estimate", 0)
        tables = {one.table: one for one in estimates(fit_, measured)}
        progress("draw", 0)
        made = draw(fit_.mixture, round(measured.total), rng)
        targets = {table: Target(one.counts, 1 / measured.sigma[table] ** 2) for table, one in tables.items()}
        polish(made, targets, rng, sweeps=_effort(measured.total)[2], progress=progress)
        progress("utility", 0)
        quality = within_budget(made, domain.sizes, tables)
    method = _method(measured, fit_, domain, (epsilon, delta, seed))
    return Synthetic(shuffled(made, rng), tables, tuple(quality), method)


def rehearse(
    domain: Domain, people: int, epsilon: float, delta: float, seed: int, *, progress: Progress = _silent
) -> Rehearsal:
    """Prepare a release of made-up people and compare it with them. It reads nothing but the declared domain."""
    truth = made_up.without_classes(domain, people, seed)
    began = time.process_time()
    made = prepare(truth, domain, epsilon, delta, seed, progress=progress)
    seconds, sizes = time.process_time() - began, domain.sizes
    both = by_column(truth), by_column(made.rows)
    orders = range(1, min(3, len(sizes)) + 1)
    return Rehearsal(people, seconds, tuple(compare(*both, sizes, order) for order in orders), made.method)


def _effort(people: float) -> tuple[int, int, int]:
    return next((effort for up_to, effort in _EFFORT if people < up_to), _MOST_EFFORT)


def _fitted(measured: Measured, rng: np.random.Generator, progress: Progress) -> Fitted:
    components, steps, _ = _effort(measured.total)
    shaken, mixtures = shake(measured, rng), []
    for half, sign in enumerate((1, -1)):

        def told(stage: str, done: float, half: int = half) -> None:
            progress(stage, (half + done) / 2)

        mixtures.append(fit(moved(measured, shaken, sign), components, steps, int(rng.integers(2**63)), told))
    return fitted(mixtures[0], mixtures[1], shaken)


def _method(measured: Measured, fit_: Fitted, domain: Domain, asked: tuple[float, float, int]) -> Method:
    epsilon, delta, seed = asked
    names, spends = domain.names, measured.ledger.spends
    paid = tuple(
        Paid(tuple(names[at] for at in table), sigma, spend.rho)
        for (table, sigma), spend in zip(measured.sigma.items(), spends, strict=True)
    )
    return Method(
        epsilon=epsilon,
        delta=delta,
        rho=measured.ledger.budget,
        paid=paid,
        mechanism=MECHANISM,
        unit="one person, one row; neighbours differ by one row",
        domain_version=domain.version,
        domain_hash=domain.hash,
        seed=seed,
        components=len(fit_.mixture.weights),
        misfit=fit_.mixture.misfit,
        versions={
            "panah": __version__,
            "opendp": version("opendp"),
            "numpy": np.__version__,
            "python": platform.python_version(),
        },
    )
