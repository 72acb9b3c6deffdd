"""What a benchmark yields, and how processor time is measured: each figure beside its floor in the same run.

A floor is the least that the same work can cost: the same rows drawn by a bare template, the bare unwraps, the bare
seals. Machines are noisy, so CPU time is measured, the median of several runs is taken, and the ratio is what counts.
"""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

# Seconds: of the processor, or of the hour.
Clock = Callable[[], float]

CASES, QUICK_CASES = 1_000_000, 20_000
PEOPLE, QUICK_PEOPLE = (200_000, 1_000_000), (20_000,)


@dataclass(frozen=True)
class Figure:
    """One line of output. ``ratio`` is value over floor; ``n`` how large what was measured is."""

    bench: str
    case: str
    value: float
    unit: str
    floor: float | None
    n: int

    def line(self) -> dict[str, object]:
        """Return the line as it is printed."""
        ratio = round(self.value / self.floor, 3) if self.floor else None
        floor = None if self.floor is None else round(self.floor, 4)
        return {
            "bench": self.bench,
            "case": self.case,
            "value": round(self.value, 4),
            "unit": self.unit,
            "floor": floor,
            "ratio": ratio,
            "n": self.n,
        }


def cpu_ms(work: Callable[[], object], *, times: int, clock: Clock = time.process_time) -> float:
    """Return the median CPU milliseconds of ``work`` over some runs, after one that warms up; or those of a clock."""
    work()
    taken = []
    for _ in range(times):
        began = clock()
        work()
        taken.append((clock() - began) * 1000)
    return statistics.median(taken)


def beside(
    work: Callable[[], object], floor: Callable[[], object], *, times: int, clock: Clock = time.process_time
) -> tuple[float, float]:
    """Return the median CPU milliseconds of ``work`` and of its floor, in turns: what disturbs one disturbs both."""
    work(), floor()
    ours, theirs = [], []
    for _ in range(times):
        began = clock()
        work()
        between = clock()
        floor()
        ours.append((between - began) * 1000)
        theirs.append((clock() - between) * 1000)
    return statistics.median(ours), statistics.median(theirs)
