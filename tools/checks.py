"""Run what every change must pass: ./panah check [--mend] [NAME …].

  (nothing)   every check, one line each, and what is wrong below
  NAME …      these checks alone
  --list      the names, and what each looks at
  --mend      first lay the code out and mend what can be mended safely

A person, the git hook in tools/hooks and CI run the same table, CHECKS below.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools import any_uses, locks, sizes, styles, templates, tracked

ROOT = Path(__file__).parents[1]
PYTHON = sys.executable
PANAH = (PYTHON, "-m", "panah")
LINT_IMPORTS = str(Path(PYTHON).parent / "lint-imports")
RUFF = (PYTHON, "-m", "ruff")
CONCISE = ("--quiet", "--output-format", "concise")


@dataclass(frozen=True)
class Check:
    """What it looks at, and how: a program to run, or a function that returns complaints.

    ``also`` looks further where the program has no complaints; ``remark`` is what there is to say in any case.
    """

    about: str
    run: Sequence[str] | Callable[[], list[str]]
    also: Callable[[], list[str]] | None = None
    remark: Callable[[], str] | None = None

    def complaints(self) -> str:
        """Return what is wrong, empty when nothing is."""
        if callable(self.run):
            return "\n".join(self.run())
        done = subprocess.run(
            self.run,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            check=False,
        )
        if done.returncode:
            return done.stdout.strip() or f"ended with {done.returncode}"
        return "\n".join(self.also()) if self.also else ""


def lagging_locks() -> list[str]:
    return [f"{name} lags behind pyproject.toml: run ./panah lock" for name in locks.lagging()]


CHECKS: dict[str, Check] = {
    "locks": Check("the locks are made from this pyproject.toml", lagging_locks),
    "tracked": Check("nothing of a machine or registry is committed", tracked.complaints),
    "sizes": Check("files under 400 lines, functions under 40", sizes.complaints),
    "layout": Check("the code is laid out alike", (*RUFF, "format", "--check", *CONCISE)),
    "lint": Check("no known mistakes", (*RUFF, "check", *CONCISE)),
    "rooms": Check("rooms import downstairs only", (LINT_IMPORTS,)),
    "types": Check(
        "the types agree",
        (PYTHON, "-m", "mypy", "--no-error-summary"),
        also=any_uses.complaints,
        remark=any_uses.remark,
    ),
    "styles": Check("every style is used, in lines of 120 columns", styles.complaints),
    "html": Check("the templates are well formed and laid out alike", templates.complaints),
    "django": Check("Django has no complaints", (*PANAH, "django", "check", "--fail-level", "WARNING")),
    "migrations": Check(
        "no migration is missing",
        (*PANAH, "django", "makemigrations", "--check", "--dry-run", "--verbosity", "1"),
    ),
    "words": Check("every sentence has its translation", (*PANAH, "words", "--check")),
}


def mend() -> None:
    """Lay code and templates out, mend what ruff can without changing what it does; ``Any`` is counted anew."""
    subprocess.run([*RUFF, "check", "--quiet", "--fix", "--exit-zero"], cwd=ROOT, check=False)
    subprocess.run([*RUFF, "format", "--quiet"], cwd=ROOT, check=False)
    templates.mend()
    any_uses.lower()


def run(names: Sequence[str]) -> int:
    """Run these checks one after another and return how many found something."""
    failed = []
    for name in names:
        sys.stdout.write(f"{name:<11} {CHECKS[name].about:<46} ")
        sys.stdout.flush()
        begun = time.monotonic()
        complaints = CHECKS[name].complaints()
        word = "WRONG" if complaints else "ok"
        remark = CHECKS[name].remark
        said = f"  {remark()}" if remark else ""
        sys.stdout.write(f"{word:<6}{time.monotonic() - begun:5.1f} s{said}\n")
        if complaints:
            failed.append(name)
            sys.stdout.write(f"{complaints}\n\n")
    if failed:
        sys.stdout.write(f"Not yet: {', '.join(failed)}. One alone: ./panah check {failed[0]}\n")
    else:
        sys.stdout.write(f"All {len(names)} checks pass.\n")
    return len(failed)


def main(arguments: Sequence[str]) -> int:
    if {"-h", "--help"} & set(arguments):
        sys.stdout.write(f"{__doc__}")
        return 0
    if "--list" in arguments:
        sys.stdout.writelines(f"{name:<11} {check.about}\n" for name, check in CHECKS.items())
        return 0
    if "--mend" in arguments:
        mend()
    names = [argument for argument in arguments if argument != "--mend"]
    if unknown := [name for name in names if name not in CHECKS]:
        sys.stderr.write(f"There is no check “{unknown[0]}”: {', '.join(CHECKS)}.\n")
        return 2
    return 1 if run(names or list(CHECKS)) else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
