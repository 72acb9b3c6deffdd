"""One release of made-up people, measured: `python -m benchmarks.release.one FOLDER ROWS GENERATOR SEED DRAW`.

Prints one JSON object. Leaves the made-up people and the rows in the folder, for the peers to work on and be compared.
"""

import json
import resource
import sys
import time
from pathlib import Path

import numpy as np

from benchmarks.release.people import EPSILON, GENERATORS, delta, domain, errors
from panah.programmes.release.counting import by_column, count, tables_of
from panah.programmes.release.domain import Codes
from panah.programmes.release.synthesis import prepare


class _Stages:
    """The time of each stage: from its first word of progress to the first of the next."""

    def __init__(self) -> None:
        self.stage, self.last = "measure", (time.process_time(), time.perf_counter())
        self.taken: dict[str, list[float]] = {}

    def __call__(self, stage: str, _done: float) -> None:
        now = (time.process_time(), time.perf_counter())
        taken = self.taken.setdefault(self.stage, [0.0, 0.0])
        taken[0] += now[0] - self.last[0]
        taken[1] += now[1] - self.last[1]
        self.stage, self.last = stage, now


def _counting(columns: Codes) -> tuple[float, float]:
    """Return the (CPU, wall) seconds of counting every table that the release measures."""
    sizes = domain().sizes
    began = time.process_time(), time.perf_counter()
    for order in (1, 2):
        for table in tables_of(len(sizes), order):
            count(columns, table, sizes)
    return time.process_time() - began[0], time.perf_counter() - began[1]


def main(arguments: list[str]) -> int:
    """Make people, release them, compare."""
    folder, rows, generator, seed, draw = Path(arguments[0]), int(arguments[1]), *arguments[2:5]
    people = GENERATORS[generator](domain(), rows, int(seed) * 1_000 + int(draw) + 100)
    columns = by_column(people)
    stages = _Stages()
    made = prepare(people, domain(), EPSILON, delta(rows), int(draw), progress=stages)
    stages("rest", 1)
    whole = [sum(one[at] for one in stages.taken.values()) for at in (0, 1)]
    found: dict[str, float] = {}
    counted = _counting(columns)
    found["counting alone, CPU s"], found["counting alone, wall s"] = counted
    for stage, (cpu, wall) in stages.taken.items():
        found[f"{stage}, CPU s"], found[f"{stage}, wall s"] = cpu, wall
    found["everything, CPU s"], found["everything, wall s"] = whole
    found["everything, CPU s; floor"] = counted[0]
    drawn = sum(stages.taken[stage][0] for stage in ("draw", "polish") if stage in stages.taken)
    found["rows drawn and polished a CPU second, 1/s"] = len(made.rows) / max(drawn, 1e-9)
    found["peak memory, MB"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found |= errors(columns, by_column(made.rows))
    for one in made.quality:
        found[f"error of {one.order}-way counts told within the budget, people"] = one.rows
    np.save(folder / "people.npy", people)
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
