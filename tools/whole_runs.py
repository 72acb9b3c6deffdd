"""When every test was last seen to pass: ``tests/whole_runs.tsv``, written by ``./panah test --all``.

CI reads it for its last line (``python -m tools.whole_runs``), the gate for which templates changed since.
"""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
FILE = ROOT / "tests" / "whole_runs.tsv"
HEAD = "# Runs of ./panah test --all, newest last: begun or ended when (UTC), on which commit, seconds, result.\n"
GREEN, RED = "green", "red"
# After so many commits what the gate leaves out may have broken long ago.
OLD = 30
KEPT = 20


@dataclass(frozen=True)
class Run:
    at: str
    commit: str
    seconds: int
    result: str

    @classmethod
    def read(cls, line: str) -> Run:
        at, commit, seconds, result = line.split("\t")
        return cls(at, commit, int(seconds), result)

    def line(self) -> str:
        return f"{self.at}\t{self.commit}\t{self.seconds}\t{self.result}\n"


def git(*arguments: str) -> str:
    """Return what git says, "" where it does not know."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def state() -> str:
    """Return the commit that is tried; "" where the tree differs from it, as nobody could look at it again."""
    changed = git("status", "--porcelain", "--", ".", f":!tests/{FILE.name}")
    return "" if changed else git("rev-parse", "HEAD")


def runs() -> list[Run]:
    lines = FILE.read_text().splitlines() if FILE.exists() else []
    return [Run.read(line) for line in lines if line and not line.startswith("#")]


def last_green() -> Run | None:
    return next((run for run in reversed(runs()) if run.result == GREEN), None)


def compared_with() -> Run | None:
    """Return the run with which the gate compares templates: the last green one known here, else the last."""
    known = [run for run in runs() if age(run) is not None]
    return next((run for run in reversed(known) if run.result == GREEN), known[-1] if known else None)


def keep(commit: str, *, seconds: float, green: bool) -> str:
    """Write a run down and return what is said of it; one of a tree that nobody can look at again is not kept."""
    result = GREEN if green else RED
    if not commit or commit != git("rev-parse", "HEAD"):
        return f"All: {result} after {seconds:.0f} s. Not kept: the tree is not that of a commit."
    run = Run(time.strftime("%Y-%m-%d %H:%M", time.gmtime()), commit, round(seconds), result)
    kept = [*runs(), run][-KEPT:]
    FILE.write_text(HEAD + "".join(one.line() for one in kept))
    return f"All: {result} on {commit[:12]} after {seconds:.0f} s; commit {FILE.name}."


def age(run: Run) -> int | None:
    """Return how many commits came since a run; None where this clone does not know its commit."""
    count = git("rev-list", "--count", f"{run.commit}..HEAD")
    return int(count) if count else None


def sentence() -> str:
    """Return what CI says of the last green run, and with what the gate compared pages when that was not it."""
    green = last_green()
    if green is None:
        return f"WARNING: no green ./panah test --all is on record; {pages_compared()}"
    commits = age(green)
    if commits is None:
        unknown = (
            f"the last green ./panah test --all is of {green.at}, on a commit that this clone does not know"
        )
        return f"WARNING: {unknown}; {pages_compared()}"
    said = f"the last green ./panah test --all is of {green.at}, {commits} commits ago"
    return f"WARNING: {said}" if commits > OLD else said


def pages_compared() -> str:
    run = compared_with()
    if run is None:
        return "there is no run to compare pages with: none was looked at because its template changed"
    return f"pages were compared with the {run.result} run of {run.at}"


if __name__ == "__main__":
    sys.stdout.write(f"{sentence()}\n")
