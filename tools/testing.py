"""Run the tests: ./panah test [--postgres] [--only-database] [--all] [--coverage] [--everything] [what pytest knows].

  (nothing)      every test, on SQLite, on all cores
  tests/vault    only the tests there; -k WORD, -x, -s and all else pytest knows go to pytest
  --postgres     the same on PostgreSQL 17, in a temporary server of its own
  --only-database  keep only what a database can decide: walls, locks, races, migrations, nodes and backups, one
                 journey a room (the rule stands in tests/only_database.py)
  --all          let everybody ask at every address; without it one of each class of people does, which
                 tests/guard/classes.py tells apart
  --coverage     say which lines and branches of the promised rooms no test has run; fails below the floor in
                 pyproject.toml when all tests ran
  --everything   stop, instead of leaving out tests, when Chromium, nginx or Caddy is missing (CI does this)

At the end stand the ten slowest tests and what each room took. The browser tests use the Chromium of the system;
those of deploy/ its nginx and Caddy.
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from tools.postgres import temporary_postgres

# The first is the same engine without windows: it takes a quarter less time.
CHROMIUM = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome",
)  # fmt: skip
CHROMIUM_ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
PROXIES = ("nginx", "caddy")
NO_PROXIES = "The tests of deploy/ need nginx and Caddy (Debian: apt install nginx caddy)."
NO_CHROMIUM = "The browser tests need Chromium (Debian: apt install chromium; elsewhere set PANAH_CHROMIUM)."
# Where every branch is to be run by some test: what protects people, and what decides.
PROMISED = "*/vault/*,*/sign_in/*,*/commands/restore.py,*/consent/*,*/audit/*,*/rules.py,*/permissions.py"
OURS = ("--postgres", "--only-database", "--all", "--coverage", "--everything")
# What of these the tests themselves are told, and by which variable: tests/only_database.py, tests/guard/classes.py.
TOLD = {"--only-database": "PANAH_ONLY_DATABASE", "--all": "PANAH_TEST_ALL"}
# Options after which a second process would be in the way or not worth its start.
ALONE = ("-n", "--numprocesses", "--pdb", "-s", "--trace", "--collect-only", "--co", "-h", "--lf")


def chromium() -> str | None:
    """Return the browser to test with, None when there is none."""
    if chosen := os.environ.get("PANAH_CHROMIUM"):
        return chosen
    known = [found for name in CHROMIUM if (found := shutil.which(name))]
    known += [place for place in CHROMIUM_ELSEWHERE if Path(place).exists()]
    return known[0] if known else None


def has_proxies() -> bool:
    """Say whether both are here; nginx often lies where only administrators look."""
    return all(shutil.which(name) or shutil.which(name, path="/usr/sbin") for name in PROXIES)


def runs_alone(arguments: Sequence[str]) -> bool:
    """Say whether one process does: a few tests, or a person looking over its shoulder."""
    named = any(Path(argument.split("::")[0]).exists() for argument in arguments)
    return named or any(a.split("=")[0] in ALONE or a.startswith("-n") for a in arguments)


def command(arguments: Sequence[str], *, coverage: bool, left_out: Sequence[str] = ()) -> list[str]:
    """Return what is run for these arguments of pytest."""
    program = [sys.executable, "-m", *(("coverage", "run", "-m") if coverage else ()), "pytest"]
    # One more than there are cores: a test often waits for a browser, a disk, or the end of another process.
    processes = str((os.cpu_count() or 1) + 1)
    side_by_side = (
        [] if runs_alone(arguments) else ["-n", processes, "--dist", "loadfile", "--no-loadscope-reorder"]
    )
    marks = " and ".join(f"not {mark}" for mark in left_out)
    without = [] if not marks or "-m" in arguments else ["-m", marks]
    return [*program, *side_by_side, *without, *arguments]


def run_to_its_end(command: Sequence[str], environment: dict[str, str]) -> int:
    """Run pytest and return its code; a Ctrl-C reaches it too, and it then says how far it came."""
    with subprocess.Popen(command, env=environment) as process:
        while True:
            try:
                return process.wait()
            except KeyboardInterrupt:
                continue
            except SystemExit:
                process.terminate()
                process.wait()
                raise


def report_coverage() -> int:
    """Print which lines and branches of the promised places no test has run; 0 when they stay above the floor."""
    coverage = [sys.executable, "-m", "coverage"]
    subprocess.run([*coverage, "combine", "--quiet"], check=False)
    return subprocess.run([*coverage, "report", f"--include={PROMISED}"], check=False).returncode


def main(arguments: Sequence[str]) -> int:
    if arguments and arguments[0] in {"-h", "--help"}:
        sys.stdout.write(f"{__doc__}")
        return 0
    ours = {argument for argument in arguments if argument in OURS}
    rest = [argument for argument in arguments if argument not in OURS]
    on_postgres = "--postgres" in ours or os.environ.get("PANAH_TEST_DATABASE") == "postgres"
    browser = chromium()
    missing = {"browser": NO_CHROMIUM} if browser is None else {}
    missing |= {} if has_proxies() else {"proxies": NO_PROXIES}
    for sentence in missing.values():
        if "--everything" in ours:
            sys.exit(sentence)
        sys.stderr.write(f"{sentence} They are left out now.\n")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    nothing: AbstractContextManager[dict[str, str]] = nullcontext({})
    with temporary_postgres() if on_postgres else nothing as addresses:
        told = {variable: "1" for option, variable in TOLD.items() if option in ours}
        environment = os.environ | {"PANAH_CHROMIUM": browser or ""} | told | addresses
        # Hundreds of processes are started: each would compile all sources again, three seconds of it.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        wanted = command(rest, coverage="--coverage" in ours, left_out=list(missing))
        code = run_to_its_end(wanted, environment)
    # A floor under the whole says nothing about a few tests.
    if "--coverage" in ours and report_coverage() and not rest:
        return code or 1
    return code


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
