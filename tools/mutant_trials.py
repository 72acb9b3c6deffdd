"""Trying mistakes inside one pytest process: which test runs which line, then a fork for each mistake.

A mistake is planted in the memory of a child: every function of the file whose code differs gets the other code, every
constant its other value wherever it was imported. Tests run in the child alone; the parent only waits.
"""

from __future__ import annotations

import ast
import functools
import gc
import os
import re
import select
import signal
import sys
import time
import traceback
import types
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from sys import monitoring
from typing import Any, Protocol

import pytest
from _pytest.runner import runtestprotocol

from tools.mutating import Mutant, planted

SURVIVED, KILLED, TOO_LONG, BROKEN = "survived", "killed", "too long", "cannot stand"
CODES = {0: SURVIVED, 1: KILLED, 2: BROKEN}
LEAST, TIMES = 20.0, 6.0


class Coverage:
    """Which test runs which line of the files, and how long each takes; only tests that pass count.

    ``lines``: source file > line > tests. Kept by the file of tests, so that a new one is measured alone.
    """

    def __init__(self) -> None:
        self.lines: dict[str, dict[str, list[str]]] = {}
        self.seconds: dict[str, float] = {}
        self.failed: dict[str, str] = {}

    def add(self, other: Coverage) -> None:
        self.seconds |= other.seconds
        for file, lines in other.lines.items():
            mine = self.lines.setdefault(file, {})
            for line, tests in lines.items():
                mine.setdefault(line, []).extend(tests)

    def collect(self, items: list[Any], watch: Watch) -> None:
        for item, following in zip(items, [*items[1:], None], strict=True):
            watch.begin()
            began = time.monotonic()
            reports = _run(item, following)
            if not all(report.passed for report in reports):
                self.failed[item.nodeid] = next(str(one.longrepr) for one in reports if not one.passed)
                continue
            self.seconds[item.nodeid] = time.monotonic() - began
            for file, line in watch.ran:
                self.lines.setdefault(file, {}).setdefault(str(line), []).append(item.nodeid)

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Return the tests that run this line, the quickest first; for a constant, all that run any of its file."""
        lines = self.lines.get(str(mutant.path), {})
        here = [test for test in lines.get(str(mutant.line), []) if test]
        if not here and mutant.in_constant:
            here = [test for tests in lines.values() for test in tests if test]
        return sorted(set(here), key=lambda test: (self.seconds[test], test))

    def tests_reading(self, mutant: Mutant) -> list[str]:
        """Return the tests that run a line of another file which names this constant, the quickest first."""
        word, found = re.compile(rf"\b{mutant.owner}\b"), set[str]()
        for file, lines in self.lines.items():
            text = [] if file == str(mutant.path) else Path(file).read_text().splitlines()
            found |= {
                one
                for line, tests in lines.items()
                if text and word.search(text[int(line) - 1])
                for one in tests
            }
        return sorted(found, key=lambda test: (self.seconds[test], test))


class Watch:
    """Which lines of some functions run. The interpreter tells each once, so that all other code keeps its speed."""

    def __init__(self, loaded: Loaded) -> None:
        self.ran: set[tuple[str, int]] = set()
        self.caches = loaded.caches
        functions = [one for those in loaded.functions.values() for one in those]
        self.codes = {code for one in functions for _key, code in _codes(one.__code__)}
        monitoring.use_tool_id(monitoring.COVERAGE_ID, "panah mutants")
        monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.LINE, self._line)
        monitoring.register_callback(monitoring.COVERAGE_ID, monitoring.events.PY_START, self._start)
        self._tell(monitoring.events.LINE | monitoring.events.PY_START)

    def begin(self) -> None:
        self.ran.clear()
        # Else only the first test that asks would run what is remembered after it.
        for cache in self.caches:
            cache.cache_clear()
        monitoring.restart_events()

    def end(self) -> None:
        self._tell(monitoring.events.NO_EVENTS)
        monitoring.free_tool_id(monitoring.COVERAGE_ID)

    def _tell(self, events: int) -> None:
        for code in self.codes:
            monitoring.set_local_events(monitoring.COVERAGE_ID, code, events)

    def _start(self, code: types.CodeType, _offset: int) -> object:
        # Of a lambda in one line no line is told.
        self.ran.add((code.co_filename, code.co_firstlineno))
        return monitoring.DISABLE

    def _line(self, code: types.CodeType, line: int) -> object:
        self.ran.add((code.co_filename, line))
        return monitoring.DISABLE


class Memory(Protocol):
    """What the trials ask of what earlier runs found, and tell it."""

    def note(self, mutant: Mutant, came: str, by: str, tried: list[str]) -> None: ...
    def tried(self, mutant: Mutant) -> set[str]: ...
    def mark(self, test: Path) -> str: ...
    def coverage(self, test: Path) -> Coverage | None: ...
    def keep_coverage(self, test: Path, covered: Coverage) -> None: ...


class Trials:
    """The plugin of pytest that takes the place of its loop over the tests."""

    def __init__(self, mutants: list[Mutant], memory: Memory, files: list[Path]) -> None:
        self.mutants, self.memory, self.files = mutants, memory, files
        self.covered = Coverage()
        self.noticed: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        self._cover(session.items)
        # The databases are made once, here, and what is loaded at its first use is loaded: children only use it.
        for name in self._one_test_each(items):
            _run(items[name])
        self.loaded = Loaded(self.files)
        self._control(items)
        for mutant in self.mutants:
            known = [items[name] for name in self._tests_of(mutant, items)]
            if not known:
                self.memory.note(mutant, SURVIVED, "no test runs this line", [])
                continue
            # What came out before with the same source and the same test comes out again.
            before = self.memory.tried(mutant)
            tests = [item for item in known if self._mark(item) not in before]
            # What noticed the last mistake in a function is the likeliest to notice the next one.
            tests.sort(key=lambda item: -self.noticed[mutant.owner].get(item.nodeid, 0))
            came, by = self._try(mutant, tests) if tests else (SURVIVED, "")
            self.noticed[mutant.owner][by] += came == KILLED
            self.memory.note(mutant, came, by, [self._mark(item) for item in known])
        return True

    def _one_test_each(self, items: dict[str, Any]) -> list[str]:
        """Return the quickest test of every mistake that is still to be tried, each once."""
        quickest = (self._tests_of(mutant, items)[:1] for mutant in self.mutants)
        return list(dict.fromkeys([*list(items)[:1], *(name for names in quickest for name in names)]))

    def _tests_of(self, mutant: Mutant, items: dict[str, Any]) -> list[str]:
        known = [name for name in self.covered.tests_of(mutant) if name in items]
        if not mutant.in_constant:
            return known
        # A constant that only a test reads, or another file, runs no line of its own.
        naming = _naming(mutant.owner, frozenset(item.path for item in items.values()))
        passing = [n for n, item in items.items() if item.path in naming and n in self.covered.seconds]
        reading = [name for name in self.covered.tests_reading(mutant) if name in items]
        return list(dict.fromkeys([*passing, *reading, *known]))

    def _control(self, items: dict[str, Any]) -> None:
        """Without any mistake nothing is noticed: the two quickest tests of each file, all in one child."""
        quickest = sorted(
            (name for name in items if name in self.covered.seconds), key=self.covered.seconds.__getitem__
        )
        files = {items[name].path for name in quickest}
        some = [[items[name] for name in quickest if items[name].path == file][:2] for file in sorted(files)]
        came, by = self._try(None, [item for pair in some for item in pair])
        if came != SURVIVED:
            raise RuntimeError(f"A test fails in a child although nothing is wrong: {by}")

    def _mark(self, item: Any) -> str:
        return f"{item.nodeid} {self.memory.mark(item.path)}"

    def _cover(self, items: list[Any]) -> None:
        # Not one after the other: whatever needs a database has been sorted apart.
        groups: defaultdict[Path, list[Any]] = defaultdict(list)
        for item in items:
            groups[item.path].append(item)
        watch: Watch | None = None
        for number, (file, group) in enumerate(groups.items(), start=1):
            found = self.memory.coverage(file)
            if found is None:
                watch, found = watch or Watch(Loaded(self.files)), Coverage()
                found.collect(group, watch)
                _progress(f"lines of {file.name}, {number} of {len(groups)}")
                for test, why in found.failed.items():
                    _progress(f"  fails without any mistake: {test}\n{why[-1000:]}")
                if not found.failed:
                    self.memory.keep_coverage(file, found)
            self.covered.add(found)
        if watch:
            watch.end()

    def _try(self, mutant: Mutant | None, tests: list[Any]) -> tuple[str, str]:
        from django.db import connections

        connections.close_all()
        hears, says = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(hears)
            _in_the_child(self.loaded, mutant, tests, says)
        os.close(says)
        usual = sum(self.covered.seconds[item.nodeid] for item in tests)
        return _heard(child, hears, LEAST + TIMES * usual)


@functools.cache
def _naming(constant: str, files: frozenset[Path]) -> set[Path]:
    word = re.compile(rf"\b{constant}\b")
    return {path for path in files if word.search(path.read_text())}


def _run(item: Any, following: Any = None) -> list[Any]:
    """Run one test, and take down all that it set up but what the whole session keeps: that belongs to the parent.

    With a test as ``nextitem`` its own module would stay set up, and a test of any other would fail of that alone.
    """
    return runtestprotocol(item, log=False, nextitem=following or item.session)


def _progress(text: str) -> None:
    sys.stderr.write(f"  {text}\n")
    sys.stderr.flush()


def _heard(child: int, hears: int, seconds: float) -> tuple[str, str]:
    said, until = b"", time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        if not select.select([hears], [], [], left)[0]:
            break
        more = os.read(hears, 4096)
        if not more:
            break
        said += more
    else:
        more = b"?"
    late = time.monotonic() >= until
    if late:
        os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    os.close(hears)
    if late:
        return TOO_LONG, ""
    came = os.waitstatus_to_exitcode(status)
    if came == 3:
        # Not a test that noticed, but this tool that failed: counting it would flatter the tests.
        raise RuntimeError(said.decode(errors="replace"))
    return CODES.get(came, KILLED), said.decode(errors="replace")


def _in_the_child(loaded: Loaded, mutant: Mutant | None, tests: list[Any], says: int) -> None:
    code = 3
    gc.disable()
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        code, by = _outcome(loaded, mutant, tests)
        os.write(says, by.encode()[:4000])
    except BaseException:  # noqa: BLE001  whatever a mistake does, the child ends here and nowhere else
        os.write(says, traceback.format_exc()[-300:].encode())
    finally:
        os._exit(code)


def _outcome(loaded: Loaded, mutant: Mutant | None, tests: list[Any]) -> tuple[int, str]:
    try:
        if mutant is not None:
            loaded.plant(mutant)
    except (SyntaxError, ValueError) as error:
        return 2, str(error)
    for item in tests:
        # Nobody reads why a test fails here, and to write it down well takes longer than most tests.
        item.config.option.tbstyle = "native"
        if any(report.failed for report in _run(item)):
            return 1, item.nodeid
    return 0, ""


class Loaded:
    """The functions and caches that this process has loaded from some files.

    Found once, before the first fork: a child that looked through everything alive would copy the memory it reads.
    """

    def __init__(self, files: list[Path]) -> None:
        wanted = {str(file) for file in files}
        for file in files:
            # What is imported inside a function only would come without the mistake.
            source = next(folder for folder in file.parents if folder.name == "src")
            import_module(".".join(file.relative_to(source).with_suffix("").parts).removesuffix(".__init__"))
        self.functions: dict[str, list[types.FunctionType]] = {}
        self.caches: list[Any] = []
        # What is frozen cannot be looked through, and tests/conftest.py freezes what was loaded before it.
        gc.unfreeze()
        gc.collect()
        for thing in gc.get_objects():
            # By type(), not isinstance(): what is lazy would be made only to be looked at.
            if type(thing) is types.FunctionType and thing.__code__.co_filename in wanted:
                self.functions.setdefault(thing.__code__.co_filename, []).append(thing)
            elif type(thing) is functools._lru_cache_wrapper and _is_ours(thing):
                self.caches.append(thing)
        gc.freeze()

    def plant(self, mutant: Mutant) -> None:
        code = compile(planted(mutant), str(mutant.path), "exec")
        other, stands = dict(_codes(code)), mutant.in_constant
        for function in self.functions.get(str(mutant.path), ()):
            new = other.get(_key(function.__code__))
            if new is not None and new != function.__code__:
                function.__code__, stands = new, True
        if not stands:
            raise RuntimeError(f"Nothing that is loaded holds {mutant.name}")
        for cache in self.caches:
            cache.cache_clear()
        if mutant.in_constant:
            _plant_constant(mutant)


def _is_ours(cache: object) -> bool:
    # Django's are left: addresses and catalogues hold nothing of a function's inside, and take long to make anew.
    return str(getattr(cache, "__module__", "")).startswith("panah.")


def _codes(code: types.CodeType) -> Iterator[tuple[tuple[str, int], types.CodeType]]:
    yield _key(code), code
    for part in code.co_consts:
        if isinstance(part, types.CodeType):
            yield from _codes(part)


def _key(code: types.CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _plant_constant(mutant: Mutant) -> None:
    module = next(
        one for one in list(sys.modules.values()) if getattr(one, "__file__", None) == str(mutant.path)
    )
    name = mutant.owner
    line = next(
        line
        for line in planted(mutant).body
        if isinstance(line, ast.Assign)
        and isinstance(line.targets[0], ast.Name)
        and line.targets[0].id == name
    )
    before = getattr(module, name)
    expression = compile(ast.Expression(line.value), str(mutant.path), "eval")
    try:
        after = eval(expression, dict(vars(module)))  # noqa: S307  our own source
    except (ArithmeticError, LookupError, RuntimeError, TypeError) as error:
        # The file would not even be loaded, or it registers something, which is over by now.
        raise ValueError(str(error)) from error
    setattr(module, name, after)
    for other in list(sys.modules.values()):
        if getattr(other, "__name__", "").startswith("panah.") and vars(other).get(name) is before:
            setattr(other, name, after)
