"""The power fails at every named step: afterwards the work is simply finished, nothing is lost or half-readable."""

import shutil

import pytest

from panah.ground.vault import crash_points
from tests.node_process import Node


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A node with three cases and three calls, whose search cards wait to be compacted."""
    folder = tmp_path_factory.mktemp("kills")
    (folder / "home").mkdir()
    node = Node(folder / "home")
    node.act("begin")
    node.act("many", "3")
    node.act("make_cards")
    return node


@pytest.fixture
def node(template, tmp_path):
    shutil.copytree(template.home.parent, tmp_path / "node")
    return Node(tmp_path / "node" / "home")


ALL = {"opened": 6, "notes": 6}


@pytest.mark.parametrize("where", crash_points.ROTATION)
def test_killed_while_calls_are_resealed_to_a_new_line_key(node, where):
    node.act("renew_line")
    assert node.act("unlock_all", "bakyt") == ALL, "the old generation still opens"
    node.act("regrant", dies=True, PANAH_KILL_AT=where)
    assert node.act("unlock_all", "bakyt") == ALL
    assert node.act("unlock_all", "elena")["notes"] == 3
    assert node.act("regrant")["left"] == 0
    assert node.act("regrant") == {"done": 0, "left": 0, "closed": 0}
    assert node.act("unlock_all", "elena")["notes"] == 3


@pytest.mark.parametrize("where", crash_points.STORE)
def test_killed_while_the_store_key_is_replaced(node, where):
    node.act("replace_store_keys", "8", dies=True, PANAH_KILL_AT=where)
    assert node.act("unlock_all", "bakyt") == ALL
    node.act("replace_store_keys", "8")
    node.act("replace_store_keys", "8")
    assert node.act("unlock_all", "bakyt") == ALL
    for path in (node.home / "store.key", node.home / "copy" / "store.key"):
        assert path.read_text().count('": "') - 2 <= 2, "the current and the last key, no older one"


@pytest.mark.parametrize("where", crash_points.COMPACTION)
def test_killed_while_cards_are_compacted(node, where):
    node.act("compact", dies=True, PANAH_KILL_AT=where)
    assert node.act("count_cards") == ["name 0", "name 1", "name 2"]
    node.act("compact")
    assert node.act("count_cards") == ["name 0", "name 1", "name 2"]


@pytest.mark.parametrize("where", crash_points.CARDS)
def test_killed_between_a_file_and_its_card(node, where):
    """The file says another name: until a holder has looked through them all it is not found by the new one."""
    node.act("compact")
    node.act("rename_first", "another name", dies=True, PANAH_KILL_AT=where)
    node.act("look_through_again")
    while node.act("tidy")["more"]:
        pass
    assert node.act("count_cards") == ["another name", "name 1", "name 2"]


@pytest.mark.parametrize("where", crash_points.CARDS)
def test_killed_between_a_file_and_its_card_erasing_it_leaves_neither(node, where):
    node.act("compact")
    node.act("rename_first", "another name", dies=True, PANAH_KILL_AT=where)
    node.act("erase_first")
    assert node.act("count_cards") == ["name 1", "name 2"]


def test_a_card_that_was_rolled_back_lies_nowhere_and_the_one_of_before_counts(node):
    node.act("rename_first", "another name", "broken")
    assert node.act("count_cards") == ["name 0", "name 1", "name 2"]
    node.act("erase_first")
    assert node.act("count_cards") == ["name 1", "name 2"]
    node.act("look_through_again")
    while node.act("tidy")["more"]:
        pass
    assert node.act("count_cards") == ["name 1", "name 2"]


@pytest.mark.parametrize("where", crash_points.ERASURE)
def test_killed_while_a_case_is_erased(node, where):
    node.act("erase_first", dies=True, PANAH_KILL_AT=where)
    node.act("jobs", "0")
    gone = node.act("first_is_gone")
    assert gone == {
        "opened": [],
        "secret by R": 0,
        "half": False,
        "parts": 0,
        "erased": True,
        "unfinished": 0,
    }
    assert node.act("count_cards") == ["name 1", "name 2"]
    assert node.act("unlock_all", "bakyt") == {"opened": 5, "notes": 5}
    assert node.panah("journal", "verify").returncode == 0


def test_erased_then_fourteen_days_then_the_oldest_backups_and_every_key_open_nothing(node, tmp_path):
    old = tmp_path / "old"
    shutil.copytree(node.home, old)
    node.act("erase_first")
    for day in ("0", "7", "14"):
        assert node.act("jobs", day) == []
    assert node.act("unlock_all", "bakyt")["opened"] == 5, "everybody else's cases still open"
    # Both stores as they lay on the disk before; the store keys are in no backup, so those of today stay.
    for name in ("panah.sqlite3", "shred.sqlite3", "copy/shred.sqlite3"):
        for beside in ("", "-wal", "-shm"):
            (node.home / f"{name}{beside}").unlink(missing_ok=True)
            if (old / f"{name}{beside}").exists():
                shutil.copy(old / f"{name}{beside}", node.home / f"{name}{beside}")
    gone = node.act("first_is_gone")
    assert gone["secret by R"] == 1, "R opens its part of the key"
    assert gone["parts"] > 0, "the ciphertext is back"
    assert gone["opened"] == []
    assert gone["half"] is False


def test_with_the_store_keys_of_that_day_it_would_have_opened(node, tmp_path):
    """The control: it is the thrown-away store key that keeps the person's file closed, not a mistake of the test."""
    old = tmp_path / "old"
    shutil.copytree(node.home, old)
    node.act("erase_first")
    shutil.rmtree(node.home)
    shutil.copytree(old, node.home)
    assert "amina" in node.act("first_is_gone")["opened"]
