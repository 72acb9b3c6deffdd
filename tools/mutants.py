"""Plant one small mistake at a time and say which ones no test notices: ./panah mutants [ROOM ...] [options].

  (nothing)        every room's rules and permissions, and the whole of consent
  consent cases    these rooms: their rules and permissions (of consent everything)
  --file PATH      one file of the source, or several (the option again); the rest of a room is reached by --sample
  --sample 300     besides, so many mistakes drawn from the rest of all rooms, from each by its size, the same ones
                   each time (--seed 1)
  --only-sample    of these rooms the sample alone
  --tests PATH     the tests to use, or several (the option again); else those of the room
  --anew           forget what an earlier run found

Slow, so not part of CI. What was found is kept in .mutants/ (a file a room), and a run that was stopped goes on
there: what a test noticed is not tried again while the file stays as it is; what survived is tried again with tests
that are new or have changed. Mistakes that cannot be noticed are named with their reason in
tools/mutants_survivors.toml. The tests of a line are known from one run with coverage, which is kept too, by the file
of tests; a test that fails without any mistake is named and not used.
"""

import argparse
import hashlib
import json
import random
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from panah.rooms import folder_of, folders, from_room
from tools.mutant_trials import BROKEN, SURVIVED, Coverage, Trials
from tools.mutating import Mutant, mutants_of

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "panah"
KEPT = ROOT / ".mutants"
NAMED = ROOT / "tools" / "mutants_survivors.toml"
# What decides is promised more of than what shows.
DECIDES, WHOLE = ("rules.py", "rules/*.py", "permissions.py"), ("consent",)
PROMISED, ELSEWHERE = 95, 90
# Where a room is asked by others, their tests say more of it than its own.
TESTS = {
    "consent": ("consent", "referrals/test_referrals.py", "hotline/test_becoming.py", "cases/test_ending.py"),
    "network": ("network", "directory/test_access.py"),
}
LEFT_OUT = (
    "migrations",
    "locale",
    "management",
    "words",
    "words.py",
    "apps.py",
    "urls.py",
    "events.py",
    "models.py",
)


def rooms() -> list[str]:
    return [folder.name for folder in folders()]


def deciding(room: str) -> list[Path]:
    """Return the files of a room of which at least 95 in a hundred mistakes are to be noticed."""
    if room in WHOLE:
        return _rest_of(room, besides=())
    return [file for name in DECIDES for file in sorted(folder_of(room).glob(name))]


def _rest_of(room: str, besides: Sequence[Path]) -> list[Path]:
    files = sorted(folder_of(room).rglob("*.py"))
    return [
        file
        for file in files
        if file not in besides and not set(file.relative_to(folder_of(room)).parts) & set(LEFT_OUT)
    ]


def _of(files: Sequence[Path]) -> list[Mutant]:
    return [mutant for file in files for mutant in mutants_of(file, from_room(file))]


def wanted(room: str, given: argparse.Namespace) -> list[Mutant]:
    """Return the mistakes to plant in a room."""
    if given.file:
        return _of(given.file)
    chosen = [] if given.only_sample else _of(deciding(room))
    return [*chosen, *drawn(room, sample=given.sample, seed=given.seed)]


def drawn(room: str, *, sample: int, seed: int) -> list[Mutant]:
    """Return a room's part of the sample: by the size of its source, so that no other room need be read for it."""
    rest = {one: _rest_of(one, besides=deciding(one)) for one in rooms()}
    size = {one: sum(file.stat().st_size for file in files) for one, files in rest.items()}
    part = round(sample * size[room] / sum(size.values()))
    found = _of(rest[room]) if part else []
    picked = random.Random(seed).sample(found, min(part, len(found)))  # noqa: S311  the same ones each time
    return sorted(picked, key=lambda mutant: mutant.name)


def reasons() -> dict[str, str]:
    """Return the mistakes that nobody can notice, each with its reason."""
    return {one["mistake"]: one["reason"] for one in tomllib.loads(NAMED.read_text()).get("survivor", [])}


def digest(paths: Sequence[Path]) -> str:
    files = [file for path in paths for file in (sorted(path.rglob("*.py")) if path.is_dir() else [path])]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


class Memory:
    """What was found in a room until now, written down after every mistake."""

    def __init__(self, room: str, files: Sequence[Path], *, anew: bool) -> None:
        KEPT.mkdir(exist_ok=True)
        self.path = KEPT / f"{room}.json"
        there = self.path.exists() and not anew
        self.kept: dict[str, Any] = (
            json.loads(self.path.read_text()) if there else {"found": {}, "coverage": {}}
        )
        self.digests = {file: digest([file]) for file in files}
        self.marks: dict[Path, str] = {}

    def save(self) -> None:
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(self.kept, indent=0, ensure_ascii=False))
        fresh.replace(self.path)

    def _before(self, mutant: Mutant) -> dict[str, Any]:
        before = self.kept["found"].get(mutant.name, {})
        return before if before.get("file") == self.digests[mutant.path] else {}

    def noticed(self, mutant: Mutant) -> bool:
        return self._before(mutant).get("came", SURVIVED) != SURVIVED

    def tried(self, mutant: Mutant) -> set[str]:
        return set(self._before(mutant).get("tried", ()))

    def note(self, mutant: Mutant, came: str, by: str, tried: list[str]) -> None:
        found = {"came": came, "by": by, "file": self.digests[mutant.path]}
        self.kept["found"][mutant.name] = found | ({"tried": tried} if came == SURVIVED else {})
        self.save()

    def mark(self, test: Path) -> str:
        """Return what a file of tests is known by: its content and that of the conftest files above it."""
        if test not in self.marks:
            above = [folder / "conftest.py" for folder in test.parents if folder.is_relative_to(ROOT)]
            self.marks[test] = digest([test, *(file for file in above if file.exists())])
        return self.marks[test]

    def coverage(self, test: Path) -> Coverage | None:
        kept = self.kept["coverage"].get(str(test), {})
        if kept.get("mark") != self.mark(test) or not self._sources().items() <= kept["files"].items():
            return None
        covered = Coverage()
        covered.lines, covered.seconds = kept["lines"], kept["seconds"]
        return covered

    def keep_coverage(self, test: Path, covered: Coverage) -> None:
        self.kept["coverage"][str(test)] = {
            "mark": self.mark(test),
            "files": self._sources(),
            "lines": covered.lines,
            "seconds": covered.seconds,
        }
        self.save()

    def _sources(self) -> dict[str, str]:
        return {str(file): mark for file, mark in self.digests.items()}


