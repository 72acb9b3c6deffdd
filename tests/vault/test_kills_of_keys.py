"""The power fails at every named step of leaving, of a new focal point, signing key or recovery key, and of recovery.

Afterwards the same act is simply done again: nothing is lost, nothing half-readable, and nobody holds half of a duty.
"""

import shutil

import pytest

from panah.ground.vault import crash_points
from tests.node_process import Node

ALL = {"opened": 6, "notes": 6}
FOUR_STAY = ["bakyt", "cholpon", "saule"]


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A node with three cases and three calls, on which everybody has signed in once."""
    folder = tmp_path_factory.mktemp("keys")
    (folder / "home").mkdir()
    node = Node(folder / "home")
    node.act("begin")
    node.act("many", "3")
    node.act("make_cards")
    node.act("sign_in_all")
    return node


@pytest.fixture(scope="module")
def three(template, tmp_path_factory):
    """The same node where Cholpon has become a third focal point, and everybody has met her."""
    folder = tmp_path_factory.mktemp("three")
    shutil.copytree(template.home.parent, folder / "node")
    node = Node(folder / "node" / "home")
    node.act("make_focal_point", "cholpon")
    node.act("regrant")
    node.act("sign_in_all")
    return node


def copy(of, tmp_path):
    shutil.copytree(of.home.parent, tmp_path / "node")
    return Node(tmp_path / "node" / "home")


@pytest.mark.parametrize("where", crash_points.FOCAL_POINT)
def test_killed_while_cholpon_becomes_a_focal_point(template, tmp_path, where):
    node = copy(template, tmp_path)
    node.act("make_focal_point", "cholpon", dies=True, PANAH_KILL_AT=where)
    before = node.act("state_of_keys")
    assert ("cholpon" in before["leads"]) == ("cholpon" in before["sign"]) == ("cholpon" in before["named"])
    assert before["open the new ones"] == [2], (
        "whoever is a focal point opens what is new; nobody is half of one"
    )
    node.act("make_focal_point", "cholpon")
    node.act("regrant")
    after = node.act("state_of_keys")
    assert after["sign"] == ["bakyt", "cholpon", "saule"] and after["left"] == 0
    assert node.act("unlock_all", "cholpon") == ALL


@pytest.mark.parametrize("where", crash_points.ROTATION)
def test_killed_while_old_files_are_opened_to_her(template, tmp_path, where):
    node = copy(template, tmp_path)
    node.act("renew_line")
    node.act("make_focal_point", "cholpon")
    node.act("regrant", dies=True, PANAH_KILL_AT=where)
    assert node.act("unlock_all", "bakyt") == ALL
    assert node.act("regrant")["left"] == 0
    assert node.act("unlock_all", "cholpon") == ALL


@pytest.mark.parametrize("where", [*crash_points.LEAVING, *crash_points.SIGNING_MADE])
def test_killed_while_a_focal_point_leaves(three, tmp_path, where):
    node = copy(three, tmp_path)
    node.act("end_access", "saule", dies=True, PANAH_KILL_AT=where)
    state = node.act("state_of_keys")
    gone = "saule" not in state["leads"]
    assert state["waits"] == gone, "she is out and the new signing key waits, or nothing has happened yet"
    assert state["open the new ones"] == [2]
    if not gone:
        node.act("end_access", "saule")
    node.act("confirm_signing")
    node.act("regrant")
    node.act("sign_in_all")
    state = node.act("state_of_keys")
    assert (state["sign"], state["waits"], state["of leavers"], state["left"]) == (
        ["bakyt", "cholpon"],
        False,
        0,
        0,
    )
    assert node.act("unlock_all", "bakyt") == node.act("unlock_all", "cholpon") == ALL
    assert node.panah("journal", "verify").returncode == 0


@pytest.mark.parametrize("where", crash_points.SIGNING_CONFIRMED)
def test_killed_while_the_new_signing_key_is_confirmed(three, tmp_path, where):
    node = copy(three, tmp_path)
    node.act("end_access", "saule")
    node.act("confirm_signing", dies=True, PANAH_KILL_AT=where)
    state = node.act("state_of_keys")
    assert state["open the new ones"] == [2], "Amina and Elena go on working either way"
    if state["waits"]:
        node.act("confirm_signing")
    node.act("sign_in_all")
    assert not node.act("state_of_keys")["waits"]
    assert node.act("unlock_all", "cholpon") == ALL


@pytest.mark.parametrize("where", crash_points.NEW_RECOVERY)
def test_killed_while_a_new_recovery_key_is_put_in_place(template, tmp_path, where):
    node = copy(template, tmp_path)
    node.act("begin_new_recovery")
    node.act("confirm_share", dies=True, PANAH_KILL_AT=where)
    now = node.act("what_shares_open")
    assert now["old"] == ([5, 6] if now["new"] is None else [0, 6])
    assert now["new"] in (None, [5, 0]), "all society keys or none"
    assert node.act("confirm_share") == 0
    assert node.act("confirm_share") == -1, "the last paper's copy is forgotten"
    assert node.act("regrant")["left"] == 0
    assert node.act("what_shares_open") == {"old": [0, 0], "new": [5, 6], "behind": [0, 0]}
    assert node.act("unlock_all", "bakyt") == ALL


@pytest.mark.parametrize("where", crash_points.ROTATION)
def test_killed_while_files_are_sealed_to_the_new_recovery_key(template, tmp_path, where):
    node = copy(template, tmp_path)
    node.act("begin_new_recovery")
    node.act("confirm_share")
    node.act("regrant", dies=True, PANAH_KILL_AT=where)
    now = node.act("what_shares_open")
    assert now["old"][1] + now["new"][1] >= 6, "each file opens with one paper or the other"
    assert node.act("regrant")["left"] == 0
    assert node.act("what_shares_open") == {"old": [0, 0], "new": [5, 6], "behind": [0, 0]}


@pytest.mark.parametrize("where", crash_points.RECOVERY)
def test_killed_while_two_shares_let_somebody_in(template, tmp_path, where):
    node = copy(template, tmp_path)
    node.act("add_focal_point", "umida")
    node.act("recover", "umida", dies=True, PANAH_KILL_AT=where)
    assert node.act("unlock_all", "bakyt") == ALL
    node.act("recover", "umida")
    assert node.act("unlock_all", "umida") == ALL
    assert node.act("unlock_all", "elena")["opened"] == 3
    assert node.panah("journal", "verify").returncode == 0


@pytest.mark.parametrize("where", crash_points.REBUILDING)
def test_killed_while_dropped_cards_are_brought_back(template, tmp_path, where):
    node = copy(template, tmp_path)
    node.act("compact")
    assert node.act("erase_and_drop") == 1
    assert node.act("count_cards") == []
    # All files in one chunk: by twos, the first two may be calls, which have no such card.
    node.act("tidy", "6", dies=True, PANAH_KILL_AT=where)
    while node.act("tidy")["more"]:
        pass
    assert node.act("count_cards") == ["name 1", "name 2"]
