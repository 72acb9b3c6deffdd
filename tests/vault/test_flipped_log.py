"""Some bytes of the database's log flip after the power went: what was lost is said, and not only missing."""

import shutil

import pytest
from django.db import connection

from tests.node_process import Node

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="the log beside the file is SQLite's: ./panah test"
)
NOTES, FLIPPED = 30, 64


def length_in_use(raw):
    """The length of a log whose frames carry the salt of its head: what lies behind is of an earlier round."""
    page, at = int.from_bytes(raw[8:12], "big"), 32
    while at < len(raw) and raw[at + 8 : at + 16] == raw[16:24]:
        at += 24 + page
    return at


@pytest.fixture(scope="module")
def cut_off(tmp_path_factory):
    """A node whose power went after thirty notes: they stand in the log beside the database alone."""
    folder = tmp_path_factory.mktemp("flipped")
    (folder / "home").mkdir()
    node = Node(folder / "home")
    node.act("begin")
    node.act("many", "1")
    node.act("write_notes_and_die", str(NOTES), dies=True)
    assert length_in_use((node.home / "panah.sqlite3-wal").read_bytes()) > NOTES * 4096, "control"
    return node


@pytest.fixture
def node(cut_off, tmp_path):
    shutil.copytree(cut_off.home.parent, tmp_path / "node")
    return Node(tmp_path / "node" / "home")


def test_a_whole_log_brings_every_note_back_and_nothing_is_said(node):
    """The control."""
    found = node.act("how_it_stands")
    assert (found["notes"], found["said"], found["stored"]) == (NOTES + 1, [], True)


@pytest.mark.parametrize("where", [0.3, 0.5, 0.8])
def test_a_log_with_flipped_bytes_loses_notes_and_it_is_said(node, where):
    log = node.home / "panah.sqlite3-wal"
    raw = bytearray(log.read_bytes())
    begin = int(length_in_use(raw) * where)
    for at in range(begin, begin + FLIPPED):
        raw[at] ^= 0xFF
    log.write_bytes(raw)
    found = node.act("how_it_stands")
    assert found["notes"] <= NOTES, "control: something was lost"
    assert found["said"] and not found["stored"]
