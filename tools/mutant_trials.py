"""Trying mistakes inside one pytest process: which test runs which line, then a fork for each mistake.

A mistake is planted in the memory of a child: every function of the file whose code differs gets the other code, every
constant its other value wherever it was imported. Tests run in the child alone; the parent only waits.
"""

import ast
import contextlib
import functools
import gc
import os
import select
import signal
import sys
import time
import traceback
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import coverage
import pytest
from _pytest.runner import runtestprotocol

from tools.mutating import Mutant, planted

SURVIVED, KILLED, TOO_LONG, BROKEN = "survived", "killed", "too long", "cannot stand"
CODES = {0: SURVIVED, 1: KILLED, 2: BROKEN}
LEAST, TIMES = 20.0, 6.0


class Coverage:
    """Which test runs which line of the files, and how long each takes; only tests that pass count."""

    def __init__(self) -> None:
        self.lines: dict[str, dict[str, list[str]]] = {}
        self.seconds: dict[str, float] = {}

    def collect(self, items: list[Any], files: list[Path]) -> None:
        measured = coverage.Coverage(data_file=None, include=[str(file) for file in files], config_file=False)
        measured.start()
        for item, following in zip(items, [*items[1:], items[0]], strict=True):
            measured.switch_context(item.nodeid)
            began = time.monotonic()
            reports = runtestprotocol(item, log=False, nextitem=following)
            if all(report.passed for report in reports):
                self.seconds[item.nodeid] = time.monotonic() - began
        measured.stop()
        data = measured.get_data()
        for file in files:
            by_line = data.contexts_by_lineno(str(file))
            self.lines[str(file)] = {
                str(line): [test for test in tests if test in self.seconds] for line, tests in by_line.items()
            }

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Return the tests that run this line, the quickest first; for a constant, all that run any of its file."""
        lines = self.lines.get(str(mutant.path), {})
        here = [test for test in lines.get(str(mutant.line), []) if test]
        if not here and mutant.in_constant:
            here = [test for tests in lines.values() for test in tests if test]
        return sorted(set(here), key=lambda test: (self.seconds[test], test))


class Trials:
    """The plugin of pytest that takes the place of its loop over the tests."""

    def __init__(
        self, mutants: list[Mutant], covered: Coverage | None, tell: Callable[[Mutant, str, str], None]
    ) -> None:
        self.mutants, self.covered, self.tell = mutants, covered, tell
        self.files = sorted({mutant.path for mutant in mutants})
        self.seconds: dict[str, float] = {}
        self.measured: Callable[[Coverage], None] = lambda _found: None

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        if self.covered is None:
            self.covered = Coverage()
            self.covered.collect(list(items.values()), self.files)
            self.measured(self.covered)
        elif items:
            # The databases are made once, here; children only use them.
            first = next(iter(items.values()))
            runtestprotocol(first, log=False, nextitem=first)
        self.seconds = self.covered.seconds
        for mutant in self.mutants:
            tests = [items[name] for name in self.covered.tests_of(mutant) if name in items]
            self.tell(mutant, *(self._try(mutant, tests) if tests else (SURVIVED, "no test runs this line")))
        return True

    def _try(self, mutant: Mutant, tests: list[Any]) -> tuple[str, str]:
        from django.db import connections

        connections.close_all()
        hears, says = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(hears)
            _in_the_child(mutant, tests, says)
        os.close(says)
        usual = sum(self.seconds[item.nodeid] for item in tests)
        return _heard(child, hears, LEAST + TIMES * usual)


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


def _in_the_child(mutant: Mutant, tests: list[Any], says: int) -> None:
    code = 3
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        code, by = _outcome(mutant, tests)
        os.write(says, by.encode()[:4000])
    except BaseException:  # noqa: BLE001  whatever a mistake does, the child ends here and nowhere else
        os.write(says, traceback.format_exc()[-300:].encode())
    finally:
        os._exit(code)


def _outcome(mutant: Mutant, tests: list[Any]) -> tuple[int, str]:
    try:
        plant(mutant)
    except (SyntaxError, ValueError) as error:
        return 2, str(error)
    for item in tests:
        # What the whole session keeps is never taken down here: it belongs to the parent.
        reports = runtestprotocol(item, log=False, nextitem=item)
        if any(report.failed for report in reports):
            return 1, item.nodeid
    return 0, ""


def plant(mutant: Mutant) -> None:
    """Plant a mistake in the modules that this process has loaded."""
    code = compile(planted(mutant), str(mutant.path), "exec")
    other = dict(_codes(code))
    for thing in gc.get_objects():
        # By type(), not isinstance(): what is lazy would be made only to be looked at.
        if type(thing) is types.FunctionType and thing.__code__.co_filename == str(mutant.path):
            new = other.get(_key(thing.__code__))
            if new is not None and new != thing.__code__:
                thing.__code__ = new
        elif type(thing) is functools._lru_cache_wrapper:
            with contextlib.suppress(AttributeError):
                thing.cache_clear()
    if mutant.in_constant:
        _plant_constant(mutant)


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
    after = eval(compile(ast.Expression(line.value), str(mutant.path), "eval"), dict(vars(module)))  # noqa: S307  our own source
    for other in list(sys.modules.values()):
        if getattr(other, "__name__", "").startswith("panah.") and vars(other).get(name) is before:
            setattr(other, name, after)
