"""Which tests a run with ``--only-database`` keeps: those of what a database can decide.

Everything runs on SQLite first. What another database can decide otherwise is: its walls between societies, its locks and
races, the tables that migrations make, SQL and backups of our own, attacks written in SQL, and what it says to each room's
everyday queries. So kept are

* tests with transactions of their own (``transaction=True``): they commit, wait for one another, or fail halfway;
* files that bring a database of their own (``OWN_DATABASE``): nodes, backups, upgrades, two nodes and what is done to them;
* of each folder below, the files named: the walls, every address once behind them, and one journey through the room;
* of a folder that is not named here, everything that asks a database: a new room loses nothing by being forgotten.

``tests/house/test_only_database.py`` tries the rule.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

ASKED_FOR = bool(os.environ.get("PANAH_ONLY_DATABASE"))
TESTS = Path(__file__).parent

# What brings a database to a test, besides the fixtures that build on these.
DATABASE = {"db", "transactional_db", "live_server", "house", "built"}
OWN_DATABASE = {"tests.node_process.own_postgres", "tools.postgres.temporary_server", "benchmarks.databases"}

# By folder: the files that are kept whole. Empty: only what commits or brings its own database.
KEPT = {
    "accounts": ["test_roster.py", "test_settings_and_duty.py"],
    "benchmarks": [],
    "browser": ["test_journey.py"],
    "cases": ["test_life.py", "test_danger.py", "test_supervision.py"],
    "channels": ["test_paging.py"],
    "complaints": ["test_life.py"],
    "consent": ["test_consent.py"],
    "contracts": [],
    "cooperation": ["test_journeys.py", "test_statuses.py"],
    "deploy": [],
    "desk": [],
    "diplomacy": ["test_commitments.py", "test_dialogues.py"],
    "directory": ["test_directory.py", "test_entries.py", "test_bringing.py"],
    "evidence": ["test_budget.py", "test_releases.py"],
    "exchange": ["test_journey.py", "test_delivering.py", "test_receiving.py", "test_many_at_once.py"],
    "family_links": ["test_across.py"],
    "figures": ["test_briefs.py", "test_importing.py", "test_life.py"],
    "finding": ["test_doubles.py", "test_finding.py", "test_known.py"],
    "guard": [
        *("test_walls.py", "test_access_matrix.py", "test_stolen_disk.py"),
        # What somebody writes past Panah stands behind a wall there, or cannot be written.
        *sorted(path.name for path in (TESTS / "guard").glob("test_rows_*.py")),
    ],
    "hotline": ["test_calls.py", "test_keeping.py", "test_requests.py"],
    "house": [],
    "imports": ["test_pages.py"],
    "inbox": ["test_arrivals.py"],
    "intake": ["test_answering.py"],
    "kit": [],
    "materials": ["test_materials.py"],
    "model": ["test_journey.py"],
    "month": ["test_month.py"],
    "names": [],
    "network": ["test_societies.py"],
    "network_report": ["test_contributions.py"],
    "node": [],
    "page_texts": ["test_page_texts.py"],
    "practice": ["test_practice.py", "test_roster_forward.py"],
    "prevention": ["test_sessions.py", "test_campaigns.py"],
    "public": ["test_tell.py", "test_receipt.py"],
    "referrals": ["test_referrals.py", "test_travelling.py"],
    "reporters": ["test_walls.py", "test_returns.py"],
    "safety": ["test_threats.py"],
    "screening": ["test_screening_pages.py"],
    "shelter": ["test_life.py", "test_house.py"],
    "sign_in": ["test_coming_in.py"],
    "training": ["test_journey_of_38_pupils.py", "test_registers.py", "test_retention.py"],
    "vault": ["test_files.py", "test_handing_over.py", "test_tidying.py", "test_life_of_keys.py"],
    "volunteers": ["test_journey_of_a_night.py", "test_register.py", "test_import.py", "test_doubles.py"],
    "work": ["test_done.py", "test_reminders.py"],
}

# Of these the test is kept whose name ends so, of those that tell the same story: with scripts a page sends what is typed
# while it is sent as well, and the language decides nothing; what a server writes to its disks of a journey between two
# nodes, exchange/test_nothing_plain_on_postgres.py reads.
ONE_OF = {
    "browser/test_journey.py": "[English]",
    "browser/test_two_nodes.py": "test_taken_back_while_the_person_travels_both_nodes_go_on_watching_until_somebody_says_safe",
}


def is_kept(path: Path, *, asks: bool, commits: bool, own_database: bool) -> bool:
    """Say whether a file's test is kept: ``asks`` a database at all, ``commits`` to it, or brings its ``own_database``."""
    folder = path.parts[0]
    if folder == "browser":
        # Of pages in a browser the journeys stay: what each page asks of a database, others ask through the client.
        return own_database or path.name in KEPT[folder]
    named = folder not in KEPT or path.name in KEPT[folder]
    return own_database or (asks and (commits or named))


def decided_by_the_database(item: Any) -> bool:
    fixtures, mark = set(getattr(item, "fixturenames", ())), item.get_closest_marker("django_db")
    path = Path(str(item.path)).relative_to(TESTS)
    return str(item.name).endswith(ONE_OF.get(path.as_posix(), "")) and is_kept(
        path,
        asks=bool(fixtures & DATABASE or mark),
        commits="transactional_db" in fixtures or bool(mark and mark.kwargs.get("transaction")),
        own_database=bool(OWN_DATABASE & {name_of(one) for one in vars(item.module).values()}),
    )


def name_of(taken: Any) -> str:
    """Return under which name something that a file of tests imports was made."""
    module, name = getattr(taken, "__module__", None), getattr(taken, "__name__", "")
    return f"{module}.{name}" if module else str(name)


def leave_out(config: Any, items: list[Any]) -> None:
    """Take out of the collected tests what is the same on any database, when that was asked for."""
    if ASKED_FOR:
        found = [(item, decided_by_the_database(item)) for item in items]
        items[:] = [item for item, is_kept_here in found if is_kept_here]
        config.hook.pytest_deselected(items=[item for item, is_kept_here in found if not is_kept_here])
