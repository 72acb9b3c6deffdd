"""What a run with --only-database keeps: nothing that a database decides is lost, and nothing is asked twice for nothing."""

from pathlib import Path

import pytest
from django.apps import apps

from tests.only_database import KEPT, TESTS, is_kept

FOLDERS = {one.name for one in TESTS.iterdir() if any(one.glob("test_*.py"))}


def kept(path, *, asks=True, commits=False, own_database=False):
    return is_kept(Path(path), asks=asks, commits=commits, own_database=own_database)


def test_every_file_that_is_named_is_there():
    assert not [
        f"{folder}/{file}"
        for folder, files in KEPT.items()
        for file in files
        if not (TESTS / folder / file).exists()
    ]
    assert set(KEPT) <= FOLDERS


def test_every_room_with_tables_of_its_own_is_tried_on_both_databases():
    rooms = {
        app.label
        for app in apps.get_app_configs()
        if app.name.startswith("panah.") and list(app.get_models())
    }
    # Read and written in the tests of every room above them.
    below = {"audit", "approvals"}
    assert [room for room in rooms - below if room not in FOLDERS or KEPT.get(room) == []] == []


@pytest.mark.parametrize(
    "path",
    ["guard/test_walls.py", "guard/test_access_matrix.py", "cases/test_life.py", "browser/test_journey.py"],
)
def test_walls_every_address_and_one_journey_a_room_are_kept(path):
    assert kept(path)


def test_what_commits_or_brings_its_own_database_is_kept_wherever_it_stands():
    assert kept("shelter/test_race.py", commits=True)
    assert kept("sign_in/test_locked_out.py", commits=True)
    assert kept("vault/test_backup.py", asks=False, own_database=True)
    assert kept("browser/test_two_nodes.py", own_database=True)
    assert not kept("browser/test_cases.py", commits=True), "a page in a browser always commits"


def test_a_room_that_nobody_named_loses_nothing():
    assert kept("a_new_room/test_anything.py")


def test_what_is_the_same_on_any_database_is_left_out():
    assert not kept("cases/test_pages.py")
    assert not kept("cases/test_life.py", asks=False), "a rule without a database"
    assert not kept("names/test_parts.py", asks=False)
    assert not kept("vault/test_kills_of_keys.py", asks=False), "its nodes are on SQLite whatever the run"
