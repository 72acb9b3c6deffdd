"""Start a node's processes as copies of one that has already loaded Panah: a start costs a moment instead of a second.

``Forks`` lives in the process of the tests. It keeps one server (this file, run as a module), which loads Django once and
then does nothing but fork. Each copy is a process of its own: it gets its own environment, reads the settings anew, opens its
own databases, can be killed like any other, and ends with the code and the last words that Python would give it.

A copy is not the same as a fresh start in what was decided while loading. So ``can_fork`` lets only those starts be copies
whose environment differs in nothing but a node's own variables, and a copy fails when a setting is another one than it was
while loading, and was read then. ``tests/house/test_forking.py`` compares copies with fresh starts.
"""

from __future__ import annotations

import atexit
import gc
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
# Seconds; half a minute on a quiet machine.
PATIENCE = 900
# What a node's processes may differ in; all of it is read after loading, or with the settings.
OF_A_NODE = ("PANAH_", "TMPDIR")
# A connection is made while loading, only to ask how long a table's name may be: every copy drops it.
RENEWED = {"DATABASES"}


class Forks:
    """The copies that one process of the tests starts. ``used`` counts the processor seconds of those that ended."""

    def __init__(self) -> None:
        self.server: subprocess.Popen[bytes] | None = None
        self.fixed: dict[str, str] = {}
        self.engine = ""
        self.used = 0.0
        self.started = 0

    def can_fork(self, env: Mapping[str, str]) -> bool:
        """Say whether a copy would be what a fresh start in this environment is."""
        return self.server is None or (fixed_part(env), engine_of(env)) == (self.fixed, self.engine)

    def run(
        self, module: str, arguments: Sequence[str], *, env: Mapping[str, str], typed: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run ``python -m module arguments…`` as a copy; returns how it ended and what it said."""
        if self.server is None:
            self._begin(env)
        assert self.server is not None and self.server.stdin and self.server.stdout
        with tempfile.TemporaryDirectory(prefix="panah-fork-") as folder:
            place = Path(folder)
            (place / "typed").write_text(typed)
            wanted = {"module": module, "arguments": list(arguments), "env": dict(env), "folder": folder}
            self.server.stdin.write(json.dumps(wanted).encode() + b"\n")
            self.server.stdin.flush()
            ready, _, _ = select.select([self.server.stdout], [], [], PATIENCE)
            if not ready:
                os.killpg(self.server.pid, signal.SIGKILL)
            line = self.server.stdout.readline()
            assert line, (
                f"no copy ended within {PATIENCE} s" if not ready else "the server of copies has ended"
            )
            code, seconds = json.loads(line)
            said, complained = (place / "said").read_text(), (place / "complained").read_text()
        self.used += seconds
        self.started += 1
        return subprocess.CompletedProcess([module, *arguments], code, said, complained)

    def _begin(self, env: Mapping[str, str]) -> None:
        self.fixed, self.engine = fixed_part(env), engine_of(env)
        self.server = subprocess.Popen(
            [sys.executable, "-m", "tests.forking"],
            env={name: value for name, value in env.items() if name != "PANAH_KILL_AT"},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            process_group=0,
        )
        atexit.register(self.end)

    def end(self) -> None:
        if self.server is not None and self.server.stdin and self.server.stdout:
            self.server.stdin.close()
            self.server.wait()
            self.server.stdout.close()
            self.server = None


def fixed_part(env: Mapping[str, str]) -> dict[str, str]:
    # pytest writes into its own environment which test is running.
    return {k: v for k, v in env.items() if not k.startswith(OF_A_NODE) and k != "PYTEST_CURRENT_TEST"}


def engine_of(env: Mapping[str, str]) -> str:
    return "postgres" if env.get("PANAH_DATABASE_URL", "").startswith("postgres") else "sqlite"


FORKS = Forks()


# -- the server, and its copies ------------------------------------------------------------------------------------


def load() -> set[str]:
    """Load all that a node's processes use; returns which settings were read meanwhile."""
    import django
    from django.conf import settings

    django.setup()
    from django.urls import get_resolver

    assert get_resolver().url_patterns
    # The last is what most acts begin with: pytest, the cast and the practice node took a copy longer than its act.
    for name in ("panah.__main__", "tests.node_acts", "tests.exchange.acts", "tests.conftest"):
        import_module(name)

    return set(vars(settings)) - {"_wrapped"}


def serve() -> None:
    """Fork once for each line that comes in, and answer how the copy ended; until nobody asks any more."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    read = load()
    before = settings_now(read)
    # What was loaded stays: a copy's collector would look through all of it, and so copy every page of the memory.
    gc.collect()
    gc.freeze()
    while line := requests.readline():
        process = os.fork()
        if not process:
            os.close(requests.fileno())
            os.close(answers.fileno())
            live(json.loads(line), before)
        _, status, used = os.wait4(process, 0)
        ended = os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime
        answers.write(json.dumps(ended).encode() + b"\n")
        answers.flush()


def settings_now(names: Iterable[str]) -> dict[str, Any]:
    from django.conf import settings

    return {name: getattr(settings, name) for name in names}


def live(wanted: dict[str, Any], before: dict[str, Any]) -> None:
    """Be the process that was asked for, and end."""
    place = Path(wanted["folder"])
    os.dup2(os.open(place / "typed", os.O_RDONLY), 0)
    for number, name in ((1, "said"), (2, "complained")):
        os.dup2(os.open(place / name, os.O_WRONLY | os.O_CREAT | os.O_APPEND), number)
    os.environ.clear()
    os.environ.update(wanted["env"])
    sys.argv = [wanted["module"], *wanted["arguments"]]
    sys.orig_argv = [sys.executable, "-m", *sys.argv]
    begin_anew()
    changed = [name for name, value in settings_now(before.keys() - RENEWED).items() if value != before[name]]
    begin_anew()
    code = ended(wanted["module"], changed)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def begin_anew() -> None:
    """Forget what belongs to the server's own environment: its settings are read again when they are asked for."""
    from asgiref.local import Local
    from django.conf import empty, settings
    from django.db import connections

    vars(settings).clear()
    vars(settings)["_wrapped"] = empty
    for module in ("panah.config.settings", os.environ["DJANGO_SETTINGS_MODULE"]):
        sys.modules.pop(module, None)
    vars(connections).pop("settings", None)
    connections._settings = None
    connections._connections = Local(connections.thread_critical)
    tempfile.tempdir = None


def ended(module: str, changed: Sequence[str]) -> int:
    """Run the module's ``main`` as Python would and return the code with which it ends."""
    import panah.__main__
    from tests import node_acts

    try:
        assert not changed, f"read while loading, and another here: {changed}"
        if module == "panah":
            return int(panah.__main__.main(sys.argv[1:]))
        node_acts.main()
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            return end.code or 0
        sys.stderr.write(f"{end.code}\n")
        return 1
    except BaseException:  # noqa: BLE001  as Python ends: whatever it was, it is printed
        traceback.print_exc()
        return 1
    return 0


if __name__ == "__main__":
    serve()
