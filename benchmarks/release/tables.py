"""Tables of a release: protecting one beside counting it, attacking it, and how much of it is shown."""

import time
from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.typing import NDArray

from benchmarks.figures import Figure
from panah.programmes.release.attack import ShownRelease, attack
from panah.programmes.release.attackers import attackers
from panah.programmes.release.cells import Dimension, Rule, State, count_rows
from panah.programmes.release.coverage import Coverage
from panah.programmes.release.tables import protect

BENCH = "release-tables"
PEOPLE, SHAPES, SOCIETIES = 50_000, ((100, 100), (100, 20, 5)), 5
QUICK_PEOPLE, QUICK_SHAPES = 5_000, ((20, 10), (10, 5, 4))


def run(quick: bool) -> Iterator[Figure]:
    """Yield CPU seconds of protecting and attacking (floor: counting), and the share of people in shown cells."""
    for shape in QUICK_SHAPES if quick else SHAPES:
        yield from _figures(shape, QUICK_PEOPLE if quick else PEOPLE)


def _figures(shape: tuple[int, ...], people: int) -> Iterator[Figure]:
    codes, societies = _people(shape, people)
    dimensions = tuple(
        Dimension(f"column {at}", tuple(f"value {value}" for value in range(size)))
        for at, size in enumerate(shape)
    )
    population = Coverage("made-up people", date(2026, 1, 1), date(2026, 12, 31), frozenset({"anywhere"}))
    names = [f"society {at}" for at in range(SOCIETIES)]
    began = time.process_time()
    table = count_rows("made up", population, dimensions, codes, names, societies)
    counted = time.process_time()
    shown = protect(table, Rule())
    protected = time.process_time()
    report = attack(ShownRelease("made up", (shown,), {table.name: table}))
    attacked = time.process_time()
    cells, case = shown.states.size, " x ".join(map(str, shape))
    if not report.passed:
        raise RuntimeError(f"what was protected was broken: {report.findings[0].sentence}")
    floor = max(counted - began, 1e-4)
    yield Figure(BENCH, f"protect, {case}", protected - counted, "s CPU", floor, cells)
    yield Figure(BENCH, f"attack, {case}", attacked - protected, "s CPU", floor, cells)
    inside = tuple(slice(size) for size in shape)
    open_cells = shown.states[inside] <= State.ZERO
    yield Figure(
        BENCH, f"people in shown cells, {case}", table.counts[open_cells].sum() / people, "share", None, cells
    )
    wanted = np.any([one.wanted for one in attackers(table, Rule())], axis=0)[inside]
    least = 1 - table.counts[wanted].sum() / people
    yield Figure(BENCH, f"people in cells that need no protection, {case}", least, "share", None, cells)


def _people(shape: tuple[int, ...], people: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Codes and societies: a few common values, many rare ones, and each society with values of its own."""
    rng = np.random.default_rng(7)
    societies = rng.integers(0, SOCIETIES, people)
    columns = []
    for size in shape:
        weights = 1 / np.arange(1, size + 1) ** 1.2
        drawn = rng.choice(size, people, p=weights / weights.sum())
        columns.append(np.where(rng.random(people) < 0.5, drawn, (drawn + societies * 3) % size))
    return np.stack(columns, axis=1), societies
