"""Run the tests: ./panah test [--changed] [--all] [--postgres] [--coverage] [--everything] [what pytest knows].

  (nothing)      the gate: what a change is likely to break, on SQLite and, where only a database decides, on
                 PostgreSQL; tests/gate.py says what it leaves to --all
  --changed      what leads to the files that differ from the branch this one came from (--since REV: from that commit),
                 of it what the gate keeps, and changed files of tests as a whole
  --all          every test on SQLite, on PostgreSQL all that a database can decide; the result is kept in
                 tests/whole_runs.tsv, with the commit it was seen on, unless something else leaves tests out
  tests/vault    only the tests there; -k WORD, -x, -s and all else pytest knows go to pytest
  --postgres     on PostgreSQL 17 alone, in a temporary server of its own
  --only-database  keep only what a database can decide (the rule stands in tests/only_database.py)
  --everybody    let everybody ask at every address; without it one of each class of people does, which
                 tests/guard/classes.py tells apart
  --coverage     say which lines and branches of the promised rooms no test has run; fails below the floor in
                 pyproject.toml when all tests ran, as they do with --all
  --everything   stop, instead of leaving out tests, when the system lacks something (CI does this)
  --once-more    run once more, by itself, what failed: a crowded machine makes a browser late (CI does this)

What the system lacks (Chromium, fonts, nginx and Caddy, tesseract and its languages, PostgreSQL) is said at the
beginning and at the end, with what to install. At the end stand the ten slowest tests and what each room took, too.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from tools import changed_tests, whole_runs
from tools.postgres import temporary_postgres
from tools.system_needs import LACKING, chromium, lacking

# Where every branch is to be run by some test: what protects people, and what decides.
PROMISED = "*/vault/*,*/sign_in/*,*/commands/restore.py,*/consent/*,*/audit/*,*/rules.py,*/permissions.py"
OURS = (
    "--changed", "--all", "--postgres", "--only-database", "--everybody", "--coverage", "--everything", "--once-more",
)  # fmt: skip
# What tests are told, and by which variable: tests/gate.py, tests/only_database.py, tests/guard/classes.py.
GATE, ONLY_DATABASE, EVERYBODY = "PANAH_TEST_GATE", "PANAH_ONLY_DATABASE", "PANAH_TEST_EVERYBODY"
CHANGED = "PANAH_TEST_CHANGED"
# What may leave out tests though nobody typed it, and what may be typed and leaves out none.
FROM_OUTSIDE = (GATE, ONLY_DATABASE, "PYTEST_ADDOPTS")
LEAVE_NONE_OUT = ("-q", "-v", "-vv", "--tb", "--durations", "--color")
# Options after which a second process would be in the way or not worth its start.
ALONE = ("-n", "--numprocesses", "--pdb", "-s", "--trace", "--collect-only", "--co", "-h", "--lf")


@dataclass(frozen=True)
class Stage:
    """One run of pytest: on which database, of which tests."""

    title: str
    postgres: bool = False
    told: dict[str, str] = field(default_factory=dict)


def stages(ours: set[str], *, named: bool, changed: Sequence[str] = ()) -> list[Stage]:
    """Return what is run one after another; ``named``: somebody said which tests; ``changed``: files that differ."""
    everybody = {EVERYBODY: "1"} if "--everybody" in ours else {}
    only_database = {ONLY_DATABASE: "1"} if "--only-database" in ours else {}
    if "--postgres" in ours or os.environ.get("PANAH_TEST_DATABASE") == "postgres":
        return [Stage("PostgreSQL", postgres=True, told=everybody | only_database)]
    if "--changed" in ours:
        own = ",".join(file.removeprefix("tests/") for file in changed if changed_tests.is_test(file))
        return [Stage("SQLite", told={GATE: "1", CHANGED: own} | everybody)]
    if named or only_database:
        return [Stage("SQLite", told=everybody | only_database)]
    gate = {} if "--all" in ours else {GATE: "1"}
    return [
        Stage("SQLite", told=gate | everybody),
        Stage("PostgreSQL", postgres=True, told=gate | everybody | {ONLY_DATABASE: "1"}),
    ]


def names_tests(arguments: Sequence[str]) -> bool:
    """Say whether somebody said which tests are to be run."""
    return any(
        Path(argument.split("::")[0]).exists()
        or argument.startswith(("-k", "-m"))
        or argument in ("--lf", "--last-failed")
        for argument in arguments
    )


def is_whole(ours: set[str], arguments: Sequence[str]) -> bool:
    """Say whether this is every test on both databases: an argument that is not known to leave none out may."""
    narrowed = [one for one in arguments if one.split("=")[0] not in LEAVE_NONE_OUT]
    narrowed += [name for name in FROM_OUTSIDE if os.environ.get(name)]
    return "--all" in ours and not narrowed and len(stages(ours, named=False)) > 1


def runs_alone(arguments: Sequence[str]) -> bool:
    """Say whether one process does: a few tests, or a person looking over its shoulder."""
    named = any(Path(argument.split("::")[0]).exists() for argument in arguments)
    return named or any(a.split("=")[0] in ALONE or a.startswith("-n") for a in arguments)


def command(arguments: Sequence[str], *, coverage: bool, alone: bool) -> list[str]:
    """Return what is run for these arguments of pytest."""
    program = [sys.executable, "-m", *(("coverage", "run", "-m") if coverage else ()), "pytest"]
    # One more than there are cores: a test often waits for a browser, a disk, or the end of another process.
    processes = str((os.cpu_count() or 1) + 1)
    side_by_side = [] if alone else ["-n", processes, "--dist", "loadfile", "--no-loadscope-reorder"]
    return [*program, *side_by_side, *arguments]


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


def run_stage(
    stage: Stage, arguments: Sequence[str], ours: set[str], *, alone: bool, missing: Sequence[str]
) -> int:
    """Run a stage, what failed once more where that was asked for, and return the code of pytest."""
    nothing: AbstractContextManager[dict[str, str]] = nullcontext({})
    with temporary_postgres() if stage.postgres else nothing as addresses:
        told = {"PANAH_CHROMIUM": chromium() or "", LACKING: ",".join(missing), **stage.told, **addresses}
        environment = os.environ | told
        # Hundreds of processes are started: each would compile all sources again, three seconds of it.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        code = run_to_its_end(command(arguments, coverage="--coverage" in ours, alone=alone), environment)
        if code == 1 and "--once-more" in ours:
            say(f"{stage.title}: once more, by itself, what failed.")
            again = [*arguments, "--last-failed", "--last-failed-no-failures", "none"]
            code = run_to_its_end(command(again, coverage=False, alone=True), environment)
    return code


def report_coverage() -> int:
    """Print which lines and branches of the promised places no test has run; 0 when they stay above the floor."""
    coverage = [sys.executable, "-m", "coverage"]
    subprocess.run([*coverage, "combine", "--quiet"], check=False)
    return subprocess.run([*coverage, "report", f"--include={PROMISED}"], check=False).returncode


def say(sentence: str) -> None:
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


def say_left_out(missing: dict[str, str]) -> None:
    for sentence in missing.values():
        say(f"Left out: {sentence}")


def run_all(
    wanted: Sequence[Stage], arguments: Sequence[str], ours: set[str], missing: dict[str, str]
) -> list[int]:
    """Run these stages and return the code of each."""
    alone, codes = "--changed" not in ours and runs_alone(arguments), []
    for stage in wanted:
        if stage.postgres and "postgres" in missing and len(wanted) > 1:
            continue
        begun = time.monotonic()
        codes.append(run_stage(stage, arguments, ours, alone=alone, missing=list(missing)))
        say(f"{stage.title}: {time.monotonic() - begun:.0f} s.")
    return codes


def say_what_becomes(codes: Sequence[int], seen_on: str, *, seconds: float, missing: dict[str, str]) -> None:
    """Keep a run of every test and say so; one that was interrupted looked at too little even to be red."""
    if set(codes) <= {0, 1}:
        say(whole_runs.keep(seen_on, seconds=seconds, green=not any(codes) and not missing))
    else:
        say("All: not kept, as it did not come to its end.")


def main(arguments: Sequence[str]) -> int:
    if arguments and arguments[0] in {"-h", "--help"}:
        sys.stdout.write(f"{__doc__}")
        return 0
    ours = {argument for argument in arguments if argument in OURS}
    rest = [argument for argument in arguments if argument not in OURS]
    changed: Sequence[str] = ()
    if "--changed" in ours:
        chosen, rest = changed_tests.choose(rest)
        say(chosen.told())
        if not chosen.paths:
            return 0
        rest, changed = [*rest, *chosen.paths], chosen.files
    missing = lacking()
    if missing and "--everything" in ours:
        sys.exit("\n".join(missing.values()))
    say_left_out(missing)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    whole = is_whole(ours, rest)
    if "--all" in ours and not whole:
        say("All: this run will not be kept, as something leaves tests out.")
    seen_on, begun = whole_runs.state(), time.monotonic()
    codes = run_all(stages(ours, named=names_tests(rest), changed=changed), rest, ours, missing)
    if whole:
        say_what_becomes(codes, seen_on, seconds=time.monotonic() - begun, missing=missing)
    say_left_out(missing)
    code = next((code for code in codes if code), 0)
    # A floor under the whole says nothing about the gate or a few tests.
    if "--coverage" in ours and report_coverage() and whole:
        return code or 1
    return code


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
