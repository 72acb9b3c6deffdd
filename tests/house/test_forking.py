"""A copy of a process that has loaded Panah is what a fresh start would be: it knows, does, says and dies the same."""

import shutil

import pytest

from tests.forking import FORKS
from tests.node_process import Node, own_postgres


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    """A node with three cases and three calls."""
    folder = tmp_path_factory.mktemp("forking")
    (folder / "home").mkdir()
    with own_postgres() as addresses:
        node = Node(folder / "home", addresses)
        node.act("begin")
        node.act("many", "3")
        yield node


def fresh(node):
    return Node(node.home, node.more, from_the_beginning=True)


def test_a_copy_stands_on_what_a_fresh_start_stands_on(begun):
    before = FORKS.started
    copy, started = begun.act("what_it_is"), fresh(begun).act("what_it_is")
    assert FORKS.started == before + 1, "control: one of them was a copy"
    theirs = copy["settings"], started["settings"]
    assert {name for name in {*theirs[0], *theirs[1]} if theirs[0].get(name) != theirs[1].get(name)} == set()
    assert copy == started
    assert str(begun.home) in copy["databases"]["shred"][0]


def test_copies_of_two_nodes_do_not_know_each_other(begun, tmp_path):
    (tmp_path / "home").mkdir()
    with own_postgres() as addresses:
        other = Node(tmp_path / "home", addresses)
        other.act("begin")
        other.act("many", "1")
        assert other.act("unlock_all", "bakyt") == {"opened": 2, "notes": 2}
        assert begun.act("unlock_all", "bakyt") == {"opened": 6, "notes": 6}
        assert (
            other.act("what_it_is")["settings"]["SECRET_KEY"]
            != begun.act("what_it_is")["settings"]["SECRET_KEY"]
        )


@pytest.mark.parametrize(
    "command",
    [
        ("journal", "verify"),
        ("recover",),
        ("no-such-command",),
        ("backup", "--no-such-option"),
        ("restore", "--help"),
    ],
    ids=" ".join,
)
def test_a_command_says_and_answers_the_same(begun, command):
    one, other = begun.panah(*command), fresh(begun).panah(*command)
    assert (one.returncode, one.stdout, one.stderr) == (other.returncode, other.stdout, other.stderr)
    assert one.stdout or one.stderr


def test_what_is_typed_is_read_to_its_end(begun):
    for node in (begun, fresh(begun)):
        asked = node.panah("recover", "--try", "--society", "practice-north", typed="acid acid\nacid\n")
        assert "do not make" in asked.stderr, node


def test_a_killed_copy_is_gone_at_once_and_leaves_what_a_fresh_start_would_leave(begun, tmp_path):
    if begun.more:
        pytest.skip("on SQLite the folder is the whole node")
    left = []
    for name, start in (("copy", Node), ("fresh", lambda home: Node(home, from_the_beginning=True))):
        shutil.copytree(begun.home.parent, tmp_path / name)
        node = start(tmp_path / name / "home")
        node.act("erase_first", dies=True, PANAH_KILL_AT="erasure: half dropped")
        left.append((node.act("first_is_gone"), node.act("unlock_all", "bakyt")))
    assert left[0] == left[1]
    assert left[0][0]["unfinished"] == 1, "control: it was killed in the middle"


def test_another_language_or_other_settings_are_a_fresh_start(begun):
    assert FORKS.can_fork(begun.env)
    for more in (
        {"LC_ALL": "ru_RU.UTF-8"},
        {"DJANGO_SETTINGS_MODULE": "panah.config.settings"},
        {"TZ": "Asia/Bishkek"},
    ):
        assert not FORKS.can_fork(begun.env | more), more
