"""A piece of what a node does by itself, again and again; each house says its own in its ``jobs.py``."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

MAIN, APART, PAGING, LONG = "main", "apart", "paging", "long"


@dataclass(frozen=True)
class Job:
    """One job: its name in the log, how often, what it does (``run(at=)``), and whether once for the whole node.

    ``lane``: what waits for other nodes runs beside the others, and what pages runs beside both: nobody is paged later
    because a line hangs or a job takes long. What works for minutes at a time has a lane of its own.
    """

    name: str
    every: timedelta
    run: Callable[..., object]
    of_node: bool = False
    lane: str = MAIN
