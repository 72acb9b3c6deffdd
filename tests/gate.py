"""What the gate, ``./panah test``, leaves to ``./panah test --all``: what costs most and a change breaks least often alone.

The gate keeps every rule, action and page that the test client opens; of pages in a browser those that two colleagues, a
caseworker and a focal point, and strangers come to, and those whose template changed since every test last passed (or, where
that is not on record, since every test was last run). A file of tests that was changed itself is run by --changed as a whole. It leaves
out walks of the other colleagues, nodes that are killed or cut off at every point, and long trials of the same rule with other
material. On PostgreSQL it keeps locks, walls, contracts and migrations.

``tests/house/test_gate.py`` tries the rule; ``docs/decisions/0024-a-gate-and-a-whole-run.md`` has the times.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

GATE = bool(os.environ.get("PANAH_TEST_GATE"))
# Files of tests, from tests/ on, that differ themselves: whoever changes one wants to see it run.
CHANGED = frozenset(os.environ.get("PANAH_TEST_CHANGED", "").split(","))
TESTS = Path(__file__).parent
# A caseworker and a focal point: between them they come to nearly every page.
WALKERS = ("amina", "bakyt")

# By file: which of its tests the gate keeps, those whose name holds one of these words.
ONLY_SOME: dict[str, tuple[str, ...]] = {
    "browser/test_every_page.py": (*(f"[{name}]" for name in WALKERS), "doors", "control"),
    "browser/test_every_other_page.py": ("changed", "control"),
    "browser/test_journey.py": ("[English]",),
}
# What it leaves out as a whole, by what it is: CI says these words.
LEFT: dict[str, tuple[str, ...]] = {
    "nodes that are killed, cut off, filled up, besieged, backed up and served": (
        "vault/test_kills.py", "vault/test_kills_of_keys.py", "vault/test_backup.py", "vault/test_copies.py",
        "vault/test_dump_scan.py", "vault/test_search_process.py", "vault/test_damage.py", "vault/test_clock_jumps.py",
        "vault/test_flipped_log.py", "foundation/test_sqlite.py", "node/test_serving.py", "node/test_search_beside.py",
        "node/test_first_day.py", "node/test_siege.py", "node/test_door_host.py", "exchange/test_faults.py",
        "exchange/test_kills.py", "exchange/test_full_disk.py", "cases/test_full_disk.py", "hotline/test_full_disk.py",
        "deploy/test_proxies.py", "deploy/test_door_proxies.py",
    ),
    "two nodes": (
        "browser/test_two_nodes.py", "exchange/test_two_nodes.py", "exchange/test_delivery_properties.py",
        "exchange/test_nothing_plain.py",
    ),
    "every form tried with nonsense, every page with planted words, every row changed past Panah": (
        "guard/test_fuzzing.py", "guard/test_injection.py", "guard/test_stolen_disk.py", "guard/test_references.py",
        "guard/test_browser.py", "evidence/test_changed_past_panah.py",
    ),
    "pages in a browser that are neither of danger nor of the door nor of every day": (
        "browser/test_across.py", "browser/test_complaints.py", "browser/test_directory.py", "browser/test_door_istanbul.py",
        "browser/test_door_seized.py", "browser/test_known.py", "browser/test_library.py", "browser/test_life_of_keys.py",
        "browser/test_links.py", "browser/test_many_at_once.py", "browser/test_network.py", "browser/test_new_society.py",
        "browser/test_pairing.py", "browser/test_passkeys.py", "browser/test_region.py", "browser/test_room.py",
        "browser/test_scripts.py", "browser/test_thirty_workers.py", "browser/test_training.py",
    ),
    # A tenth of its time, and browser/test_every_page.py follows the same links in Russian.
    "links of every page in English": ("practice/test_every_link.py",),
    "tables made step by step on SQLite, benchmarks, mutants": (
        "vault/test_tables.py", "benchmarks/test_benchmarks.py", "benchmarks/test_columns.py", "house/test_mutants.py",
        "house/test_forking.py",
    ),
}  # fmt: skip

# What stays on PostgreSQL, by file or folder: locks, walls, contracts and migrations.
ON_POSTGRES: tuple[str, ...] = (
    "postgres/", "guard/test_walls.py", "vault/test_tables.py", "reporters/test_walls.py", "node/test_upgrade_on_postgres.py",
    "accounts/test_roster.py", "work/test_two_workers.py", "exchange/test_many_at_once.py",
    "guard/test_rows_alarms.py",
)  # fmt: skip


def is_kept(path: str, name: str, *, only_database: bool) -> bool:
    """Say whether the gate runs a test of a file, given from tests/ on."""
    if only_database:
        return path.startswith(ON_POSTGRES)
    if path in CHANGED:
        return True
    if any(path in files for files in LEFT.values()):
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
    return f"only ./panah test --all runs walks of the other colleagues; {'; '.join(LEFT)}; the rest of PostgreSQL"


if __name__ == "__main__":
    print(sentence())  # noqa: T201
