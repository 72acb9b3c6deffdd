"""Which tests lead to the files that a change touches: ``./panah test --changed [--since REV]``.

By the import graph: a test file is chosen when it imports a changed module, or one that imports it directly (what a
package only passes on counts as imported by whoever imports the package); all tests of the room of a changed file; test
files that were changed, and those that use a changed helper; and always ``ALWAYS``. A mistake that shows further away
is for the gate.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from panah.rooms import PANAH, from_room

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
# What is never left out, whatever changed: rehearsals, that refusing lowers no help, that a child is never preselected,
# that a stranger can leave, that danger pages somebody; and the rules of the house.
ALWAYS = (
    "tests/hotline/test_rehearsals.py", "tests/hotline/test_keeping.py", "tests/cases/test_pages.py",
    "tests/consent/test_pages.py", "tests/kit/test_public.py", "tests/hotline/test_danger.py",
    "tests/hotline/test_danger_page.py", "tests/cases/test_danger.py", "tests/channels/test_paging.py",
    "tests/house/test_house_rules.py", "tests/house/test_names.py", "tests/house/test_templates.py",
)  # fmt: skip
PAGES_THAT_CHANGED = "tests/browser/test_every_other_page.py"
# A file of these concerns every page; the gate looks at pages.
EVERYWHERE = ("pyproject.toml", "requirements.lock", "requirements-dev.lock", "tests/conftest.py")


@dataclass(frozen=True)
class Chosen:
    """Paths of test files, and from which commit on the change was counted."""

    since: str
    files: tuple[str, ...]
    paths: tuple[str, ...]

    def told(self) -> str:
        if not self.files:
            return f"Nothing differs from {self.since}: no test is chosen."
        wide = [file for file in self.files if file in EVERYWHERE]
        more = f" {', '.join(wide)} may break anything: run the gate too, ./panah test." if wide else ""
        return f"{len(self.files)} files differ from {self.since}: {len(self.paths)} files of tests are run.{more}"


def choose(arguments: Sequence[str]) -> tuple[Chosen, list[str]]:
    """Return the tests of what was changed, and the arguments that are not about that."""
    rest, since = list(arguments), ""
    if "--since" in rest:
        place = rest.index("--since")
        if place + 1 == len(rest):
            sys.exit("--since wants a commit: ./panah test --changed --since HEAD~3")
        since = rest[place + 1]
        del rest[place : place + 2]
    since = since or where_it_came_from()
    files = changed_files(since)
    return Chosen(since, tuple(files), tuple(tests_of(files))), rest


def git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.strip() or "git did not answer")
    return done.stdout.strip()


def where_it_came_from() -> str:
    """Return the commit where this branch left its upstream; without one, or on it, HEAD: what is not committed yet."""
    asked = ["git", "merge-base", "HEAD", "@{upstream}"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()[:12] if done.returncode == 0 else "HEAD"


def changed_files(since: str) -> list[str]:
    """Return what differs from a commit, also what git does not track yet, as paths from the root."""
    changed = git("diff", "--name-only", since, "--").splitlines()
    return sorted({*changed, *git("ls-files", "--others", "--exclude-standard").splitlines()})


def tests_of(files: Iterable[str]) -> list[str]:
    """Return the files of tests that lead to these files."""
    files = list(files)
    if not files:
        return []
    chosen = {path for path in ALWAYS if (ROOT / path).exists()}
    if any(file.endswith((".html", ".css")) for file in files):
        chosen.add(PAGES_THAT_CHANGED)
    modules = {name for file in files if (name := module_of(file))}
    near = modules | {one for name in modules for one in importers(name)}
    for path in test_files():
        imported = imported_by(path)
        if (
            str(path) in files
            or imported & near
            or any(f"tests/{room}/" in f"{path}" for room in rooms_of(files))
        ):
            chosen.add(str(path))
    return sorted(chosen)


def rooms_of(files: Iterable[str]) -> set[str]:
    """Return the rooms of changed files that have tests of their own; pages of a browser are named by their room."""
    inside = (file.removeprefix("src/panah/") for file in files if file.startswith("src/panah/"))
    return {from_room(PANAH / file).split("/")[0] for file in inside if "/" in file}


def module_of(file: str) -> str:
    """Return the name of the module in a file, "" where it is none."""
    if not file.endswith(".py") or not file.startswith(("src/panah/", "tests/", "tools/", "benchmarks/")):
        return ""
    parts = file.removeprefix("src/").removesuffix(".py").split("/")
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@lru_cache(maxsize=1)
def graph() -> object:
    import grimp

    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    return grimp.build_graph("panah", cache_dir=str(ROOT / ".import_linter_cache"))


def importers(module: str) -> set[str]:
    """Return who imports a module directly, or through packages that only pass it on."""
    house = graph()
    if not module.startswith("panah.") or module not in house.modules:  # type: ignore[attr-defined]
        return set()
    found: set[str] = set()
    waiting = [module]
    while waiting:
        for one in house.find_modules_that_directly_import(waiting.pop()):  # type: ignore[attr-defined]
            passes_on = (ROOT / "src" / Path(*one.split("."))).is_dir()
            if passes_on and one not in found:
                waiting.append(one)
            found.add(one)
    return found


@lru_cache(maxsize=1)
def test_files() -> tuple[Path, ...]:
    return tuple(path.relative_to(ROOT) for path in sorted(TESTS.rglob("test_*.py")))


@cache
def imports(path: Path) -> frozenset[str]:
    """Return the names of all modules that a file imports itself."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return frozenset(found)


def imported_by(path: Path) -> set[str]:
    """Return the names of all modules that a file of tests imports, also through helpers in tests/, but conftest.py."""
    found: set[str] = set()
    read, waiting = {path}, [path]
    while waiting:
        names = imports(waiting.pop())
        found |= names
        helpers = {Path(*name.split(".")).with_suffix(".py") for name in names if name.startswith("tests.")}
        new = {one for one in helpers - read if one.name != "conftest.py" and (ROOT / one).exists()}
        read |= new
        waiting += new
    return found
