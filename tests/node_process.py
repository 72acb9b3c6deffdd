"""A node of a test's own: a folder with its databases and keys, and processes that do something on it and end.

What runs in the process is a function of ``tests/node_acts.py``; what it prints as its last line is JSON for the test.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from tests.forking import FORKS, PATIENCE, ROOT


@dataclass
class Node:
    """One node: ``home`` holds databases and keys, ``more`` is added to the environment of its processes.

    They are copies of a process that has loaded Panah (``tests/forking.py``); ``from_the_beginning`` starts Python each time.
    """

    home: Path
    more: dict[str, str] = field(default_factory=dict)
    from_the_beginning: bool = False
    # Of the process that serves it, once it was started: all that it starts belongs to it too.
    session: int = 0

    @property
    def env(self) -> dict[str, str]:
        # As ./panah starts them: what one of them compiled the others need not compile again.
        unwanted = ("PANAH_", "PYTHONDONTWRITEBYTECODE")
        kept = {k: v for k, v in os.environ.items() if not k.startswith(unwanted)}
        tmp = self.home / "tmp"
        tmp.mkdir(parents=True, exist_ok=True)
        return (
            kept
            | {
                "PANAH_HOME": str(self.home),
                "DJANGO_SETTINGS_MODULE": "tests.node_settings",
                "PANAH_PRACTICE": "1",
                "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
                "TMPDIR": str(tmp),
                "LC_ALL": "C.UTF-8",
            }
            | self.more
        )

    def act(self, name: str, *arguments: str, dies: bool = False, **env: str) -> Any:
        """Run an act in a process of its own; returns what it printed last. ``dies``: it is expected to be killed."""
        done = self._start("tests.node_acts", name, *arguments, env={"PANAH_DATABASE_AS": "owner"} | env)
        if dies:
            assert done.returncode == -signal.SIGKILL, (
                f"{name} should have been killed: {done.returncode}\n{done.stderr[-3000:]}"
            )
            return None
        assert done.returncode == 0, f"{name}: {done.stdout[-1000:]}\n{done.stderr[-3000:]}"
        last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "null"
        return json.loads(last)

    def panah(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command as ``./panah`` does; returns how it ended and what it said."""
        return self._start("panah", *arguments, typed=typed)

    def _start(
        self, module: str, *arguments: str, typed: str = "", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run ``python -m module``: as a copy of a process that has loaded Panah, or from the very beginning."""
        whole = self.env | (env or {})
        if not self.from_the_beginning and FORKS.can_fork(whole):
            done = FORKS.run(module, arguments, env=whole, typed=typed)
        else:
            done = subprocess.run(
                [sys.executable, "-m", module, *arguments],
                env=whole, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False, input=typed,
            )  # fmt: skip
        with (self.home / "said.log").open("a") as log:
            # What an act answers to its test is no log: it is the last line.
            log.write("\n".join(done.stdout.strip().splitlines()[:-1]) + done.stderr)
        return done


@contextmanager
def own_postgres() -> Iterator[dict[str, str]]:
    """Make a database of its own beside the one the tests were given; yields the variables that name it.

    On SQLite there are none: a node's database lies in its folder.
    """
    given = {k: v for k, v in os.environ.items() if k in ("PANAH_DATABASE_URL", "PANAH_DATABASE_OWNER_URL")}
    if not given.get("PANAH_DATABASE_URL", "").startswith(("postgres://", "postgresql://")):
        yield {}
        return
    import psycopg

    name = f"panah_node_{uuid4().hex[:12]}"
    with psycopg.connect(given["PANAH_DATABASE_OWNER_URL"], autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        try:
            yield {k: urlsplit(v)._replace(path=f"/{name}").geturl() for k, v in given.items()}
        finally:
            # Our own connections are ended by hand: FORCE also asks for the right to end PostgreSQL's own vacuum,
            # which a plain DROP sends away by itself.
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                " WHERE datname = %s AND usename IS NOT NULL AND pg_has_role(usename, 'MEMBER')",
                [name],
            )
            connection.execute(f'DROP DATABASE "{name}"')