def try_room(room: str, mutants: list[Mutant], tests: Sequence[Path], *, anew: bool) -> bool:
    """Try what is not known yet of a room's mistakes and say what survived; returns whether that is little enough."""
    files = sorted({mutant.path for mutant in mutants} | set(_reading_constants(room, mutants)))
    memory, named = Memory(room, files, anew=anew), reasons()
    todo = [one for one in mutants if one.name not in named and not memory.noticed(one)]
    say(f"{room}: {len(mutants)} mistakes, {len(todo)} to try")
    if todo:
        code = pytest.main(
            ["-q", "-p", "no:cacheprovider", "-m", "not browser", *(str(test) for test in tests)],
            plugins=[Trials(todo, memory, files)],
        )
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            sys.exit(f"The tests of {room} could not be begun.")
    return report(room, mutants, memory, named)


def _reading_constants(room: str, mutants: Sequence[Mutant]) -> list[Path]:
    """Return the files of a room that name a constant in which a mistake is planted: their tests may notice it."""
    names = {mutant.owner for mutant in mutants if mutant.in_constant}
    word = re.compile(rf"\b({'|'.join(names)})\b")
    return [file for file in _rest_of(room, besides=()) if names and word.search(file.read_text())]


def report(room: str, mutants: list[Mutant], memory: Memory, named: dict[str, str]) -> bool:
    good, memory.kept["sample"] = True, [0, 0]
    for promised in (True, False):
        decides = set(deciding(room))
        those = [one for one in mutants if (one.path in decides) == promised and one.name not in named]
        came = {one.name: memory.kept["found"][one.name] for one in those}
        counted = [name for name, found in came.items() if found["came"] != BROKEN]
        if not counted:
            continue
        alive = [name for name in counted if came[name]["came"] == SURVIVED]
        for name in alive:
            say(f"  alive  {name}" + (f"  [{came[name]['by']}]" if came[name]["by"] else ""))
        share, least = 100 * (1 - len(alive) / len(counted)), PROMISED if promised else ELSEWHERE
        if not promised:
            memory.kept["sample"] = [len(counted) - len(alive), len(counted)]
        # A room's part of the sample is too small to be judged alone.
        good &= share >= least or not promised
        say(f"{room}, {'what decides' if promised else 'the rest, a sample'}: {share:.1f} % of {len(counted)} noticed,"
            f" {least} % promised")  # fmt: skip
    memory.save()
    return good


def say(text: str) -> None:
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def read(arguments: Sequence[str]) -> argparse.Namespace:
    reader = argparse.ArgumentParser(
        prog="./panah mutants", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    reader.add_argument("rooms", nargs="*", metavar="ROOM")
    reader.add_argument("--file", action="append", default=[], type=Path)
    reader.add_argument("--tests", action="append", default=[], type=Path)
    reader.add_argument("--sample", type=int, default=0)
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--only-sample", action="store_true")
    reader.add_argument("--anew", action="store_true")
    given = reader.parse_args(arguments)
    files = [file.resolve() for file in given.file]
    given.rooms = given.rooms or sorted({from_room(file).split("/")[0] for file in files})
    given.file = files
    if unknown := set(given.rooms) - set(rooms()):
        reader.error(f"There is no room {', '.join(sorted(unknown))}. There are: {', '.join(rooms())}.")
    return given


def main(arguments: Sequence[str]) -> int:
    given = read(arguments)
    many = [room for room in given.rooms or rooms() if given.file or given.sample or deciding(room)]
    if len(many) > 1:
        return _one_after_the_other(many, arguments, given)
    room = many[0]
    mutants = wanted(room, given)
    tests = given.tests or [ROOT / "tests" / name for name in TESTS.get(room, (room,))]
    return 0 if try_room(room, mutants, [test.resolve() for test in tests], anew=given.anew) else 1


def _one_after_the_other(many: Sequence[str], arguments: Sequence[str], given: argparse.Namespace) -> int:
    # pytest and Django begin once in a process: each room has one of its own.
    rest = [argument for argument in arguments if argument not in given.rooms]
    code = max(
        subprocess.run([sys.executable, "-m", "tools.mutants", room, *rest], check=False).returncode
        for room in many
    )
    return max(code, _of_all(many)) if given.sample else code


def _of_all(many: Sequence[str]) -> int:
    parts = [json.loads((KEPT / f"{room}.json").read_text()).get("sample", [0, 0]) for room in many]
    noticed, counted = (sum(part[place] for part in parts) for place in (0, 1))
    say(f"The sample of all: {noticed} of {counted} noticed, {ELSEWHERE} % promised")
    return int(100 * noticed < ELSEWHERE * counted)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
