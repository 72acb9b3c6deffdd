"""A release: made-up tables in the columns of the codebook, measured, modelled, drawn; beside its noise and its peers.

For each size and each of two generators (with and without latent classes) some releases are made by the engine of
`panah.programmes.release`, each in a process of its own; the median is told. An error's floor is that of unbiased noise
with the whole budget on one order of tables and the best shares between them, which no release could know; the floor of
time is counting the same tables without noise. Two peers do the same rows at the same epsilon and delta in an
environment of their own (`peers.py`), up to 50,000 rows, never with ``--quick`` and never where CI is set.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure
from benchmarks.release import peers
from benchmarks.release.people import GENERATORS

SIZES, QUICK_SIZES = (10_000, 50_000), (2_000,)
DRAWS, DRAWS_OF_MANY, MANY = 3, 1, 100_000
PEERS_UP_TO = 50_000
_ROOT = Path(__file__).parents[2]


def run(quick: bool) -> Iterator[Figure]:
    """Yield times, memory and errors for each size and generator."""
    asked = os.environ.get("PANAH_BENCH_ROWS", "")
    sizes = [int(one) for one in asked.split(",")] if asked else list(QUICK_SIZES if quick else SIZES)
    seed = int(os.environ.get("PANAH_BENCH_SEED") or 0)
    python = None if quick or os.environ.get("CI") else peers.environment()
    for size in sizes:
        for generator in GENERATORS:
            with tempfile.TemporaryDirectory(prefix="panah-bench-release-") as folder:
                draws = 1 if quick else DRAWS if size < MANY else DRAWS_OF_MANY
                ours = [_ours(Path(folder), size, generator, seed, draw) for draw in range(draws)]
                yield from _figures("Panah", generator, size, ours)
                if python and size <= PEERS_UP_TO:
                    for name in peers.NAMES:
                        theirs = peers.run(python, name, Path(folder), ours[0])
                        yield from _figures(name, generator, size, [theirs] if theirs else [])


def _ours(folder: Path, size: int, generator: str, seed: int, draw: int) -> dict[str, float]:
    """Make one release in a process of its own, so that its memory is its own."""
    command = [
        sys.executable,
        "-m",
        "benchmarks.release.one",
        str(folder),
        str(size),
        generator,
        str(seed),
        str(draw),
    ]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=_ROOT)
    found: dict[str, float] = json.loads(said.stdout)
    return found


def _figures(who: str, generator: str, size: int, runs: list[dict[str, float]]) -> Iterator[Figure]:
    """Yield a figure for each thing that was measured, the median of the runs; what ends with a floor is beside it."""
    for name in runs[0] if runs else ():
        if name.endswith("; floor"):
            continue
        value = statistics.median(one[name] for one in runs)
        floors = [one[f"{name}; floor"] for one in runs if f"{name}; floor" in one]
        unit = name.rpartition(", ")[2]
        case = f"{generator}: {who}, {name.rpartition(', ')[0]}"
        yield Figure("release", case, value, unit, statistics.median(floors) if floors else None, size)
