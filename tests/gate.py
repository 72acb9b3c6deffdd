"""What the gate, ``./panah test``, leaves to ``./panah test --all``: what costs most and a change breaks least often alone.

The gate keeps every rule, action and page that the test client opens; of pages in a browser those that two colleagues, a
caseworker and a focal point, and strangers come to, and those whose template changed since every test last passed. It leaves
out walks of the other colleagues, nodes that are killed or cut off at every point, and long trials of the same rule with other
material. On PostgreSQL it keeps locks, walls, contracts and migrations.

``tests/house/test_gate.py`` tries the rule; ``docs/decisions/0013`` has the times.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

GATE = bool(os.environ.get("PANAH_TEST_GATE"))
TESTS = Path(__file__).parent
# A caseworker and a focal point: between them they come to nearly every page.
WALKERS = ("amina", "bakyt")

# By file: which of its tests the gate keeps, those whose name holds one of these words; nothing: none.
ONLY_SOME: dict[str, tuple[str, ...]] = {
    "browser/test_every_page.py": (*(f"[{name}]" for name in WALKERS), "doors", "control"),
    "browser/test_every_other_page.py": ("changed", "control"),
}

# What stays on PostgreSQL, by file or folder.
ON_POSTGRES: tuple[str, ...] = ("postgres/", "guard/test_walls.py", "vault/test_tables.py")


def is_kept(path: str, name: str, *, only_database: bool) -> bool:
    """Say whether the gate runs a test of a file, given from tests/ on."""
    if only_database and not path.startswith(ON_POSTGRES):
        return False
    return path not in ONLY_SOME or any(word in name for word in ONLY_SOME[path])


def leave_out(config: Any, items: list[Any], *, only_database: bool) -> None:
    """Take out of the collected tests what the gate leaves to a whole run, when the gate was asked for."""
    if GATE:
        kept, left = [], []
        for item in items:
            path = Path(str(item.path)).relative_to(TESTS).as_posix()
            (kept if is_kept(path, item.name, only_database=only_database) else left).append(item)
        items[:] = kept
        config.hook.pytest_deselected(items=left)


def sentence() -> str:
    """Return what CI says of what it did not run."""
    return f"only ./panah test --all runs the rest of {len(ONLY_SOME)} files that tests/gate.py names, and of PostgreSQL"


if __name__ == "__main__":
    print(sentence())  # noqa: T201
