"""A node of a test's own: a folder with its databases and keys, and processes that do something on it and end.

What runs in the process is a function of ``tests/node_acts.py``; what it prints as its last line is JSON for the test.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

ROOT = Path(__file__).parents[1]
# Seconds; half a minute on a quiet machine.
PATIENCE = 900


@dataclass
class Node:
    """One node: ``home`` holds databases and keys, ``more`` is added to the environment of its processes."""

    home: Path
    more: dict[str, str] = field(default_factory=dict)

    @property
    def env(self) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PANAH_")}
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
        done = subprocess.run(
            [sys.executable, "-m", "tests.node_acts", name, *arguments],
            env=self.env | {"PANAH_DATABASE_AS": "owner"} | env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        self._log(done)
        if dies:
            assert done.returncode == -9, (
                f"{name} should have been killed: {done.returncode}\n{done.stderr[-3000:]}"
            )
            return None
        assert done.returncode == 0, f"{name}: {done.stdout[-1000:]}\n{done.stderr[-3000:]}"
        last = done.stdout.strip().splitlines()[-1] if done.stdout.strip() else "null"
        return json.loads(last)

    def panah(self, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
        """Run a command as ``./panah`` does; returns how it ended and what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "panah", *arguments],
            env=self.env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
            input=typed,
        )
        self._log(done)
        return done

    def _log(self, done: subprocess.CompletedProcess[str]) -> None:
        with (self.home / "said.log").open("a") as log:
            # What an act answers to its test is no log: it is the last line.
            log.write("\n".join(done.stdout.strip().splitlines()[:-1]) + done.stderr)


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
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
