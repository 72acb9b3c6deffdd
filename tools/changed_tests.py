"""Which tests lead to the files that a change touches: ``./panah test --changed [--since REV]``.

By the import graph: a test file is chosen when it imports a changed module, or one that imports it directly (what a
package only passes on counts as imported by whoever imports the package); all tests of the room of a changed file, in a
browser too where a page, a style sheet or a script changed; test files that were changed, and those that use a changed
helper, also through the ``conftest.py`` of their folder; what no test imports (a ``conftest.py``, a file of data)
chooses its folder; and always ``ALWAYS``. A mistake that shows further away is for the gate.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from panah.rooms import PANAH, from_room

ROOT = Path(__file__).parents[1]
TESTS, OF_ALL_TESTS = ROOT / "tests", Path("tests", "conftest.py")
NAMES_A_HELPER = re.compile(r"tests(\.\w+)+")
# What is never left out, whatever changed: rehearsals, that refusing lowers no help, that a child is never preselected,
# that a stranger can leave, that danger pages somebody; and the rules of the house.
ALWAYS = (
    "tests/hotline/test_rehearsals.py", "tests/hotline/test_keeping.py", "tests/cases/test_pages.py",
    "tests/consent/test_pages.py", "tests/kit/test_public.py", "tests/hotline/test_danger.py",
    "tests/hotline/test_danger_page.py", "tests/cases/test_danger.py", "tests/channels/test_paging.py",
    "tests/house/test_house_rules.py", "tests/house/test_names.py", "tests/house/test_templates.py",
)  # fmt: skip
PAGES_THAT_CHANGED, WALKS = "tests/browser/test_every_other_page.py", "tests/browser/test_every_page.py"
# The room whose pages tests in a browser call by another name.
IN_A_BROWSER = {"public": "door"}
# A file of these concerns every test or every page, and so does what tests/conftest.py imports; the gate looks at
# pages.
EVERYWHERE = ("pyproject.toml", "requirements.lock", "requirements-dev.lock", "tests/conftest.py")
STYLES_AND_SCRIPTS = (".css", ".js")


@dataclass(frozen=True)
class Chosen:
    """Paths of test files, and from which commit on the change was counted."""

    since: str
    files: tuple[str, ...]
    paths: tuple[str, ...]

    def told(self) -> str:
        if not self.files:
            return f"Nothing differs from {self.since}: no test is chosen."
        wide = [file for file in self.files if concerns_all(file)]
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
    changed = git("diff", "--name-only", "--no-renames", since, "--").splitlines()
    return sorted({*changed, *git("ls-files", "--others", "--exclude-standard").splitlines()})


def tests_of(files: Iterable[str]) -> list[str]:
    """Return the files of tests that lead to these files."""
    files = list(files)
    if not files:
        return []
    chosen = {path for path in ALWAYS if (ROOT / path).exists()}
    if any(file.endswith(".html") for file in files):
        chosen.add(PAGES_THAT_CHANGED)
    if any(file.endswith(STYLES_AND_SCRIPTS) for file in files):
        chosen.add(WALKS)
    modules = {name for file in files if (name := module_of(file))}
    near = modules | {one for name in modules for one in importers(name)}
    places = tuple(places_of(files))
    for path in test_files():
        if str(path) in files or imported_by(path) & near or str(path).startswith(places):
            chosen.add(str(path))
    return sorted(chosen)


def places_of(files: Iterable[str]) -> set[str]:
    """Return how the paths of tests begin that are chosen for where they lie."""
    found = {f"tests/{room}/" for room in rooms_of(files)}
    found |= {f"{Path(file).parent}/" for file in files if chooses_its_folder(file)}
    drawn = rooms_of(file for file in files if file.endswith((".html", *STYLES_AND_SCRIPTS)))
    return found | {f"tests/browser/test_{IN_A_BROWSER.get(room, room)}" for room in drawn}


def rooms_of(files: Iterable[str]) -> set[str]:
    """Return the rooms of changed files that have tests of their own; pages of a browser are named by their room."""
    inside = (file.removeprefix("src/panah/") for file in files if file.startswith("src/panah/"))
    return {from_room(PANAH / file).split("/")[0] for file in inside if "/" in file}


def is_test(file: str) -> bool:
    return file.startswith("tests/") and Path(file).match("test_*.py")


def chooses_its_folder(file: str) -> bool:
    """Say whether a file lies beside tests and no test says that it uses it."""
    if file.count("/") < 2 or not file.startswith("tests/") or is_test(file):
        return False
    return file.endswith("/conftest.py") or not any(
        module_of(file) in imported_by(one) for one in test_files()
    )


def concerns_all(file: str) -> bool:
    """Say whether any test or any page may break: more than is chosen."""
    of_all = file in EVERYWHERE or file.endswith(STYLES_AND_SCRIPTS)
    return of_all or (file.startswith("tests/") and module_of(file) in imported_through(OF_ALL_TESTS))


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
    """Return the names of all modules that a file imports itself, or has imported by naming one of tests/ in a text."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Constant) and NAMES_A_HELPER.fullmatch(str(node.value)):
            found.add(str(node.value))
    return frozenset(found)


def imported_by(path: Path) -> set[str]:
    """Return what a file of tests imports, also through helpers and each ``conftest.py`` but that of all tests."""
    own = (folder / "conftest.py" for folder in path.parents)
    return imported_through(path, *(one for one in own if one != OF_ALL_TESTS and (ROOT / one).exists()))


@cache
def imported_through(*begin: Path) -> set[str]:
    """Return the names of all modules that these files import, also through helpers in tests/."""
    found: set[str] = set()
    read, waiting = set(begin), [*begin]
    while waiting:
        names = imports(waiting.pop())
        found |= names
        helpers = {Path(*name.split(".")).with_suffix(".py") for name in names if name.startswith("tests.")}
        new = {one for one in helpers - read - {OF_ALL_TESTS} if (ROOT / one).exists()}
        read |= new
        waiting += new
    return found
